"""Charts as descriptions: what is compared, not how it is painted; paper and window draw the same ones."""

from __future__ import annotations

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


Chart = BarChart | CoverageBars | LineChart


def _check_even(steps: Sequence[str], series: Sequence[Series]) -> None:
    _require(bool(series), "a chart needs at least one series")
    _require(len(series) <= 8, "more than eight series can't be told apart")
    for one in series:
        _require(
            len(one.values) == len(steps), f"{one.label}: {len(one.values)} values for {len(steps)} steps"
        )
