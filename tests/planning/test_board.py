"""The board of the sample plan: every item, what covers it, and its links from both ends."""

from __future__ import annotations

from datetime import date

import pytest

from cityplanner.model.recommendation import Response
from cityplanner.model.roundtable import LinkKind
from cityplanner.planning.board import Board, read_board
from cityplanner.store.plan_file import Plan

TODAY = date(2026, 11, 2)


@pytest.fixture
def board(sample: Plan) -> Board:
    """The board of the sample plan."""
    return read_board(sample, TODAY)


def test_every_item_stands_on_the_board_by_code(board: Board) -> None:
    codes = [item.code for item in board.items]

    assert len(codes) == 52
    assert codes == sorted(codes)
    assert board.scenario == "Adopted budget FY 2027"


def test_coverage_is_the_sum_of_what_covers_it_and_never_more_than_all(board: Board) -> None:
    covered = [item for item in board.items if item.coverage is not None]

    assert covered
    assert all(item.coverage == min(1, sum(one.share for one in item.covers)) for item in covered)
    assert {item.response for item in board.items if item.coverage is None} <= {Response.NONE}


def test_every_link_is_seen_from_both_ends(board: Board) -> None:
    seen = {(item.id, tie.item_id, tie.kind, tie.towards) for item in board.items for tie in item.ties}

    assert {kind for _one, _other, kind, _towards in seen} >= {LinkKind.EVOLVES, LinkKind.TENSION}
    assert all((other, one, kind, not towards) in seen for one, other, kind, towards in seen)


def test_only_supported_items_have_gaps(board: Board) -> None:
    assert all(item.response.counts for item in board.items if item.gaps)
