"""The log of a period: counts, every engagement by month, and the commitments open and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from cityplanner.base.language import N_
from cityplanner.model.engagement import Commitment
from cityplanner.reports.blocks import (
    Block,
    Cell,
    Column,
    Fact,
    Figure,
    Heading,
    KeyFacts,
    Paragraph,
    Row,
    Run,
    Table,
    Text,
)
from cityplanner.reports.briefings.engagement_log.gather import LogFacts, Logged, Promised
from cityplanner.reports.briefings.months import months_figure
from cityplanner.reports.charts.description import BarChart, Series
from cityplanner.reports.voice import NOTHING, Voice


def summary(facts: LogFacts, voice: Voice) -> Iterator[Block]:
    """How many engagements, people and promises, and the log by month and format."""
    yield Paragraph(
        voice.t(
            N_("From {begin} to {end} {office} logged {engagements}."),
            begin=voice.day(facts.begin, "long"),
            end=voice.day(facts.end, "long"),
            office=facts.office.name,
            engagements=voice.plural("{n} engagement", "{n} engagements", len(facts.log)),
        ),
        style="lead",
    )
    present = sum(one.engagement.in_person or 0 for one in facts.log)
    online = sum(one.engagement.online or 0 for one in facts.log)
    overdue = sum(one.overdue for one in facts.open)
    yield KeyFacts(
        (
            Fact(
                voice.t(N_("People in person")),
                voice.number(present),
            ),
            Fact(
                voice.t(N_("People online")),
                voice.number(online),
            ),
            Fact(voice.t(N_("Commitments kept")), voice.number(len(facts.kept))),
            Fact(
                voice.t(N_("Commitments overdue")),
                voice.number(overdue),
                voice.t(N_("of {n} open"), n=voice.number(len(facts.open))),
                "bad" if overdue else "good",
            ),
        )
    )
    if facts.log:
        yield months_figure(facts.months, voice)
        yield _formats(facts, voice)


def _formats(facts: LogFacts, voice: Voice) -> Figure:
    counted = Counter(one.engagement.format for one in facts.log).most_common()
    names = [voice.choice(format_) for format_, _count in counted]
    listed = voice.say.parted(
        f"{name} {voice.number(count)}" for name, (_format, count) in zip(names, counted, strict=True)
    )
    return Figure(
        BarChart(names, (Series(voice.t(N_("Engagements")), [float(count) for _f, count in counted]),)),
        alt=voice.t(N_("Engagements by format: {list}."), list=listed),
        caption=voice.t(N_("Engagements by format")),
    )


def log(facts: LogFacts, voice: Voice) -> Iterator[Block]:
    """Every engagement under its month."""
    if not facts.log:
        yield Paragraph(voice.t(N_("No engagement in this period.")))
    for month, logged in groupby(facts.log, key=lambda one: one.day.replace(day=1)):
        yield Heading(2, voice.opened(voice.say.month(month)))
        yield Table(
            (
                Column(voice.t(N_("When")), 1.7),
                Column(voice.t(N_("Engagement")), 2.4),
                Column(voice.t(N_("Partners")), 2.5),
                Column(voice.t(N_("Format and mode")), 1.3),
                Column(voice.t(N_("People")), 0.7, "end"),
                Column(voice.t(N_("Result")), 2.5),
            ),
            [_row(one, voice) for one in logged],
        )


def _row(one: Logged, voice: Voice) -> Row:
    engagement = one.engagement
    present = (engagement.in_person or 0) + (engagement.online or 0)
    return (
        voice.moment(engagement.starts_at),
        Cell(engagement.title, header=True, scope="Row"),
        voice.say.parted(one.partners) or NOTHING,
        voice.t(
            N_("{format}, {mode}"),
            format=voice.choice(engagement.format),
            mode=voice.say.text(engagement.mode),
        ),
        voice.number(present) if present else NOTHING,
        engagement.result or engagement.decisions or engagement.purpose or NOTHING,
    )


def commitments(facts: LogFacts, voice: Voice) -> Iterator[Block]:
    """The promises that are open on the day of the briefing, and those kept in the period."""
    yield Heading(2, voice.t(N_("Open")))
    yield _promises(facts.open, "due_on", voice.t(N_("No commitment is open.")), voice)
    yield Heading(2, voice.t(N_("Kept in this period")))
    yield _promises(facts.kept, "completed_on", voice.t(N_("No commitment was kept in this period.")), voice)


def _promises(found: tuple[Promised, ...], day: str, empty: str, voice: Voice) -> Table:
    return Table(
        (
            Column(voice.t(N_("Commitment")), 3),
            Column(voice.t(N_("Partner")), 2.2),
            Column(voice.t(N_("Side")), 0.9),
            Column(voice.label(Commitment, day), 1.3),
            Column(voice.t(N_("Owner")), 1.4),
        ),
        [
            (
                Cell(one.commitment.text, header=True, scope="Row"),
                one.partner,
                voice.choice(one.commitment.side),
                _day(one, day, voice),
                one.commitment.owner or NOTHING,
            )
            for one in found
        ],
        empty=empty,
    )


def _day(one: Promised, name: str, voice: Voice) -> Text:
    shown = voice.value(one.commitment, name)
    if not one.overdue:
        return shown
    return (shown, " ", Run(voice.t(N_("overdue")), bold=True, tone="bad"))
