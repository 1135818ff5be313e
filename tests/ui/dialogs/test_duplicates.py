"""Duplicates in the window: found, looked at side by side, merged by keyboard and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cityplanner.base.settings import Settings
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, Engagement, EngagementContact
from cityplanner.model.partner import Partner
from cityplanner.store import attachments
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing
from cityplanner.store.queries.likeness import pointing
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.duplicates import DuplicatesDialog
from cityplanner.ui.dialogs.merge import BOTH, RIGHT, MergeDialog
from cityplanner.ui.main_window import MainWindow
from cityplanner.ui.pages.atlas import Atlas
from cityplanner.ui.theme import Theme
from tests.builders import make


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


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, context: Context, tmp_path: Path) -> Iterator[MainWindow]:
    settings = Settings(tmp_path / "settings.json")
    made = MainWindow(settings, Theme(qapp, settings), Atlas())
    made.show()
    made.show_plan(context)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    yield made
    qtbot.waitUntil(lambda: not context.jobs.busy)
    made.leave_plan()
    made.close()
    made.deleteLater()


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key into whatever has the focus."""
    into = QApplication.focusWidget()
    assert into is not None
    qtbot.keyClick(into, key, modifier)


def links(plan: Plan, contact: int) -> dict[str, int]:
    """How many records of each kind point to a contact."""
    with plan.reading() as session:
        found = {noun.__tablename__: count for noun, count in pointing(session, Contact, contact).items()}
        files = attachments.files(session, "contact", contact)
    return found | ({"file": len(files)} if files else {})


def test_by_keys_alone_a_pair_is_merged_field_by_field_and_undone_in_one_step(
    qtbot: QtBot, window: MainWindow, context: Context, plan: Plan, pair: tuple[int, int], tmp_path: Path
) -> None:
    first, second = pair
    letter = tmp_path / "letter.txt"
    letter.write_text("Text")
    attachments.attach(plan, "contact", second, "Mueller", [letter])
    with plan.edit("Log") as edit:
        call = Engagement(title="Call", starts_at=datetime(2026, 1, 1, tzinfo=UTC), zone="UTC")
        edit.add(call)
        edit.flush()
        edit.add(EngagementContact(engagement_id=call.id, contact_id=second))
        make(edit, Commitment, full=False, contact_id=second, engagement_id=call.id)
    before = links(plan, second)
    assert before == {"position": 1, "engagement_contact": 1, "commitment": 1, "file": 1}
    dialog = DuplicatesDialog(context, parent=window)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.list.hasFocus())
    press(qtbot, Qt.Key.Key_Return)
    (merge,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MergeDialog) and w.isVisible()]
    qtbot.waitUntil(merge.isActiveWindow)
    for name in ("given", "family", "email", "phone", "languages"):
        group = merge.choices[name]
        while QApplication.focusWidget() not in group.buttons():
            press(qtbot, Qt.Key.Key_Tab)
        if name == "family":
            press(qtbot, Qt.Key.Key_Right)
            assert group.checkedId() == RIGHT
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 0)
    assert names(plan) == [("Jürgen", "Mueller")]
    assert links(plan, first) == before
    dialog.activateWindow()  # what a desktop does where a window above was closed
    qtbot.waitUntil(dialog.isActiveWindow)
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    qtbot.waitUntil(lambda: window.commands["undo"].isEnabled())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(names(plan)) == 2)
    assert links(plan, second) == before
    assert links(plan, first) == {}
    with plan.reading() as session:
        kept = session.get_one(Contact, first)
        assert (kept.family, kept.phone, kept.languages) == ("Müller", None, ("de",))


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
