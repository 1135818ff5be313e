"""The delegation book: everything a delegation carries, from the programme to the profiles of all it meets."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.reports.blocks import Block, Heading, PageBreak, lowered
from cityplanner.reports.briefings.delegation_book import programme
from cityplanner.reports.briefings.delegation_book.gather import DelegationFacts, gather
from cityplanner.reports.briefings.partner_profile.kind import PARTS
from cityplanner.reports.choices import Ask, Audience
from cityplanner.reports.kind import Kind, Section, Title
from cityplanner.reports.voice import Voice

ELSEWHERE = frozenset({"commitments"})
"""Parts of a profile that the book has in one place for all partners."""


def profiles(facts: DelegationFacts, voice: Voice) -> Iterator[Block]:
    """A chapter for each partner, with the parts of its profile below."""
    for number, one in enumerate(facts.profiles):
        if number:
            yield PageBreak()
        yield Heading(2, one.partner.name)
        for key, label, build in PARTS:
            blocks = () if key in ELSEWHERE else tuple(lowered(build(one, voice), 2))
            if blocks:
                yield Heading(3, voice.t(label))
                yield from blocks


def _title(facts: DelegationFacts, voice: Voice) -> Title:
    return Title(
        title=voice.t(N_("Delegation book")),
        subtitle=voice.period(facts.begin, facts.end),
        subject=voice.t(N_("Program and profiles for a delegation of {city}"), city=facts.office.city),
        keywords=tuple(one.partner.name for one in facts.profiles),
    )


DELEGATION_BOOK = Kind(
    name="delegation-book",
    label=N_("Delegation book"),
    description=N_("A visit: program by day in both time zones, map, profiles, protocol, commitments."),
    gather=gather,
    title=_title,
    sections=(
        Section("overview", N_("Overview"), programme.overview, headed=False),
        Section("programme", N_("Program"), programme.programme),
        Section("map", N_("Map"), programme.places),
        Section("protocol", N_("Protocol notes"), programme.protocol),
        Section("commitments", N_("Open commitments"), programme.commitments),
        Section("profiles", N_("Partners"), profiles),
    ),
    asks=(Ask.PERIOD, Ask.PARTNERS),
    audience=Audience.INTERNAL,
    usual=N_("From today, two weeks"),
    cover=True,
)
