"""The best plan of a plan's records: other budgets, changes as records hold them, what is explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from cityplanner.planning.best import (
    Wishes,
    equity_scores,
    explain_in_child,
    problem_of,
    rising,
    single_changes,
    steps,
    totals,
    with_budget,
)
from cityplanner.planning.facts import FundChange
from cityplanner.planning.gathering import PlanFacts, gather
from cityplanner.planning.optimum.frontier import Point, total_budget
from cityplanner.planning.optimum.result import Contradiction, Solution
from cityplanner.planning.optimum.solve import solve
from cityplanner.planning.scenarios import fund_amount, outcome
from cityplanner.store.plan_file import Plan


@pytest.fixture
def facts(sample: Plan) -> PlanFacts:
    return gather(sample, date(2026, 11, 2))


def test_a_further_change_and_its_single_form_come_to_the_same_amounts(facts: PlanFacts) -> None:
    cut = facts.scenarios[-1]

    further = with_budget(facts.office, cut, Decimal(-15))
    single = single_changes(facts.office, further)

    assert len({one.fund_id for one in single}) == len(single) == len(facts.office.funds)
    for fund in facts.office.funds:
        there = fund_amount(fund, cut.fiscal_year, further.fund_changes)
        assert fund_amount(fund, cut.fiscal_year, single) == there
        assert there < fund_amount(fund, cut.fiscal_year, cut.fund_changes)
    assert single_changes(facts.office, replace(cut, fund_changes=(FundChange(1, Decimal(-5)),))) == (
        FundChange(1, Decimal(-5)),
    )


def test_the_budgets_of_a_frontier_have_the_scenarios_own_among_them(facts: PlanFacts) -> None:
    problem = problem_of(facts, facts.scenarios[-1])

    budgets = totals(problem, 9)

    assert len(budgets) == 9
    assert list(budgets) == sorted(budgets)
    assert total_budget(problem) in budgets


def test_a_cheaper_plan_that_is_better_stands_at_a_higher_budget() -> None:
    half, less = Fraction(1, 2), Fraction(49, 100)
    points = [
        Point(30, less, Fraction(1), {1: 2}),
        Point(10, None, None, None),
        Point(20, half, half, {1: 1}),
    ]

    found = rising(points)

    assert [one.budget for one in found] == [20, 30]
    assert found[1] == Point(30, half, Fraction(1), {1: 1})


def test_the_steps_of_a_frontier_say_what_is_raised_and_lowered_from_plan_to_plan(facts: PlanFacts) -> None:
    office = facts.office
    one, other = (office.initiatives[at].id for at in (0, 1))
    full, least = (
        {
            key: pick((x for x in office.levels if x.initiative_id == key), key=lambda x: x.result_share).id
            for key in (one, other)
        }
        for pick in (max, min)
    )
    half = Fraction(1, 2)
    points = [
        Point(10, None, None, None, impossible=True),
        Point(20, half, half, {one: least[one], other: full[other]}),
        Point(30, None, None, None),
        Point(40, half, half, {one: full[one], other: least[other]}),
    ]

    found = steps(office, points)

    assert [(step.up_ids, step.down_ids) for step in found] == [
        ((), ()),
        ((), ()),
        ((), ()),
        ((one,), (other,)),
    ]


def test_a_plan_is_explained_in_a_process_of_its_own(facts: PlanFacts) -> None:
    problem = problem_of(facts, facts.scenarios[-1])
    found = solve(problem)
    assert isinstance(found, Solution)

    told = explain_in_child(problem, found, "USD")

    assert told.reasons
    assert len(told.worth) == len(facts.office.funds) + 2
    assert len(told.least) == len(facts.office.funds) + 1


def test_wishes_are_kept_to_or_named_as_what_contradicts_itself(facts: PlanFacts) -> None:
    cut = facts.scenarios[-1]
    theme = next(item.theme for item in facts.office.recommendations if item.supported)
    wishes = Wishes(theme_floors={theme: Fraction(9, 10)}, equity_floor=Fraction(7, 10), in_touch=True)

    found = solve(problem_of(facts, cut, wishes))

    assert isinstance(found, Solution)
    reached = outcome(facts.office, replace(cut, decisions=found.decisions))
    shares = {one.key: one.coverage for one in reached.coverage.themes}
    assert (shares[theme] or 0) >= Fraction(9, 10)
    assert not reached.capacity.silent_partner_ids
    levels = facts.office.chosen(found.decisions)
    scores = {one.id: equity_scores(facts).get(one.id, 0) for one in facts.office.initiatives}
    kept = sum(scores[key] * level.result_share for key, level in levels.items())
    assert kept >= Fraction(7, 10) * 100 * sum(scores.values())
    free = solve(problem_of(facts, cut))
    assert isinstance(free, Solution)
    assert (free.coverage or 0) >= (found.coverage or 0)

    poor = with_budget(facts.office, cut, Decimal(-10))
    impossible = solve(problem_of(facts, poor, replace(wishes, equity_floor=Fraction(1))))
    assert isinstance(impossible, Contradiction)


def test_a_blend_trades_coverage_for_priority(facts: PlanFacts) -> None:
    cut = facts.scenarios[-1]

    first, blended = (solve(problem_of(facts, cut, Wishes(blend=part))) for part in (None, Fraction(0)))

    assert isinstance(first, Solution)
    assert isinstance(blended, Solution)
    assert blended.priority >= first.priority
    assert (blended.coverage or 0) <= (first.coverage or 0)
