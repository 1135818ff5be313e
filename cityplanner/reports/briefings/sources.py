"""Sources that several briefings name: the roundtables, and the office's own records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from cityplanner.base.language import N_
from cityplanner.model.roundtable import Roundtable
from cityplanner.reports.blocks import Block, Run, Source, Sources
from cityplanner.reports.voice import NOTHING, Voice


def roundtable_sources(roundtables: Iterable[Roundtable], voice: Voice, *also: Source) -> Iterator[Block]:
    """The numbered list of the roundtables, and what else a briefing names after them."""
    entries = tuple(_roundtable(one, voice) for one in roundtables)
    if entries or also:
        yield Sources((*entries, *also))


def _roundtable(one: Roundtable, voice: Voice) -> Source:
    title = Run(one.source or one.title, italic=True)
    days = (voice.partial(one.held_on), voice.partial(one.published_on))
    dates = "".join(f", {day}" for day in days if day != NOTHING)
    return Source((f"{one.host}, " if one.host else "", title, f"{dates}."))


def own_records(engagements: int, begin: dt.date, end: dt.date, voice: Voice) -> Source:
    """The office's log over a period."""
    return Source(
        voice.t(
            N_("The office's own records in CityPlanner: {engagements} from {begin} to {end}."),
            engagements=voice.plural("{n} engagement", "{n} engagements", engagements),
            begin=voice.day(begin),
            end=voice.day(end),
        )
    )
