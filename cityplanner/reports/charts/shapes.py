"""What a laid-out chart is made of: boxes, strokes, markers, labels; legend, grid and step names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10
from typing import Literal, Protocol

from cityplanner.reports.charts.description import BarChart, LineChart, Series, Tone

Ink = int | Literal["track", "rule", "strong", "white", "good", "caution", "bad", "accent"]
Anchor = Literal["start", "center", "end"]
BAR = 9.0
LINE = 11.0
LEGEND = 17.0
PLOT_HEIGHT = 150.0
MOST_COLUMNS = 14
PATH, PATH_DASH = 1.2, (4.0, 3.0)
HATCH = 4.0
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
    """Words at a base line; `on` is the series they stand on, `clear` hides the rules behind them.

    Words `over` a shape take dark or white, whichever reads better on its ink.
    """

    text: str
    x: float
    y: float
    anchor: Anchor = "start"
    small: bool = False
    bold: bool = False
    tone: Tone = "plain"
    on: int | None = None
    clear: bool = False
    over: Ink | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A filled outline of three or more points."""

    points: tuple[tuple[float, float], ...]
    ink: Ink


Shape = Box | Stroke | Marker | Label | Area


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

    def date(self, day: dt.date, step: str) -> str:
        """A day where days are marked every `step`: year, month or day."""

    @property
    def right_to_left(self) -> bool:
        """Whether what is laid out will be mirrored."""


def hatch(number: int, x: float, y: float, width: float, height: float) -> list[list[tuple[float, float]]]:
    """The lines of a series' pattern inside a box: /, -, \\, | and these closer together."""
    kind = (number - 1) % 4
    step = HATCH if number <= 4 else HATCH / 2
    found: list[list[tuple[float, float]]] = []
    if kind in (1, 3):
        count = int((height if kind == 1 else width) // step)
        for n in range(1, count + 1):
            if kind == 1 and n * step < height - 0.5:
                found.append([(x, y + n * step), (x + width, y + n * step)])
            elif kind == 3 and n * step < width - 0.5:
                found.append([(x + n * step, y), (x + n * step, y + height)])
        return found
    at = -height + step
    while at < width:
        low, high = max(0.0, at), min(width, at + height)
        rise = [(x + low, y + low - at), (x + high, y + high - at)]
        if kind == 2:
            rise = [(2 * x + width - px, py) for px, py in rise]
        found.append(rise)
        at += step
    return found


def extent(chart: BarChart | LineChart) -> tuple[float, float]:
    """The least and the greatest value to be drawn, nought included for bars."""
    if isinstance(chart, BarChart) and chart.stacked:
        sums = [sum(one.values[n] or 0.0 for one in chart.series) for n in range(len(chart.categories))]
        return 0.0, max(sums, default=0.0)
    values = [value for one in chart.series for value in one.values if value is not None]
    if isinstance(chart, LineChart) and chart.target is not None:
        values.append(chart.target)
    if isinstance(chart, LineChart) and chart.path is not None:
        values += [value for value in chart.path.values if value is not None]
    return min([0.0, *values]), max([0.0, *values])


def shown(series: Series, n: int, measure: Measure) -> str:
    """What is printed for the nth value of a series."""
    value = series.values[n]
    if value is None:
        return ""
    return series.shown[n] if series.shown else measure.number(value)


def legend(
    drawing: Drawing,
    series: Sequence[Series],
    width: float,
    measure: Measure,
    *,
    line: bool = False,
    path: Series | None = None,
) -> None:
    """Which pattern is which series, and what the path is, in rows; needed only for more than one."""
    named = (*series, path) if path is not None else series
    if len(named) < 2:
        return
    x = 0.0
    swatch = 18.0 if line else 9.0
    for number, one in enumerate(named):
        wide = swatch + 5 + measure.width(one.label) + 16
        if x and x + wide > width:
            x = 0.0
            drawing.height += LINE + 3
        y = drawing.height
        if one is path:
            drawing.shapes.append(Stroke(((x, y + 5), (x + swatch, y + 5)), "strong", PATH, PATH_DASH))
        elif line:
            drawing.shapes.append(Stroke(((x, y + 5), (x + swatch, y + 5)), number, 1.6, DASHES[number % 4]))
            drawing.shapes.append(Marker(x + swatch / 2, y + 5, number))
        else:
            drawing.shapes.append(Box(x, y + 0.5, swatch, swatch, number))
        drawing.shapes.append(Label(one.label, x + swatch + 5, y + 8))
        x += wide
    drawing.height += LEGEND + 2


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round values from at or below `low` to at or above `high`."""
    span = (high - low) or 1.0
    raw = span / most
    size = 10 ** floor(log10(raw))
    step = next(step for step in (size, 2 * size, 2.5 * size, 5 * size, 10 * size) if step >= raw * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [n * step for n in range(first, max(last, first + 1) + 1)]


def grid(
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


def step_labels(
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
