"""Line charts laid out: a dash and a marker per series, the last value printed, a target line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cityplanner.reports.charts.description import LineChart, Series
from cityplanner.reports.charts.shapes import (
    DASHES,
    PATH,
    PATH_DASH,
    Drawing,
    Label,
    Marker,
    Measure,
    Stroke,
    extent,
    grid,
    legend,
    shown,
    step_labels,
)


def trend(chart: LineChart, width: float, measure: Measure) -> Drawing:
    """Lines over equal steps on a grid of round values."""
    drawing = Drawing()
    legend(drawing, chart.series, width, measure, line=True, path=chart.path)
    low, high = extent(chart)
    end_words = [_last_word(one, measure) for one in chart.series]
    tail = max((measure.width(word, bold=True) for word in end_words), default=0) + 8
    left, height_of = grid(drawing, chart.axis, low, high, width - tail, measure)
    slot = (width - tail - left) / max(1, len(chart.steps))
    xs = [left + slot * (n + 0.5) for n in range(len(chart.steps))]
    if chart.target is not None:
        y = height_of(chart.target)
        drawing.shapes.append(Stroke(((left, y), (width - tail, y)), "strong", 1.0, (4, 3)))
        drawing.shapes.append(
            Label(chart.target_label, left + 4, y - 3.5, small=True, tone="quiet", clear=True)
        )
    if chart.path is not None:
        for run in _runs(chart.path, xs, height_of):
            drawing.shapes.append(Stroke(tuple(run), "strong", PATH, PATH_DASH))
    taken: list[float] = []
    for number, one in enumerate(chart.series):
        _trace(drawing, one, number, xs, height_of)
        last = next((n for n in range(len(xs) - 1, -1, -1) if one.values[n] is not None), None)
        if last is not None:
            y = height_of(one.values[last] or 0.0) + 3
            while any(abs(y - other) < 10 for other in taken):
                y -= 10
            taken.append(y)
            drawing.shapes.append(Label(end_words[number], xs[last] + 7, y, bold=True, clear=True))
    step_labels(drawing, chart.steps, xs, slot, measure)
    return drawing


def _last_word(series: Series, measure: Measure) -> str:
    places = [n for n, value in enumerate(series.values) if value is not None]
    return shown(series, places[-1], measure) if places else ""


def _trace(
    drawing: Drawing, series: Series, number: int, xs: Sequence[float], height_of: Callable[[float], float]
) -> None:
    """A series' line, interrupted where values are missing, with a marker at each."""
    for run in _runs(series, xs, height_of):
        if len(run) > 1:
            drawing.shapes.append(Stroke(tuple(run), number, 1.7, DASHES[number % 4]))
        drawing.shapes += [Marker(px, py, number) for px, py in run]


def _runs(
    series: Series, xs: Sequence[float], height_of: Callable[[float], float]
) -> list[list[tuple[float, float]]]:
    """The points of a series in runs without a missing value."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, value in zip(xs, series.values, strict=True):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((x, height_of(value)))
    return [run for run in runs if run]
