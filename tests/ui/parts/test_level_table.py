"""The table of service levels: keys lower and raise, what is not allowed is passed over, rows keep their place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cityplanner.ui.parts.level_table import LEVEL, NAME, Choice, LevelTable, Line

CHOICES = (
    Choice(1, "Full", "$10", "1"),
    Choice(2, "Reduced", "$5", "0.5", allowed=False),
    Choice(3, "Paused", "$0", "0"),
    Choice(None, "does not run", "–", "–", allowed=False),
)
LINES = [Line(7, "A-1 One", 1, CHOICES, 1), Line(8, "A-2 Two", None, CHOICES, None)]


@pytest.fixture
def table(qtbot: QtBot) -> LevelTable:
    made = LevelTable()
    qtbot.addWidget(made)
    made.lines.show_lines(LINES, editable=True)
    made.show()
    return made


def test_left_lowers_and_right_raises_past_what_is_not_allowed(qtbot: QtBot, table: LevelTable) -> None:
    told: list[tuple[int, object]] = []
    table.lines.chosen.connect(lambda key, level: told.append((key, level)))
    table.setCurrentIndex(table.lines.index(0, NAME))

    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Left)
    table.lines.show_lines([replace(LINES[0], level_id=3), LINES[1]], editable=True)
    QTest.keyClick(table, Qt.Key.Key_Left)
    QTest.keyClick(table, Qt.Key.Key_Right)

    assert told == [(7, 3), (7, 1)]
    assert table.currentIndex().row() == 0


def test_nothing_is_chosen_where_it_is_locked_or_not_allowed(table: LevelTable) -> None:
    index = table.lines.index(0, LEVEL)
    assert not table.lines.setData(index, 1)
    assert not table.lines.setData(index, 0)
    assert not table.lines.setData(index, 9)

    table.lines.show_lines(LINES, editable=False)

    assert not table.lines.setData(index, 2)
    assert not table.lines.flags(index) & Qt.ItemFlag.ItemIsEditable


def test_cells_say_what_they_are_to_a_screen_reader(table: LevelTable) -> None:
    index = table.lines.index(1, LEVEL)

    assert index.data() == "does not run"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Service level: does not run"
    assert table.lines.index(1, 1).data() == "–"
