"""Relationship health: hand-worked results, the three-engagement rule, and the next contact."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.planning import health
from cityplanner.planning.health import Aspect
from tests.planning.builders import partner

TODAY = date(2026, 6, 30)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_the_result_weighs_recency_commitments_and_engagements() -> None:
    one = partner(1, 100, last_contact_on=ago(150), engagement_count=6, commitments_kept=2, commitments_due=3)
    found = health.assess(one, TODAY)
    # recency 2 - 150/100 = 0.5 -> 25; kept 2/3 of 30 = 20; 6/12 of 20 = 10; together 55
    assert [part.points for part in found.parts] == [25, 20, 10]
    assert (found.result, found.summary) == (Fraction(55), "55")
    assert [part.reason for part in found.parts] == [
        "Last contact 150 days ago; the interval is 100 days.",
        "2 of 3 commitments kept.",
        "6 engagements logged.",
    ]


def test_an_aspect_that_cannot_be_judged_leaves_its_weight_to_the_others() -> None:
    found = health.assess(partner(1, None, engagement_count=3), TODAY)
    # only engagements: 3/12 of all the weight
    assert found.result == 25
    assert [part.share for part in found.parts] == [None, None, Fraction(1, 4)]
    assert [part.points for part in found.parts] == [0, 0, 25]
    assert found.parts[0].reason == "No keep-in-touch interval is set."
    assert found.parts[1].reason == "No commitment has come due yet."


@pytest.mark.parametrize("count", [0, 1, 2])
def test_below_three_engagements_there_is_no_number(count: int) -> None:
    found = health.assess(partner(1, last_contact_on=TODAY, engagement_count=count), TODAY)
    assert (found.result, found.summary) == (None, "insufficient data")


@pytest.mark.parametrize(
    ("days", "share"), [(0, 1), (100, 1), (125, Fraction(3, 4)), (200, 0), (900, 0), (-5, 1)]
)
def test_recency_is_full_within_the_interval_and_gone_at_twice_it(days: int, share: Fraction) -> None:
    assert health.recency(partner(1, 100, last_contact_on=ago(days)), TODAY) == share


def test_recency_without_any_contact_is_nothing() -> None:
    assert health.recency(partner(1), TODAY) == 0


def test_engagements_count_up_to_twelve() -> None:
    assert health.engagement_share(partner(1, engagement_count=40)) == 1


def test_the_next_contact_is_due_one_interval_after_the_last() -> None:
    found = health.next_contact(partner(1, 30, last_contact_on=ago(40)), TODAY)
    assert found == health.NextContact(date(2026, 6, 20), -10)
    assert found.overdue


def test_a_contact_due_today_is_not_overdue() -> None:
    found = health.next_contact(partner(1, 30, last_contact_on=ago(30)), TODAY)
    assert found == health.NextContact(TODAY, 0)
    assert not found.overdue


def test_a_partner_never_contacted_is_due_today() -> None:
    assert health.next_contact(partner(1, 30), TODAY) == health.NextContact(TODAY, 0)


def test_without_an_interval_no_contact_is_due() -> None:
    assert health.next_contact(partner(1, None, last_contact_on=TODAY), TODAY) is None


def test_all_aspects_are_named() -> None:
    assert {part.aspect for part in health.assess(partner(1), TODAY).parts} == set(Aspect)


@given(
    st.none() | st.integers(1, 400),
    st.none() | st.integers(0, 2000),
    st.integers(3, 50),
    st.integers(0, 10),
    st.integers(0, 10),
)
def test_health_is_between_nothing_and_a_hundred_and_the_points_add_up(
    interval: int | None, days: int | None, count: int, kept: int, overdue: int
) -> None:
    last = None if days is None else ago(days)
    one = partner(
        1,
        interval,
        last_contact_on=last,
        engagement_count=count,
        commitments_kept=kept,
        commitments_due=kept + overdue,
    )
    found = health.assess(one, TODAY)
    assert found.result is not None
    assert 0 <= found.result <= 100
    assert sum(part.points for part in found.parts) == found.result


@given(st.integers(0, 900), st.integers(0, 900))
def test_a_later_contact_never_lowers_health(one: int, other: int) -> None:
    near, far = sorted((one, other))
    results = [
        health.assess(partner(1, 90, last_contact_on=ago(days), engagement_count=5), TODAY).result
        for days in (near, far)
    ]
    assert results[0] is not None
    assert results[1] is not None
    assert results[0] >= results[1]
