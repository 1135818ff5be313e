"""The chart of the frontier: keys and clicks go along its points, and everything is told in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cityplanner.ui.parts.frontier_view import Dot, FrontierView

DOTS = (Dot(100_000, 0.5), Dot(200_000, 0.8), Dot(300_000, 0.9, proven=False))


@pytest.fixture
def view(qtbot: QtBot) -> FrontierView:
    made = FrontierView()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show_dots(DOTS, Dot(200_000, 0.6), "Our plan", "USD")
    made.show()
    return made


@pytest.mark.parametrize("mirrored", [False, True])
def test_keys_go_along_the_points_as_they_are_seen(qtbot: QtBot, view: FrontierView, mirrored: bool) -> None:
    direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    view.setLayoutDirection(direction)
    view.go_to(1)
    x = view.place(DOTS[1]).x()

    QTest.keyClick(view, Qt.Key.Key_Right)

    assert view.current == (0 if mirrored else 2)
    assert view.place(DOTS[view.current]).x() > x
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.current == 2


def test_enter_and_double_click_open_a_point_and_empty_ground_none(qtbot: QtBot, view: FrontierView) -> None:
    opened: list[int] = []
    view.opened.connect(opened.append)

    QTest.keyClick(view, Qt.Key.Key_Return)
    view.go_to(0)
    QTest.keyClick(view, Qt.Key.Key_Return)
    left = Qt.MouseButton.LeftButton
    QTest.mouseDClick(view, left, pos=view.place(DOTS[2]).toPoint())
    QTest.mouseDClick(view, left, pos=QPoint(2, 2))

    assert opened == [0, 2]


def test_what_is_drawn_is_told_in_words(view: FrontierView) -> None:
    assert "$1,000, coverage 50.0%, proven best; " in view.accessibleDescription()
    assert "$3,000, coverage 90.0%; " in view.accessibleDescription()
    assert "Our plan: $2,000, coverage 60.0%" in view.accessibleDescription()
    view.go_to(1)
    assert view.accessibleName() == "Best coverage at each budget: $2,000, coverage 80.0%, proven best"
    assert not view.grab().isNull()


def test_nothing_and_a_single_point_are_drawn_too(view: FrontierView) -> None:
    for dots, here in (((), None), (DOTS[:1], None), ((), DOTS[0])):
        view.show_dots(dots, here, "", "USD")
        assert not view.grab().isNull()
