"""Where an agreement stands: its end in words, its steps, and the steps that may follow."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cityplanner.model.agreement import NEXT, Agreement, AgreementStatus
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.parts.agreement_strip import AgreementStrip, StepDialog


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What holds the strip."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def strip(qtbot: QtBot, context: Context, plan: Plan, window: QWidget) -> AgreementStrip:
    """The strip on an active agreement without an end."""
    with plan.edit("Add") as edit:
        pact = Agreement(title="Pact", status=AgreementStatus.ACTIVE)
        edit.add(pact)
    made = AgreementStrip(context, window)
    made.show_record(pact.id)
    qtbot.waitUntil(lambda: made.shown is not None)
    return made


def test_it_offers_the_steps_that_may_follow_and_no_others(strip: AgreementStrip) -> None:
    words = [button.text() for button in strip.buttons]

    assert words == [status.value.capitalize() for status in NEXT[AgreementStatus.ACTIVE]]
    assert strip.heading.text() == "Status: active"
    assert strip.end.text() == "Open-ended: it runs until one side ends it."
    assert strip.steps.text() == "No step is on record yet."


def test_a_step_is_taken_with_a_day_and_a_note_and_undone(
    qtbot: QtBot, strip: AgreementStrip, plan: Plan, window: QWidget
) -> None:
    QTest.mouseClick(strip.buttons[1], Qt.MouseButton.LeftButton)
    dialog = window.findChild(StepDialog)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.note.input)
    dialog.day.set_value(date(2026, 5, 4))
    QTest.keyClicks(dialog.note.input, "No visit for years")
    QTest.keyClick(dialog.note.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: strip.heading.text() == "Status: dormant")
    assert strip.steps.text() == "May 4, 2026: dormant · No visit for years"
    plan.undo()
    qtbot.waitUntil(lambda: strip.heading.text() == "Status: active")


def test_a_step_without_a_day_is_refused_in_words(strip: AgreementStrip, window: QWidget) -> None:
    QTest.mouseClick(strip.buttons[0], Qt.MouseButton.LeftButton)
    dialog = window.findChild(StepDialog)
    assert dialog is not None
    dialog.day.set_typed("")
    dialog.accept()

    assert "day of the step is missing" in dialog.problem.text()
    dialog.reject()
