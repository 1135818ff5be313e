"""What opens the executive briefing: the office at a glance, and what needs attention now."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.reports.blocks import (
    Block,
    Column,
    Fact,
    KeyFacts,
    Paragraph,
    Table,
)
from cityplanner.reports.briefings.executive.gather import ExecutiveFacts
from cityplanner.reports.voice import Voice, tone_of


def glance(facts: ExecutiveFacts, voice: Voice) -> Iterator[Block]:
    """The first lines and the figures a mayor must see."""
    year = facts.year
    say = voice.say
    yield Paragraph(
        voice.t(
            N_(
                "{office} keeps {city} in contact with {partners} in {countries}. "
                "From {begin} to {end} it logged {engagements} and kept {commitments}."
            )
        ).format(
            office=facts.office.name,
            city=facts.office.city,
            partners=say.plural("{n} partner", "{n} partners", facts.partners),
            countries=say.plural("{n} country", "{n} countries", facts.countries),
            begin=say.date(year.begin, "long"),
            end=say.date(year.end, "long"),
            engagements=say.plural("{n} engagement", "{n} engagements", year.engagements),
            commitments=say.plural("{n} commitment", "{n} commitments", year.commitments_kept),
        ),
        style="lead",
    )
    yield KeyFacts(tuple(_key_facts(facts, voice)))


def _key_facts(facts: ExecutiveFacts, voice: Voice) -> Iterator[Fact]:
    year = facts.year
    share = facts.coverage.office.coverage
    yield Fact(
        voice.t(N_("Coverage of recommendations")),
        voice.share(share),
        voice.say.plural("{n} supported", "{n} supported", facts.coverage.office.supported),
        tone_of(share),
    )
    yield Fact(voice.t(N_("Agreements in force")), voice.say.number(facts.agreements_in_force))
    yield Fact(
        voice.t(N_("Engagements")),
        voice.say.number(year.engagements),
        voice.plural("with {n} partner", "with {n} partners", year.partners_met),
    )
    yield Fact(
        voice.t(N_("Commitments overdue")),
        voice.say.number(year.overdue_count),
        voice.t(N_("of {n} open")).format(n=voice.say.number(year.commitments_open)),
        "bad" if year.overdue_count else "good",
    )
    if facts.holding is not None:
        outcome = facts.holding.outcome
        yield Fact(voice.t(N_("Budget")), voice.money(outcome.total), facts.holding.scenario.name)
        yield Fact(
            voice.t(N_("Staff")),
            voice.say.number(float(outcome.capacity.fte_after), 1),
            voice.t(N_("FTE, {n} needed")).format(n=voice.say.number(float(outcome.capacity.fte_needed), 1)),
        )


def attention(facts: ExecutiveFacts, voice: Voice) -> Iterator[Block]:
    """What is overdue or due soon."""
    if not facts.agenda:
        return
    yield Table(
        columns=(
            Column(voice.t(N_("Due")), 1.1),
            Column(voice.t(N_("What")), 2.6),
            Column(voice.t(N_("Why")), 2.6),
        ),
        rows=[
            (voice.say.date(one.due_on) if one.due_on else "–", one.title, one.reason) for one in facts.agenda
        ],
        row_headers=0,
    )
