"""The dormancy review of agreements: verdicts from the plan, reasons in words, and setting one to dormant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cityplanner.model.agreement import Agreement, AgreementPartner, AgreementStatus, AgreementStep
from cityplanner.model.engagement import Engagement, EngagementPartner
from cityplanner.model.entity import InvalidRecordError
from cityplanner.model.initiative import InitiativeAgreement
from cityplanner.model.scenario import Decision, Scenario, ScenarioKind
from cityplanner.planning.dormancy import Verdict
from cityplanner.planning.reviewing import read_reviews
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from cityplanner.ui.context import Context
from cityplanner.ui.pages.dormancy import DormancyPage, set_dormant
from tests.ui.conftest import Chain, add_partners

NOW = dt.datetime(2026, 11, 2, 15, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def agreements(plan: Plan, chain: Chain) -> dict[str, int]:
    """A lively agreement with Nagoya, one that nothing was heard of for years, and one that has ended."""
    (silent,) = add_partners(plan, ["Silent City"])
    made = {}
    with plan.edit("Add") as edit:
        for title, status, side in (
            ("Lively", AgreementStatus.ACTIVE, chain.partner),
            ("Old", AgreementStatus.ACTIVE, silent),
            ("Ended", AgreementStatus.TERMINATED, silent),
        ):
            one = Agreement(title=title, status=status, signed_on="1959")
            edit.add(one)
            edit.flush()
            edit.add(AgreementPartner(agreement_id=one.id, partner_id=side))
            made[title] = one.id
        met = Engagement(title="Met", starts_at=NOW - dt.timedelta(days=1200), zone="UTC", in_person=30)
        edit.add(met)
        edit.flush()
        edit.add(EngagementPartner(engagement_id=met.id, partner_id=silent))
        edit.add(InitiativeAgreement(initiative_id=chain.initiative, agreement_id=made["Lively"]))
    return made


def shown(qtbot: QtBot, context: Context) -> DormancyPage:
    """The page, read and shown."""
    page = DormancyPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    qtbot.waitUntil(lambda: page.facts is not None)
    return page


def test_agreements_in_force_are_judged_by_what_the_plan_says(plan: Plan, agreements: dict[str, int]) -> None:
    old, lively = read_reviews(plan, TODAY)
    assert (old.title, old.verdict) == ("Old", Verdict.DORMANT)
    assert old.contact == "Last contact more than 3 years ago."
    assert old.community == "No engagement in two years. No open initiative is linked."
    assert (lively.title, lively.verdict) == ("Lively", Verdict.ACTIVE)
    assert "1 initiative linked: Peer exchange." in lively.community
    assert "not known" in lively.funding


def test_what_the_scenario_keeps_running_counts_as_funded(
    plan: Plan, chain: Chain, agreements: dict[str, int]
) -> None:
    with plan.edit("Adopt") as edit:
        base = Scenario(title="Base", kind=ScenarioKind.CURRENT, fiscal_year=2027)
        edit.add(base)
        edit.flush()
        edit.add(
            Decision(
                scenario_id=base.id, initiative_id=chain.initiative, service_level_id=chain.service_level
            )
        )
    by_title = {one.title: one for one in read_reviews(plan, TODAY)}
    assert by_title["Lively"].funding == "Funded: Peer exchange."
    assert by_title["Old"].funding == "No initiative for it is funded."


def test_reasons_stand_below_the_list_and_enter_opens_the_agreement(
    qtbot: QtBot, context: Context, agreements: dict[str, int]
) -> None:
    page = shown(qtbot, context)
    assert page.heading.text() == "Old: dormant?"
    assert page.reasons.text().splitlines()[0] == "Last contact more than 3 years ago."
    assert page.words.text().startswith("2 agreements in force: 1 dormant?, 0 quiet, 1 active.")
    with qtbot.waitSignal(context.opened) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == ["agreement", agreements["Old"]]


def test_setting_to_dormant_is_one_change_with_its_reasons_and_can_be_undone(
    qtbot: QtBot, context: Context, plan: Plan, agreements: dict[str, int]
) -> None:
    page = shown(qtbot, context)
    qtbot.keyClick(page.dormant, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(page.facts and page.facts[0].is_dormant))
    assert not page.dormant.isEnabled()
    with plan.reading() as session:
        step = records(session, AgreementStep, "-id")[0]
        assert (step.status, step.taken_on) == (AgreementStatus.DORMANT, TODAY)
        assert "more than 3 years" in step.note
    assert plan.undoable() == "Set “Old” to dormant"
    plan.undo()
    qtbot.waitUntil(lambda: bool(page.facts and not page.facts[0].is_dormant))
    with plan.reading() as session:
        assert AgreementStatus.DORMANT not in {one.status for one in records(session, AgreementStep)}


def test_dormant_follows_only_where_the_life_of_an_agreement_allows_it(
    plan: Plan, agreements: dict[str, int]
) -> None:
    with pytest.raises(InvalidRecordError):
        set_dormant(plan, agreements["Ended"], TODAY, "")


def test_a_verdict_can_be_chosen_and_all_shown_again(
    qtbot: QtBot, context: Context, agreements: dict[str, int]
) -> None:
    page = shown(qtbot, context)
    page.verdict.setCurrentIndex(page.verdict.findData(Verdict.QUIET))
    page.narrow()
    assert page.table.facts.rows == []
    assert not page.dormant.isEnabled()
    page._empty.chosen.emit()
    assert len(page.table.facts.rows) == 2


def test_without_agreements_the_page_says_so(qtbot: QtBot, context: Context) -> None:
    page = shown(qtbot, context)
    assert page._empty.accessibleName() == "No agreement is in force"
