"""The recommendations board: grouped, filtered by gaps, answered by keys, linked items one click away."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cityplanner.base.language import current
from cityplanner.base.settings import Settings
from cityplanner.model.recommendation import Answer, Response
from cityplanner.planning.gaps import Gap
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from cityplanner.ui.context import Context
from cityplanner.ui.pages.recommendations_board import BY_SECTION, RecommendationsBoard
from cityplanner.ui.parts.board_tree import ANSWER, COVERAGE, NAME, WEIGHT
from tests.ui.conftest import Chain


def settle(qtbot: QtBot, page: RecommendationsBoard) -> None:
    """Wait until everything is written and read again."""
    jobs = page.context.jobs
    qtbot.waitUntil(
        lambda: not (page.context.edits.busy or page._later.isActive() or jobs.busy), timeout=10_000
    )


def shown(qtbot: QtBot, context: Context) -> RecommendationsBoard:
    """The board of a plan, read."""
    made = RecommendationsBoard(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    settle(qtbot, made)
    return made


@pytest.fixture
def page(qtbot: QtBot, context: Context, chain: Chain) -> RecommendationsBoard:
    """The board of one recommendation."""
    return shown(qtbot, context)


@pytest.fixture
def full(qtbot: QtBot, sample: Plan, tmp_path: Path, qapp: object) -> RecommendationsBoard:
    """The board of the sample plan."""
    context = Context(sample, Settings(tmp_path / "settings.json"), current(), drafts=tmp_path / "drafts")
    made = shown(qtbot, context)
    context.setParent(made)
    return made


def _text(page: RecommendationsBoard, column: int) -> str:
    here = page.tree.currentItem()
    assert here is not None
    return here.text(column)


def _answer(plan: Plan) -> tuple[Response, int | None]:
    with plan.reading() as session:
        found = records(session, Answer)[0]
        return found.response, found.weight


def _heads(page: RecommendationsBoard) -> list[str]:
    tree = page.tree
    return [item.text(NAME) for at in range(tree.topLevelItemCount()) if (item := tree.topLevelItem(at))]


def test_keys_answer_and_weigh_one_change_each_and_are_undone(
    page: RecommendationsBoard, plan: Plan, qtbot: QtBot
) -> None:
    assert (_text(page, ANSWER), _text(page, WEIGHT)) == ("Noted", "3")
    qtbot.keyClicks(page.tree, "s5")
    assert (_text(page, ANSWER), _text(page, WEIGHT)) == ("Supported", "5")
    settle(qtbot, page)
    assert _answer(plan) == (Response.SUPPORTED, 5)

    plan.undo()
    settle(qtbot, page)
    assert (_text(page, ANSWER), _text(page, WEIGHT)) == ("Supported", "3")
    plan.undo()
    settle(qtbot, page)
    assert _text(page, ANSWER) == "Noted"


def test_other_keys_change_nothing_and_the_menu_does_what_keys_do(
    page: RecommendationsBoard, plan: Plan, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.tree, "x69")
    settle(qtbot, page)
    assert _answer(plan) == (Response.NOTED, 3)

    next(one for one in page.tree.make_menu().actions() if one.text() == "Supported in part").trigger()
    settle(qtbot, page)
    assert _answer(plan) == (Response.PARTLY, 3)


def test_what_covers_an_item_is_one_click_away(
    page: RecommendationsBoard, context: Context, chain: Chain, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(context.opened) as opened:
        page.detail.covers.opened.emit("initiative", chain.initiative)
    assert opened.args == ["initiative", chain.initiative]
    with qtbot.waitSignal(context.opened) as opened:
        qtbot.keyClick(page.tree, Qt.Key.Key_Return)
    assert opened.args == ["source_item", chain.source_item]


def test_items_stand_by_theme_or_by_roundtable_and_section(full: RecommendationsBoard) -> None:
    assert len(full.tree.ids()) == 52
    assert _heads(full)[:2] == ["Emergency response", "Local engagement"]

    full.grouping.setCurrentIndex(full.grouping.findData(BY_SECTION))
    full.narrow()
    first = full.tree.topLevelItem(0)
    assert first is not None
    assert _heads(full) == [
        "First roundtable on city diplomacy in the pandemic",
        "Second roundtable on city diplomacy in the pandemic",
    ]
    assert first.childCount() == 7
    assert first.text(COVERAGE).endswith("%")
    assert len(full.tree.ids()) == 52


def test_a_gap_leaves_only_the_items_that_have_it(full: RecommendationsBoard) -> None:
    for gap in Gap:
        place = full.gap.findData(gap.value)
        full.gap.setCurrentIndex(place)
        full.narrow()
        wanted = {one.id for one in full.board.items if gap in one.gaps}
        assert set(full.tree.ids()) == wanted
        assert full.gap.itemText(place).endswith(f"({len(wanted)})")


def test_a_linked_item_that_a_filter_hides_is_shown(full: RecommendationsBoard) -> None:
    item = next(one for one in full.board.items if one.ties)
    assert full.tree.go_to(item.id)
    assert full.detail.ties.count() == len(item.ties)
    other = item.ties[0]
    full.words.setText(item.code)
    full.narrow()
    assert full.tree.ids() == [item.id]

    full.detail.opened.emit("source_item", other.item_id)

    assert full.tree.item_id() == other.item_id
    assert full.detail.title.text() == f"{other.code}  {other.title}"


def test_folds_and_place_stay_when_the_board_is_read_again(full: RecommendationsBoard, qtbot: QtBot) -> None:
    last = full.tree.ids()[-1]
    full.tree.go_to(last)
    head = full.tree.topLevelItem(0)
    assert head is not None
    head.setExpanded(False)

    full.refresh()
    settle(qtbot, full)

    again = full.tree.topLevelItem(0)
    assert again is not None
    assert not again.isExpanded()
    assert full.tree.item_id() == last


def test_nothing_that_matches_offers_to_show_all(page: RecommendationsBoard) -> None:
    page.focus_filter()
    page.words.setText("no such thing")
    page.narrow()
    assert page.stack.currentWidget() is page.empty
    assert page.counted.text() == "0 of 1 item"

    page.empty.chosen.emit()
    assert page.tree.ids()


def test_an_empty_plan_says_what_belongs_here(qtbot: QtBot, context: Context) -> None:
    made = shown(qtbot, context)

    assert made.empty.accessibleName() == "No recommendations yet"
    assert made.detail.title.text() == "Choose an item."
