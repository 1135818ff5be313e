"""The log by month: how many engagements in person, and how many by other means."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from cityplanner.base.language import N_
from cityplanner.model.engagement import Engagement, Mode
from cityplanner.reports.blocks import Figure
from cityplanner.reports.charts.description import BarChart, Series
from cityplanner.reports.voice import Voice

DISTANT = frozenset({Mode.VIRTUAL, Mode.PHONE, Mode.EMAIL})


@dataclass(frozen=True, slots=True)
class Month:
    """One month by its first day."""

    first: dt.date
    present: int
    """Engagements in person or hybrid."""
    distant: int
    """Engagements by other means."""


def months(log: Iterable[Engagement], begin: dt.date, end: dt.date, zone: ZoneInfo) -> tuple[Month, ...]:
    """Every month from that of `begin` to that of `end`, by the clock of `zone`."""
    present: Counter[dt.date] = Counter()
    distant: Counter[dt.date] = Counter()
    for one in log:
        first = one.starts_at.astimezone(zone).date().replace(day=1)
        (distant if one.mode in DISTANT else present)[first] += 1
    month, found = begin.replace(day=1), []
    while month <= end:
        found.append(Month(month, present[month], distant[month]))
        month = (month + dt.timedelta(days=32)).replace(day=1)
    return tuple(found)


def months_figure(found: Sequence[Month], voice: Voice) -> Figure:
    """The months as stacked bars."""
    names = tuple(voice.month(one.first) for one in found)
    counted = voice.say.parted(
        f"{name} {voice.number(one.present + one.distant)}" for name, one in zip(names, found, strict=True)
    )
    return Figure(
        BarChart(
            names,
            (
                Series(voice.t(N_("In person or hybrid")), tuple(float(one.present) for one in found)),
                Series(voice.t(N_("Virtual, phone or mail")), tuple(float(one.distant) for one in found)),
            ),
            horizontal=False,
            stacked=True,
        ),
        alt=voice.t(N_("Engagements by month: {list}."), list=counted),
        caption=voice.t(N_("Engagements by month")),
    )
