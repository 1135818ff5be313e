"""The facts of the recommendations briefing: the board, coverage by group, and the matrix behind them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cityplanner.model.office import Office
from cityplanner.model.recommendation import Response
from cityplanner.model.roundtable import LinkKind, Roundtable
from cityplanner.planning import coverage
from cityplanner.planning.board import Board, BoardItem, Tie, read_board
from cityplanner.planning.gathering import gather as gather_plan
from cityplanner.planning.matrix import Matrix, matrix
from cityplanner.reports.choices import Choices
from cityplanner.reports.kind import office_of
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records


@dataclass(frozen=True, slots=True)
class Link:
    """Two source items that repeat, evolve or contradict each other; `earlier` was said first."""

    earlier: BoardItem
    later: BoardItem
    kind: LinkKind
    note: str


@dataclass(frozen=True, slots=True)
class RecommendationFacts:
    """What the recommendations briefing says."""

    office: Office
    today: dt.date
    board: Board
    coverage: coverage.Coverage
    matrix: Matrix
    roundtables: tuple[Roundtable, ...]
    links: tuple[Link, ...]
    withheld: int = 0

    def supported(self) -> tuple[BoardItem, ...]:
        """The items that the office supports, in part or whole."""
        return tuple(one for one in self.board.items if one.response in _SUPPORTED)


_SUPPORTED = (Response.PARTLY, Response.SUPPORTED)


def gather(plan: Plan, choices: Choices, today: dt.date) -> RecommendationFacts:
    """Read the board and the coverage by the scenario that holds; nothing in it is personal or confidential."""
    office = office_of(plan)
    facts = gather_plan(plan, today)
    holds = facts.adopted()
    board = read_board(plan, today)
    with plan.reading() as session:
        roundtables = tuple(records(session, Roundtable))
    return RecommendationFacts(
        office=office,
        today=today,
        board=board,
        coverage=coverage.measure(facts.office, holds.decisions if holds else {}),
        matrix=matrix(facts),
        roundtables=roundtables,
        links=_links(board),
    )


def _links(board: Board) -> tuple[Link, ...]:
    """Every link once, the item of the earlier roundtable first."""
    items = {one.id: one for one in board.items}
    found = [_link(one, items[tie.item_id], tie) for one in board.items for tie in one.ties if tie.towards]
    return tuple(sorted(found, key=lambda link: (link.earlier.place, link.earlier.code, link.later.code)))


def _link(own: BoardItem, other: BoardItem, tie: Tie) -> Link:
    earlier, later = sorted((own, other), key=lambda one: (one.place, one.code))
    return Link(earlier, later, tie.kind, tie.note)
