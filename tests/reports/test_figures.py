"""Chart layout: shapes stay inside, values are printed, nothing rests on colour alone."""

from __future__ import annotations

import pytest

from cityplanner.base.language import language
from cityplanner.reports.chart_element import PaperMeasure
from cityplanner.reports.charts import BarChart, Chart, CoverageBar, CoverageBars, LineChart, Series
from cityplanner.reports.figures import layout, parts
from cityplanner.reports.setting import Setting
from cityplanner.reports.shapes import Box, Drawing, Label, Marker, Stroke, hatch, ticks
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
    assert len(found) == 4
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
