"""Chart layout: shapes stay inside, values are printed, nothing rests on colour alone."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from cityplanner.base.language import language
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
from cityplanner.reports.charts.layout import layout, parts
from cityplanner.reports.charts.shapes import Box, Drawing, Label, Marker, Stroke, hatch, ticks
from cityplanner.reports.pdf.chart_element import PaperMeasure
from cityplanner.reports.pdf.setting import Setting
from cityplanner.reports.pdf.text import direction
from cityplanner.reports.theme import theme

WIDTH = 480.0
MEASURE = PaperMeasure(Setting(theme(), language("en"), False))
BARS = BarChart(["a", "b"], [Series("One", [1, 2]), Series("Two", [3, None])])
CHARTS: list[Chart] = [
    BARS,
    BarChart(["a", "b"], [Series("One", [-5, 2])]),
    BarChart(["a", "b"], [Series("One", [1, 2]), Series("Two", [3, None])], stacked=True),
    BarChart(["a", "b"], [Series("One", [1, 2]), Series("Two", [3, None])], horizontal=False),
    BarChart(["a", "b"], [Series("One", [-1, 2])], horizontal=False),
    BarChart(["a", "b"], [Series("One", [1, 2]), Series("Two", [3, None])], horizontal=False, stacked=True),
    BarChart([], [Series("One", [])]),
    CoverageBars([CoverageBar("long label " * 12, 1.0, note="n"), CoverageBar("b", 0)], 0.5, "half"),
    CoverageBars([]),
    LineChart(["x", "y", "z"], [Series("One", [1, None, 3])], target=2, target_label="goal"),
    LineChart([], [Series("One", [])]),
    LineChart(["x", "y", "z"], [Series("One", [1, 4, None])], path=Series("Path", [0, None, 9])),
    LineChart([str(n) for n in range(60)], [Series("One", list(range(60)))]),
    CurveChart(
        [Point(300, 80.0), Point(900, 96.5)], "cost", "coverage", [Point(610, 84.3, "by hand", "bad")]
    ),
    CurveChart([Point(1, 1)], "cost", "coverage"),
    Timeline([Span("old", dt.date(1959, 4, 1), open_ended=True)], dt.date(2026, 3, 1), "today"),
    Timeline([Span("days", dt.date(2026, 3, 1), dt.date(2026, 3, 4)), Span("one", dt.date(2026, 3, 2))]),
    Timeline([Span("months " * 20, dt.date(2026, 1, 31), dt.date(2027, 3, 31), "a note")]),
    MatrixChart(["row " * 30, "b"], ["A", "B"], [[(1, "D"), None], [(0.25, "E"), (0, "S")]]),
    MapChart([Place("Nagoya", 35.2, 136.9), Place("Auckland", -36.9, 174.8), Place("Apia", -13.8, -171.8)]),
    MapChart([Place("Berlin", 52.5, 13.4), Place("Potsdam", 52.4, 13.1)], close=True),
]


def drawn(chart: Chart) -> Drawing:
    return layout(chart, WIDTH, MEASURE)


def words(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, Label)]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_boxes_and_lines_stay_inside(chart: Chart) -> None:
    drawing = drawn(chart)
    for shape in drawing.shapes:
        if isinstance(shape, Box):
            assert shape.width >= 0
            assert shape.height >= 0
            assert shape.x >= -0.01
            assert shape.x + shape.width <= WIDTH + 0.01
            assert shape.y + shape.height <= drawing.height + 0.01
        elif isinstance(shape, Stroke):
            assert all(-0.01 <= x <= WIDTH + 0.01 for x, _y in shape.points)


def test_every_value_is_printed() -> None:
    assert {"1", "2", "3"} <= set(words(drawn(BARS)))


def test_given_words_are_printed_instead_of_the_number() -> None:
    chart = BarChart(["a"], [Series("Money", [1200], shown=["$1.2 k"])])
    assert "$1.2 k" in words(drawn(chart))


def test_stacked_bars_print_their_sum() -> None:
    assert "4" in words(drawn(BarChart(["a"], [Series("One", [1]), Series("Two", [3])], stacked=True)))


def test_several_series_have_a_legend_and_one_has_none() -> None:
    assert {"One", "Two"} <= set(words(drawn(BARS)))
    assert "One" not in words(drawn(BarChart(["a"], [Series("One", [1])])))


def test_a_missing_value_interrupts_the_line() -> None:
    drawing = drawn(LineChart(list("abcde"), [Series("One", [1, 2, None, 3, 4])]))
    assert sum(isinstance(shape, Stroke) and shape.ink == 0 for shape in drawing.shapes) == 2
    assert sum(isinstance(shape, Marker) for shape in drawing.shapes) == 4


def test_a_path_is_dashed_named_in_the_legend_and_inside_the_scale() -> None:
    path = Series("Target path", [0.0, 5.0, 50.0])
    drawing = drawn(LineChart(list("abc"), [Series("One", [0, 6, None])], path=path))
    assert {"One", "Target path", "50"} <= set(words(drawing))
    dashed = [one for one in drawing.shapes if isinstance(one, Stroke) and one.dash and one.ink == "strong"]
    assert [len(one.points) for one in dashed] == [2, 3]
    assert len([one for one in drawing.shapes if isinstance(one, Marker)]) == 3


def test_long_charts_are_cut_into_parts_of_the_same_scale() -> None:
    chart = BarChart([str(n) for n in range(100)], [Series("One", list(range(100)))])
    found = parts(chart)
    assert len(found) == 6
    assert all(isinstance(part, BarChart) and part.scale == (0, 99) for part in found)
    assert [part for part in parts(CoverageBars([CoverageBar("a", 0.5)] * 60)) if part] != []
    assert parts(BARS) == [BARS]


def test_axis_values_are_round_and_enclose_the_data() -> None:
    assert ticks(0, 27) == [0, 10, 20, 30]
    assert ticks(0, 0)[-1] > 0
    marks = ticks(-3.2, 8)
    assert marks[0] <= -3.2
    assert marks[-1] >= 8


def test_patterns_differ_and_stay_in_their_box() -> None:
    seen = {str(hatch(number, 0, 0, 40, 20)) for number in range(1, 8)}
    assert len(seen) == 7
    for number in range(1, 8):
        for line in hatch(number, 10, 20, 33, 9):
            assert all(9.99 <= x <= 43.01 and 19.99 <= y <= 29.01 for x, y in line)


def test_a_curve_keeps_the_order_of_its_points_and_higher_is_better() -> None:
    curve = CurveChart([Point(1, 10), Point(2, 30), Point(3, 40)], "cost", "coverage")
    line = max(
        (shape for shape in drawn(curve).shapes if isinstance(shape, Stroke) and shape.ink == "accent"),
        key=lambda stroke: len(stroke.points),
    )
    assert [x for x, _y in line.points] == sorted(x for x, _y in line.points)
    assert [y for _x, y in line.points] == sorted((y for _x, y in line.points), reverse=True)


def test_a_place_lies_where_its_degrees_say_and_numbers_do_not_cover_each_other() -> None:
    places = [
        Place("west", 40, -120),
        Place("east", 40, 100),
        Place("south", -30, 100),
        Place("too", 40, 100),
    ]
    labels = {
        shape.text: shape
        for shape in drawn(MapChart(places)).shapes
        if isinstance(shape, Label) and shape.over
    }
    assert labels["1"].x < labels["2"].x
    assert labels["2"].y < labels["3"].y
    assert (labels["2"].x, labels["2"].y) != (labels["4"].x, labels["4"].y)
    assert set(words(drawn(MapChart(places)))) >= {"west", "east", "south", "too"}


def test_a_map_is_not_mirrored_where_the_page_is() -> None:
    mirrored = PaperMeasure(Setting(theme(), language("ar"), True))
    chart = MapChart([Place("west", 40, -120)])
    there, here = (
        next(shape for shape in layout(chart, WIDTH, one).shapes if isinstance(shape, Label) and shape.over)
        for one in (mirrored, MEASURE)
    )
    assert WIDTH - there.x == pytest.approx(here.x, abs=0.02)


def test_a_great_matrix_is_parted_and_loses_no_cell() -> None:
    cells = [[(1.0, "D") if (row + column) % 3 == 0 else None for column in range(50)] for row in range(60)]
    whole = MatrixChart([str(n) for n in range(60)], [str(n) for n in range(50)], cells)
    found = parts(whole)
    assert len(found) > 1
    assert sum(cell is not None for part in found for row in part.cells for cell in row) == sum(  # type: ignore[union-attr]
        cell is not None for row in cells for cell in row
    )


def test_a_timeline_marks_today() -> None:
    span = Span("a", dt.date(2020, 1, 1), dt.date(2020, 2, 1))
    assert "now" in words(drawn(Timeline([span], dt.date(2020, 1, 15), "now")))


@pytest.mark.parametrize("tag", ["en", "pt"])
def test_names_of_days_on_a_timeline_keep_apart(tag: str) -> None:
    measure = PaperMeasure(Setting(theme(), language(tag), False))
    chart = Timeline([Span("milestone " * 9, dt.date(2024, 3, 1), dt.date(2027, 2, 1))])
    names = [
        (shape.x, measure.width(shape.text, small=True) / 2)
        for shape in layout(chart, WIDTH, measure).shapes
        if isinstance(shape, Label) and shape.anchor == "center"
    ]
    assert len(names) > 3
    assert all(x + half < y - other for (x, half), (y, other) in pairwise(names))


def test_a_code_broken_over_lines_keeps_its_order_in_a_chart_from_the_right() -> None:
    mirrored = PaperMeasure(Setting(theme(), language("ar"), True))

    found = mirrored.wrap("NP-01", 12, small=True)
    assert len(found) > 1
    assert "".join(found).replace("\u200e", "") == "NP-01"
    assert not any(direction(line, right_to_left=True) for line in found)
