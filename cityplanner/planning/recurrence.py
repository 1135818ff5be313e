"""Dates that recur from an anchor: monthly, quarterly, yearly, each counted from the anchor itself."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import count, islice
from zoneinfo import ZoneInfo

from cityplanner.base.language import N_


class Rhythm(StrEnum):
    """How often something recurs."""

    MONTHLY = N_("monthly")
    QUARTERLY = N_("quarterly")
    YEARLY = N_("yearly")


MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.YEARLY: 12}


def next_dates(anchor: date, rhythm: Rhythm, number: int) -> list[date]:
    """The next dates after the anchor.

    A day that a month lacks becomes its last day, for that month alone: from 31 January come 28 February and
    31 March, from 29 February 2024 come 28 February 2025 and 29 February 2028.
    """
    return list(islice(_after(anchor, MONTHS[rhythm]), number))


def next_moments(
    anchor: datetime, zone: str, rhythm: Rhythm, number: int, after: datetime | None = None
) -> list[datetime]:
    """The next instants after the anchor, at the same time of day in the zone; UTC.

    With `after`, those that have passed by then are left out; all are still counted from the anchor.
    """
    local = anchor.astimezone(ZoneInfo(zone))
    moments = (
        datetime.combine(day, local.time(), ZoneInfo(zone)).astimezone(UTC)
        for day in _after(local.date(), MONTHS[rhythm])
    )
    return list(islice((one for one in moments if after is None or one > after), number))


def _after(anchor: date, months: int) -> Iterator[date]:
    for turn in count(1):
        years, month = divmod(anchor.month - 1 + turn * months, 12)
        year = anchor.year + years
        yield date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))
