"""Keep in touch: who is listed, what the hours say, and logging a contact that restarts the interval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from cityplanner.model.engagement import Engagement, EngagementPartner
from cityplanner.model.fund import StaffPosition
from cityplanner.model.partner import Partner
from cityplanner.model.scenario import Scenario, ScenarioKind
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.log_engagement import LogDialog
from cityplanner.ui.pages.keep_in_touch import KeepInTouchPage, read_contacts

NOW = dt.datetime(2026, 11, 2, 15, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def partners(plan: Plan) -> dict[str, int]:
    """Three partners, last met 100, 20 and 5 days ago, and one without an interval."""
    made = {}
    with plan.edit("Add") as edit:
        for name, interval, ago in (("Late", 30, 100), ("Soon", 30, 20), ("Calm", 365, 5), ("Free", None, 5)):
            one = Partner(name=name, keep_in_touch=interval, contact_hours=Decimal(4))
            met = Engagement(title="Met", starts_at=NOW - dt.timedelta(days=ago), zone="UTC")
            edit.add_all([one, met])
            edit.flush()
            edit.add(EngagementPartner(engagement_id=met.id, partner_id=one.id))
            made[name] = one.id
    return made


def shown(qtbot: QtBot, context: Context) -> KeepInTouchPage:
    """The page, read and shown."""
    page = KeepInTouchPage(context)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    qtbot.waitUntil(lambda: page.facts is not None)
    return page


def listed(page: KeepInTouchPage) -> list[str]:
    return [row.cells[0].text for row in page.table.facts.rows]


def test_overdue_and_soon_are_listed_first_and_all_on_request(
    qtbot: QtBot, context: Context, partners: dict[str, int]
) -> None:
    page = shown(qtbot, context)
    assert listed(page) == ["Late", "Soon"]
    assert [row.cells[1].text for row in page.table.facts.rows] == ["70 days overdue", "In 10 days"]
    page.choice.setCurrentIndex(page.choice.findData("overdue"))
    page.narrow()
    assert listed(page) == ["Late"]
    page.filter.setText("nothing like it")
    assert listed(page) == []
    page._empty.chosen.emit()
    assert listed(page) == ["Late", "Soon", "Calm"]
    QAbstractItemModelTester(page.table.facts, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_without_a_scenario_the_hours_left_are_not_known(
    qtbot: QtBot, context: Context, partners: dict[str, int]
) -> None:
    page = shown(qtbot, context)
    assert page.words.text().splitlines() == [
        "Next 30 days: 3 contacts, 12 staff hours needed.",
        "Next 90 days: 7 contacts, 28 staff hours needed.",
        "No scenario holds yet, so the hours left are not known.",
        "1 partner has no keep-in-touch interval.",
    ]
    assert not page.warning.isVisible()


def test_missing_hours_are_told_in_words(
    qtbot: QtBot, context: Context, plan: Plan, partners: dict[str, int]
) -> None:
    with plan.edit("Adopt") as edit:
        edit.add(Scenario(title="Base", kind=ScenarioKind.CURRENT, fiscal_year=2027))
    page = shown(qtbot, context)
    assert "12 staff hours needed, 0 left." in page.words.text()
    assert page.warning.text().startswith("12 hours are missing in the next 30 days.")
    assert page.warning.isVisible()


def test_hours_left_come_from_the_staff_of_the_scenario_that_holds(
    plan: Plan, partners: dict[str, int]
) -> None:
    with plan.edit("Adopt") as edit:
        edit.add(Scenario(title="Base", kind=ScenarioKind.CURRENT, fiscal_year=2027))
        edit.add(StaffPosition(title="Officer", fte=Decimal(1), salary=0, benefits=0))
    ahead = read_contacts(plan, TODAY).ahead[0]
    assert ahead.left is not None
    assert round(ahead.left) == round(2080 * 30 / 365)
    assert ahead.short == 0


def test_enter_opens_the_partner(qtbot: QtBot, context: Context, partners: dict[str, int]) -> None:
    page = shown(qtbot, context)
    with qtbot.waitSignal(context.opened) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == ["partner", partners["Late"]]


def test_logging_a_contact_restarts_the_interval(
    qtbot: QtBot, context: Context, partners: dict[str, int]
) -> None:
    page = shown(qtbot, context)
    qtbot.keyClick(page.log, Qt.Key.Key_Space)
    dialog = page.window().findChild(LogDialog)
    assert isinstance(dialog, LogDialog)
    assert dialog.links["partners"].picked == {partners["Late"]: "Late"}
    dialog.accept()
    qtbot.waitUntil(lambda: listed(page) == ["Soon", "Late"])
    context.plan.undo()
    qtbot.waitUntil(lambda: listed(page) == ["Late", "Soon"])


def test_an_empty_plan_says_how_a_contact_comes_due(qtbot: QtBot, context: Context) -> None:
    page = shown(qtbot, context)
    assert page._empty.accessibleName() == "No contact comes due"
    assert not page.log.isEnabled()
