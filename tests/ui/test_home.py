"""The home page: what it counts, what it puts first, and what it says when there is nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cityplanner.model.engagement import Commitment
from cityplanner.model.scenario import Decision, Scenario, ScenarioKind
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.pages.home import HomePage
from cityplanner.ui.pages.home_facts import read_glance, read_outlook
from tests.ui.conftest import Chain

TODAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 2, 15, tzinfo=dt.UTC), tick=True):
        yield


def promise(plan: Plan, chain: Chain) -> None:
    """A promise of ours that is overdue."""
    with plan.edit("Promise") as edit:
        edit.add(
            Commitment(text="Send the study", partner_id=chain.partner, due_on=TODAY - dt.timedelta(days=3))
        )


def shown(qtbot: QtBot, context: Context) -> HomePage:
    """The page, read and shown."""
    page = HomePage(context)
    qtbot.addWidget(page)
    page.resize(1000, 800)
    page.show()
    qtbot.waitUntil(lambda: page.outlook is not None)
    return page


def test_facts_count_what_the_plan_holds(plan: Plan, chain: Chain) -> None:
    promise(plan, chain)
    seen, found = read_glance(plan, TODAY), read_outlook(plan, TODAY)
    assert (seen.partners, seen.countries, seen.initiatives, seen.engagements) == (1, 1, 1, 1)
    assert found.overdue == 1
    assert found.urgent[0].title == "Send the study"
    assert [one.title for one in seen.recent] == ["Call with Nagoya"]
    assert found.scenario == ""


def test_an_engagement_of_more_than_a_year_ago_is_not_counted(plan: Plan, chain: Chain) -> None:
    assert read_glance(plan, dt.date(2027, 4, 2)).engagements == 0


def test_coverage_is_measured_by_the_scenario_that_holds(plan: Plan, chain: Chain) -> None:
    with plan.edit("Answer and decide") as edit:
        scenario = Scenario(title="Base", kind=ScenarioKind.CURRENT, fiscal_year=2027)
        edit.add(scenario)
        edit.flush()
        edit.add(
            Decision(
                scenario_id=scenario.id, initiative_id=chain.initiative, service_level_id=chain.service_level
            )
        )
    assert read_outlook(plan, TODAY).scenario == "Base"


def test_an_empty_plan_says_what_to_do_first(qtbot: QtBot, context: Context) -> None:
    page = shown(qtbot, context)
    assert page.steps.isVisible()
    assert not page.urgent.isVisible()
    assert page.steps.findChildren(type(page.tiles)) == []


def test_a_first_step_leads_to_its_page(qtbot: QtBot, context: Context) -> None:
    from PySide6.QtWidgets import QPushButton

    page = shown(qtbot, context)
    buttons = {button.text(): button for button in page.steps.findChildren(QPushButton)}
    with qtbot.waitSignal(page.page_requested) as asked:
        qtbot.mouseClick(buttons["Partners"], Qt.MouseButton.LeftButton)
    assert asked.args == ["partners"]


def test_enter_on_something_urgent_opens_its_record(
    qtbot: QtBot, context: Context, plan: Plan, chain: Chain
) -> None:
    promise(plan, chain)
    page = shown(qtbot, context)
    page.urgent.setCurrentRow(0)
    page.urgent.setFocus()
    with qtbot.waitSignal(context.opened) as opened:
        qtbot.keyClick(page.urgent, Qt.Key.Key_Return)
    assert opened.args[0] == "commitment"


def test_the_page_follows_changes_while_it_is_shown(
    qtbot: QtBot, context: Context, plan: Plan, chain: Chain
) -> None:
    page = shown(qtbot, context)
    promise(plan, chain)
    qtbot.waitUntil(lambda: page.outlook is not None and page.outlook.overdue == 1)
    assert page.tiles.tiles[1].tile.pressing


def test_a_tile_leads_to_its_page_by_keyboard(qtbot: QtBot, context: Context) -> None:
    page = shown(qtbot, context)
    with qtbot.waitSignal(page.page_requested) as asked:
        qtbot.keyClick(page.tiles.tiles[0], Qt.Key.Key_Space)
    assert asked.args == ["recommendations"]


def test_markup_in_records_is_painted_as_text(
    qtbot: QtBot, context: Context, plan: Plan, chain: Chain
) -> None:
    with plan.edit("Promise") as edit:
        edit.add(Commitment(text="<img src=x> & more", partner_id=chain.partner, due_on=TODAY))
    page = shown(qtbot, context)
    assert page.urgent.row_at(0).title == "<img src=x> & more"
    assert not page.grab().isNull()
