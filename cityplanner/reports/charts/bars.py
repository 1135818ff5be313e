"""Bar charts laid out: horizontal or vertical, grouped or stacked, values printed at the bars."""

from __future__ import annotations

from collections.abc import Callable

from cityplanner.reports.charts.description import BarChart
from cityplanner.reports.charts.shapes import (
    BAR,
    LINE,
    Anchor,
    Box,
    Drawing,
    Label,
    Measure,
    Stroke,
    extent,
    grid,
    legend,
    shown,
    step_labels,
)

HeightOf = Callable[[float], float]


def horizontal(chart: BarChart, width: float, measure: Measure) -> Drawing:
    """Bars from a common start, a row per category."""
    drawing = Drawing()
    legend(drawing, chart.series, width, measure)
    if chart.axis:
        drawing.shapes.append(Label(chart.axis, 0, drawing.height + 8, small=True, tone="quiet"))
        drawing.height += 13
    label_width = min(width * 0.38, max((measure.width(name) for name in chart.categories), default=0) + 12)
    ends = [_end_words(chart, n, measure) for n in range(len(chart.categories))]
    figure_width = max((measure.width(word, bold=True) for row in ends for word in row), default=0) + 10
    low, high = chart.scale or extent(chart)
    room = width - label_width - figure_width - (figure_width if low < 0 else 0)
    zero = label_width + (figure_width if low < 0 else 0)
    unit = room / ((high - low) or 1.0)
    zero += -low * unit
    top = drawing.height
    for n, name in enumerate(chart.categories):
        lines = measure.wrap(name, label_width - 10)
        bars = 1 if chart.stacked else len(chart.series)
        height = max(len(lines) * LINE, bars * (BAR + 3) - 3) + 9
        y = drawing.height + (height - len(lines) * LINE) / 2 + 8
        for words in lines:
            drawing.shapes.append(Label(words, 0, y))
            y += LINE
        bar_top = drawing.height + (height - bars * (BAR + 3) + 3) / 2
        draw = _stack if chart.stacked else _group
        draw(drawing, chart, n, zero, bar_top, unit, ends[n], measure)
        drawing.height += height
    drawing.shapes.append(Stroke(((zero, top), (zero, drawing.height)), "strong", 0.7))
    return drawing


def _end_words(chart: BarChart, n: int, measure: Measure) -> list[str]:
    if not chart.stacked:
        return [shown(one, n, measure) for one in chart.series]
    return [measure.number(sum(one.values[n] or 0.0 for one in chart.series))]


def _group(
    drawing: Drawing,
    chart: BarChart,
    n: int,
    zero: float,
    y: float,
    unit: float,
    ends: list[str],
    measure: Measure,
) -> None:
    for number, one in enumerate(chart.series):
        value = one.values[n]
        if value is not None:
            length = value * unit
            if length:
                drawing.shapes.append(Box(zero + min(0.0, length), y, max(0.8, abs(length)), BAR, number))
            anchor: Anchor = "start" if value >= 0 else "end"
            x = zero + length + (4 if value >= 0 else -4)
            drawing.shapes.append(Label(ends[number], x, y + BAR / 2 + 3, anchor, bold=True))
        y += BAR + 3


def _stack(
    drawing: Drawing,
    chart: BarChart,
    n: int,
    zero: float,
    y: float,
    unit: float,
    ends: list[str],
    measure: Measure,
) -> None:
    x = zero
    y -= 1.5
    height = BAR + 3
    for number, one in enumerate(chart.series):
        length = (one.values[n] or 0.0) * unit
        if length <= 0:
            continue
        drawing.shapes.append(Box(x, y, length, height, number))
        word = shown(one, n, measure)
        if measure.width(word, small=True) + 6 <= length:
            drawing.shapes.append(
                Label(word, x + length / 2, y + height / 2 + 2.7, "center", small=True, on=number)
            )
        x += length
    drawing.shapes.append(Label(ends[0], x + 4, y + height / 2 + 3, bold=True))


def vertical(chart: BarChart, width: float, measure: Measure) -> Drawing:
    """Bars on a common ground, a slot per category."""
    drawing = Drawing()
    legend(drawing, chart.series, width, measure)
    low, high = chart.scale or extent(chart)
    left, height_of = grid(drawing, chart.axis, low, high * 1.06, width, measure)
    slot = (width - left) / max(1, len(chart.categories))
    bars = 1 if chart.stacked else len(chart.series)
    thick = min(34.0, slot * 0.72 / bars)
    draw = _column_stack if chart.stacked else _column_group
    for n in range(len(chart.categories)):
        draw(drawing, chart, n, left + slot * n + (slot - thick * bars) / 2, thick, height_of, measure)
    middles = [left + slot * (n + 0.5) for n in range(len(chart.categories))]
    step_labels(drawing, chart.categories, middles, slot, measure)
    return drawing


def _column_group(
    drawing: Drawing, chart: BarChart, n: int, x: float, thick: float, height_of: HeightOf, measure: Measure
) -> None:
    """The columns of one category beside each other."""
    zero = height_of(0.0)
    for number, one in enumerate(chart.series):
        value = one.values[n]
        if value is not None:
            length = zero - height_of(value)
            drawing.shapes.append(Box(x + 0.5, min(zero, zero - length), thick - 1, abs(length), number))
            y = zero - length + (-3 if value >= 0 else 9)
            word = shown(one, n, measure)
            drawing.shapes.append(Label(word, x + thick / 2, y, "center", small=True, bold=True, clear=True))
        x += thick


def _column_stack(
    drawing: Drawing, chart: BarChart, n: int, x: float, thick: float, height_of: HeightOf, measure: Measure
) -> None:
    """The columns of one category on each other, their sum above."""
    y = zero = height_of(0.0)
    middle = x + thick / 2
    for number, one in enumerate(chart.series):
        length = zero - height_of(one.values[n] or 0.0)
        if length <= 0:
            continue
        drawing.shapes.append(Box(x, y - length, thick, length, number))
        word = shown(one, n, measure)
        if length > 11 and measure.width(word, small=True) + 4 <= thick:
            drawing.shapes.append(Label(word, middle, y - length / 2 + 2.6, "center", small=True, on=number))
        y -= length
    total = _end_words(chart, n, measure)[0]
    drawing.shapes.append(Label(total, middle, y - 3, "center", small=True, bold=True, clear=True))
