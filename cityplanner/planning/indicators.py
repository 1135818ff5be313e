"""Indicators: what is measured, where the target path would be, how much of the way is done.

The path runs straight from the baseline on its day to the target on its day; that of a process climbs in whole
steps. Progress is the share of the way from baseline to target, either direction, cut at 0 and 1.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from cityplanner.base.language import N_
from cityplanner.model.indicator import IndicatorKind

FROM_NOTHING = (IndicatorKind.CUMULATIVE, IndicatorKind.PROCESS)
"""Kinds that count up, so that a missing baseline is nought."""
STEPS = (12, 6, 4, 3, 1)
"""The months from step to step of a chart, widest first."""
MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """A measured value; `group` names whom it counts where it is broken down."""

    on: date
    value: Decimal
    group: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorFact:
    """An indicator with its measurements in any order."""

    kind: IndicatorKind
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None
    readings: tuple[Reading, ...] = ()


class Standing(StrEnum):
    """Where an indicator is against its path."""

    REACHED = N_("target reached")
    ON_PATH = N_("on the target path")
    BEHIND = N_("behind the target path")
    OVERDUE = N_("target missed")
    UNMEASURED = N_("not measured yet")
    NO_TARGET = N_("no target path")


@dataclass(frozen=True, slots=True)
class Trace:
    """Values at equal steps: what was measured, and the path; None where there is neither."""

    days: tuple[date, ...]
    measured: tuple[Fraction | None, ...]
    path: tuple[Fraction | None, ...]


def whole(fact: IndicatorFact) -> tuple[Reading, ...]:
    """The measurements of the whole, earliest first.

    On a day with groups only they are summed; percentages have no sum, so such a day is left out.
    """
    found: dict[date, Decimal] = {one.on: one.value for one in fact.readings if not one.group}
    if fact.kind is not IndicatorKind.PERCENTAGE:
        told = set(found)
        for one in fact.readings:
            if one.group and one.on not in told:
                found[one.on] = found.get(one.on, Decimal(0)) + one.value
    return tuple(Reading(day, found[day]) for day in sorted(found))


def baseline(fact: IndicatorFact) -> Decimal | None:
    """Where it starts: nought for what counts up from nothing, where nobody said otherwise."""
    if fact.baseline is None and fact.kind in FROM_NOTHING:
        return Decimal(0)
    return fact.baseline


def path_at(fact: IndicatorFact, day: date) -> Fraction | None:
    """The value the path has on a day; level before its begin and after its end; None without a path."""
    start, begin = baseline(fact), _begin(fact)
    if start is None or fact.target is None or fact.target_on is None or begin is None:
        return None
    first, last = Fraction(start), Fraction(fact.target)
    length = (fact.target_on - begin).days
    gone = (day - begin).days
    share = Fraction(min(max(gone, 0), length), length) if length > 0 else Fraction(gone >= 0)
    value = first + (last - first) * share
    if fact.kind is IndicatorKind.PROCESS:
        return Fraction(floor(value) if last >= first else ceil(value))
    return value


def progress(fact: IndicatorFact) -> Fraction | None:
    """The share (0 to 1) of the way from baseline to target that the latest measurement has covered."""
    start, readings = baseline(fact), whole(fact)
    if start is None or fact.target is None or not readings:
        return None
    latest, way = readings[-1].value, fact.target - start
    if not way:
        return Fraction(latest >= fact.target)
    return min(max(Fraction(latest - start) / Fraction(way), Fraction(0)), Fraction(1))


def standing(fact: IndicatorFact, today: date) -> Standing:
    """How the latest measurement stands against the path on the day it was made.

    A target whose day has passed unreached is missed, whatever the path was.
    """
    readings = whole(fact)
    if fact.target is None or baseline(fact) is None:
        return Standing.NO_TARGET if readings else Standing.UNMEASURED
    if not readings:
        return Standing.UNMEASURED
    if progress(fact) == 1:
        return Standing.REACHED
    if fact.target_on is not None and fact.target_on < today:
        return Standing.OVERDUE
    wanted = path_at(fact, readings[-1].on)
    if wanted is None:
        return Standing.NO_TARGET
    rising = fact.target >= (baseline(fact) or 0)
    value = Fraction(readings[-1].value)
    return Standing.ON_PATH if (value >= wanted if rising else value <= wanted) else Standing.BEHIND


def falls(fact: IndicatorFact) -> tuple[Reading, ...]:
    """The measurements of a running total or a process that are below the one before: they can't be right."""
    if fact.kind not in FROM_NOTHING:
        return ()
    readings = whole(fact)
    return tuple(after for before, after in pairwise(readings) if after.value < before.value)


