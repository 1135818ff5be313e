"""Charts laid out as simple shapes: x from the reading start, y downwards; a window can draw them too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor, log10
from typing import Literal, Protocol

from cityplanner.reports.charts import BarChart, Chart, CoverageBars, LineChart, Series, Tone

Ink = int | Literal["track", "rule", "strong", "white", "good", "caution", "bad", "accent"]
Anchor = Literal["start", "center", "end"]
GAP = 7.0
BAR = 9.0
LINE = 11.0
LEGEND = 17.0
PLOT_HEIGHT = 150.0
MOST_COLUMNS = 14
MOST_ROWS = 26
MARKERS = ("circle", "square", "triangle", "diamond")
DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2.5), (1.5, 2), (7, 2, 1.5, 2))


@dataclass(frozen=True, slots=True)
class Box:
    """A filled box; `ink` is a series number or a named colour; series 1 and up carry their pattern."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    ink: Ink
    width: float = 0.6
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """A point of a line, in its series' shape."""

    x: float
    y: float
    ink: int


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a base line; `on` is the series they stand on, `clear` hides the rules behind them."""

    text: str
    x: float
    y: float
    anchor: Anchor = "start"
    small: bool = False
    bold: bool = False
    tone: Tone = "plain"
    on: int | None = None
    clear: bool = False


Shape = Box | Stroke | Marker | Label


@dataclass(slots=True)
class Drawing:
    """The shapes of a chart and how high they are together."""

    height: float = 0.0
    shapes: list[Shape] = field(default_factory=list)


class Measure(Protocol):
    """What layout must know about type: widths, line breaks, how a number is written."""

    def width(self, words: str, *, small: bool = False, bold: bool = False) -> float:
        """The width of words on one line."""

    def wrap(self, words: str, width: float, *, small: bool = False) -> list[str]:
        """Words in lines."""

    def number(self, value: float) -> str:
        """A value as it is printed."""

    def percent(self, share: float) -> str:
        """A share as it is printed."""


def layout(chart: Chart, width: float, measure: Measure) -> Drawing:
    """A chart as shapes in a width."""
    if isinstance(chart, CoverageBars):
        return _coverage(chart, width, measure)
    if isinstance(chart, LineChart):
        return _lines(chart, width, measure)
    if chart.horizontal or len(chart.categories) > MOST_COLUMNS:
        return _horizontal(chart, width, measure)
    return _vertical(chart, width, measure)


def parts(chart: Chart) -> list[Chart]:
    """A chart with more rows than a page holds, in several of the same scale."""
    if isinstance(chart, CoverageBars) and len(chart.rows) > MOST_ROWS:
        return [
            replace(chart, rows=chart.rows[n : n + MOST_ROWS]) for n in range(0, len(chart.rows), MOST_ROWS)
        ]
    if isinstance(chart, BarChart) and (chart.horizontal or len(chart.categories) > MOST_COLUMNS):
        bars = 1 if chart.stacked else len(chart.series)
        step = max(1, (MOST_ROWS + 4) // (bars + 1) if bars > 1 else MOST_ROWS)
        if len(chart.categories) > step:
            return [_slice(chart, n, n + step) for n in range(0, len(chart.categories), step)]
    return [chart]


def _slice(chart: BarChart, start: int, end: int) -> BarChart:
    series = [
        replace(one, values=one.values[start:end], shown=one.shown[start:end] if one.shown else ())
        for one in chart.series
    ]
    scale = chart.scale or extent(chart)
    return replace(chart, categories=chart.categories[start:end], series=series, scale=scale)


def extent(chart: BarChart | LineChart) -> tuple[float, float]:
    """The least and the greatest value to be drawn, nought included for bars."""
    if isinstance(chart, BarChart) and chart.stacked:
        sums = [sum(one.values[n] or 0.0 for one in chart.series) for n in range(len(chart.categories))]
        return 0.0, max(sums, default=0.0)
    values = [value for one in chart.series for value in one.values if value is not None]
    if isinstance(chart, LineChart) and chart.target is not None:
        values.append(chart.target)
    return min([0.0, *values]), max([0.0, *values])


def _shown(series: Series, n: int, measure: Measure) -> str:
    value = series.values[n]
    if value is None:
        return ""
    return series.shown[n] if series.shown else measure.number(value)


def _legend(
    drawing: Drawing, series: Sequence[Series], width: float, measure: Measure, *, line: bool = False
) -> None:
    """Which pattern is which series, in rows; needed only for more than one."""
    if len(series) < 2:
        return
    x = 0.0
    swatch = 18.0 if line else 9.0
    for number, one in enumerate(series):
        wide = swatch + 5 + measure.width(one.label) + 16
        if x and x + wide > width:
            x = 0.0
            drawing.height += LINE + 3
        y = drawing.height
        if line:
            drawing.shapes.append(Stroke(((x, y + 5), (x + swatch, y + 5)), number, 1.6, DASHES[number % 4]))
            drawing.shapes.append(Marker(x + swatch / 2, y + 5, number))
        else:
            drawing.shapes.append(Box(x, y + 0.5, swatch, swatch, number))
        drawing.shapes.append(Label(one.label, x + swatch + 5, y + 8))
        x += wide
    drawing.height += LEGEND + 2


# coverage


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


# bars


def _horizontal(chart: BarChart, width: float, measure: Measure) -> Drawing:
    drawing = Drawing()
    _legend(drawing, chart.series, width, measure)
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
        return [_shown(one, n, measure) for one in chart.series]
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
        word = _shown(one, n, measure)
        if measure.width(word, small=True) + 6 <= length:
            drawing.shapes.append(
                Label(word, x + length / 2, y + height / 2 + 2.7, "center", small=True, on=number)
            )
        x += length
    drawing.shapes.append(Label(ends[0], x + 4, y + height / 2 + 3, bold=True))


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round values from at or below `low` to at or above `high`."""
    span = (high - low) or 1.0
    raw = span / most
    size = 10 ** floor(log10(raw))
    step = next(step for step in (size, 2 * size, 2.5 * size, 5 * size, 10 * size) if step >= raw * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [n * step for n in range(first, max(last, first + 1) + 1)]


def _grid(
    drawing: Drawing, axis: str, low: float, high: float, width: float, measure: Measure
) -> tuple[float, Callable[[float], float]]:
    """Rules with their values; gives the plot's left edge and the height of a value."""
    if axis:
        drawing.shapes.append(Label(axis, 0, drawing.height + 8, small=True, tone="quiet"))
        drawing.height += 15
    marks = ticks(low, high)
    left = max(measure.width(measure.number(mark), small=True) for mark in marks) + 8
    bottom, top = drawing.height + PLOT_HEIGHT, drawing.height + 6
    unit = (bottom - top) / (marks[-1] - marks[0])

    def height_of(value: float) -> float:
        return bottom - (value - marks[0]) * unit

    for mark in marks:
        y = height_of(mark)
        ink: Ink = "strong" if mark == 0 else "rule"
        drawing.shapes.append(Stroke(((left, y), (width, y)), ink, 0.7 if mark == 0 else 0.4))
        drawing.shapes.append(Label(measure.number(mark), left - 5, y + 2.6, "end", small=True, tone="quiet"))
    drawing.height = bottom
    return left, height_of


def _vertical(chart: BarChart, width: float, measure: Measure) -> Drawing:
    drawing = Drawing()
    _legend(drawing, chart.series, width, measure)
    low, high = chart.scale or extent(chart)
    left, height_of = _grid(drawing, chart.axis, low, high * 1.06, width, measure)
    slot = (width - left) / max(1, len(chart.categories))
    bars = 1 if chart.stacked else len(chart.series)
    thick = min(34.0, slot * 0.72 / bars)
    zero = height_of(0.0)
    for n in range(len(chart.categories)):
        x = left + slot * n + (slot - thick * bars) / 2
        y = zero
        for number, one in enumerate(chart.series):
            value = one.values[n]
            if value is None:
                x += 0 if chart.stacked else thick
                continue
            word = _shown(one, n, measure)
            length = zero - height_of(value)
            if chart.stacked:
                drawing.shapes.append(Box(x, y - length, thick, length, number))
                if length > 11 and measure.width(word, small=True) + 4 <= thick:
                    label = Label(word, x + thick / 2, y - length / 2 + 2.6, "center", small=True, on=number)
                    drawing.shapes.append(label)
                y -= length
            else:
                drawing.shapes.append(Box(x + 0.5, min(zero, zero - length), thick - 1, abs(length), number))
                above = zero - length - 3 if value >= 0 else zero - length + 9
                drawing.shapes.append(
                    Label(word, x + thick / 2, above, "center", small=True, bold=True, clear=True)
                )
                x += thick
        if chart.stacked:
            total = _end_words(chart, n, measure)[0]
            drawing.shapes.append(
                Label(total, x + thick / 2, y - 3, "center", small=True, bold=True, clear=True)
            )
    _step_labels(
        drawing,
        chart.categories,
        [left + slot * (n + 0.5) for n in range(len(chart.categories))],
        slot,
        measure,
    )
    return drawing


def _step_labels(
    drawing: Drawing, names: Sequence[str], xs: Sequence[float], slot: float, measure: Measure
) -> None:
    """The names below a plot; where they'd touch, every second, third ... only."""
    every = 1
    widest = max((measure.width(name, small=True) for name in names), default=0.0)
    if len(names) > MOST_COLUMNS:
        every = max(1, ceil((widest + 6) / slot))
    deepest = 0
    for n, (name, x) in enumerate(zip(names, xs, strict=True)):
        if n % every:
            continue
        lines = measure.wrap(name, max(slot * every - 4, 20), small=True)
        for k, words in enumerate(lines):
            drawing.shapes.append(Label(words, x, drawing.height + 12 + 10 * k, "center", small=True))
        deepest = max(deepest, len(lines))
    drawing.height += 6 + 10 * deepest


def _lines(chart: LineChart, width: float, measure: Measure) -> Drawing:
    drawing = Drawing()
    _legend(drawing, chart.series, width, measure, line=True)
    low, high = extent(chart)
    end_words = [_last_word(one, measure) for one in chart.series]
    tail = max((measure.width(word, bold=True) for word in end_words), default=0) + 8
    left, height_of = _grid(drawing, chart.axis, low, high, width - tail, measure)
    slot = (width - tail - left) / max(1, len(chart.steps))
    xs = [left + slot * (n + 0.5) for n in range(len(chart.steps))]
    if chart.target is not None:
        y = height_of(chart.target)
        drawing.shapes.append(Stroke(((left, y), (width - tail, y)), "strong", 1.0, (4, 3)))
        drawing.shapes.append(
            Label(chart.target_label, left + 4, y - 3.5, small=True, tone="quiet", clear=True)
        )
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
    _step_labels(drawing, chart.steps, xs, slot, measure)
    return drawing


def _last_word(series: Series, measure: Measure) -> str:
    places = [n for n, value in enumerate(series.values) if value is not None]
    return _shown(series, places[-1], measure) if places else ""


def _trace(
    drawing: Drawing, series: Series, number: int, xs: Sequence[float], height_of: Callable[[float], float]
) -> None:
    """A series' line, interrupted where values are missing, with a marker at each."""
    run: list[tuple[float, float]] = []
    for x, value in [*zip(xs, series.values, strict=True), (0.0, None)]:
        if value is not None:
            run.append((x, height_of(value)))
            continue
        if len(run) > 1:
            drawing.shapes.append(Stroke(tuple(run), number, 1.7, DASHES[number % 4]))
        drawing.shapes += [Marker(px, py, number) for px, py in run]
        run = []
