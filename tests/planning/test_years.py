"""Fiscal years in a row: which days they have, what is carried forward, and what stops, ends and runs past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.planning.agenda import CommitmentFact
from cityplanner.planning.facts import FundChange, FundFact, OfficeFacts, PositionFact
from cityplanner.planning.gathering import gather
from cityplanner.planning.years import carried, chain, fiscal_year, span, year_words
from cityplanner.store.plan_file import Plan
from tests.planning.builders import YEAR, initiative, level, line, link, recommendation, scenario

JULY = 7
THREE = Decimal(3)


def office() -> OfficeFacts:
    """Two initiatives, of which the second ends in the year after; an ongoing fund and a grant."""
    return OfficeFacts(
        recommendations=(recommendation(1, 1), recommendation(2, 1)),
        initiatives=(initiative(1), replace(initiative(2), ends_on=date(2028, 6, 30))),
        levels=(
            level(10, 1, 100, line(1, 100_000), fte="0.5"),
            level(11, 1, 0, kind="pause"),
            level(20, 2, 100, line(2, 40_000), fte="0.25"),
        ),
        contributions=(link(1, 1), link(2, 2)),
        funds=(
            FundFact(1, "G", "General", {YEAR: 150_000, YEAR + 1: 155_000}),
            FundFact(2, "R", "Grant", {YEAR: 40_000}, ongoing=False),
        ),
        positions=(PositionFact(1, "Officer", Decimal(1), 0),),
    )


PLAN = scenario({1: 10, 2: 20})
PROMISES = (
    CommitmentFact(1, "Send the draft", "ours", "pending", date(2026, 5, 1)),
    CommitmentFact(2, "Host the visit", "ours", "in progress", date(2028, 6, 30)),
    CommitmentFact(3, "Return the loan", "theirs", "pending", date(2031, 1, 1)),
    CommitmentFact(4, "Done", "ours", "completed", date(2027, 1, 1)),
    CommitmentFact(5, "Some day", "ours", "pending"),
)


def test_a_fiscal_year_is_named_after_the_year_it_ends_in() -> None:
    assert span(2027, JULY) == (date(2026, 7, 1), date(2027, 6, 30))
    assert span(2027, 1) == (date(2027, 1, 1), date(2027, 12, 31))
    assert span(2028, 3) == (date(2027, 3, 1), date(2028, 2, 29))
    assert fiscal_year(date(2026, 6, 30), JULY) == 2026
    assert fiscal_year(date(2026, 7, 1), JULY) == 2027
    assert fiscal_year(date(2026, 12, 31), 1) == 2026


@given(st.dates(date(1991, 1, 1), date(2099, 12, 31)), st.integers(1, 12))
def test_every_day_lies_in_its_fiscal_year_and_years_follow_each_other(on: date, start_month: int) -> None:
    year = fiscal_year(on, start_month)
    first, last = span(year, start_month)
    assert first <= on <= last
    assert last.year == year
    assert span(year + 1, start_month)[0] == last + timedelta(days=1)


def test_costs_grow_from_year_to_year() -> None:
    grown = replace(PLAN, cost_growth=THREE)
    assert carried(grown, YEAR, THREE) == grown
    assert carried(grown, YEAR + 1, THREE).cost_growth == Decimal("6.09")
    assert carried(PLAN, YEAR + 2, Decimal(-10)).cost_growth == Decimal(-19)
    with pytest.raises(ValueError, match="cannot be carried back"):
        carried(PLAN, YEAR - 1, THREE)


def test_a_scenario_carried_forward_meets_the_money_that_is_left() -> None:
    first, second, third = chain(office(), PLAN, (None, None), THREE, JULY)

    assert [one.fiscal_year for one in (first, second, third)] == [YEAR, YEAR + 1, YEAR + 2]
    assert [one.carried for one in (first, second, third)] == [False, True, True]
    # 100,000 and 40,000; then 3 per cent more; then 6.09 per cent more of the first alone, the second has ended.
    assert [one.outcome.total for one in (first, second, third)] == [140_000, 144_200, 106_090]
    assert first.over == 0
    # The grant is gone in the second year: the 41,200 asked of it are missing.
    assert (second.amount, second.over) == (155_000, 41_200)
    assert second.ended_fund_ids == (2,)
    assert second.assumed_fund_ids == ()
    # The general fund has no amount for the third year: the last one stands.
    assert (third.amount, third.over) == (155_000, 0)
    assert third.assumed_fund_ids == (1,)
    assert third.stopped_ids == (2,)
    assert [one.outcome.coverage.office.coverage for one in (second, third)] == [1, Decimal("0.5")]
    assert [one.outcome.capacity.fte_needed for one in (first, third)] == [Decimal("0.75"), Decimal("0.5")]


def test_a_year_may_have_a_scenario_of_its_own_and_the_next_carries_that() -> None:
    cut = replace(
        PLAN, name="Cut", fiscal_year=YEAR + 1, decisions={1: 11}, fund_changes=(FundChange(1, Decimal(-50)),)
    )

    _first, second, third = chain(office(), PLAN, (cut, None), THREE, JULY)

    assert second.scenario == cut
    assert second.stopped_ids == (1, 2)
    assert (second.amount, third.amount) == (77_500, 77_500)
    assert third.scenario.decisions == {1: 11}
    with pytest.raises(ValueError, match="is of fiscal year 2028, not 2029"):
        chain(office(), PLAN, (None, cut), THREE, JULY)


def test_promises_fall_due_in_their_year_and_initiatives_and_promises_run_past_the_last() -> None:
    first, second = chain(office(), PLAN, (None,), THREE, JULY, PROMISES)

    assert (first.due_ids, first.later_ids) == ((1,), (2, 3))
    assert (second.due_ids, second.later_ids) == ((2,), (3,))
    assert (first.past_ids, second.past_ids) == ((2,), ())
    words = year_words(office(), (first,), PROMISES)
    assert "Initiative 2 runs past these years, until Jun 30, 2028." in words
    assert "Promised past these years, for Jan 1, 2031: Return the loan" in words
    assert "Grant is one-time money and has no amount for fiscal year 2028." in year_words(
        office(), (first, second), PROMISES
    )
    assert year_words(office(), (), PROMISES) == ()


def test_calendar_years_have_other_days_and_promises() -> None:
    (only,) = chain(office(), PLAN, (), THREE, 1, PROMISES)

    assert (only.first_on, only.last_on) == (date(2027, 1, 1), date(2027, 12, 31))
    assert only.past_ids == (2,)


def test_the_sample_plans_budget_is_carried_past_its_grants(sample: Plan) -> None:
    facts = gather(sample, date(2026, 11, 2))
    adopted = facts.adopted()
    current_level = next(one for one in facts.scenarios if one.kind == "current service level")
    assert adopted is not None

    years = chain(facts.office, adopted, (current_level, None), THREE, JULY, facts.agenda.commitments)

    assert [one.over for one in years[:2]] == [0, 0]
    assert years[2].over > 0
    names = {fund.id: fund.name for fund in facts.office.funds}
    assert "Welcoming Communities Grant" in {names[key] for key in years[2].ended_fund_ids}
    assert years[0].due_ids
