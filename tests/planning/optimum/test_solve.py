"""The best plan is the one that trying every plan finds, and the one worked out by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cityplanner.base.errors import Cancelled
from cityplanner.planning.optimum.aims import AimKind
from cityplanner.planning.optimum.limits import LimitKind
from cityplanner.planning.optimum.problem import Effort, Problem
from cityplanner.planning.optimum.result import Contradiction, Progress, Solution
from cityplanner.planning.optimum.solve import UndecidedError, quick_plan, solution_of, solve
from cityplanner.planning.scenarios import outcome
from tests.planning.optimum.cases import (
    DOLLARS,
    aimed_at,
    brute_force,
    every_plan,
    hand_problem,
    hard_problem,
    keeps_to_limits,
    random_problem,
)
from tests.planning.optimum.every import EveryPlan

CASES = 500
"""How many random cases are tried."""

BINDING = 10
"""In how many of them at least each kind of limit stands in the way of a better plan."""


def best(problem: Problem) -> Solution:
    found = solve(problem)
    assert isinstance(found, Solution)
    return found


@pytest.mark.parametrize("seed", range(CASES))
def test_trying_every_plan_finds_none_better(seed: int) -> None:
    problem = random_problem(seed)
    expected, found = brute_force(problem), solve(problem)
    if expected is None:
        assert isinstance(found, Contradiction)
        return
    assert isinstance(found, Solution)
    assert found.proven_throughout
    again = outcome(problem.office, replace(problem.scenario, decisions=found.decisions))
    assert keeps_to_limits(problem, found.decisions, again)
    assert aimed_at(problem, found.decisions, again) == expected.values
    assert found.coverage == again.coverage.office.coverage


def test_every_kind_of_limit_and_both_objectives_matter_in_the_cases_tried() -> None:
    found = [EveryPlan(random_problem(seed)) for seed in range(CASES)]
    binding = Counter(kind for plans in found for kind in plans.binding())
    assert {kind for kind in LimitKind if binding[kind] >= BINDING} == set(LimitKind)
    blended = Counter(plans.problem.blend is None for plans in found if plans.best() is not None)
    assert min(blended[True], blended[False]) > CASES // 5


@pytest.mark.parametrize("seed", range(8))
def test_the_plans_tried_are_judged_as_the_calculations_of_scenarios_judge_them(seed: int) -> None:
    problem = random_problem(seed)
    plans = EveryPlan(problem)
    keeping, by_values = plans.keeping(), []
    for row, decisions in enumerate(every_plan(problem)):
        assert plans.decisions(row) == decisions
        found = outcome(problem.office, replace(problem.scenario, decisions=decisions))
        assert keeps_to_limits(problem, decisions, found) == keeping[row]
        by_values.append(
            (aimed_at(problem, decisions, found), tuple(int(values[row]) for values in plans.aims))
        )
    assert [theirs for _, theirs in sorted(by_values)] == sorted(theirs for _, theirs in by_values)


def test_the_best_plan_is_the_one_worked_out_by_hand() -> None:
    found = best(hand_problem())
    assert found.decisions == {1: 10, 2: None, 3: 30}
    assert (found.coverage, found.cost) == (Fraction(4, 5), 10_000 * DOLLARS)
    assert [aim.kind for aim in found.aims] == [AimKind.COVERAGE, AimKind.PRIORITY, AimKind.COST][::2]


def test_among_plans_that_cover_the_same_priority_decides_and_then_the_cost() -> None:
    problem = hand_problem(6_000)
    even = tuple(replace(item, weight=1) for item in problem.office.recommendations)
    problem = replace(problem, office=replace(problem.office, recommendations=even))
    # A alone, B alone and C alone cover half; C is the cheapest, B comes first if it has priority.
    assert best(problem).decisions == {1: None, 2: None, 3: 30}
    assert best(replace(problem, priority={2: Fraction(10)})).decisions == {1: None, 2: 20, 3: None}


def test_a_blend_weighs_coverage_against_priority() -> None:
    # All priority on B: B and C have coverage 0.7 and keep all of it, A and C 0.8 and nothing.
    problem = hand_problem(priority={2: Fraction(50)}, blend=Fraction(9, 10))
    assert best(problem).decisions == {1: None, 2: 20, 3: 30}
    assert best(problem).aims[0].value == Fraction(9, 10) * Fraction(7, 10) + Fraction(1, 10)
    assert best(replace(problem, blend=Fraction(99, 100))).decisions == {1: 10, 2: None, 3: 30}


def test_a_decision_that_is_kept_stays() -> None:
    assert best(hand_problem(locked={2: 20})).decisions == {1: None, 2: 20, 3: 30}
    assert best(hand_problem(locked={3: None})).decisions[3] is None


def test_an_office_without_anything_has_an_empty_plan() -> None:
    problem = hand_problem()
    empty = replace(problem, office=replace(problem.office, initiatives=(), levels=(), contributions=()))
    found = best(empty)
    assert (found.decisions, found.coverage, found.proven_throughout) == ({}, Fraction(0), True)


def test_the_quick_plan_is_told_first_and_claims_no_proof() -> None:
    heard: list[Progress] = []
    found = solve(hand_problem(), progress=heard.append)
    assert isinstance(found, Solution)
    quick = quick_plan(hand_problem())
    assert quick is not None
    assert heard[0].decisions == quick.decisions
    assert (quick.proven, quick.gap, heard[0].bound) == (False, None, None)


def test_stopping_early_leaves_the_best_plan_so_far_with_its_gap() -> None:
    heard: list[Progress] = []
    with pytest.raises(Cancelled):
        solve(hard_problem(), Effort(seconds=60), heard.append, lambda: any(one.bound for one in heard))
    found = solution_of(heard[-1], hard_problem())
    assert found is not None
    assert not found.proven
    assert found.gap is not None
    assert found.gap > 0


def test_who_stops_at_a_later_aim_keeps_the_proof_of_the_first() -> None:
    heard: list[Progress] = []
    solve(hand_problem(), progress=heard.append)
    found = solution_of(next(one for one in heard if one.kind is AimKind.COST), hand_problem())
    assert found is not None
    assert found.proven
    assert not found.proven_throughout
    assert solution_of(Progress(AimKind.COVERAGE, None, None, None, 0.0), hand_problem()) is None


def test_when_time_runs_out_the_plan_says_its_gap() -> None:
    found = solve(hard_problem(), Effort(seconds=1.0))
    assert isinstance(found, Solution)
    assert not found.proven
    first = found.aims[0]
    assert first.bound is not None
    assert first.value == found.coverage
    assert first.bound > first.value


def test_no_time_and_no_quick_plan_is_undecided() -> None:
    problem = next(
        one
        for one in map(random_problem, range(1000))
        if quick_plan(one) is None and brute_force(one) is not None
    )
    with pytest.raises(UndecidedError):
        solve(problem, Effort(seconds=0.0))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 20_000), st.sampled_from((1, 2, 3)))
def test_more_money_never_makes_the_best_plan_worse(seed: int, more: int, fund_id: int) -> None:
    problem = replace(random_problem(seed), blend=None)
    funds = tuple(
        replace(one, amounts={key: amount + 2 * more for key, amount in one.amounts.items()})
        if one.id == fund_id
        else one
        for one in problem.office.funds
    )
    richer = replace(problem, office=replace(problem.office, funds=funds))
    poor, rich = solve(problem), solve(richer)
    if isinstance(poor, Solution):
        assert isinstance(rich, Solution)
        assert (rich.coverage or 0, rich.priority) >= (poor.coverage or 0, poor.priority)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_order_of_the_facts_does_not_matter(seed: int, rng: object) -> None:
    problem = random_problem(seed)
    office = problem.office
    turned = replace(
        office,
        initiatives=office.initiatives[::-1],
        levels=office.levels[::-1],
        contributions=office.contributions[::-1],
        recommendations=office.recommendations[::-1],
    )
    one, other = solve(problem), solve(replace(problem, office=turned))
    if isinstance(one, Solution):
        assert isinstance(other, Solution)
        assert [aim.value for aim in one.aims] == [aim.value for aim in other.aims]
    else:
        assert isinstance(other, Contradiction)
        assert len(one.limits) == len(other.limits)


@pytest.mark.parametrize("seed", range(5))
def test_the_same_problem_gives_the_same_plan(seed: int) -> None:
    one, other = (solve(random_problem(seed)) for _ in range(2))
    assert replace(one, seconds=0.0) == replace(other, seconds=0.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"blend": Fraction(3, 2)},
        {"equity_floor": Fraction(-1)},
        {"theme_floors": {"networks": Fraction(2)}},
        {"priority": {1: Fraction(-1)}},
        {"equity": {1: -1}},
    ],
)
def test_a_problem_outside_its_ranges_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1|negative"):
        hand_problem(**wrong)
