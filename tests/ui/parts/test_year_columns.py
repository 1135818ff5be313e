"""Columns of years: they paint in any size and direction, and say in words what they show."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from cityplanner.ui import theme
from cityplanner.ui.parts.year_columns import YearColumn, YearColumns

YEARS = (
    YearColumn("2027", 0.5, 1.0, "$50 asked for", "$100 available", "coverage 92%", "$50 left"),
    YearColumn(
        "2028", 1.0, 0.25, "$100 asked for", "$25 available", "coverage 80%", "$75 over", pressing=True
    ),
)


def drawn(qtbot: QtBot, *, mirrored: bool) -> tuple[QColor, QColor]:
    """The colors at the foot of the first and of the second column asked for, from the left."""
    view = YearColumns()
    qtbot.addWidget(view)
    if mirrored:
        view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    view.show_columns(YEARS)
    view.resize(600, view.sizeHint().height())
    picture = view.grab().toImage()
    foot = view.height() - view.fontMetrics().height() * 2 - theme.SMALL - 6
    return picture.pixelColor(140, foot), picture.pixelColor(440, foot)


def test_a_year_that_is_over_is_drawn_as_such_in_its_place(qtbot: QtBot) -> None:
    view = YearColumns()
    qtbot.addWidget(view)
    of = theme.colours(view.palette())

    usual, over = drawn(qtbot, mirrored=False)
    assert (usual, over) == (QColor(of.accent), QColor(of.danger))
    assert drawn(qtbot, mirrored=True) == (over, usual)


def test_it_says_in_words_what_it_shows(qtbot: QtBot) -> None:
    view = YearColumns()
    qtbot.addWidget(view)

    view.show_columns(YEARS)

    assert "2028: $100 asked for, $25 available, $75 over, coverage 80%" in view.accessibleDescription()
    view.show_columns(())
    view.grab()
    assert view.accessibleDescription() == ""