def groups(fact: IndicatorFact) -> dict[str, tuple[Reading, ...]]:
    """The measurements of each group, earliest first, groups by name."""
    names = sorted({one.group for one in fact.readings if one.group})
    return {
        name: tuple(sorted((one for one in fact.readings if one.group == name), key=lambda one: one.on))
        for name in names
    }


def adds_up(fact: IndicatorFact) -> bool:
    """Whether the groups are parts of the whole: they sum to it on every day that both are measured, but for rounding.

    Percentages have no sum; groups that overlap, or leave somebody out, are no parts either.
    """
    found = groups(fact)
    if fact.kind is IndicatorKind.PERCENTAGE or not found:
        return False
    measured = {one.on: one.value for one in fact.readings if not one.group}
    sums: dict[date, Decimal] = {}
    for of_one in found.values():
        for one in of_one:
            sums[one.on] = sums.get(one.on, Decimal(0)) + one.value
    return all(abs(sums[day] - measured[day]) <= len(found) for day in sums if day in measured)


def mean_progress(shares: Iterable[Fraction | None]) -> Fraction | None:
    """The mean over the indicators whose progress is known; None for none."""
    known = [share for share in shares if share is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def trace(fact: IndicatorFact) -> Trace:
    """Measurements and path at equal steps from the baseline to the later of target and last measurement.

    The step is the widest of 12, 6, 4, 3 or 1 months that keeps every measurement in a step of its own; of several
    in one month the last counts. A chart holds at most sixty steps, the earliest are left out.
    """
    begin = _begin(fact)
    if begin is None:
        return Trace((), (), ())
    known = {one.on: Fraction(one.value) for one in whole(fact)}
    if fact.baseline is not None and fact.baseline_on is not None:
        known = {fact.baseline_on: Fraction(fact.baseline)} | known
    step = _step(begin, sorted(known))
    end = _place(begin, fact.target_on, step) if fact.target_on else 0
    values = {_place(begin, day, step): known[day] for day in sorted(known)}
    last = max(end, *values) if values else end
    places = range(max(0, last + 1 - MOST_STEPS), last + 1)
    days = [_later(begin, place * step) for place in places]
    path = [
        path_at(fact, max(day, fact.target_on) if fact.target_on and place >= end else day)
        for place, day in zip(places, days, strict=True)
    ]
    return Trace(tuple(days), tuple(values.get(place) for place in places), tuple(path))


def _begin(fact: IndicatorFact) -> date | None:
    """The day of the baseline, else that of the first measurement."""
    return fact.baseline_on or min((one.on for one in fact.readings), default=None)


def _step(begin: date, days: Sequence[date]) -> int:
    for step in STEPS:
        if len({_place(begin, day, step) for day in days}) == len(days):
            return step
    return STEPS[-1]


def _place(begin: date, day: date, step: int) -> int:
    """The step a day falls in, by months; what lies before the begin counts as its step."""
    return max(0, (day.year - begin.year) * 12 + day.month - begin.month) // step


def _later(day: date, months: int) -> date:
    """So many months later; the last day of a month leads to last days."""
    years, month = divmod(day.month - 1 + months, 12)
    length = monthrange(day.year + years, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(day.year + years, month + 1, length if is_last else min(day.day, length))
