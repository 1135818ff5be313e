"""Repetitions of a visit: the same words, initiative or sector, never the visit itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cityplanner.base.language import language
from cityplanner.model.engagement import Engagement, EngagementPartner, EngagementStatus, Sector
from cityplanner.planning.visits import SPAN, Topic, repeated, telling, words_of
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.visits import Visit, visits
from tests.builders import make

ON = datetime(2026, 5, 4, 15, 0, tzinfo=UTC)


def visit(number: int = 1, title: str = "", purpose: str = "", sector: Sector | None = None) -> Visit:
    """An earlier visit."""
    return Visit(number, 7, ON - timedelta(days=number), "UTC", title, purpose, sector, frozenset())


def test_words_are_folded_and_those_that_tell_nothing_left_out() -> None:
    assert telling("Study visit with the Délégation on HARBOUR logistics") == {"harbour", "logistics"}


@pytest.mark.parametrize(
    ("topic", "same"),
    [
        (Topic("Harbour works"), True),
        (Topic("Meeting about schools"), False),
        (Topic("Nagoya again", names="Nagoya"), False),
        (Topic("", "health"), True),
        (Topic("", "sport"), False),
        (Topic("Harbour", besides=1), False),
    ],
)
def test_what_is_the_same_matter(topic: Topic, same: bool) -> None:
    earlier = visit(1, "Meeting: Nagoya", "The harbour", Sector.HEALTH)

    assert bool(repeated(topic, [earlier])) is same


def test_the_most_alike_comes_first_and_is_said_in_words() -> None:
    near, far = visit(2, "Harbour logistics"), visit(1, "Harbour")
    found = repeated(Topic("harbour logistics"), [far, near])

    assert [one.visit.id for one in found] == [2, 1]
    assert words_of(found[0], "Nagoya", language("en")) == (
        "Nagoya was here about this within two years: “Harbour logistics”, May 2, 2026"
        " (same words: harbour, logistics)."
    )


def test_a_sector_or_initiative_alone_counts_only_where_nothing_is_more_alike() -> None:
    same_words, same_sector = visit(1, "Harbour"), visit(2, "Schools", sector=Sector.HEALTH)
    topic = Topic("harbour", "health")

    assert [one.visit.id for one in repeated(topic, [same_words, same_sector])] == [1]
    assert [one.visit.id for one in repeated(topic, [same_sector])] == [2]


def test_only_what_was_held_or_is_planned_within_two_years_counts(plan: Plan) -> None:
    with plan.edit("Log") as edit:
        partner = None
        for days, status in (
            (10, EngagementStatus.COMPLETED),
            (20, EngagementStatus.DECLINED),
            (800, EngagementStatus.COMPLETED),
            (-1, EngagementStatus.COMPLETED),
        ):
            made = make(
                edit, Engagement, full=False, starts_at=ON - timedelta(days=days), status=status, zone="UTC"
            )
            given = {"partner_id": partner} if partner else {}
            partner = make(edit, EngagementPartner, full=False, engagement_id=made.id, **given).partner_id
    assert partner is not None
    with plan.reading() as session:
        found = visits(session, [partner], ON - SPAN, ON)

    assert [one.starts_at for one in found] == [ON - timedelta(days=10)]
