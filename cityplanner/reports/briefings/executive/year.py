"""The last twelve months of the log: engagements, and commitments that are overdue."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.model.wording import choice_label
from cityplanner.reports.blocks import (
    Block,
    Column,
    Heading,
    Paragraph,
    Table,
)
from cityplanner.reports.briefings.executive.gather import ExecutiveFacts
from cityplanner.reports.briefings.months import months_figure
from cityplanner.reports.voice import Voice


def year_in_review(facts: ExecutiveFacts, voice: Voice) -> Iterator[Block]:
    """What the log says of the year."""
    year = facts.year
    yield Paragraph(
        voice.t(N_("From {begin} to {end}, {present} in person and {online} online.")).format(
            begin=voice.say.date(year.begin, "long"),
            end=voice.say.date(year.end, "long"),
            present=voice.say.plural(
                "{n} person took part", "{n} people took part", year.participants_in_person
            ),
            online=voice.say.number(year.participants_online),
        )
    )
    if year.aid_received or year.aid_given:
        yield Paragraph(_aid(facts, voice))
    if year.engagements:
        yield months_figure(year.months, voice)
    yield from _notable(facts, voice)
    yield from _overdue(facts, voice)


def _aid(facts: ExecutiveFacts, voice: Voice) -> str:
    year, plural = facts.year, voice.say.plural
    return voice.t(
        N_("Aid: {received} worth {in_value} came in, {given} worth {out_value} went out.")
    ).format(
        received=plural("{n} delivery", "{n} deliveries", year.aid_received),
        in_value=voice.money(year.aid_received_value),
        given=plural("{n} delivery", "{n} deliveries", year.aid_given),
        out_value=voice.money(year.aid_given_value),
    )


def _notable(facts: ExecutiveFacts, voice: Voice) -> Iterator[Block]:
    year = facts.year
    yield Heading(2, voice.t(N_("Engagements that stand out")))
    yield Table(
        columns=(
            Column(voice.t(N_("Date")), 1.1),
            Column(voice.t(N_("Engagement")), 2.5),
            Column(voice.t(N_("Partners")), 2.6),
            Column(voice.t(N_("Result")), 2.3),
        ),
        rows=[
            (voice.say.date(one.day), one.title, voice.say.listed(one.partners) or "–", one.result or "–")
            for one in year.notable
        ],
        empty=voice.t(N_("No engagement was logged in this period.")),
    )


def _overdue(facts: ExecutiveFacts, voice: Voice) -> Iterator[Block]:
    year = facts.year
    yield Heading(2, voice.t(N_("Commitments overdue")))
    yield Table(
        columns=(
            Column(voice.t(N_("Due")), 1.1),
            Column(voice.t(N_("Commitment")), 3),
            Column(voice.t(N_("Partner")), 2),
            Column(voice.t(N_("Side")), 0.8),
            Column(voice.t(N_("Owner")), 1.4),
        ),
        rows=[
            (
                voice.say.date(one.due_on) if one.due_on else "–",
                one.text,
                one.partner,
                choice_label(one.side, voice.say),
                one.owner or "–",
            )
            for one in year.overdue
        ],
        empty=voice.t(N_("No commitment is overdue.")),
    )
    more = year.overdue_count - len(year.overdue)
    if more > 0:
        yield Paragraph(voice.say.plural("{n} more is overdue.", "{n} more are overdue.", more), "small")
