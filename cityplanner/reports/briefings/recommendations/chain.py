"""Where the chain breaks, how the roundtables answer each other, and the matrix of all contributions."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.model.initiative import ContributionKind
from cityplanner.model.roundtable import LinkKind
from cityplanner.planning.coverage import QUARTERS
from cityplanner.planning.gaps import Gap
from cityplanner.reports.blocks import Block, Cell, Column, Figure, Heading, ListBlock, Paragraph, Table
from cityplanner.reports.briefings.recommendations.gather import Link, RecommendationFacts
from cityplanner.reports.briefings.sources import roundtable_sources
from cityplanner.reports.charts.description import MatrixChart
from cityplanner.reports.voice import NOTHING, Voice

SIGNS = {
    ContributionKind.DIRECT: N_("D"),
    ContributionKind.SUPPORTING: N_("S"),
    ContributionKind.ENABLING: N_("E"),
}


def gaps(facts: RecommendationFacts, voice: Voice) -> Iterator[Block]:
    """What each supported recommendation lacks on the way to its result."""
    found = False
    for gap in Gap:
        items = [one for one in facts.supported() if gap in one.gaps]
        if not items:
            continue
        found = True
        yield Heading(2, voice.choice(gap))
        yield ListBlock(tuple(f"{one.code}  {one.title}" for one in items))
    if not found:
        yield Paragraph(
            voice.t(
                N_("Every supported recommendation has an initiative, money, engagements and a measurement.")
            )
        )


def evolution(facts: RecommendationFacts, voice: Voice) -> Iterator[Block]:
    """What a later roundtable repeated or took further."""
    yield from _links(
        facts,
        voice,
        (LinkKind.REPEATS, LinkKind.EVOLVES),
        voice.t(N_("Said first")),
        voice.t(N_("Said later")),
    )


def tensions(facts: RecommendationFacts, voice: Voice) -> Iterator[Block]:
    """What stands against each other and has to be weighed."""
    yield from _links(
        facts, voice, (LinkKind.TENSION,), voice.t(N_("On the one side")), voice.t(N_("On the other side"))
    )


def _links(
    facts: RecommendationFacts, voice: Voice, kinds: tuple[LinkKind, ...], first: str, second: str
) -> Iterator[Block]:
    links: list[Link] = [link for link in facts.links if link.kind in kinds]
    if not links:
        return
    yield Table(
        (
            Column(first, 2.4),
            Column(second, 2.4),
            Column(voice.t(N_("What it means")), 3),
        ),
        [
            (
                Cell(f"{link.earlier.code}  {link.earlier.title}", header=True, scope="Row"),
                f"{link.later.code}  {link.later.title}",
                link.note or voice.choice(link.kind),
            )
            for link in links
        ],
    )


def contributions(facts: RecommendationFacts, voice: Voice) -> Iterator[Block]:
    """Which initiative contributes to which supported recommendation."""
    supported = {one.id for one in facts.supported()}
    rows = [row for row in facts.matrix.rows if row.id in supported and facts.matrix.cells.get(row.id)]
    used = {column for row in rows for column in facts.matrix.cells[row.id]}
    columns = [column for column in facts.matrix.columns if column.id in used]
    if not rows or not columns:
        return
    cells = [[_cell(facts.matrix.cells[row.id].get(column.id), voice) for column in columns] for row in rows]
    yield Paragraph(
        voice.t(
            N_(
                "{direct}: direct, counts in full. {supporting}: supporting, counts by one half. "
                "{enabling}: enabling, counts by one quarter."
            ),
            direct=voice.t(N_("D")),
            supporting=voice.t(N_("S")),
            enabling=voice.t(N_("E")),
        )
    )
    count = sum(cell is not None for row in cells for cell in row)
    yield Figure(
        MatrixChart([f"{row.code}  {row.title}" for row in rows], [one.code for one in columns], cells),
        alt=voice.t(
            N_(
                "Matrix of {rows} by {columns} with {cells}; the table of answers above says the same in words."
            ),
            rows=voice.plural("{n} recommendation", "{n} recommendations", len(rows)),
            columns=voice.plural("{n} initiative", "{n} initiatives", len(columns)),
            cells=voice.plural("{n} contribution", "{n} contributions", count),
        ),
        caption=voice.t(N_("Contributions of initiatives to supported recommendations")),
        data=_key(facts, voice, used),
    )


def _cell(kind: str | None, voice: Voice) -> tuple[float, str] | None:
    return None if kind is None else (QUARTERS[kind] / 4, voice.t(SIGNS[ContributionKind(kind)]))


def _key(facts: RecommendationFacts, voice: Voice, used: set[int]) -> Table:
    """What the codes above the columns stand for."""
    return Table(
        (
            Column(voice.t(N_("Code")), 0.8),
            Column(voice.t(N_("Initiative")), 4),
            Column(voice.t(N_("Result kept")), 1, "end"),
        ),
        [
            (
                Cell(one.code, header=True, scope="Row"),
                one.title,
                voice.say.percent(facts.matrix.kept[one.id] / 100)
                if one.id in facts.matrix.kept
                else NOTHING,
            )
            for one in facts.matrix.columns
            if one.id in used
        ],
    )


def sources(facts: RecommendationFacts, voice: Voice) -> Iterator[Block]:
    """The roundtables themselves."""
    yield from roundtable_sources(facts.roundtables, voice)
