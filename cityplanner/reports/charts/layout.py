"""Charts laid out as simple shapes: x from the reading start, y downwards; a window can draw them too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from cityplanner.reports.charts.bars import horizontal, vertical
from cityplanner.reports.charts.curve import curve
from cityplanner.reports.charts.description import (
    BarChart,
    Chart,
    CoverageBars,
    CurveChart,
    LineChart,
    MapChart,
    MatrixChart,
    Place,
    Point,
    Span,
    Timeline,
)
from cityplanner.reports.charts.lines import trend
from cityplanner.reports.charts.map import world
from cityplanner.reports.charts.matrix import matrix
from cityplanner.reports.charts.shapes import BAR, LINE, Box, Drawing, Ink, Label, Measure, Stroke, extent
from cityplanner.reports.charts.timeline import reach, spans
from cityplanner.reports.words import clipped

L = TypeVar("L", Point, Span, Place)

MOST_COLUMNS = 14
MOST_ROWS = 18
"""So many rows of three lines fit on a page below a heading."""
MOST_MATRIX_ROWS, MOST_MATRIX_COLUMNS = 26, 20
MOST_LABEL = 80
MOST_SHOWN = 24


def layout(chart: Chart, width: float, measure: Measure) -> Drawing:
    """A chart as shapes in a width; words too long for a chart are cut (the alternative text has them whole)."""
    chart = _with_short_words(chart)
    if isinstance(chart, CoverageBars):
        return _coverage(chart, width, measure)
    if isinstance(chart, LineChart):
        return trend(chart, width, measure)
    if isinstance(chart, CurveChart):
        return curve(chart, width, measure)
    if isinstance(chart, Timeline):
        return spans(chart, width, measure)
    if isinstance(chart, MatrixChart):
        return matrix(chart, width, measure)
    if isinstance(chart, MapChart):
        return world(chart, width, measure)
    if chart.horizontal or len(chart.categories) > MOST_COLUMNS:
        return horizontal(chart, width, measure)
    return vertical(chart, width, measure)


def _with_short_words(chart: Chart) -> Chart:
    if isinstance(chart, CoverageBars):
        bars = [
            replace(
                row,
                label=clipped(row.label, MOST_LABEL),
                note=clipped(row.note, MOST_LABEL),
                shown=clipped(row.shown, MOST_SHOWN),
            )
            for row in chart.rows
        ]
        return replace(chart, rows=bars, target_label=clipped(chart.target_label, MOST_SHOWN))
    if isinstance(chart, CurveChart):
        return replace(chart, points=_short(chart.points), marks=_short(chart.marks))
    if isinstance(chart, Timeline):
        return replace(chart, spans=_short(chart.spans))
    if isinstance(chart, MapChart):
        return replace(chart, places=_short(chart.places))
    if isinstance(chart, MatrixChart):
        rows = [clipped(row, MOST_LABEL) for row in chart.rows]
        return replace(chart, rows=rows, columns=[clipped(column, MOST_SHOWN) for column in chart.columns])
    series = [
        replace(
            one, label=clipped(one.label, MOST_LABEL), shown=[clipped(word, MOST_SHOWN) for word in one.shown]
        )
        for one in chart.series
    ]
    axis = clipped(chart.axis, MOST_LABEL)
    if isinstance(chart, LineChart):
        steps = [clipped(step, MOST_SHOWN) for step in chart.steps]
        label = clipped(chart.target_label, MOST_LABEL)
        path = chart.path and replace(chart.path, label=clipped(chart.path.label, MOST_LABEL))
        return replace(chart, steps=steps, series=series, axis=axis, target_label=label, path=path)
    names = [clipped(name, MOST_LABEL) for name in chart.categories]
    return replace(chart, categories=names, series=series, axis=axis)


def _short(labelled: Sequence[L]) -> list[L]:
    return [replace(one, label=clipped(one.label, MOST_LABEL)) for one in labelled]


def parts(chart: Chart) -> list[Chart]:
    """A chart with more rows than a page holds, in several of the same scale and about the same length."""
    if isinstance(chart, CoverageBars):
        return [replace(chart, rows=chart.rows[piece]) for piece in _pieces(len(chart.rows), MOST_ROWS)]
    if isinstance(chart, BarChart) and (chart.horizontal or len(chart.categories) > MOST_COLUMNS):
        bars = 1 if chart.stacked else len(chart.series)
        most = max(1, (MOST_ROWS + 4) // (bars + 1) if bars > 1 else MOST_ROWS)
        pieces = _pieces(len(chart.categories), most)
        return [chart] if len(pieces) == 1 else [_slice(chart, piece) for piece in pieces]
    if isinstance(chart, Timeline):
        first, last = reach(chart)
        return [
            replace(chart, spans=chart.spans[piece], first=first, last=last)
            for piece in _pieces(len(chart.spans), MOST_ROWS)
        ]
    if isinstance(chart, MatrixChart):
        return list(_tiles(chart))
    return [chart]


def _pieces(count: int, most: int) -> list[slice]:
    """Equal parts of at most so many; one for nothing."""
    number = max(1, -(-count // most))
    step = max(1, -(-count // number))
    return [slice(start, start + step) for start in range(0, max(count, 1), step)]


def _tiles(chart: MatrixChart) -> Iterator[MatrixChart]:
    """A matrix in pieces that a page holds; in a piece rows without a cell are left out."""
    if len(chart.rows) <= MOST_MATRIX_ROWS and len(chart.columns) <= MOST_MATRIX_COLUMNS:
        yield chart
        return
    for left in range(0, len(chart.columns), MOST_MATRIX_COLUMNS):
        across = slice(left, left + MOST_MATRIX_COLUMNS)
        held = [n for n, row in enumerate(chart.cells) if any(row[across])]
        for piece in _pieces(len(held), MOST_MATRIX_ROWS) if held else ():
            rows = held[piece]
            cells = [chart.cells[n][across] for n in rows]
            yield MatrixChart([chart.rows[n] for n in rows], chart.columns[across], cells)


def _slice(chart: BarChart, piece: slice) -> BarChart:
    series = [
        replace(one, values=one.values[piece], shown=one.shown[piece] if one.shown else ())
        for one in chart.series
    ]
    scale = chart.scale or extent(chart)
    return replace(chart, categories=chart.categories[piece], series=series, scale=scale)


def _coverage(chart: CoverageBars, width: float, measure: Measure) -> Drawing:
    drawing = Drawing()
    shown = [row.shown or measure.percent(row.share) for row in chart.rows]
    label_width = min(width * 0.4, max((measure.width(row.label) for row in chart.rows), default=0) + 12)
    figure_width = max((measure.width(word, bold=True) for word in shown), default=0) + 10
    bar_width = width - label_width - figure_width
    if chart.target is not None:
        at = label_width + bar_width * chart.target
        drawing.shapes.append(Label(chart.target_label, at, 8, "center", small=True, tone="quiet"))
        drawing.height = 14
    top = drawing.height
    for row, word in zip(chart.rows, shown, strict=True):
        _coverage_row(drawing, row.label, row.note, label_width, measure)
        height = _row_height(row.label, row.note, label_width, measure)
        y = drawing.height + (height - BAR) / 2
        drawing.shapes.append(Box(label_width, y, bar_width, BAR, "track", BAR / 2))
        if row.share > 0:
            ink: Ink = row.tone if row.tone in ("good", "caution", "bad") else "accent"
            drawing.shapes.append(Box(label_width, y, max(BAR, bar_width * row.share), BAR, ink, BAR / 2))
        drawing.shapes.append(Label(word, width, y + BAR / 2 + 3, "end", bold=True))
        drawing.height += height
    if chart.target is not None:
        at = label_width + bar_width * chart.target
        drawing.shapes.append(Stroke(((at, top - 2), (at, drawing.height)), "strong", 0.9, (2.5, 2)))
    return drawing


def _row_height(label: str, note: str, width: float, measure: Measure) -> float:
    count = len(measure.wrap(label, width - 10))
    notes = len(measure.wrap(note, width - 10, small=True)) if note else 0
    return max(count * LINE + notes * 10, BAR) + 8


def _coverage_row(drawing: Drawing, label: str, note: str, width: float, measure: Measure) -> None:
    y = drawing.height + 4 + 8
    for words in measure.wrap(label, width - 10):
        drawing.shapes.append(Label(words, 0, y))
        y += LINE
    for words in measure.wrap(note, width - 10, small=True) if note else ():
        drawing.shapes.append(Label(words, 0, y - 1, small=True, tone="quiet"))
        y += 10
