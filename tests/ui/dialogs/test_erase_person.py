"""Erasing a person in the window: shown first, the name is typed, a hold forbids it, drafts are forgotten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cityplanner.model.contact import Contact
from cityplanner.model.retention import LegalHold
from cityplanner.store.backups import backup, backups
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.erase_person import ErasePersonDialog
from cityplanner.ui.parts.person_actions import PersonActions
from cityplanner.ui.parts.record_dialog import RecordDialog


@pytest.fixture
def contact_id(plan: Plan) -> int:
    """A person in a plan that has a backup, named in somebody's notes."""
    with plan.edit("Add") as edit:
        contact = Contact(given="Ada", family="Quillfeather")
        edit.add_all([contact, Contact(given="Bo", family="Lindqvist", notes="Knows Ada Quillfeather.")])
    backup(plan.path)
    return contact.id


def opened(qtbot: QtBot, context: Context, contact_id: int) -> ErasePersonDialog:
    dialog = ErasePersonDialog(context, contact_id)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog._job is None)
    return dialog


def told(dialog: ErasePersonDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog))


def test_what_would_go_is_shown_and_nothing_goes_before_the_name_is_typed(
    qtbot: QtBot, context: Context, contact_id: int
) -> None:
    dialog = opened(qtbot, context, contact_id)

    assert "1 contact" in told(dialog)
    assert "Bo Lindqvist (contact)" in told(dialog)
    assert backups(context.plan.path)[0].path.name in told(dialog)
    assert "cannot be undone" in dialog.warning.text()
    assert not dialog.go.isEnabled()
    dialog.erase()
    dialog.name.setText("Ada")
    assert not dialog.go.isEnabled()
    dialog.reject()
    assert context.plan.search("Quillfeather") != []


def test_once_the_name_is_typed_the_person_goes_from_plan_drafts_and_backups(
    qtbot: QtBot, context: Context, contact_id: int
) -> None:
    context.drafts.keep("contact", contact_id, {"notes": "half typed"})
    dialog = opened(qtbot, context, contact_id)
    qtbot.keyClicks(dialog.name, "ada  quillfeather")
    with qtbot.waitSignal(context.message) as said:
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)

    assert said.args == ["The person was erased.", False]
    assert context.plan.search("Quillfeather") == []
    assert context.drafts.get("contact", contact_id) == {}
    assert b"Quillfeather" not in context.plan.path.read_bytes()
    assert [b"Quillfeather" in one.path.read_bytes() for one in backups(context.plan.path)] == [False]


def test_backups_that_stay_are_told_of(qtbot: QtBot, context: Context, contact_id: int) -> None:
    dialog = opened(qtbot, context, contact_id)
    dialog.replace.setChecked(False)
    dialog.name.setText("Ada Quillfeather")
    with qtbot.waitSignal(context.message) as said:
        dialog.erase()
    assert said.args == ["The person was erased. 1 file still holds them.", False]


def test_a_hold_leaves_only_the_way_back(qtbot: QtBot, context: Context, contact_id: int) -> None:
    with context.plan.edit("Hold") as edit:
        edit.add(LegalHold(title="Case 42", since=date(2026, 1, 1), contact_id=contact_id))
    dialog = opened(qtbot, context, contact_id)

    assert "“Case 42”" in told(dialog)
    assert (dialog.name.isVisibleTo(dialog), dialog.go.isEnabled()) == (False, False)


def test_what_fails_is_told_and_changes_nothing(qtbot: QtBot, context: Context, contact_id: int) -> None:
    dialog = opened(qtbot, context, contact_id)
    with context.plan.edit("Hold") as edit:
        edit.add(LegalHold(title="Case 42", since=date(2026, 1, 1)))
    dialog.name.setText("Ada Quillfeather")
    dialog.erase()
    qtbot.waitUntil(lambda: dialog._job is None)
    assert "Case 42" in dialog.heading.text()
    assert context.plan.search("Quillfeather") != []
    dialog.reject()
    assert not dialog.isVisible()


def test_the_page_offers_export_hold_and_erasure_of_a_saved_contact(
    qtbot: QtBot, context: Context, contact_id: int, tmp_path: Path
) -> None:
    actions = PersonActions(context)
    qtbot.addWidget(actions)
    actions.show_record(None)
    assert actions.isHidden()
    actions.show_record(contact_id, "Ada Quillfeather")
    assert all(one.accessibleDescription() for one in (actions.export, actions.hold, actions.erase))
    with qtbot.waitSignal(context.message):
        actions.export_to(tmp_path / "ada.zip")
    assert (tmp_path / "ada.zip").stat().st_size > 0
    actions.hold.click()
    dialog = actions.findChild(RecordDialog)
    assert dialog is not None
    dialog.reject()
    actions.erase.click()
    asked = actions.findChild(ErasePersonDialog)
    assert asked is not None
    asked.reject()


def test_in_a_plan_that_is_only_read_nothing_can_be_erased(
    qtbot: QtBot, context: Context, contact_id: int, tmp_path: Path
) -> None:
    copy = context.plan.save_copy(tmp_path / "copy.cityplan")
    with open_plan(copy, read_only=True) as plan:
        reading = Context(plan, context.settings, context.language, drafts=tmp_path / "drafts")
        actions = PersonActions(reading)
        qtbot.addWidget(actions)
        actions.show_record(contact_id, "Ada")
        assert [one.isEnabled() for one in (actions.export, actions.hold, actions.erase)] == [
            True,
            False,
            False,
        ]
        dialog = opened(qtbot, reading, contact_id)
        dialog.name.setText("Ada Quillfeather")
        assert not dialog.go.isEnabled()
        dialog.reject()
        reading.close()
