"""Charts as descriptions: what is compared, not how it is painted; paper and window draw the same ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

Tone = Literal["plain", "accent", "good", "caution", "bad", "quiet"]


class ChartError(ValueError):
    """A chart was described that can't be drawn; a mistake of the caller."""


def _require(condition: bool, what: str) -> None:
    if not condition:
        raise ChartError(what)


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values; `shown` are the words printed for them (else the number itself)."""

    label: str
    values: Sequence[float | None]
    shown: Sequence[str] = ()

    def __post_init__(self) -> None:
        _require(all(v is None or isfinite(v) for v in self.values), f"{self.label}: a value is not a number")
        _require(
            not self.shown or len(self.shown) == len(self.values), f"{self.label}: shown and values differ"
        )


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars per category: grouped, or stacked on each other; horizontal bars suit long labels.

    `scale` fixes the least and greatest value, so that charts beside each other compare.
    """

    categories: Sequence[str]
    series: Sequence[Series]
    horizontal: bool = True
    stacked: bool = False
    axis: str = ""
    scale: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        _check_even(self.categories, self.series)
        if self.stacked:
            values = (v or 0 for s in self.series for v in s.values)
            _require(all(v >= 0 for v in values), "stacked bars can't be negative")


@dataclass(frozen=True, slots=True)
class CoverageBar:
    """One row: a label, the share reached (0 to 1), the figure printed at its end, a word on it."""

    label: str
    share: float
    shown: str = ""
    note: str = ""
    tone: Tone = "accent"

    def __post_init__(self) -> None:
        _require(isfinite(self.share) and 0 <= self.share <= 1, f"{self.label}: a share lies between 0 and 1")


@dataclass(frozen=True, slots=True)
class CoverageBars:
    """How much of each row is reached, against the whole and, if given, a target share."""

    rows: Sequence[CoverageBar]
    target: float | None = None
    target_label: str = ""

    def __post_init__(self) -> None:
        _require(self.target is None or 0 <= self.target <= 1, "a target share lies between 0 and 1")
        _require(self.target is None or bool(self.target_label), "a target needs a label")


@dataclass(frozen=True, slots=True)
class LineChart:
    """Values along equal steps (years, months), with a target line or a path of target values if given."""

    steps: Sequence[str]
    series: Sequence[Series]
    target: float | None = None
    target_label: str = ""
    axis: str = ""
    path: Series | None = None

    def __post_init__(self) -> None:
        _check_even(self.steps, self.series if self.path is None else (*self.series, self.path))
        _require(self.target is None or isfinite(self.target), "the target is not a number")
        _require(self.target is None or bool(self.target_label), "a target needs a label")


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a curve: what it costs and what it brings, and the words on it if it has any."""

    x: float
    y: float
    label: str = ""
    tone: Tone = "accent"


@dataclass(frozen=True, slots=True)
class CurveChart:
    """A curve through points in order of x, such as the best coverage at each budget, and single marks beside it."""

    points: Sequence[Point]
    x_axis: str
    y_axis: str
    marks: Sequence[Point] = ()

    def __post_init__(self) -> None:
        _require(bool(self.points), "a curve needs a point")
        _require(all(isfinite(p.x) and isfinite(p.y) for p in (*self.points, *self.marks)), "not a number")
        _require(bool(self.x_axis) and bool(self.y_axis), "both axes need words")
        _require(all(mark.label for mark in self.marks), "a mark needs words")


@dataclass(frozen=True, slots=True)
class Span:
    """Something in time: a stretch of days, or one day where it has no end."""

    label: str
    begin: dt.date
    end: dt.date | None = None
    note: str = ""
    tone: Tone = "accent"
    open_ended: bool = False
    """Goes on beyond the last day."""

    def __post_init__(self) -> None:
        _require(self.end is None or self.begin <= self.end, f"{self.label}: ends before it begins")


@dataclass(frozen=True, slots=True)
class Timeline:
    """Spans below each other along days; `today` is marked where it lies between."""

    spans: Sequence[Span]
    today: dt.date | None = None
    today_label: str = ""
    first: dt.date | None = None
    """The days it reaches from and to, where it is one of several that compare."""
    last: dt.date | None = None

    def __post_init__(self) -> None:
        _require(bool(self.spans), "a timeline needs a span")
        _require(self.today is None or bool(self.today_label), "the mark of today needs words")


@dataclass(frozen=True, slots=True)
class MatrixChart:
    """Rows against columns; a cell is a share from 0 to 1 with the sign printed on it, or nothing."""

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[tuple[float, str] | None]]

    def __post_init__(self) -> None:
        _require(bool(self.rows) and bool(self.columns), "a matrix needs rows and columns")
        _require(len(self.cells) == len(self.rows), "a matrix needs its cells row by row")
        _require(all(len(row) == len(self.columns) for row in self.cells), "a row of a matrix is uneven")
        shares = (cell[0] for row in self.cells for cell in row if cell)
        _require(all(0 <= share <= 1 for share in shares), "a share lies between 0 and 1")


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a map, in degrees."""

    label: str
    latitude: float
    longitude: float
    tone: Tone = "accent"

    def __post_init__(self) -> None:
        _require(abs(self.latitude) <= 90 and abs(self.longitude) <= 180, f"{self.label}: not on the globe")


@dataclass(frozen=True, slots=True)
class MapChart:
    """Places on a map of the world or, if `close`, of the region around them; numbered, with a key below."""

    places: Sequence[Place]
    close: bool = False

    def __post_init__(self) -> None:
        _require(bool(self.places), "a map needs a place")


Chart = BarChart | CoverageBars | LineChart | CurveChart | Timeline | MatrixChart | MapChart


def _check_even(steps: Sequence[str], series: Sequence[Series]) -> None:
    _require(bool(series), "a chart needs at least one series")
    _require(len(series) <= 8, "more than eight series can't be told apart")
    for one in series:
        _require(
            len(one.values) == len(steps), f"{one.label}: {len(one.values)} values for {len(steps)} steps"
        )
