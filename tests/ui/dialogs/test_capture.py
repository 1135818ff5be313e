"""Quick capture in the window: typed, looked at, changed, agreed to and taken back, all by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, Engagement
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.capture import CaptureDialog

SIGNATURE = "Aiko Mori\nConsul\nConsulate General of Japan\n+81 52 961 1111\naiko@post.example"


@pytest.fixture
def nagoya(plan: Plan) -> None:
    with plan.edit("City") as edit:
        edit.add(Partner(name="Nagoya"))


def opened(qtbot: QtBot, context: Context, text: str) -> CaptureDialog:
    """The dialog with a text typed and read."""
    dialog = CaptureDialog(context)
    dialog.open()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    dialog.box.setPlainText(text)
    qtbot.waitUntil(lambda: not dialog._timer.isActive() and not context.jobs.busy)
    return dialog


def agree(qtbot: QtBot, context: Context, dialog: CaptureDialog) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not context.jobs.busy)


@pytest.mark.usefixtures("nagoya")
def test_a_line_is_offered_changed_saved_and_taken_back(qtbot: QtBot, context: Context, plan: Plan) -> None:
    dialog = opened(qtbot, context, "call with Nagoya tomorrow 10:00, send draft by Friday")
    assert list(dialog.groups) == ["engagement", "with_partner", "with_contact", "commitment0"]
    dialog.groups["commitment0"].row("text").editor.set_typed("Send the MoU draft")
    with plan.reading() as session:
        assert session.scalars(select(Engagement)).all() == []
    agree(qtbot, context, dialog)
    with plan.reading() as session:
        assert session.scalars(select(Engagement)).one().title == "Call with Nagoya"
        assert session.scalars(select(Commitment)).one().text == "Send the MoU draft"
    assert "Call with Nagoya" in (plan.undoable() or "")
    plan.undo()
    with plan.reading() as session:
        assert session.scalars(select(Engagement)).all() == []


@pytest.mark.usefixtures("nagoya")
def test_what_is_not_wanted_is_not_saved(qtbot: QtBot, context: Context, plan: Plan) -> None:
    dialog = opened(qtbot, context, "call with Nagoya tomorrow 10:00, send draft by Friday")
    box = dialog.groups["commitment0"].box
    assert box is not None
    box.click()
    agree(qtbot, context, dialog)
    with plan.reading() as session:
        assert len(session.scalars(select(Engagement)).all()) == 1
        assert session.scalars(select(Commitment)).all() == []


def test_a_signature_is_saved_as_contact_position_and_partner(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    dialog = opened(qtbot, context, SIGNATURE)
    agree(qtbot, context, dialog)
    with plan.reading() as session:
        assert session.scalars(select(Contact)).one().family == "Mori"
        assert session.scalars(select(Partner)).one().name == "Consulate General of Japan"
        assert session.scalars(select(Position)).one().title == "Consul"


def test_a_missing_partner_is_asked_for_where_it_is_chosen(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    dialog = opened(qtbot, context, "call with Atlantis tomorrow, send map by Friday")
    dialog.go.click()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert dialog.groups["with_partner"].row("partner_id").problem
    assert dialog.go.isEnabled()
    with plan.reading() as session:
        assert session.scalars(select(Engagement)).all() == []
    dialog.reject()


def test_what_cannot_be_read_is_said_beside_its_field(qtbot: QtBot, context: Context) -> None:
    dialog = opened(qtbot, context, "call with Nagoya tomorrow")
    dialog.groups["engagement"].row("starts_at").editor.set_typed("whenever")
    dialog.go.click()
    assert dialog.groups["engagement"].row("starts_at").problem
    dialog.reject()


@pytest.mark.parametrize("text", ["", "asdf", "?!"])
def test_nonsense_leaves_a_hint_and_nothing_to_save(qtbot: QtBot, context: Context, text: str) -> None:
    dialog = opened(qtbot, context, text)
    assert dialog.hint.text()
    assert not dialog.go.isEnabled()
    dialog.save()
    dialog.reject()
