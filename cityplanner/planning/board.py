"""The recommendations board: every source item with its answer, what covers it, its links and its gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from fractions import Fraction

from cityplanner.model.recommendation import Answer, Response
from cityplanner.model.roundtable import ItemKind, ItemLink, LinkKind, Roundtable, Section, SourceItem
from cityplanner.planning import coverage
from cityplanner.planning.facts import OfficeFacts
from cityplanner.planning.gaps import Evidence, Gap, gaps
from cityplanner.planning.gathering import gather
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.evidence import last_engaged, last_measured
from cityplanner.store.queries.records import Reading, records


@dataclass(frozen=True, slots=True)
class Cover:
    """An initiative that answers an item: how closely, and what it gives (0 while it does not run)."""

    initiative_id: int
    code: str
    title: str
    contribution: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Tie:
    """A link to another item; `towards`: this item is the one it starts from."""

    item_id: int
    code: str
    title: str
    kind: LinkKind
    towards: bool
    note: str


@dataclass(frozen=True, slots=True)
class BoardItem:
    """A source item; `coverage` is None for one that is neither a recommendation nor answered."""

    id: int
    code: str
    title: str
    text: str
    kind: ItemKind
    support: str
    theme: str
    roundtable: str
    section: str
    place: tuple[str, int, int]
    response: Response
    weight: int | None
    coverage: Fraction | None
    covers: tuple[Cover, ...]
    ties: tuple[Tie, ...]
    gaps: frozenset[Gap]


@dataclass(frozen=True, slots=True)
class Board:
    """All items by code; `scenario` is the one that coverage is measured by, empty for none."""

    items: tuple[BoardItem, ...]
    scenario: str


def read_board(plan: Plan, today: date) -> Board:
    """Read and calculate the board of a plan."""
    facts = gather(plan, today)
    holds = facts.adopted()
    decisions = holds.decisions if holds else {}
    measured = coverage.measure(facts.office, decisions)
    by_id = {one.recommendation_id: one for one in measured.recommendations}
    with plan.reading() as session:
        until = datetime.combine(today, time.max, UTC)
        evidence = Evidence(last_engaged(session, until), last_measured(session, today))
        found = gaps(facts.office, decisions, evidence, today)
        return Board(_items(session, facts.office, by_id, found), holds.name if holds else "")


def _items(
    session: Reading,
    office: OfficeFacts,
    measured: Mapping[int, coverage.RecommendationCoverage],
    found: Mapping[int, frozenset[Gap]],
) -> tuple[BoardItem, ...]:
    roundtables = {one.id: one for one in records(session, Roundtable)}
    sections = {one.id: one for one in records(session, Section)}
    answers = {one.source_item_id: one for one in records(session, Answer)}
    items = records(session, SourceItem, "code")
    ties = _ties(session, {item.id: item for item in items})
    made = []
    for item in items:
        section, answer = sections[item.section_id], answers.get(item.id)
        roundtable, of_one = roundtables[section.roundtable_id], measured.get(item.id)
        made.append(
            BoardItem(
                id=item.id,
                code=item.code,
                title=item.title,
                text=item.text,
                kind=item.kind,
                support=item.support,
                theme=item.theme,
                roundtable=roundtable.title,
                section=section.title,
                place=(roundtable.held_on, roundtable.id, section.number),
                response=answer.response if answer else Response.NONE,
                weight=answer.weight if answer else None,
                coverage=of_one.coverage if of_one else None,
                covers=_covers(office, of_one),
                ties=tuple(ties.get(item.id, ())),
                gaps=found.get(item.id, frozenset()),
            )
        )
    return tuple(made)


def _covers(office: OfficeFacts, of_one: coverage.RecommendationCoverage | None) -> tuple[Cover, ...]:
    if of_one is None:
        return ()
    known = {one.id: one for one in office.initiatives}
    return tuple(
        Cover(one.id, one.code, one.title, share.contribution, share.share)
        for share in of_one.shares
        if (one := known.get(share.initiative_id)) is not None
    )


def _ties(session: Reading, items: Mapping[int, SourceItem]) -> dict[int, list[Tie]]:
    """Links by item, from both ends."""
    found: dict[int, list[Tie]] = {}
    for link in records(session, ItemLink):
        for own, other, towards in ((link.from_id, link.to_id, True), (link.to_id, link.from_id, False)):
            item = items[other]
            tie = Tie(item.id, item.code, item.title, link.kind, towards, link.note)
            found.setdefault(own, []).append(tie)
    return found
