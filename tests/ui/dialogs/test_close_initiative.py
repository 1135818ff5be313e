"""Closing or suspending an initiative asks for the reason and for each open commitment, and is one change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cityplanner.model.engagement import Commitment, CommitmentStatus
from cityplanner.model.initiative import Initiative, InitiativeStatus
from cityplanner.store.initiatives import Fate
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.close_initiative import CloseDialog, ask_to_close
from cityplanner.ui.parts import record
from cityplanner.ui.parts.form_row import FieldRow
from cityplanner.ui.parts.record_form import RecordForm
from tests.ui.conftest import Chain, refused


@pytest.fixture
def promised(plan: Plan, chain: Chain) -> Chain:
    """The chain with two open commitments from its engagement, and another initiative."""
    with plan.edit("Promise") as edit:
        for text in ("Send it", "Call them"):
            edit.add(
                Commitment(
                    text=text, partner_id=chain.partner, engagement_id=chain.engagement, owner="B. Sato"
                )
            )
        edit.add(Initiative(code="I-2", title="Other", theme="networks and peer learning"))  # type: ignore[arg-type]
    return chain


@pytest.fixture
def dialog(qtbot: QtBot, context: Context, promised: Chain) -> Iterator[CloseDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    ask_to_close(context, promised.initiative, "I-1 Peer exchange", parent)

    def shown() -> list[CloseDialog]:
        return [one for one in parent.findChildren(CloseDialog) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    yield shown()[-1]
    parent.hide()


def told(plan: Plan, key: int) -> tuple[InitiativeStatus, str, list[CommitmentStatus]]:
    with plan.reading() as session:
        one = session.get_one(Initiative, key)
        states = [session.get_one(Commitment, number).status for number in (1, 2)]
        return one.status, one.status_reason, states


def test_nothing_is_answered_at_first_and_each_has_to_be(
    qtbot: QtBot, plan: Plan, dialog: CloseDialog, promised: Chain
) -> None:
    dialog.end()
    assert dialog.problem.text() == "Say why the initiative ends."
    QTest.keyClicks(dialog.reason, "Over")
    dialog.end()
    assert dialog.problem.text() == "Say what becomes of “Send it”."
    dialog.answers[0].choose(Fate.CANCELLED)
    dialog.end()
    assert dialog.problem.text() == "Say why “Send it” is cancelled."
    dialog.answers[0].choose(Fate.PASSED_ON)
    dialog.end()
    assert dialog.problem.text() == "Say which initiative takes “Send it” over."
    assert told(plan, promised.initiative)[0] is InitiativeStatus.DRAFT


def test_it_is_done_by_keyboard_in_one_step_and_undone_in_one(
    qtbot: QtBot, plan: Plan, dialog: CloseDialog, promised: Chain
) -> None:
    QTest.keyClicks(dialog.reason, "Over")
    for answer, key in zip(dialog.answers, "Ss", strict=True):
        QTest.keyClick(answer.fate, Qt.Key(ord(key.upper())))
        answer._show()
    assert dialog.answers[0].fate.currentData() == Fate.KEPT
    dialog.answers[1].choose(Fate.COMPLETED)
    dialog.answers[1].note.setText("Letter")
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    closed = InitiativeStatus.CLOSED, "Over", [CommitmentStatus.PENDING, CommitmentStatus.COMPLETED]
    assert told(plan, promised.initiative) == closed
    plan.undo()
    assert told(plan, promised.initiative) == (
        InitiativeStatus.DRAFT,
        "",
        [CommitmentStatus.PENDING, CommitmentStatus.PENDING],
    )


def test_one_answer_can_be_given_to_all_that_have_none(dialog: CloseDialog) -> None:
    dialog.answers[0].choose(Fate.COMPLETED)
    dialog.all.setCurrentIndex(dialog.all.findData(Fate.KEPT))
    dialog.all.activated.emit(dialog.all.currentIndex())
    assert [answer.fate.currentData() for answer in dialog.answers] == [Fate.COMPLETED, Fate.KEPT]


def test_it_may_also_be_suspended_and_passed_on(
    qtbot: QtBot, plan: Plan, dialog: CloseDialog, promised: Chain
) -> None:
    dialog.status.setCurrentIndex(dialog.status.findData(InitiativeStatus.SUSPENDED))
    dialog.status.activated.emit(1)
    assert dialog.go.text() == "Suspend initiative"
    QTest.keyClicks(dialog.reason, "Paused")
    for answer in dialog.answers:
        answer.choose(Fate.PASSED_ON)
        answer.other.set_value(2, "I-2 · Other")
    with qtbot.waitSignal(dialog.finished):
        dialog.end()
    assert told(plan, promised.initiative)[:2] == (InitiativeStatus.SUSPENDED, "Paused")
    with plan.reading() as session:
        assert "Passed on to I-2." in session.get_one(Commitment, 1).evidence


def test_without_open_commitments_only_the_reason_is_asked(
    qtbot: QtBot, context: Context, chain: Chain
) -> None:
    dialog = CloseDialog(context, chain.initiative, "I-1", [], date(2026, 11, 2))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reason.setText("Over")
    with qtbot.waitSignal(dialog.finished):
        dialog.end()
    assert context.plan.undoable() == "Close initiative I-1"


def test_the_form_refuses_a_plain_closing_beside_the_field_and_names_the_way(
    qtbot: QtBot, context: Context, promised: Chain
) -> None:
    shown = record.load(context.plan, Initiative, promised.initiative)
    assert shown is not None
    form = RecordForm(context, Initiative)
    qtbot.addWidget(form)
    form.show_record(shown)
    rows = {row.field.name: row for row in form.form.findChildren(FieldRow)}
    rows["status"].editor.set_value(InitiativeStatus.CLOSED)
    rows["status_reason"].editor.set_value("Over")
    form.form.edited.emit()
    refused(qtbot, form)
    assert "Close or suspend" in rows["status"].problem
    assert told(context.plan, promised.initiative)[0] is InitiativeStatus.DRAFT
