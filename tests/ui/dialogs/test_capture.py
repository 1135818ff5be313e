"""Quick capture in the window: typed, looked at, changed, agreed to and taken back, all by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, Engagement, EngagementStatus
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
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
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


def retype(qtbot: QtBot, context: Context, dialog: CaptureDialog, text: str) -> None:
    dialog.box.setPlainText(text)
    qtbot.waitUntil(lambda: not dialog._timer.isActive() and not context.jobs.busy)


def change(dialog: CaptureDialog, key: str, name: str, text: str) -> None:
    """As if it was typed into a field of the draft."""
    editor = dialog.groups[key].row(name).editor
    editor.set_typed(text)
    editor.edited.emit()


def typed(dialog: CaptureDialog, key: str, name: str) -> str:
    return dialog.groups[key].row(name).editor.typed()


@pytest.mark.usefixtures("nagoya")
def test_what_was_changed_in_the_draft_stays_when_the_text_is_retyped(qtbot: QtBot, context: Context) -> None:
    dialog = opened(qtbot, context, "call with Nagoya tomorrow 10:00, send draft by Friday")
    change(dialog, "engagement", "title", "Port call")
    change(dialog, "commitment0", "text", "Send the MoU draft")
    retype(qtbot, context, dialog, "call with Nagoya tomorrow 11:30, send draft by Monday")

    assert typed(dialog, "engagement", "title") == "Port call"
    assert typed(dialog, "engagement", "starts_at").endswith("11:30")
    assert typed(dialog, "commitment0", "text") == "Send the MoU draft"
    dialog.reject()


@pytest.mark.usefixtures("nagoya")
def test_a_commitment_keeps_its_changes_when_another_is_put_before_it_or_taken_away(
    qtbot: QtBot, context: Context
) -> None:
    dialog = opened(qtbot, context, "call with Nagoya tomorrow 10:00, send draft by Friday")
    change(dialog, "commitment0", "text", "Mine")
    box = dialog.groups["commitment0"].box
    assert box is not None
    box.click()
    retype(
        qtbot,
        context,
        dialog,
        "call with Nagoya tomorrow 10:00, prepare slides by Monday, send draft by Friday",
    )
    assert typed(dialog, "commitment0", "text") == "Prepare slides"
    assert dialog.groups["commitment0"].wanted
    assert typed(dialog, "commitment1", "text") == "Mine"
    assert not dialog.groups["commitment1"].wanted
    retype(qtbot, context, dialog, "call with Nagoya tomorrow 10:00, prepare slides by Monday")
    assert typed(dialog, "commitment0", "text") == "Prepare slides"
    dialog.reject()


def test_another_text_altogether_begins_anew(qtbot: QtBot, context: Context) -> None:
    dialog = opened(qtbot, context, "call with Nagoya tomorrow 10:00")
    change(dialog, "engagement", "title", "Port call")
    retype(qtbot, context, dialog, "meeting at Lyon on Friday")

    assert typed(dialog, "engagement", "title") == "Meeting at Lyon"
    dialog.reject()


def test_closing_keeps_text_and_changes_and_saving_forgets_them(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    dialog = opened(qtbot, context, "call with Nagoya tomorrow 10:00")
    change(dialog, "engagement", "title", "Port call")
    dialog.reject()
    again = CaptureDialog(context)
    again.open()
    qtbot.waitUntil(lambda: bool(again.groups) and not context.jobs.busy)
    assert again.box.toPlainText() == "call with Nagoya tomorrow 10:00"
    assert typed(again, "engagement", "title") == "Port call"
    agree(qtbot, context, again)
    with plan.reading() as session:
        saved = session.scalars(select(Engagement)).one()
        assert (saved.title, saved.status) == ("Port call", EngagementStatus.PLANNED)
    assert CaptureDialog(context).box.toPlainText() == ""


@pytest.mark.usefixtures("nagoya")
def test_the_time_is_shown_by_the_partners_clock(qtbot: QtBot, context: Context, plan: Plan) -> None:
    with plan.edit("Zone") as edit:
        edit.scalars(select(Partner)).one().zone = "Asia/Tokyo"
    dialog = opened(qtbot, context, "call with Nagoya tomorrow 10:00")

    qtbot.waitUntil(lambda: "at Nagoya" in dialog.groups["engagement"].row("starts_at").note)
    dialog.reject()


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
