"""Capacity: furlough, hours for keeping in touch, and the order in which partners fall silent."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.planning import capacity
from cityplanner.planning.facts import PartnerFact, PositionFact
from tests.planning.builders import partner


def silent(partners: list[PartnerFact], hours: int, served: tuple[int, ...] = ()) -> list[int]:
    return [one.id for one in capacity.silent_partners(partners, served, Fraction(hours))]


def test_thirteen_furlough_days_take_a_twentieth_of_an_fte() -> None:
    # 4 * (1 - 13/260) = 4 * 0.95 = 3.8
    assert capacity.fte_after_furlough(Decimal(4), Decimal(13)) == Fraction(38, 10)


def test_furlough_is_exact_where_decimals_are_not() -> None:
    # 1.5 * (1 - 7/260) = 1.5 * 253/260 = 379.5/260
    assert capacity.fte_after_furlough(Decimal("1.5"), Decimal(7)) == Fraction(759, 520)


@pytest.mark.parametrize("days", [Decimal(-1), Decimal(261)])
def test_impossible_furlough_is_refused(days: Decimal) -> None:
    with pytest.raises(ValueError, match="furlough days"):
        capacity.fte_after_furlough(Decimal(1), days)


def test_contact_hours_are_contacts_a_year_times_hours_each() -> None:
    # every 73 days: 365/73 = 5 contacts of 1.5 hours
    assert capacity.contact_hours(partner(1, 73, "1.5")) == Fraction(75, 10)


def test_a_partner_without_an_interval_takes_no_hours() -> None:
    assert capacity.contact_hours(partner(1, None, "8")) == 0


def test_hours_left_are_the_fte_that_initiatives_leave() -> None:
    # (3.8 - 3.5) * 2080 = 624; with 37.5-hour weeks (1950 a year) 585
    assert capacity.hours_left(Fraction(38, 10), Fraction(35, 10)) == 624
    assert capacity.hours_left(Fraction(38, 10), Fraction(35, 10), 1950) == 585


def test_hours_left_are_never_less_than_none() -> None:
    assert capacity.hours_left(Fraction(1), Fraction(2)) == 0


def test_frozen_positions_are_not_staffed() -> None:
    positions = [PositionFact(1, "Director", Decimal(1), 0), PositionFact(2, "Officer", Decimal("0.5"), 0)]
    assert capacity.staffing(positions, {2}, Decimal(26)) == (Fraction(3, 2), Fraction(9, 10))


def test_nobody_falls_silent_while_hours_suffice() -> None:
    assert silent([partner(1), partner(2)], 20) == []


def test_partners_fall_silent_in_the_stated_order_until_the_rest_fits() -> None:
    partners = [
        partner(1, last_contact_on=date(2026, 5, 1)),
        partner(2, last_contact_on=date(2026, 1, 1)),
        partner(3),
        partner(4, last_contact_on=date(2025, 1, 1)),
        partner(5, last_contact_on=date(2026, 5, 1)),
        partner(6, None),
    ]
    # each of the five with an interval takes 5 * 2 = 10 hours, together 50; an initiative serves partner 4
    assert silent(partners, 50, served=(4,)) == []
    assert silent(partners, 49, served=(4,)) == [3]
    assert silent(partners, 25, served=(4,)) == [3, 2, 5]
    assert silent(partners, 0, served=(4,)) == [3, 2, 5, 1, 4]


def test_everything_at_once() -> None:
    found = capacity.assess(
        [PositionFact(1, "Officer", Decimal(2), 0)],
        (),
        Decimal(26),
        Decimal("1.795"),
        [partner(1), partner(2, last_contact_on=date(2026, 1, 1))],
        (),
    )
    # 2 * 0.9 = 1.8 FTE; 0.005 left * 2080 = 10.4 hours of the 20 needed
    assert (found.fte_before, found.fte_after, found.fte_left) == (
        Fraction(2),
        Fraction(18, 10),
        Fraction(5, 1000),
    )
    assert (found.hours_left, found.contact_hours_needed) == (Fraction(104, 10), Fraction(20))
    assert found.contact_hours_short == Fraction(96, 10)
    assert found.silent_partner_ids == (1,)


partners_in_touch = st.lists(
    st.builds(
        lambda interval, hours, last: (interval, hours, last),
        st.none() | st.integers(1, 400),
        st.integers(0, 20),
        st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    ),
    max_size=8,
).map(
    lambda rows: [
        partner(key, interval, str(hours), last_contact_on=last)
        for key, (interval, hours, last) in enumerate(rows)
    ]
)


@given(partners_in_touch, st.integers(0, 500), st.integers(0, 500), st.sets(st.integers(0, 7)))
def test_fewer_hours_only_silence_more(
    partners: list[PartnerFact], one: int, other: int, served: set[int]
) -> None:
    few, many = sorted((one, other))
    of_many = silent(partners, many, tuple(served))
    assert silent(partners, few, tuple(served))[: len(of_many)] == of_many


@given(partners_in_touch, st.integers(0, 500), st.randoms(use_true_random=False))
def test_the_order_of_partners_changes_nothing(
    partners: list[PartnerFact], hours: int, chance: random.Random
) -> None:
    mixed = list(partners)
    chance.shuffle(mixed)
    assert silent(mixed, hours) == silent(partners, hours)


@given(partners_in_touch, st.integers(0, 500))
def test_those_kept_fit_into_the_hours(partners: list[PartnerFact], hours: int) -> None:
    given_up = silent(partners, hours)
    assert sum(capacity.contact_hours(one) for one in partners if one.id not in given_up) <= hours
