"""The charts of an indicator: its measurements against the target path, and what each group brings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from cityplanner.base.language import N_, Language
from cityplanner.model.indicator import Indicator, Measurement
from cityplanner.planning import indicators
from cityplanner.planning.indicators import IndicatorFact, Reading
from cityplanner.reports.charts.description import BarChart, LineChart, Series

MOST_GROUPS, MOST_DAYS = 8, 12
UNIT_AFTER = 12
"""Units up to this long are written after each value."""


def fact_of(one: Indicator, values: Sequence[Measurement], today: dt.date) -> IndicatorFact:
    """An indicator with those of the measurements that are its own and not later than `today`."""
    own = [value for value in values if value.indicator_id == one.id and value.measured_on <= today]
    readings = tuple(Reading(value.measured_on, value.value, value.group) for value in own)
    return IndicatorFact(one.kind, one.baseline, one.baseline_on, one.target, one.target_on, readings)


def path_chart(fact: IndicatorFact, unit: str, say: Language) -> LineChart | None:
    """The measurements against the target path; None where there is nothing to draw."""
    trace = indicators.trace(fact)
    if not any(value is not None for value in (*trace.measured, *trace.path)):
        return None
    path = [None if value is None else float(value) for value in trace.path]
    return LineChart(
        [say.tick(day, "month") for day in trace.days],
        [Series(say.text(N_("Measured")), [None if v is None else float(v) for v in trace.measured])],
        axis=_capitalized(unit),
        path=Series(say.text(N_("Target path")), path) if any(value is not None for value in path) else None,
    )


def group_chart(fact: IndicatorFact, unit: str, say: Language) -> BarChart | None:
    """What each group brings, day by day: stacked where they are parts of the whole, else side by side."""
    found = indicators.groups(fact)
    if not found or len(found) > MOST_GROUPS:
        return None
    days = sorted({one.on for of_one in found.values() for one in of_one})[-MOST_DAYS:]
    series = []
    for name, of_one in found.items():
        known = {one.on: float(one.value) for one in of_one}
        series.append(Series(name, [known.get(day) for day in days]))
    parts = indicators.adds_up(fact) and all((v or 0) >= 0 for one in series for v in one.values)
    return BarChart(
        [say.tick(day, "month") for day in days],
        series,
        horizontal=False,
        stacked=parts,
        axis=_capitalized(unit),
    )


def with_unit(value: Decimal | Fraction, unit: str, say: Language) -> str:
    """A value with its unit where that is short."""
    number = say.number(value if isinstance(value, Decimal) else float(value))
    if unit == "%":
        return f"{number}%"
    return f"{number} {unit}" if unit and len(unit) <= UNIT_AFTER else number


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]
