"""Where the executive briefing's claims come from."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.reports.blocks import Block
from cityplanner.reports.briefings.executive.gather import ExecutiveFacts
from cityplanner.reports.briefings.sources import own_records, roundtable_sources
from cityplanner.reports.voice import Voice


def sources(facts: ExecutiveFacts, voice: Voice) -> Iterator[Block]:
    """The roundtables, and the records of the office."""
    year = facts.year
    yield from roundtable_sources(
        facts.roundtables, voice, own_records(year.engagements, year.begin, year.end, voice)
    )
