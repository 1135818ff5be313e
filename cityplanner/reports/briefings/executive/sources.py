"""Where the briefing's claims come from."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.model.wording import show_partial_date
from cityplanner.reports.blocks import (
    Block,
    Run,
    Source,
    Sources,
)
from cityplanner.reports.briefings.executive.gather import ExecutiveFacts
from cityplanner.reports.voice import Voice


def sources(facts: ExecutiveFacts, voice: Voice) -> Iterator[Block]:
    """The roundtables, and the records of the office."""
    entries = []
    for table in facts.roundtables:
        held = show_partial_date(table.held_on, voice.say)
        published = show_partial_date(table.published_on, voice.say) if table.published_on else ""
        title = Run(table.source or table.title, italic=True)
        dates = "".join(f", {day}" for day in (held, published) if day)
        entries.append(Source((f"{table.host}, " if table.host else "", title, f"{dates}.")))
    entries.append(
        Source(
            voice.t(
                N_(
                    "The office's own records in CityPlanner: {engagements} engagements from {begin} to {end}."
                )
            ).format(
                engagements=voice.say.number(facts.year.engagements),
                begin=voice.say.date(facts.year.begin),
                end=voice.say.date(facts.year.end),
            )
        )
    )
    yield Sources(tuple(entries))
