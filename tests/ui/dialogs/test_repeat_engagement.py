"""Repeating an engagement from its dialog."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cityplanner.model.engagement import Engagement
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.repeat_engagement import RepeatDialog
from tests.ui.conftest import Chain


def test_the_days_are_shown_before_they_are_planned(
    qtbot: QtBot, context: Context, plan: Plan, chain: Chain
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = RepeatDialog(context, chain.engagement, window, now=datetime(2026, 4, 15, tzinfo=UTC))
    dialog.open()
    dialog.number.setValue(3)
    assert dialog.days.text() == "Apr 30, 2026; May 31, 2026; Jun 30, 2026"

    with qtbot.waitSignal(context.message) as said:
        dialog.accept()

    assert said.args == ["Planned 3 further engagements.", True]
    with plan.reading() as session:
        assert len(records(session, Engagement)) == 4
    plan.undo()
    with plan.reading() as session:
        assert len(records(session, Engagement)) == 1
