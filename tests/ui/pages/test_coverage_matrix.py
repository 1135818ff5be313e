"""The page of the coverage matrix: read from the plan, edited by keys, undone, filtered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cityplanner.model.initiative import Contribution
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from cityplanner.ui.context import Context
from cityplanner.ui.pages.coverage_matrix import CoverageMatrixPage
from tests.ui.conftest import Chain


def settle(qtbot: QtBot, page: CoverageMatrixPage, context: Context) -> None:
    """Wait until everything is written and read again."""
    qtbot.waitUntil(
        lambda: not (page.context.edits.busy or page._later.isActive() or context.jobs.busy), timeout=10_000
    )


@pytest.fixture
def page(qtbot: QtBot, context: Context, chain: Chain) -> CoverageMatrixPage:
    """The matrix of one recommendation and one initiative that supports it."""
    made = CoverageMatrixPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    settle(qtbot, made, context)
    made.view.setFocus()
    return made


def _links(plan: Plan) -> list[str]:
    with plan.reading() as session:
        return [one.kind.value for one in records(session, Contribution)]


def test_keys_are_written_in_order_as_one_change_each_and_undone(
    page: CoverageMatrixPage, plan: Plan, context: Context, qtbot: QtBot
) -> None:
    assert page.model.index(0, 0).data() == "S"
    for key in "dee":
        qtbot.keyClicks(page.view, key)
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert page.model.index(0, 0).data() == ""
    settle(qtbot, page, context)
    assert _links(plan) == []

    shown = []
    for _step in range(3):
        plan.undo()
        settle(qtbot, page, context)
        shown.append(page.model.index(0, 0).data())
    assert shown == ["E", "D", "S"]
    assert _links(plan) == ["supporting"]


def test_a_change_made_elsewhere_appears_without_losing_the_place(
    page: CoverageMatrixPage, plan: Plan, context: Context, qtbot: QtBot
) -> None:
    with plan.edit("Elsewhere") as edit:
        edit.remove(records(edit, Contribution)[0])
    settle(qtbot, page, context)

    assert page.model.index(0, 0).data() == ""
    assert page.view.currentIndex().isValid()


def test_an_edit_that_is_refused_is_told_and_taken_off_the_screen(
    page: CoverageMatrixPage, plan: Plan, context: Context, chain: Chain, qtbot: QtBot
) -> None:
    said: list[str] = []
    context.message.connect(lambda text, _undoable: said.append(text))
    page._later.setInterval(10_000)  # the deletion is not seen before the key is pressed
    from cityplanner.model.initiative import Initiative

    with plan.edit("Delete") as edit:
        found = edit.get(Initiative, chain.initiative)
        assert found is not None
        edit.remove(found)
    page._later.setInterval(10)
    qtbot.keyClicks(page.view, "d")
    settle(qtbot, page, context)

    assert said == ["I-1 was deleted in the meantime. Undo the deletion to get it back."]
    assert page.model.columnCount() == 0


def test_what_still_waits_is_written_when_the_plan_closes(
    page: CoverageMatrixPage, plan: Plan, context: Context, qtbot: QtBot
) -> None:
    for key in "dedede":
        qtbot.keyClicks(page.view, key)
    context.close()

    assert _links(plan) == ["enabling"]


def test_filters_narrow_and_show_all_lifts_them(
    page: CoverageMatrixPage, context: Context, qtbot: QtBot
) -> None:
    page.focus_filter()
    qtbot.keyClicks(page.row_words, "no such thing")
    qtbot.keyClick(page.row_words, Qt.Key.Key_Return)
    assert page.counted.text() == "0 recommendations × 1 initiative"
    assert not page.view.isVisible()

    page.empty.chosen.emit()
    assert page.counted.text() == "1 recommendation × 1 initiative"
    assert page.view.isVisible()
    page.supported.setChecked(True)  # it is noted, not supported
    assert page.model.rowCount() == 0


def test_the_current_cell_is_described_with_both_titles(page: CoverageMatrixPage) -> None:
    assert page.cell.text() == (
        "P-1 Learn from peers × I-1 Peer exchange: supporting; the initiative keeps 0% of its result"
    )


def test_an_empty_plan_says_what_belongs_here(qtbot: QtBot, context: Context) -> None:
    made = CoverageMatrixPage(context)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    QApplication.processEvents()

    assert made.empty.accessibleName() == "Nothing to link yet"
    assert made.stack.currentWidget() is made.empty
