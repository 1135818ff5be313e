"""A move on the desk is weighed and shown within 30 ms of work, and twice that is never needed."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cityplanner.ui.context import Context
from cityplanner.ui.parts.level_table import LEVEL
from tests.ui.scenario_desk import opened, settle

LIMIT = 0.030
ALLOWANCE = 2
"""Slow machines are let pass; what would be noticed is not."""
TURNS = 15


def work(move: Callable[[int], None]) -> float:
    """The processor time of this thread that a move usually takes, in seconds: other processes do not count."""
    times = []
    for turn in range(TURNS):
        began = time.thread_time()
        move(turn)
        times.append(time.thread_time() - began)
    return median(times)


def test_a_slider_that_moves_shows_everything_at_once(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office)
    desk.tabs.setCurrentWidget(desk.levers)
    slider = desk.levers.funds[1].slider

    assert work(lambda turn: slider.setValue(-24 + turn % 2)) < ALLOWANCE * LIMIT
    assert "Ready" in desk.results.state.text()
    assert work(lambda turn: slider.setValue(-30 - turn % 2)) < ALLOWANCE * LIMIT
    assert "Not ready" in desk.results.state.text()
    settle(qtbot, desk, office)


def test_a_level_that_moves_shows_everything_at_once(qtbot: QtBot, office: Context) -> None:
    desk = opened(qtbot, office)
    desk.levels.setCurrentIndex(desk.levels.lines.index(5, LEVEL))
    keys = (Qt.Key.Key_Left, Qt.Key.Key_Right)

    assert work(lambda turn: QTest.keyClick(desk.levels, keys[turn % 2])) < ALLOWANCE * LIMIT
    settle(qtbot, desk, office)
