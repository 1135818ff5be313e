"""Why an initiative is not at its fullest level."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from cityplanner.planning.facts import DependencyFact
from cityplanner.planning.optimum.aims import AimKind
from cityplanner.planning.optimum.limits import Limit, LimitKind
from cityplanner.planning.optimum.problem import Problem
from cityplanner.planning.optimum.reasons import Moved, Reason, Why, reason_words, reasons
from cityplanner.planning.optimum.result import Solution
from cityplanner.planning.optimum.solve import solve
from cityplanner.planning.scenarios import outcome
from tests.planning.builders import fund
from tests.planning.optimum.cases import aimed_at, brute_force, hand_problem, random_problem

FUND = Limit(LimitKind.FUND, 1)


def explained(problem: Problem, **options: object) -> tuple[Reason, ...]:
    found = solve(problem)
    assert isinstance(found, Solution)
    return reasons(problem, found, **options)  # type: ignore[arg-type]


def test_it_says_what_would_be_pushed_out_and_what_that_would_cost() -> None:
    # With B the best plan is B and C: 0.7 instead of 0.8, and A stops.
    (told,) = explained(hand_problem())
    assert told == Reason(
        2,
        20,
        None,
        Why.PUSHES_OUT,
        (FUND,),
        AimKind.COVERAGE,
        Fraction(1, 10),
        True,
        (Moved(1, 10, None, True),),
    )
    assert reason_words(told, hand_problem(), "USD") == (
        "There is no room for Initiative 2 at its fullest level beside the rest of the plan.",
        "It would cost 10.00% of coverage.",
        "It would push out: Initiative 1.",
    )


def test_a_level_that_breaks_a_limit_by_itself_needs_no_search() -> None:
    problem = hand_problem(5_000)
    told = {one.initiative_id: one for one in explained(problem)}
    assert (told[2].why, told[2].limits) == (Why.ALONE, (FUND,))
    assert reason_words(told[2], problem, "USD")[1] == "Fund 1 has $5,000."


def test_a_fund_that_may_not_pay_is_named() -> None:
    problem = hand_problem()
    office = replace(problem.office, funds=(fund(1, 1_000_000, only=(1, 3)),))
    (told,) = explained(replace(problem, office=office))
    assert (told.why, told.limits) == (Why.ALONE, (Limit(LimitKind.RESTRICTION, 1),))


def test_a_decision_that_is_kept_is_the_reason() -> None:
    told = {one.initiative_id: one.why for one in explained(hand_problem(locked={1: 11}))}
    assert told[1] is Why.KEPT


def test_limits_that_only_together_leave_no_room_are_named() -> None:
    # B requires C, and C is kept out.
    problem = hand_problem(12_000)
    office = replace(
        problem.office, dependencies=(DependencyFact(2, 1, "requires"), DependencyFact(1, 3, "requires"))
    )
    problem = replace(problem, office=office)
    told = {one.initiative_id: one for one in explained(problem)}
    assert told[2].why is Why.TOGETHER
    assert set(told[2].limits) == {
        FUND,
        Limit(LimitKind.REQUIRES, 1, 3),
        Limit(LimitKind.REQUIRES, 2, 1),
    }


def test_an_initiative_that_adds_nothing_only_costs() -> None:
    # A and B cover everything; C would cost $4,000 for nothing.
    (told,) = explained(hand_problem(16_000))
    assert (told.initiative_id, told.why, told.aim) == (3, Why.WORSE, AimKind.COST)
    assert told.lost == 400_000
    assert reason_words(told, hand_problem(16_000), "USD") == (
        "Initiative 3 at its fullest level makes the plan no better.",
        "It would cost $4,000.",
    )


def test_a_twin_is_as_good() -> None:
    problem = hand_problem(6_000)
    even = tuple(replace(item, weight=1) for item in problem.office.recommendations)
    office = replace(problem.office, recommendations=even, initiatives=problem.office.initiatives[:2])
    (told,) = (one for one in explained(replace(problem, office=office)) if one.initiative_id)
    assert (told.why, told.lost, told.exact) == (Why.EQUAL, 0, True)
    assert [one.down for one in told.moved] == [True]


@pytest.mark.parametrize("seed", range(25))
def test_what_is_lost_is_what_trying_every_plan_with_it_loses(seed: int) -> None:
    problem = random_problem(seed)
    found = solve(problem)
    if not isinstance(found, Solution):
        return
    for told, bound in zip(
        reasons(problem, found, force=True), reasons(problem, found, force=False), strict=True
    ):
        if told.why is Why.KEPT:
            continue
        best = brute_force(replace(problem, locked={**problem.locked, told.initiative_id: told.level_id}))
        if best is None:
            assert told.why in (Why.ALONE, Why.TOGETHER)
            continue
        now = outcome(problem.office, replace(problem.scenario, decisions=found.decisions))
        held = aimed_at(problem, found.decisions, now)
        drops = [before - after for before, after in zip(held, best.values, strict=True) if before != after]
        assert told.exact
        assert told.lost == (drops[0] if drops else 0)
        assert bound.lost <= held[0] - best.values[0]


def test_who_stops_and_who_is_reduced_is_told_apart() -> None:
    problem = hand_problem()
    told = Reason(
        2,
        20,
        None,
        Why.PUSHES_OUT,
        (FUND,),
        AimKind.PRIORITY,
        Fraction(75, 2),
        True,
        (Moved(1, 10, 11, True), Moved(3, 30, None, True), Moved(2, None, 20, False)),
    )
    assert reason_words(told, problem, "USD")[1:] == (
        "It would cost 37.5 points of priority.",
        "It would push out: Initiative 3.",
        "It would reduce: Initiative 1.",
    )


def test_without_a_search_the_limit_in_the_way_is_named_and_what_is_lost_at_least() -> None:
    (told,) = explained(hand_problem(), force=False)
    assert (told.why, told.exact, told.rise, told.moved) == (Why.PUSHES_OUT, False, 0, ())
    assert reason_words(told, hand_problem(), "USD") == (
        "There is no room for Initiative 2 at its fullest level beside the rest of the plan.",
        "Fund 1 has $10,000.",
    )
    # With $6,000 A covers 3/5 and B 2/5; the prices prove half of the difference.
    told = next(one for one in explained(hand_problem(6_000), force=False) if one.initiative_id == 2)
    assert told.lost == Fraction(1, 10)
    assert reason_words(told, hand_problem(6_000), "USD")[-1] == "It would cost at least 10.00% of coverage."


def test_of_a_plan_that_is_not_the_best_it_says_how_much_better_one_may_be() -> None:
    problem = hand_problem(12_000)
    best = solve(problem)
    assert isinstance(best, Solution)
    worse = replace(
        best,
        decisions={1: 10, 2: None, 3: 30},
        aims=(replace(best.aims[0], proven=False, bound=Fraction(1)),),
    )
    (told,) = (one for one in reasons(problem, worse, force=False) if one.initiative_id == 2)
    assert (told.lost, told.rise) == (0, Fraction(1, 5))
    assert reason_words(told, problem, "USD")[-1] == (
        "If a plan with it is better, then by 20.00% of coverage at most."
    )
    (forced,) = (one for one in reasons(problem, worse, force=True) if one.initiative_id == 2)
    assert (forced.why, forced.lost, forced.exact) == (Why.BETTER, 0, True)
    assert reason_words(forced, problem, "USD")[:2] == (
        "A plan with Initiative 2 at its fullest level is better than this one.",
        "It would gain 20.00% of coverage.",
    )


def test_only_those_asked_for_are_explained_and_told_at_once() -> None:
    heard: list[Reason] = []
    problem = hand_problem(5_000)
    found = explained(problem, initiative_ids=(1,), tell=heard.append)
    assert [one.initiative_id for one in found] == [1]
    assert tuple(heard) == found


def test_a_plan_of_another_problem_is_refused() -> None:
    found = solve(hand_problem())
    assert isinstance(found, Solution)
    with pytest.raises(ValueError, match="does not belong"):
        reasons(hand_problem(), replace(found, decisions={1: 99}))
