"""The sample's indicators with their measurements over the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from cityplanner.exchange.sample.data import SAMPLE_TODAY, initiatives
from cityplanner.exchange.sample.story import Entry
from cityplanner.exchange.sample.writer import Writer
from cityplanner.model.indicator import Indicator, IndicatorKind, Measurement
from cityplanner.model.initiative import Initiative

TARGET_DAY = date(2027, 6, 30)
NEAR = 70
"""Days before a measurement within which an engagement of the initiative counts as where it was achieved."""
_COUNTED = (IndicatorKind.CUMULATIVE, IndicatorKind.PROCESS)


def write(writer: Writer, entries: Sequence[Entry]) -> None:
    """Enter the indicators, then what was measured."""
    with writer.plan.edit("Enter indicators with baseline and target") as edit:
        for row in initiatives():
            writer.keep(edit, [(one[0], _indicator(writer, row, one)) for one in row["indicators"]])
    with writer.plan.edit("Enter measurements") as edit:
        writer.insert(edit, [one for row in initiatives() for one in _measurements(writer, row, entries)])


def _indicator(writer: Writer, row: dict[str, Any], one: list[Any]) -> Indicator:
    title, kind, unit, baseline, target, how, first, step, _ = one
    return writer.new(
        Indicator,
        initiative_id=writer.id(Initiative, row["code"]),
        title=title,
        kind=IndicatorKind[kind],
        unit=unit,
        baseline=Decimal(baseline),
        baseline_on=month_end(first, -step),
        target=Decimal(target),
        target_on=TARGET_DAY,
        note=how,
    )


def _measurements(writer: Writer, row: dict[str, Any], entries: Sequence[Entry]) -> Iterator[Measurement]:
    for place, (title, kind, _, _, _, how, first, step, values) in enumerate(row["indicators"]):
        groups = row.get("groups", {}) if place == 0 else {}
        for number, value in enumerate(values.split()):
            on = month_end(first, number * step)
            if on > SAMPLE_TODAY:
                continue
            parts = [("", Decimal(value)), *((name, _part(value, share)) for name, share in groups.items())]
            for group, amount in parts:
                yield writer.new(
                    Measurement,
                    indicator_id=writer.id(Indicator, title),
                    measured_on=on,
                    value=amount,
                    group=group,
                    verification=how.rstrip("."),
                    engagement_id=_achieved_at(entries, row["code"], on)
                    if not group and IndicatorKind[kind] in _COUNTED
                    else None,
                )


def _part(value: str, share: int) -> Decimal:
    return (Decimal(value) * share / 100).quantize(Decimal(1), ROUND_HALF_UP)


def month_end(first: date, months: int) -> date:
    """The last day of the month that lies so many months after a day's."""
    count = first.year * 12 + first.month + months
    return date(count // 12, count % 12 + 1, 1) - timedelta(days=1)


def _achieved_at(entries: Sequence[Entry], code: str, on: date) -> int | None:
    near = [one for one in entries if code in one.initiatives and 0 <= (on - one.on).days <= NEAR]
    return near[-1].id if near else None
