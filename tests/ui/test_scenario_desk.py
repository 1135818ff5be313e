"""The desk of scenarios as an officer uses it: what moves, what is lost, the best plan kept, adopted and undone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from cityplanner.base.language import current
from cityplanner.base.settings import Settings
from cityplanner.planning.scenarios import outcome
from cityplanner.store.plan_file import open_plan
from cityplanner.ui.context import Context
from cityplanner.ui.pages.scenario_desk.desk import ScenarioDesk
from cityplanner.ui.parts.level_table import LEVEL
from tests.ui.scenario_desk import ADOPTED, LESS, LONG, choose, in_plan, lower, opened, row_of, settle


def test_a_walk_from_a_cut_to_the_best_plan_adopted_and_back(qtbot: QtBot, office: Context) -> None:
    plan = office.plan
    desk = opened(qtbot, office)
    assert desk.results.against.currentText() == ADOPTED
    assert "balances" in desk.results.state.text()
    before, lost = in_plan(plan, LESS), desk.results.losses.text()

    lower(qtbot, desk, "EM-01")
    lower(qtbot, desk, "EQ-01")
    assert desk.results.losses.text() != lost, "the losses follow at once, before anything is written"
    settle(qtbot, desk, office)
    moved = in_plan(plan, LESS)
    assert before is not None
    assert moved is not None
    assert len({*moved.decisions.items()} - {*before.decisions.items()}) == 2

    desk.search.begin()
    qtbot.waitUntil(lambda: desk.search.preview is not None, timeout=LONG)
    qtbot.waitUntil(lambda: "fullest" in desk.search.reasons.text(), timeout=LONG)
    assert "proven optimal" in desk.search.headline.text()
    assert "0.1 FTE more" in desk.search.worth.text()
    assert desk.search.changes.rowCount() > 0
    desk.search.keep.click()
    best = f"{LESS}, best plan"
    qtbot.waitUntil(lambda: desk.choice.currentText() == best, timeout=LONG)
    settle(qtbot, desk, office)
    kept = in_plan(plan, best)
    assert kept is not None
    assert outcome(desk.facts.plan.office, kept).ready  # type: ignore[union-attr]

    assert desk.adopt.isEnabled()
    desk.adopt.click()
    qtbot.waitUntil(lambda: "locked" in desk.state.text(), timeout=LONG)
    assert "tester" in desk.state.text()
    assert not desk.editable
    assert not desk.adopt.isEnabled()

    plan.undo()
    qtbot.waitUntil(lambda: "locked" not in desk.state.text(), timeout=LONG)
    plan.undo()
    qtbot.waitUntil(lambda: desk.choice.findText(best) < 0, timeout=LONG)
    plan.undo()
    plan.undo()
    assert in_plan(plan, LESS) == before


def test_losses_are_told_against_any_other_scenario(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office)
    box = desk.results.against
    assert box.count() == desk.choice.count() - 1
    assert box.findText(LESS) < 0
    found = {}

    for at in range(box.count()):
        box.setCurrentIndex(at)
        box.activated.emit(at)
        found[box.currentText()] = desk.results.losses.text()

    assert len(set(found.values())) >= 3, (
        "the adopted levels and the current ones are the same, the others are not"
    )
    against_adopted = found[ADOPTED]
    for words in ("is no longer covered", "Nobody has hours left for", "No initiative serves Goal"):
        assert words in against_adopted
    assert "No initiative carries out" in against_adopted
    choose(desk, ADOPTED)
    settle(qtbot, desk, office)
    assert box.findText(ADOPTED) < 0
    assert box.findText(LESS) >= 0


def test_a_lever_shows_at_once_and_is_one_change_when_it_rests(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office)
    last = office.plan.undoable()
    slider = desk.levers.funds[1].slider

    for percent in range(-26, -41, -1):
        slider.setValue(percent)
    assert "does not balance" in desk.results.state.text()
    assert "General Fund is over its amount" in desk.results.gaps.text()
    assert desk.results.moves[0].isVisibleTo(desk)
    assert "of coverage is lost" in desk.results.closing.text()
    assert not desk.adopt.isEnabled()
    assert office.plan.undoable() == last

    settle(qtbot, desk, office)
    changed = in_plan(office.plan, LESS)
    assert changed is not None
    assert {one.fund_id: one.percent for one in changed.fund_changes}[1] == Decimal(-40)
    office.plan.undo()
    assert office.plan.undoable() == last
    qtbot.waitUntil(lambda: slider.value() == -25, timeout=LONG)


def test_a_closing_move_is_made_by_its_button(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office)
    desk.levers.funds[1].field.setValue(-40)
    gap = desk.results.gaps.text()
    assert gap

    desk.results.moves[0].click()

    assert desk.results.gaps.text() != gap
    settle(qtbot, desk, office)


def test_the_levels_that_close_a_gap_are_given_as_one_change_and_one_undo_takes_them_back(
    qtbot: QtBot, office: Context
) -> None:
    desk = opened(qtbot, office)
    desk.levers.funds[1].field.setValue(-35)
    settle(qtbot, desk, office)
    before = in_plan(office.plan, LESS)
    assert "Not ready" in desk.results.state.text()
    assert "General Fund is over its amount by" in desk.results.gaps.text()
    assert desk.results.closing_levels.text().count("\n") > 0

    desk.results.close_gap.click()

    assert "Ready: it balances" in desk.results.state.text()
    assert not desk.results.close_gap.isVisibleTo(desk)
    settle(qtbot, desk, office)
    assert desk.adopt.isEnabled()
    assert in_plan(office.plan, LESS) != before
    office.plan.undo()
    assert in_plan(office.plan, LESS) == before
    settle(qtbot, desk, office)
    assert "Not ready" in desk.results.state.text()


def test_what_levels_alone_cannot_close_is_said_without_offering_them(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office)

    desk.levers.funds[1].field.setValue(-90)

    assert (
        "Service levels alone do not close the gap: General Fund stays over by" in desk.results.closing.text()
    )
    assert not desk.results.close_gap.isVisibleTo(desk)
    settle(qtbot, desk, office)


def test_amounts_furlough_growth_and_positions_reach_the_plan(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office)
    lever = desk.levers.funds[1]
    lever.unit.setCurrentIndex(1)
    lever.unit.activated.emit(1)
    lever.field.setValue(-12_000)
    desk.levers.furlough.setValue(9)
    desk.levers.growth.setValue(1.5)
    free = next(key for key, box in desk.levers.positions.items() if not box.isChecked())
    desk.levers.positions[free].setChecked(True)
    settle(qtbot, desk, office)

    now = in_plan(office.plan, LESS)

    assert now is not None
    assert {one.fund_id: one.amount for one in now.fund_changes}[1] == -1_200_000
    assert (now.furlough_days, now.cost_growth) == (Decimal(9), Decimal("1.5"))
    assert free in now.frozen_position_ids


@pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing", extend=True)
def test_a_level_is_chosen_in_its_box_and_a_mandated_one_is_not_undercut(
    qtbot: QtBot, office: Context
) -> None:
    desk = opened(qtbot, office)
    model = desk.levels.lines
    row = row_of(desk, "EM-03")
    index = model.index(row, LEVEL)
    desk.levels.setCurrentIndex(index)
    QTest.keyClick(desk.levels, Qt.Key.Key_Return)
    box = desk.levels.indexWidget(index)
    assert isinstance(box, QComboBox)

    box.setCurrentIndex(1)
    box.activated.emit(1)

    assert model.lines[row].at == 1
    settle(qtbot, desk, office)
    for line in model.lines:
        fixed = [at for at, choice in enumerate(line.choices) if not choice.allowed]
        if fixed:
            assert not model.setData(model.index(model.lines.index(line), LEVEL), fixed[-1])


def test_an_adopted_scenario_is_locked_and_its_copy_is_open(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office, ADOPTED)
    assert "locked" in desk.state.text()
    assert not desk.editable
    lower(qtbot, desk, "EM-01")
    assert desk.writing.clean

    desk.copy.click()
    qtbot.waitUntil(lambda: desk.choice.currentText() == f"{ADOPTED}, copy", timeout=LONG)
    settle(qtbot, desk, office)

    assert desk.editable
    desk.give_name("A calmer year")
    qtbot.waitUntil(lambda: desk.choice.currentText() == "A calmer year", timeout=LONG)
    assert in_plan(office.plan, "A calmer year") is not None


def test_what_was_moved_last_is_kept_when_another_is_chosen_or_the_plan_closes(
    qtbot: QtBot, office: Context
) -> None:
    desk = opened(qtbot, office)
    lower(qtbot, desk, "EM-01")
    desk.levers.furlough.setValue(7)
    choose(desk, ADOPTED)
    settle(qtbot, desk, office)
    now = in_plan(office.plan, LESS)
    assert now is not None
    assert now.furlough_days == Decimal(7)

    choose(desk, LESS)
    settle(qtbot, desk, office)
    desk.levers.furlough.setValue(8)
    office.close()
    again = in_plan(office.plan, LESS)
    assert again is not None
    assert again.furlough_days == Decimal(8)


def test_a_scenario_chosen_again_before_it_was_read_again_keeps_what_was_moved(
    qtbot: QtBot, office: Context
) -> None:
    desk = opened(qtbot, office)
    for furlough, names in ((7, (LESS,)), (9, (ADOPTED, LESS)), (11, (LESS, ADOPTED, LESS))):
        desk.levers.furlough.setValue(furlough)
        for name in names:
            choose(desk, name)
        assert desk.levers.furlough.value() == furlough
        settle(qtbot, desk, office)

        now = in_plan(office.plan, LESS)
        assert now is not None
        assert now.furlough_days == Decimal(furlough)
        assert desk.levers.furlough.value() == furlough


def test_the_frontier_never_falls_and_its_points_lead_to_their_plans(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office)
    desk.tabs.setCurrentWidget(desk.frontier)
    desk.frontier.draw()
    qtbot.waitUntil(lambda: bool(desk.frontier.points) and desk.frontier._job is None, timeout=LONG)
    chart = desk.frontier.chart
    reached = [dot.coverage for dot in chart.dots]
    assert reached == sorted(reached)
    assert chart.here is not None
    assert chart.here.coverage < max(reached)
    assert "the best plan" in desk.frontier.state.text()
    assert LESS in chart.accessibleDescription()

    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.current == 1
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place(chart.dots[2]).toPoint())
    assert chart.current == 2
    QTest.keyClick(chart, Qt.Key.Key_Return)

    preview = desk.search.preview
    assert preview is not None
    office_facts = desk.facts.plan.office  # type: ignore[union-attr]
    total = sum(fund.amount for fund in outcome(office_facts, preview.found).funds)
    assert total == pytest.approx(chart.dots[2].budget, abs=len(office_facts.funds))


def test_up_to_five_scenarios_stand_side_by_side(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office)
    desk.copy.click()
    qtbot.waitUntil(lambda: desk.choice.count() == 6, timeout=LONG)
    settle(qtbot, desk, office)
    compare = desk.compare
    desk.tabs.setCurrentWidget(compare)
    settle(qtbot, desk, office)
    assert compare.table.model().columnCount() == 6

    sixth = next(
        item for item in map(compare.choices.item, range(6)) if item.checkState() is Qt.CheckState.Unchecked
    )
    sixth.setCheckState(Qt.CheckState.Checked)

    settle(qtbot, desk, office)
    assert compare.table.model().columnCount() == 6
    checked = [
        item for item in map(compare.choices.item, range(6)) if item.checkState() is Qt.CheckState.Checked
    ]
    assert len(checked) == 5
    assert sixth in checked
    assert not desk.results.isVisible()
    model = compare.table.model()
    labels = {str(model.index(row, 0).data()) for row in range(model.rowCount())}
    assert {"Cost", "Coverage", "Left in General Fund", "Partners falling silent"} <= labels


def test_a_contradiction_is_told_in_words(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office)
    desk.levers.funds[1].field.setValue(-95)

    desk.search.begin()
    qtbot.waitUntil(lambda: bool(desk.search.headline.text()), timeout=LONG)

    assert desk.search.headline.text() == "No plan keeps to all limits."
    assert "General Fund has" in desk.search.reasons.text()
    settle(qtbot, desk, office)


def test_a_search_can_be_stopped(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office)

    desk.search.begin()
    assert not desk.search.start.isEnabled()
    desk.search.stop.click()
    qtbot.waitUntil(desk.search.start.isEnabled, timeout=LONG)

    desk.search.clear()
    settle(qtbot, desk, office)


def test_a_plan_without_scenarios_says_what_to_do(qtbot: QtBot, context: Context) -> None:
    desk = ScenarioDesk(context)
    qtbot.addWidget(desk)
    desk.show()
    qtbot.waitUntil(lambda: desk.facts is not None, timeout=LONG)

    assert desk._pages.currentIndex() == 1
    assert desk.scenario is None


def test_a_plan_open_for_reading_is_only_shown(qtbot: QtBot, sample_file: Path, tmp_path: Path) -> None:
    with open_plan(sample_file, read_only=True) as plan:
        context = Context(plan, Settings(tmp_path / "settings.json"), current(), drafts=tmp_path / "drafts")
        desk = opened(qtbot, context)

        assert not desk.editable
        assert not desk.copy.isEnabled()
        assert not desk.levels.lines.editable
        context.close()
