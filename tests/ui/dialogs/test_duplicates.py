"""Duplicates in the window: found, looked at side by side, merged by keyboard and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cityplanner.model.contact import Contact, Position
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.duplicates import DuplicatesDialog
from cityplanner.ui.dialogs.merge import BOTH, LEFT, RIGHT, MergeDialog


@pytest.fixture
def pair(plan: Plan) -> tuple[int, int]:
    """One person entered twice, the second time with a position."""
    with plan.edit("Twice") as edit:
        first = Contact(given="Jürgen", family="Müller", email="j@one.example", languages=("de",))
        second = Contact(given="Juergen", family="Mueller", phone="+493012345678", languages=("en",))
        partner = Partner(name="Bonn")
        edit.add_all((first, second, partner))
        edit.flush()
        edit.add(Position(contact_id=second.id, partner_id=partner.id, title="Mayor"))
    return first.id, second.id


def names(plan: Plan) -> list[tuple[str, str]]:
    with plan.reading() as session:
        return [
            (row[0], row[1])
            for row in listing.rows(session, Contact, ["given", "family"], listing.ids(session, Contact))
        ]


def opened(qtbot: QtBot, context: Context) -> DuplicatesDialog:
    dialog = DuplicatesDialog(context)
    dialog.open()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    return dialog


def compared(qtbot: QtBot, dialog: DuplicatesDialog) -> MergeDialog:
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    (merge,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MergeDialog) and w.isVisible()]
    return merge


def test_a_plan_without_duplicates_says_so(qtbot: QtBot, context: Context) -> None:
    dialog = opened(qtbot, context)
    assert dialog.state.text() == "No duplicates were found."
    assert not dialog.merge.isEnabled()
    dialog.reject()


def test_a_pair_is_merged_by_keyboard_and_undone_as_one_step(
    qtbot: QtBot, context: Context, plan: Plan, pair: tuple[int, int]
) -> None:
    dialog = opened(qtbot, context)
    assert dialog.list.topLevelItemCount() == 1
    merge = compared(qtbot, dialog)
    group = merge.choices["family"]
    assert group.checkedId() == LEFT
    merge.activateWindow()
    qtbot.waitUntil(merge.isActiveWindow)
    group.button(LEFT).setFocus()
    qtbot.keyClick(group.button(LEFT), Qt.Key.Key_Right)
    assert group.checkedId() == RIGHT
    assert "1 position" in merge._moves.text()
    qtbot.keyClick(merge, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert names(plan) == [("Jürgen", "Mueller")]
    assert dialog.list.topLevelItemCount() == 0
    plan.undo()
    assert len(names(plan)) == 2
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 1)
    dialog.reject()


def test_lists_are_kept_together_unless_one_side_is_chosen(
    qtbot: QtBot, context: Context, pair: tuple[int, int]
) -> None:
    merge = MergeDialog(context, Contact, *pair)
    assert merge.choices["languages"].checkedId() == BOTH
    assert merge.values()["languages"] == ("de", "en")
    merge.choices["languages"].button(RIGHT).setChecked(True)
    assert merge.values()["languages"] == ("en",)
    assert merge.values()["phone"] == "+493012345678"
    merge.reject()


def test_an_address_that_was_not_chosen_is_kept_as_another_one(
    qtbot: QtBot, context: Context, pair: tuple[int, int]
) -> None:
    merge = MergeDialog(context, Contact, *pair)
    merge.choices["email"].button(RIGHT).setChecked(True)
    assert merge.values()["email"] is None
    assert merge.values()["other_emails"] == ("j@one.example",)
    merge.reject()


def test_sides_can_be_swapped(qtbot: QtBot, context: Context, plan: Plan, pair: tuple[int, int]) -> None:
    merge = MergeDialog(context, Contact, *pair)
    merge.show()
    merge.swap.click()
    merge.go.click()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    with plan.reading() as session:
        assert list(listing.ids(session, Contact)) == [pair[1]]


def test_not_the_same_is_remembered_and_can_be_undone(
    qtbot: QtBot, context: Context, plan: Plan, pair: tuple[int, int]
) -> None:
    dialog = opened(qtbot, context)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert dialog.list.topLevelItemCount() == 0
    dialog.reject()
    again = opened(qtbot, context)
    assert again.list.topLevelItemCount() == 0
    plan.undo()
    qtbot.waitUntil(lambda: again.list.topLevelItemCount() == 1)
    again.reject()


def test_a_record_deleted_meanwhile_is_said_in_words(
    qtbot: QtBot, context: Context, plan: Plan, pair: tuple[int, int]
) -> None:
    with plan.edit("Gone") as edit:
        contact = edit.get(Contact, pair[1])
        assert contact is not None
        edit.remove(contact)
    merge = MergeDialog(context, Contact, *pair)
    assert not merge.go.isEnabled()
    assert "deleted" in merge.note.text()
    merge.reject()
