"""What a best plan is asked for beside the scenario, and what is said when nothing keeps to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from pytestqt.qtbot import QtBot

from cityplanner.planning.best import NO_WISHES, Wishes
from cityplanner.planning.facts import OfficeFacts, ScenarioFact
from cityplanner.planning.gathering import gather
from cityplanner.planning.scenarios import outcome
from cityplanner.ui.context import Context
from cityplanner.ui.pages.scenario_desk.desk import ScenarioDesk
from cityplanner.ui.pages.scenario_desk.wishes import BLEND
from tests.ui.scenario_desk import LONG, opened, settle

NETWORKS = "networks and peer learning"


def searched(qtbot: QtBot, desk: ScenarioDesk) -> None:
    """Search, and wait for the plan and its reasons."""
    desk.search.begin()
    qtbot.waitUntil(lambda: desk.search._job is None, timeout=LONG)
    qtbot.waitUntil(lambda: desk.search._asking is None, timeout=LONG)


def not_fullest(office: OfficeFacts, scenario: ScenarioFact) -> list[int]:
    """The initiatives that keep less of their result than they could."""
    chosen = office.chosen(scenario.decisions)
    most = {one.initiative_id: 0 for one in office.levels}
    for level in office.levels:
        most[level.initiative_id] = max(most[level.initiative_id], level.result_share)
    return [
        one.id
        for one in office.initiatives
        if one.id not in chosen or chosen[one.id].result_share < most.get(one.id, 0)
    ]


def test_objective_floors_hours_and_time_are_what_the_fields_say(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office)
    form = desk.search.wishes
    assert form.wishes == NO_WISHES
    assert not form.weight.isEnabled()

    form.objective.setCurrentIndex(BLEND)
    form.weight.setValue(70)
    form.equity.setValue(60)
    form.floors[NETWORKS].setValue(80)
    form.in_touch.setChecked(True)
    form.seconds.setValue(5)

    asked = Wishes(Fraction(7, 10), {NETWORKS: Fraction(8, 10)}, Fraction(6, 10), in_touch=True)
    assert form.wishes == asked
    assert form.effort.seconds == 5
    assert "as you set them" in form.heading.text()
    assert form.floors[NETWORKS].accessibleName() == "Least coverage of Networks and peer learning"
    desk.refresh()
    settle(qtbot, desk, office)
    assert form.wishes == asked


def test_a_floor_and_hours_for_partners_are_kept_by_the_plan_found(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office)
    desk.tabs.setCurrentWidget(desk.search)
    desk.search.wishes.floors[NETWORKS].setValue(90)
    desk.search.wishes.in_touch.setChecked(True)

    searched(qtbot, desk)

    assert not desk.search.wishes.objective.isVisible()
    preview = desk.search.preview
    assert preview is not None
    reached = outcome(gather(office.plan, date(2026, 11, 2)).office, preview.found)
    assert {one.key: one.coverage for one in reached.coverage.themes}[NETWORKS] >= Fraction(9, 10)  # type: ignore[operator]
    assert not reached.capacity.silent_partner_ids
    told = desk.search.reasons.text().count("•")
    assert told == len(not_fullest(gather(office.plan, date(2026, 11, 2)).office, preview.found))


def test_a_blend_is_told_as_a_blend(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office)
    desk.search.wishes.objective.setCurrentIndex(BLEND)
    desk.search.wishes.weight.setValue(20)
    desk.search.wishes.seconds.setValue(3)

    searched(qtbot, desk)

    assert desk.search.preview is not None
    assert "of the blend" in desk.search.worth.text() + desk.search.reasons.text()


def test_limits_that_contradict_each_other_are_the_fewest_and_told_in_words(
    qtbot: QtBot, office: Context
) -> None:
    desk = opened(qtbot, office)
    desk.search.wishes.equity.setValue(100)

    searched(qtbot, desk)

    assert desk.search.headline.text() == "No plan keeps to all limits."
    assert desk.search._reasons_title.text() == "The smallest set of limits that contradict each other"
    assert "Equity stays at 100% of what is possible, or more." in desk.search.reasons.text()
    assert "Loosen any one of them" in desk.search.reasons.text()


def test_the_frontier_keeps_to_the_same_limits_and_begins_anew_when_they_change(
    qtbot: QtBot, office: Context
) -> None:
    desk = opened(qtbot, office)
    desk.search.wishes.floors[NETWORKS].setValue(90)
    desk.frontier.draw()
    qtbot.waitUntil(lambda: bool(desk.frontier.points) and desk.frontier._job is None, timeout=LONG)
    facts = gather(office.plan, date(2026, 11, 2)).office
    for point in desk.frontier._solved():
        assert desk.scenario is not None
        reached = outcome(facts, replace(desk.scenario, decisions=point.decisions or {})).coverage
        assert {one.key: one.coverage for one in reached.themes}[NETWORKS] >= Fraction(9, 10)  # type: ignore[operator]

    desk.search.wishes.floors[NETWORKS].setValue(0)

    assert not desk.frontier.points
