"""Scenarios: what they cost and whether they balance, by hand, and the speed of a full recalculation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.planning import scenarios
from cityplanner.planning.facts import FundChange, OfficeFacts, PositionFact
from cityplanner.planning.losses import losses
from cityplanner.planning.scenarios import FundTotal, Misuse, Outcome, Total, changed, fund_amount, outcome
from tests.pace import quickest
from tests.planning.builders import (
    YEAR,
    fund,
    initiative,
    large_office,
    level,
    line,
    link,
    partner,
    recommendation,
    scenario,
)


def small_office() -> OfficeFacts:
    """Two initiatives, two funds: the second fund pays only for equity."""
    return OfficeFacts(
        recommendations=(recommendation(1, 3), recommendation(2, 1)),
        initiatives=(
            initiative(1, "networks", sdgs=(17,), partner_ids=(1,), agreement_ids=(5,)),
            initiative(2, "equity", sdgs=(5, 17), partner_ids=(2,), mandated_level_id=20),
        ),
        levels=(
            level(10, 1, 100, line(1, 60_000), line(1, 20_000, "dues"), fte="1.0"),
            level(11, 1, 50, line(1, 30_000), kind="reduced", fte="0.5"),
            level(12, 1, 0, kind="pause"),
            level(20, 2, 100, line(2, 40_000), fte="0.4"),
        ),
        contributions=(link(1, 1), link(2, 2)),
        funds=(fund(1, 90_000), fund(2, 40_000, themes=("equity",))),
        positions=(PositionFact(1, "Director", Decimal("1.5"), 100_000),),
        partners=(partner(1), partner(2)),
    )


FULL = {1: 10, 2: 20}


def settle(office: OfficeFacts, decisions: Mapping[int, int | None], **options: object) -> Outcome:
    return outcome(office, scenario(decisions, **options), {1: 2, 2: 1})


@pytest.mark.parametrize(
    ("amount", "percent", "expected"),
    [
        (100_000, "-15", 85_000),
        (1_001, "-50", 501),  # 500.5, half up
        (333, "3.5", 345),  # 344.655
        (-1_001, "-50", -500),  # -500.5, half up
        (7, "0", 7),
    ],
)
def test_a_change_in_per_cent_is_rounded_half_up(amount: int, percent: str, expected: int) -> None:
    assert changed(amount, Decimal(percent)) == expected


def test_a_fund_is_changed_by_per_cent_then_by_amount() -> None:
    # 90,000 * 0.75 = 67,500; less 7,500
    changes = [FundChange(1, Decimal(-25), -7_500), FundChange(2, Decimal(50))]
    assert fund_amount(fund(1, 90_000), YEAR, changes) == 60_000


def test_a_fund_never_falls_below_nothing() -> None:
    assert fund_amount(fund(1, 10), YEAR, [FundChange(1, amount=-50)]) == 0


def test_a_fund_without_an_amount_for_the_year_offers_nothing_and_says_so() -> None:
    office = replace(small_office(), funds=(fund(1, None), fund(2, 40_000)))
    assert settle(office, FULL).funds[0] == FundTotal(1, 0, 80_000, stated=False)


def test_every_breakdown_adds_up_to_the_total() -> None:
    found = settle(small_office(), FULL)
    assert found.total == 120_000
    assert found.funds == (FundTotal(1, 90_000, 80_000, True), FundTotal(2, 40_000, 40_000, True))
    assert found.themes == (Total("equity", 40_000), Total("networks", 80_000))
    assert found.categories == (Total("dues", 20_000), Total("travel", 100_000))
    assert found.quartiles == (Total(1, 40_000), Total(2, 80_000))


def test_a_scenario_within_its_funds_is_ready() -> None:
    found = settle(small_office(), FULL)
    assert found.ready
    assert scenarios.gap_words(small_office(), found, "USD") == ()


def test_a_fund_over_its_amount_says_by_how_much() -> None:
    found = settle(small_office(), FULL, fund_changes=(FundChange(1, Decimal(-25)),))
    # 90,000 * 0.75 = 67,500 against 80,000
    assert (found.funds[0].gap, found.funds[0].over, found.ready) == (-12_500, 12_500, False)
    assert found.over == (found.funds[0],)
    assert scenarios.gap_words(small_office(), found, "USD") == ("Fund 1 is over its amount by $125.",)


def test_a_lower_level_closes_the_gap() -> None:
    found = settle(small_office(), {1: 11, 2: 20}, fund_changes=(FundChange(1, Decimal(-25)),))
    assert (found.funds[0].gap, found.ready) == (37_500, True)


def test_cost_growth_raises_every_line() -> None:
    # 60,000 * 1.05 + 20,000 * 1.05 = 84,000; 40,000 * 1.05 = 42,000
    found = settle(small_office(), FULL, cost_growth=Decimal(5))
    assert [total.needed for total in found.funds] == [84_000, 42_000]


def test_money_spent_against_a_restriction_is_named_and_not_ready() -> None:
    office = replace(small_office(), funds=(fund(1, 90_000, themes=("equity",)), fund(2, 40_000)))
    found = settle(office, FULL)
    assert (found.misuses, found.ready) == ((Misuse(1, 1, 80_000),), False)
    assert scenarios.gap_words(office, found, "USD") == (
        "Fund 1 may not pay for Initiative 1, which asks it for $800.",
    )


def test_a_fund_may_be_restricted_to_initiatives_or_themes() -> None:
    one = initiative(1, "virtual")
    assert scenarios.may_pay(fund(1, only=(1,)), one)
    assert scenarios.may_pay(fund(1, themes=("equity",), only=(1,)), one)
    assert not scenarios.may_pay(fund(1, only=(2,)), one)


def test_cost_without_a_fund_is_not_ready() -> None:
    office = replace(small_office(), levels=(level(10, 1, 100, line(None, 500)), level(20, 2)))
    found = settle(office, {1: 10})
    assert (found.unfunded, found.ready) == (500, False)
    assert "$5 has no fund yet." in scenarios.gap_words(office, found, "USD")


def test_fte_and_mandates_are_told_without_blocking() -> None:
    # 1.5 * (1 - 26/260) = 1.35 FTE for 1.0
    found = settle(small_office(), {1: 10}, furlough_days=Decimal(26))
    assert (found.capacity.fte_after, found.capacity.fte_left) == (Fraction(135, 100), Fraction(35, 100))
    assert (found.mandates_broken, found.ready) == ((2,), True)
    short = settle(small_office(), FULL, furlough_days=Decimal(26))
    # 1.35 FTE for 1.4
    assert scenarios.gap_words(small_office(), short, "USD") == ("0.05 FTE more are needed than there are.",)


def test_a_level_above_the_mandated_one_keeps_the_mandate() -> None:
    mandated = initiative(1, mandated_level_id=11)
    office = replace(small_office(), initiatives=(mandated, small_office().initiatives[1]))
    broken = [settle(office, {1: key, 2: 20}).mandates_broken for key in (10, 11, 12)]
    assert broken == [(), (), (1,)]


def test_a_position_charged_to_a_fund_costs_less_on_furlough_and_nothing_frozen() -> None:
    office = replace(small_office(), positions=(PositionFact(1, "Director", Decimal(2), 10_000, 1),))
    # 10,000 * 1.02 = 10,200; of 260 days 13 are not paid: 10,200 * 0.95 = 9,690
    found = settle(office, {2: 20}, furlough_days=Decimal(13), cost_growth=Decimal(2))
    assert found.funds[0].needed == 9_690
    assert Total("personnel", 9_690) in found.categories
    assert Total(None, 9_690) in found.themes
    assert settle(office, {2: 20}, frozen_position_ids=frozenset({1})).funds[0].needed == 0


def test_a_paused_initiative_does_not_run() -> None:
    found = settle(small_office(), {1: 12, 2: 20})
    assert (found.running_ids, found.sdgs, found.agreement_ids) == ((2,), (5, 17), ())


def test_a_pause_that_keeps_some_result_covers_without_running() -> None:
    office = replace(small_office(), levels=(level(12, 1, 20, kind="pause"), level(20, 2)))
    found = settle(office, {1: 12})
    # (3 * 0.2 + 1 * 0) / 4
    assert (found.running_ids, found.coverage.office.coverage) == ((), Fraction(15, 100))


def test_a_level_that_keeps_no_result_does_not_run() -> None:
    office = replace(small_office(), levels=(level(12, 1, 0, kind="virtual"), level(20, 2)))
    assert settle(office, {1: 12}).running_ids == ()


def test_coverage_is_that_of_the_chosen_levels() -> None:
    # (3 * 0.5 + 1 * 1) / 4
    assert settle(small_office(), {1: 11, 2: 20}).coverage.office.coverage == Fraction(25, 40)


@given(st.permutations(range(3)), st.integers(0, 200_000), st.integers(0, 200_000))
def test_more_money_never_makes_a_ready_scenario_unready(order: list[int], one: int, other: int) -> None:
    less, more = sorted((one, other))
    levels = small_office().levels
    office = replace(small_office(), levels=(*(levels[key] for key in order), levels[3]))
    poor, rich = (
        settle(replace(office, funds=(fund(1, amount), fund(2, 40_000))), FULL) for amount in (less, more)
    )
    assert rich.ready or not poor.ready


@given(st.lists(st.integers(-10_000, 1_000_000), max_size=6), st.decimals(-50, 50, places=2))
def test_breakdowns_add_up_whatever_the_amounts(amounts: list[int], growth: Decimal) -> None:
    lines = [line((1, 2, None)[key % 3], amount, f"category {key % 2}") for key, amount in enumerate(amounts)]
    office = replace(small_office(), levels=(level(10, 1, 100, *lines), level(20, 2)))
    found = settle(office, {1: 10}, cost_growth=growth)
    for breakdown in (found.themes, found.categories, found.quartiles):
        assert sum(total.amount for total in breakdown) == found.total
    assert sum(total.needed for total in found.funds) + found.unfunded == found.total


def test_a_full_recalculation_of_forty_initiatives_takes_under_ten_milliseconds() -> None:
    office = large_office()
    before = outcome(office, scenario({one.id: 3 * one.id + 2 for one in office.initiatives}))
    plan = scenario({one.id: 3 * one.id + one.id % 3 for one in office.initiatives})
    assert quickest(lambda: losses(office, before, outcome(office, plan))) < 10
