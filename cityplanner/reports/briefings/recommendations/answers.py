"""The office's answers: how many, how far covered by theme and roundtable, and each one with what covers it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from cityplanner.base.language import N_
from cityplanner.model.recommendation import Response
from cityplanner.reports.blocks import (
    Block,
    CallOut,
    Cell,
    Column,
    Fact,
    Figure,
    Heading,
    KeyFacts,
    Paragraph,
    Table,
)
from cityplanner.reports.briefings.recommendations.gather import RecommendationFacts
from cityplanner.reports.charts.description import CoverageBar, CoverageBars
from cityplanner.reports.voice import HALF_COVERED, NOTHING, Voice, tone_of

MOST_COVERS = 4


def summary(facts: RecommendationFacts, voice: Voice) -> Iterator[Block]:
    """How many items there are, what the office says of them and how far they are covered."""
    items, supported = facts.board.items, facts.supported()
    if not items:
        yield CallOut("note", voice.t(N_("There is no recommendation in the plan yet.")))
        return
    answered = sum(one.response is not Response.NONE for one in items)
    yield Paragraph(
        voice.t(
            N_("The plan holds {items} from {roundtables}. {office} has answered {answered} of them."),
            items=voice.plural("{n} source item", "{n} source items", len(items)),
            roundtables=voice.plural("{n} roundtable", "{n} roundtables", len(facts.roundtables)),
            office=facts.office.name,
            answered=voice.number(answered),
        ),
        style="lead",
    )
    share = facts.coverage.office.coverage
    low = [one for one in supported if one.coverage is not None and one.coverage < HALF_COVERED]
    broken = [one for one in supported if one.gaps]
    yield KeyFacts(
        (
            Fact(voice.t(N_("Coverage")), voice.share(share), facts.board.scenario, tone_of(share)),
            Fact(voice.t(N_("Supported")), voice.number(len(supported))),
            Fact(
                voice.t(N_("Covered by less than half")),
                voice.number(len(low)),
                tone="bad" if low else "good",
            ),
            Fact(voice.t(N_("With a gap")), voice.number(len(broken)), tone="caution" if broken else "good"),
        )
    )


def by_theme(facts: RecommendationFacts, voice: Voice) -> Iterator[Block]:
    """Coverage by theme and by roundtable, of what the office supports."""
    groups = [group for group in facts.coverage.themes if group.coverage is not None]
    if not groups:
        return
    groups.sort(key=lambda group: (-(group.coverage or 0), group.key))
    yield _bars(
        voice,
        [(voice.choice(group.key), group.coverage or Fraction(0), group.supported) for group in groups],
        voice.t(N_("Coverage by theme")),
    )
    names = {one.id: one.title for one in facts.roundtables}
    yield _bars(
        voice,
        [
            (names.get(group.key, NOTHING), group.coverage, group.supported)
            for group in facts.coverage.roundtables
            if group.coverage is not None
        ],
        voice.t(N_("Coverage by roundtable")),
    )


def _bars(voice: Voice, rows: list[tuple[str, Fraction, int]], caption: str) -> Figure:
    bars = [
        CoverageBar(
            label,
            float(share),
            voice.share(share),
            voice.plural("{n} supported", "{n} supported", count),
            tone_of(share),
        )
        for label, share, count in rows
    ]
    listed = voice.say.parted(f"{label} {voice.share(share)}" for label, share, _count in rows)
    return Figure(
        CoverageBars(tuple(bars)),
        alt=voice.t(N_("{caption}: {list}."), caption=caption, list=listed),
        caption=caption,
    )


def answers(facts: RecommendationFacts, voice: Voice) -> Iterator[Block]:
    """Each item under its roundtable and section, with the answer and what covers it."""
    in_order = sorted(facts.board.items, key=lambda one: (one.place, one.code))
    for roundtable, items in groupby(in_order, key=lambda one: (one.place[:2], one.roundtable)):
        yield Heading(2, roundtable[1])
        for section, listed in groupby(items, key=lambda one: (one.place, one.section)):
            yield Table(
                (
                    Column(voice.t(N_("Item")), 3.4),
                    Column(voice.t(N_("Support")), 0.9),
                    Column(voice.t(N_("Answer")), 1.2),
                    Column(voice.t(N_("Weight")), 0.7, "end"),
                    Column(voice.t(N_("Coverage")), 0.9, "end"),
                    Column(voice.t(N_("Covered by")), 1.9),
                ),
                [
                    (
                        Cell(f"{one.code}  {one.title}", header=True, scope="Row"),
                        voice.choice(one.support),
                        voice.choice(one.response),
                        voice.number(one.weight) if one.weight is not None else NOTHING,
                        voice.share(one.coverage) if one.coverage is not None else NOTHING,
                        _covers([cover.code for cover in one.covers if cover.share > 0], voice),
                    )
                    for one in listed
                ],
                caption=section[1],
            )


def _covers(codes: list[str], voice: Voice) -> str:
    more = len(codes) - MOST_COVERS
    if more <= 0:
        return voice.say.listed(codes) or NOTHING
    return voice.plural(
        "{codes} and {n} more", "{codes} and {n} more", more, codes=voice.say.listed(codes[:MOST_COVERS])
    )
