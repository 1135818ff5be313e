"""The job-change assistant in the window: asked for by a contact, made as one step, refused in words."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.job_change import KNOWN, NEW, JobChangeDialog


@pytest.fixture
def mori(plan: Plan) -> int:
    """A contact with a position and an open commitment."""
    with plan.edit("Scene") as edit:
        contact, partner = Contact(given="Aiko", family="Mori"), Partner(name="Post")
        edit.add_all((contact, partner, Partner(name="Ministry"), Contact(given="Ken", family="Abe")))
        edit.flush()
        edit.add(Position(contact_id=contact.id, partner_id=partner.id, title="Consul"))
        edit.add(Commitment(text="Send the draft", partner_id=partner.id, contact_id=contact.id))
    return contact.id


def choose(dialog: JobChangeDialog, kind: str) -> None:
    dialog.follows.setCurrentIndex(dialog.follows.findData(kind))
    dialog.follows.activated.emit(dialog.follows.currentIndex())


def positions(plan: Plan) -> list[tuple[str, str, date | None]]:
    """Family name, partner's name and end of every position."""
    with plan.reading() as session:
        found = (
            select(Contact.family, Partner.name, Position.ends_on)
            .select_from(Position)
            .join(Contact, Contact.id == Position.contact_id)
            .join(Partner, Partner.id == Position.partner_id)
        )
        return sorted((row[0], row[1], row[2]) for row in session.execute(found))


def test_a_position_ends_and_somebody_new_takes_over(
    qtbot: QtBot, context: Context, plan: Plan, mori: int
) -> None:
    dialog = JobChangeDialog(context, mori)
    dialog.open()
    assert dialog.position.count() == 1
    dialog.end.row("ends_on").editor.set_typed("2026-06-30")
    dialog.following.box.click()  # type: ignore[union-attr]
    dialog.following.row("partner_id").editor.set_value(2, "Ministry")
    choose(dialog, NEW)
    dialog.new.row("family").editor.set_typed("Sato")
    assert dialog.hand_over.isVisibleTo(dialog)
    assert "Send the draft" in dialog._promises.text()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert positions(plan) == [
        ("Mori", "Ministry", None),
        ("Mori", "Post", date(2026, 6, 30)),
        ("Sato", "Post", None),
    ]
    plan.undo()
    assert positions(plan) == [("Mori", "Post", None)]


def test_what_is_missing_is_said_and_nothing_is_written(
    qtbot: QtBot, context: Context, plan: Plan, mori: int
) -> None:
    dialog = JobChangeDialog(context, mori)
    dialog.open()
    dialog.following.box.click()  # type: ignore[union-attr]
    choose(dialog, KNOWN)
    dialog.end.row("ends_on").editor.set_typed("")
    dialog.go.click()
    assert dialog.note.text()
    assert dialog.end.row("ends_on").problem
    assert dialog.following.row("partner_id").problem
    assert dialog.known.row("successor_id").problem
    choose(dialog, NEW)
    dialog.go.click()
    assert dialog.new.row("family").problem
    assert positions(plan) == [("Mori", "Post", None)]
    dialog.reject()


def test_a_refusal_of_the_plan_is_shown_and_can_be_mended(
    qtbot: QtBot, context: Context, plan: Plan, mori: int
) -> None:
    dialog = JobChangeDialog(context, mori)
    dialog.open()
    choose(dialog, KNOWN)
    dialog.known.row("successor_id").editor.set_value(mori, "Aiko Mori")
    dialog.go.click()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert "succeeds" in dialog.note.text()
    assert dialog.go.isEnabled()
    dialog.reject()


def test_without_a_contact_or_a_position_the_dialog_waits(qtbot: QtBot, context: Context, mori: int) -> None:
    dialog = JobChangeDialog(context)
    dialog.open()
    assert not dialog.go.isEnabled()
    dialog.who.row("contact_id").editor.set_value(2, "Ken Abe")
    dialog.who.row("contact_id").edited.emit()
    assert "holds no position" in dialog.note.text()
    dialog.who.row("contact_id").editor.set_value(mori, "Aiko Mori")
    dialog.who.row("contact_id").edited.emit()
    assert dialog.go.isEnabled()
    dialog.reject()
