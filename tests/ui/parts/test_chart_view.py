"""A chart in the window: what it says, how it fits, mirrored, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cityplanner.reports.charts.description import (
    BarChart,
    Chart,
    CoverageBar,
    CoverageBars,
    CurveChart,
    LineChart,
    MapChart,
    MatrixChart,
    Place,
    Point,
    Series,
    Span,
    Timeline,
)
from cityplanner.reports.charts.shapes import Box, Label
from cityplanner.ui import theme
from cityplanner.ui.parts.chart_brush import WindowMeasure
from cityplanner.ui.parts.chart_view import ChartView

LINE = LineChart(
    ["2024", "2025", "2026"],
    [Series("Measured", [1, 4, None])],
    axis="people",
    path=Series("Target path", [0, 4.5, 9]),
)
CHARTS: list[Chart] = [
    LINE,
    BarChart(["a", "b"], [Series("One", [1, 2]), Series("Two", [3, None])], stacked=True),
    BarChart(["a", "b"], [Series("One", [-1, 2])], horizontal=False),
    CoverageBars([CoverageBar("Whole", 0.5, tone="bad"), CoverageBar("None", 0)], 0.7, "goal"),
]


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> Iterator[ChartView]:
    """A chart in a window of the plain look; a style sheet left by another test would set its own colors."""
    style = qapp.styleSheet()
    qapp.setStyleSheet("")
    made = ChartView()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    yield made
    qapp.setStyleSheet(style)


def pixels(view: ChartView) -> QImage:
    return view.canvas.grab().toImage()


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_sort_of_chart_is_painted_in_both_schemes(
    view: ChartView, chart: Chart, colours: theme.Colours
) -> None:
    view.setPalette(theme.palette(colours))
    view.show_chart(chart, "What it shows")
    image = pixels(view)
    seen = {image.pixelColor(x, y).name() for x in range(0, 600, 2) for y in range(0, image.height(), 2)}
    assert {colours.text, colours.muted, colours.accent, colours.danger} & seen


def test_the_words_that_stand_for_it_are_its_accessible_name(view: ChartView) -> None:
    view.show_chart(LINE, "It rose from 1 to 4.")
    assert view.canvas.accessibleName() == "It rose from 1 to 4."
    assert view.table.accessibleName() == "It rose from 1 to 4."


def test_it_is_as_high_as_its_width_asks_for(view: ChartView) -> None:
    view.show_chart(CHARTS[3], "x")
    for width in (300, 900):
        drawing = view.canvas.drawing(width)
        assert view.canvas.heightForWidth(width) >= drawing.height * view.canvas._measure.scale
        boxes = [one for one in drawing.shapes if isinstance(one, Box)]
        assert all((one.x + one.width) * view.canvas._measure.scale <= width + 1 for one in boxes)


def test_it_grows_with_the_text(view: ChartView) -> None:
    view.show_chart(LINE, "x")
    before = view.canvas.heightForWidth(600)
    font = view.canvas.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    view.canvas.setFont(font)
    assert view.canvas.heightForWidth(600) > 1.8 * before


def test_mirrored_it_is_painted_from_the_right(view: ChartView) -> None:
    view.show_chart(CHARTS[3], "x")
    accent = QColor(theme.colours(view.palette()).danger).name()

    def first() -> int:
        image = pixels(view)
        found = (
            x for x in range(image.width()) for y in range(image.height())
            if image.pixelColor(x, y).name() == accent
        )  # fmt: skip
        return min(found)

    left = first()
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert first() > left


def test_its_numbers_are_there_as_a_table_by_keyboard_and_on_the_clipboard(
    qtbot: QtBot, view: ChartView
) -> None:
    view.show_chart(LINE, "x")
    QTest.keyClick(view.turn, Qt.Key.Key_Space)
    assert view.table.isVisible()
    assert not view.canvas.isVisible()
    model = view.table.model()
    cells = [[model.index(row, at).data() for at in range(3)] for row in range(3)]
    assert cells == [["2024", "1", "0"], ["2025", "4", "4.5"], ["2026", "", "9"]]
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("people\tMeasured\tTarget path\n2024\t1\t0")
    QTest.keyClick(view.turn, Qt.Key.Key_Space)
    assert view.canvas.isVisible()


def test_the_table_of_bars_and_coverage_has_every_row(view: ChartView) -> None:
    view.show_chart(CHARTS[1], "x")
    assert [list(row) for row in view.rows] == [["Step", "One", "Two"], ["a", "1", "3"], ["b", "2", ""]]
    view.show_chart(CHARTS[3], "x")
    assert [row[:2] for row in view.rows] == [["What", "Share"], ["Whole", "50%"], ["None", "0%"]]


def test_the_other_sorts_have_their_tables_too(view: ChartView) -> None:
    day = date(2026, 3, 1)
    for chart, expected in (
        (
            CurveChart([Point(1, 0.5)], "Budget", "Coverage"),
            [["What", "Budget", "Coverage"], ["", "1", "0.5"]],
        ),
        (Timeline([Span("Visit", day)]), [["What", "From", "To", "Note"], ["Visit", "Mar 1, 2026", "", ""]]),
        (MatrixChart(["R"], ["I", "J"], [[(1.0, "D"), None]]), [["", "I", "J"], ["R", "D", ""]]),
        (
            MapChart([Place("Nagoya", 35.1, 136.9)]),
            [["Place", "Latitude", "Longitude"], ["Nagoya", "35.1", "136.9"]],
        ),
    ):
        view.show_chart(chart, "x")
        assert view.rows == expected
        assert not pixels(view).isNull()


def test_words_are_measured_as_they_are_painted(qapp: QApplication) -> None:
    measure = WindowMeasure(qapp.font())
    assert measure.wrap("one two three", measure.width("one two")) == ["one two", "three"]
    assert measure.width("word", small=True) < measure.width("word")
    assert measure.number(2.0) == "2"
    assert measure.percent(0.5) == "50%"


def test_labels_stay_inside(view: ChartView) -> None:
    view.show_chart(LINE, "x")
    measure = WindowMeasure(view.canvas.font())
    drawing = view.canvas.drawing(640)
    for label in (one for one in drawing.shapes if isinstance(one, Label) and one.anchor == "start"):
        width = measure.width(label.text, small=label.small, bold=label.bold)
        assert (label.x + width) * measure.scale <= 641
