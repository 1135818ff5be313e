"""Logging an engagement: everything by keyboard, saved as one change, nothing typed is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import (
    Commitment,
    Engagement,
    EngagementContact,
    EngagementPartner,
    EngagementStatus,
)
from cityplanner.model.ledger import Gift
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.log_draft import DRAFT
from cityplanner.ui.dialogs.log_engagement import LogDialog
from cityplanner.ui.parts.earlier_visits import people_at
from tests.ui.conftest import add_partners

SECONDS_A_KEY = 0.2
"""The time of an average typist (Card, Moran and Newell, the keystroke-level model)."""
_counted: list[int] = []


@pytest.fixture
def people(plan: Plan) -> dict[str, int]:
    """A partner with two people, and another person elsewhere."""
    (nagoya,) = add_partners(plan, ["Consulate General of Japan"])
    with plan.edit("Add people") as edit:
        made = [Contact(given="Aiko", family="Tanabe"), Contact(given="Ken", family="Morita")]
        edit.add_all([*made, Contact(given="Aida", family="Elsewhere")])
        edit.flush()
        edit.add_all(Position(contact_id=one.id, partner_id=nagoya) for one in made)
    return {"partner": nagoya} | {one.family: one.id for one in made}


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What stands behind the dialog."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(qtbot: QtBot, context: Context, people: dict[str, int], window: QWidget) -> LogDialog:
    """The dialog, open and in front."""
    made = LogDialog(context, window)
    made.open()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.links["partners"].line.input)
    return made


@pytest.fixture
def keystrokes() -> list[int]:
    """Every key that was pressed since the test began."""
    _counted.clear()
    return _counted


def _has(dialog: LogDialog, count: int) -> bool:
    return len(dialog.links["contacts"].ids) == count


def focus() -> QWidget:
    """What takes the keys now."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def types(text: str) -> None:
    """Type into whatever has the focus."""
    _counted.extend(map(ord, text))
    QTest.keyClicks(focus(), text)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key."""
    _counted.append(key.value)
    QTest.keyClick(focus(), key, modifiers)


def tab_to(widget: QWidget) -> None:
    """Go on with Tab until a field has the focus."""
    for _step in range(60):
        if focus() is widget:
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {widget.accessibleName()}")


def test_an_engagement_with_two_people_a_commitment_and_a_gift_is_logged_by_keyboard_alone(
    qtbot: QtBot, plan: Plan, dialog: LogDialog, people: dict[str, int], keystrokes: list[int]
) -> None:
    types("consul")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.links["partners"].ids == [people["partner"]])
    press(Qt.Key.Key_Tab)
    for count, name in enumerate(("Tanabe", "Morita"), 1):
        types(name)
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(partial(_has, dialog, count))
    tab_to(dialog.fields["purpose"].editor.input)
    types("Port visit in spring")
    press(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    types("Send the program")
    press(Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    types("Tea bowl")
    with qtbot.waitSignal(dialog.logged):
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert len(keystrokes) * SECONDS_A_KEY < 20
    with plan.reading() as session:
        (engagement,) = records(session, Engagement)
        assert engagement.title == "Meeting: Consulate General of Japan"
        assert engagement.purpose == "Port visit in spring"
        assert abs(engagement.starts_at - datetime.now(UTC)) < timedelta(minutes=10)
        assert [one.partner_id for one in records(session, EngagementPartner)] == [people["partner"]]
        there = [one.contact_id for one in records(session, EngagementContact)]
        assert there == [people["Tanabe"], people["Morita"]]
        (commitment,), (gift,) = records(session, Commitment), records(session, Gift)
        assert (commitment.text, commitment.partner_id) == ("Send the program", people["partner"])
        assert (gift.description, gift.engagement_id) == ("Tea bowl", engagement.id)
    plan.undo()
    with plan.reading() as session:
        assert not records(session, Engagement)
        assert not records(session, Gift)


def test_the_people_of_the_partner_are_offered_first(plan: Plan, people: dict[str, int]) -> None:
    assert [title for _id, title in people_at(plan, [people["partner"]], "Ai")] == [
        "Aiko Tanabe",
        "Aida Elsewhere",
    ]
    assert [title for _id, title in people_at(plan, [people["partner"]], "")] == ["Aiko Tanabe", "Ken Morita"]


def test_a_row_that_is_added_is_in_sight(qtbot: QtBot, dialog: LogDialog) -> None:
    dialog.resize(dialog.width(), 400)
    row = dialog.outcomes[Gift].add_row()
    field = row.editors["description"].input

    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect().height() == field.height())


def test_a_name_that_was_not_chosen_is_asked_about(dialog: LogDialog, plan: Plan) -> None:
    dialog.links["partners"].line.line.setText("Nobody")
    dialog.accept()

    assert "Nobody" in dialog.problem.text()
    with plan.reading() as session:
        assert not records(session, Engagement)


def test_a_promise_without_a_partner_is_refused_in_words(qtbot: QtBot, dialog: LogDialog) -> None:
    row = dialog.outcomes[Commitment].add_row()
    row.editors["text"].set_typed("Call back")
    dialog.accept()

    qtbot.waitUntil(lambda: "needs a partner" in dialog.problem.text())


def test_what_was_typed_is_there_again_after_closing(
    context: Context, dialog: LogDialog, people: dict[str, int], window: QWidget
) -> None:
    dialog.links["partners"].set_picked({people["partner"]: "Consulate"})
    dialog.links["contacts"].line.line.setText("Tana")
    dialog.fields["purpose"].editor.set_typed("Trade fair")
    dialog.outcomes[Gift].add_row().editors["description"].set_typed("Vase")
    dialog.reject()

    again = LogDialog(context, window)
    assert again.links["partners"].ids == [people["partner"]]
    assert again.links["contacts"].unfinished == "Tana"
    assert again.fields["purpose"].editor.typed() == "Trade fair"
    assert again.outcomes[Gift].rows[0].editors["description"].typed() == "Vase"


def test_each_partner_has_a_draft_of_its_own(context: Context, plan: Plan, window: QWidget) -> None:
    one, other = add_partners(plan, ["Nagoya", "Lyon"])

    def opened(number: int, name: str) -> LogDialog:
        return LogDialog(context, window, partner=(number, name))

    first = opened(one, "Nagoya")
    first.fields["purpose"].editor.set_typed("Port study")
    first.reject()
    second = opened(other, "Lyon")
    assert second.fields["purpose"].editor.typed() == ""
    assert second.links["partners"].ids == [other]
    second.reject()
    again = opened(one, "Nagoya")
    assert (again.fields["purpose"].editor.typed(), again.links["partners"].ids) == ("Port study", [one])
    assert not again.discard.isHidden()
    again.throw_away()
    assert opened(one, "Nagoya").fields["purpose"].editor.typed() == ""


def test_a_draft_is_put_by_while_typing_and_survives_the_closing_of_the_plan(
    qtbot: QtBot, context: Context, dialog: LogDialog
) -> None:
    press(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    types("Call back")
    qtbot.waitUntil(lambda: "Call back" in str(context.drafts.get(DRAFT, None)))
    types(" soon")
    context.closing.emit()
    assert "Call back soon" in str(context.drafts.get(DRAFT, None))


def test_a_partner_that_was_deleted_meanwhile_is_not_in_the_draft(
    context: Context, plan: Plan, window: QWidget
) -> None:
    gone, kept = add_partners(plan, ["Gone", "Kept"])
    dialog = LogDialog(context, window)
    dialog.links["partners"].set_picked({gone: "Gone", kept: "Old name"})
    dialog.reject()
    with plan.edit("Delete") as edit:
        edit.remove(edit.get_one(Partner, gone))

    assert LogDialog(context, window).links["partners"].picked == {kept: "Kept"}


def test_what_lies_ahead_is_planned_until_another_status_is_chosen(dialog: LogDialog) -> None:
    status, when = dialog.fields["status"].editor, dialog.fields["starts_at"].editor
    assert status.value() is EngagementStatus.COMPLETED
    when.set_typed("2999-01-01 10:00")
    when.edited.emit()
    dialog._look_back()
    assert status.value() is EngagementStatus.PLANNED
    status.set_value(EngagementStatus.REQUESTED)
    status.edited.emit()
    dialog._look_back()
    assert status.value() is EngagementStatus.REQUESTED


def test_the_time_is_shown_by_the_clocks_of_the_partners_and_the_office(
    qtbot: QtBot, plan: Plan, dialog: LogDialog, people: dict[str, int]
) -> None:
    with plan.edit("Zone") as edit:
        edit.get_one(Partner, people["partner"]).zone = "Asia/Tokyo"
    when = dialog.fields["starts_at"]
    when.editor.set_typed("2026-03-04 18:30")
    dialog.links["partners"].line.picked.emit(people["partner"], "Consulate")

    tokyo = "Mar 5, 2026, 9:30 AM at Consulate General of Japan"
    qtbot.waitUntil(lambda: when.note.replace("\u202f", " ") == tokyo)
    dialog.fields["zone"].editor.set_typed("Asia/Tokyo")
    dialog.fields["zone"].editor.edited.emit()
    assert when.note.replace("\u202f", " ") == "3:30 AM at the office"


def test_an_earlier_visit_about_the_same_is_told(
    qtbot: QtBot, plan: Plan, dialog: LogDialog, people: dict[str, int]
) -> None:
    with plan.edit("Log") as edit:
        before = Engagement(
            title="Port study",
            purpose="Harbor logistics",
            zone="UTC",
            starts_at=datetime.now(UTC) - timedelta(days=300),
        )
        edit.add(before)
        edit.flush()
        edit.add(EngagementPartner(engagement_id=before.id, partner_id=people["partner"]))
    dialog.links["partners"].line.picked.emit(people["partner"], "Consulate")
    purpose = dialog.fields["purpose"].editor
    purpose.setFocus()
    types("logistics of the harbor")

    qtbot.waitUntil(lambda: "Port study" in dialog.earlier.text.text())
