"""All commitments: states and sides to choose from, sorting, and completing several as one change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cityplanner.model.engagement import Commitment, CommitmentStatus, Side
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.complete_commitments import CompleteDialog
from cityplanner.ui.pages.commitments import CommitmentsPage
from tests.ui.conftest import add_partners

TODAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 2, 15, tzinfo=dt.UTC), tick=True):
        yield


@pytest.fixture
def promised(plan: Plan) -> None:
    """Commitments in every state."""
    (nagoya,) = add_partners(plan, ["Nagoya"])
    day = dt.timedelta(days=1)
    with plan.edit("Promise") as edit:
        edit.add_all(
            [
                Commitment(text="Late", partner_id=nagoya, due_on=TODAY - 3 * day, owner="Ann"),
                Commitment(text="Later", partner_id=nagoya, due_on=TODAY - day, side=Side.THEIRS),
                Commitment(text="Soon", partner_id=nagoya, due_on=TODAY + 30 * day),
                Commitment(text="Far", partner_id=nagoya, due_on=TODAY + 31 * day),
                Commitment(text="Someday", partner_id=nagoya),
                Commitment(
                    text="Kept",
                    partner_id=nagoya,
                    due_on=TODAY - 9 * day,
                    status=CommitmentStatus.COMPLETED,
                    completed_on=TODAY - 9 * day,
                ),
            ]
        )


def shown(qtbot: QtBot, context: Context) -> CommitmentsPage:
    """The page, read and shown."""
    page = CommitmentsPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    qtbot.waitUntil(lambda: page.facts is not None)
    return page


def listed(page: CommitmentsPage) -> list[str]:
    return [row.cells[0].text for row in page.table.facts.rows]


@pytest.mark.parametrize(
    ("state", "side", "expected"),
    [
        ("open", "", ["Late", "Later", "Soon", "Far", "Someday"]),
        ("overdue", "", ["Late", "Later"]),
        ("overdue", "theirs", ["Later"]),
        ("soon", "", ["Soon"]),
        ("done", "", ["Kept"]),
        ("", "ours", ["Late", "Soon", "Far", "Someday", "Kept"]),
    ],
)
def test_states_and_sides_narrow_the_list(
    qtbot: QtBot, context: Context, promised: None, state: str, side: str, expected: list[str]
) -> None:
    page = shown(qtbot, context)
    page.state.setCurrentIndex(page.state.findData(state))
    page.side.setCurrentIndex(page.side.findData(side))
    page.narrow()
    assert listed(page) == expected


def test_what_is_overdue_is_said_in_words(qtbot: QtBot, context: Context, promised: None) -> None:
    page = shown(qtbot, context)
    assert page.warning.text() == "2 commitments overdue: 1 ours, 1 theirs."
    assert page.words.text() == "1 commitment is due in the next 30 days."
    state = page.table.facts.rows[0].cells[3]
    assert (state.text, state.pressing) == ("3 days overdue", True)
    assert page.table.facts.rows[4].cells[3].text == "No day is set"


def test_a_column_sorts_by_its_value_and_enter_opens_what_is_current(
    qtbot: QtBot, context: Context, promised: None
) -> None:
    page = shown(qtbot, context)
    page.table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    shown_first = [page.table.model().index(row, 0).data() for row in range(5)]
    assert shown_first == ["Someday", "Far", "Soon", "Later", "Late"]
    with qtbot.waitSignal(context.opened) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    current = page.table.current()
    assert current is not None
    assert opened.args == ["commitment", current.record_id]


def test_several_are_completed_by_keyboard_and_undone_in_one_step(
    qtbot: QtBot, context: Context, plan: Plan, promised: None
) -> None:
    page = shown(qtbot, context)
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [row.cells[0].text for row in page.table.chosen()] == ["Late", "Later"]
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog = page.window().findChild(CompleteDialog)
    assert isinstance(dialog, CompleteDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.evidence.editor.set_value("Mailed")
    qtbot.keyClick(dialog.evidence.editor.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: listed(page) == ["Soon", "Far", "Someday"])
    with plan.reading() as session:
        done = [one for one in records(session, Commitment) if one.evidence == "Mailed"]
        assert [one.completed_on for one in done] == [TODAY, TODAY]
    plan.undo()
    qtbot.waitUntil(lambda: listed(page)[:2] == ["Late", "Later"])


def test_a_day_that_cannot_be_read_is_asked_for_again(
    qtbot: QtBot, context: Context, plan: Plan, promised: None
) -> None:
    dialog = CompleteDialog(context, [1], ["Late"])
    qtbot.addWidget(dialog)
    dialog.day.editor.set_typed("")
    dialog.accept()
    assert "Say when it was completed" in dialog.day.problem
    with plan.reading() as session:
        assert {one.status for one in records(session, Commitment)} == {"pending", "completed"}


def test_what_is_completed_cannot_be_completed_again(qtbot: QtBot, context: Context, promised: None) -> None:
    page = shown(qtbot, context)
    page.state.setCurrentIndex(page.state.findData("done"))
    page.narrow()
    assert not page.complete.isEnabled()


def test_without_commitments_the_page_says_how_they_come(qtbot: QtBot, context: Context) -> None:
    page = shown(qtbot, context)
    assert page._empty.accessibleName() == "No commitments yet"
