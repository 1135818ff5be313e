"""What one more unit of each limit buys, and how much it takes to buy anything."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from cityplanner.planning.facts import PositionFact
from cityplanner.planning.optimum.aims import AimKind
from cityplanner.planning.optimum.problem import Effort, Problem
from cityplanner.planning.optimum.result import Solution
from cityplanner.planning.optimum.solve import solve
from cityplanner.planning.optimum.worth import (
    Least,
    More,
    Worth,
    least_more,
    least_words,
    worth_of_more,
    worth_words,
)
from tests.planning.builders import level, line
from tests.planning.optimum.cases import DOLLARS, hand_problem, hard_problem


def bought(problem: Problem) -> tuple[Worth, ...]:
    found = solve(problem)
    assert isinstance(found, Solution)
    return worth_of_more(problem, found, "USD")


def least(problem: Problem) -> tuple[Least, ...]:
    found = solve(problem)
    assert isinstance(found, Solution)
    return least_more(problem, found)


def staffed(fte: str, **options: object) -> Problem:
    """The hand-worked problem with enough money; A takes 1 FTE, B takes 0.5."""
    problem = hand_problem(16_000)
    levels = (
        level(10, 1, 100, line(1, 6_000 * DOLLARS), fte="1"),
        level(20, 2, 100, line(1, 6_000 * DOLLARS), fte="0.5"),
    )
    office = replace(
        problem.office,
        initiatives=problem.office.initiatives[:2],
        levels=levels,
        positions=(PositionFact(1, "Director", Decimal(fte), 2_000 * DOLLARS, 1),),
    )
    return replace(problem, office=office, scenario=replace(problem.scenario, **options))


def test_a_thousand_more_may_buy_nothing_and_the_step_that_does_is_named() -> None:
    # $10,000 covers 0.8; the next better plan is A and B for $12,000.
    money, staff = bought(hand_problem())
    assert (money.aim, money.gained, money.exact) == (None, 0, True)
    assert (staff.gained, staff.exact) == (0, True)
    more, of_staff = least(hand_problem())
    assert (more.amount, more.gained, more.proven) == (2_000 * DOLLARS, Fraction(1, 5), True)
    assert more.decisions == {1: 10, 2: 20, 3: None}
    assert (of_staff.amount, of_staff.proven) == (None, True)
    problem = hand_problem()
    assert worth_words(money, problem, "USD") == "$1,000 more in Fund 1 buys nothing."
    assert least_words(more, problem, "USD") == "$2,000 more in Fund 1 would buy 20.00% of coverage."
    assert least_words(of_staff, problem, "USD") == "More staff alone covers nothing more."


def test_a_thousand_more_that_closes_the_gap_buys_the_difference() -> None:
    money, _ = bought(hand_problem(11_000))
    assert (money.aim, money.gained, money.at_most) == (AimKind.COVERAGE, Fraction(1, 5), Fraction(1, 5))
    assert worth_words(money, hand_problem(), "USD") == "$1,000 more in Fund 1 buys 20.00% of coverage."


def test_a_tenth_of_an_fte_and_a_furlough_day_are_weighed() -> None:
    # 1.56 FTE, 13 days of 260: 1.482 left, 0.018 short of A and B; a day is worth 0.006, so only 0.1 FTE helps.
    problem = staffed("1.56", furlough_days=Decimal(13))
    found = {one.more: one for one in bought(problem)}
    assert found[More.STAFF].gained == Fraction(2, 5)
    assert found[More.FURLOUGH].gained == 0
    # 1.55 FTE and 9 days: 1.4963; a day less makes it 1.5023.
    closer = {one.more: one for one in bought(staffed("1.55", furlough_days=Decimal(9)))}
    assert closer[More.FURLOUGH].gained == Fraction(2, 5)
    assert (
        worth_words(closer[More.FURLOUGH], problem, "USD") == "One furlough day less buys 40.00% of coverage."
    )


def test_the_least_more_staff_is_in_fte() -> None:
    (_, staff) = least(staffed("1.25"))
    assert (staff.more, staff.amount) == (More.STAFF, Fraction(1, 4))
    assert least_words(staff, staffed("1.25"), "USD") == "0.25 FTE more would buy 40.00% of coverage."


def test_without_furlough_there_is_no_day_less() -> None:
    assert [one.more for one in bought(staffed("1"))] == [More.MONEY, More.STAFF]


def test_a_day_less_that_a_fund_cannot_pay_leaves_no_plan() -> None:
    # The director costs 2,000 less 10 %: the fund holds exactly that.
    problem = staffed("1", furlough_days=Decimal(26))
    funds = (replace(problem.office.funds[0], amounts={2027: 1_800 * DOLLARS}),)
    poor = replace(problem, office=replace(problem.office, funds=funds))
    day = next(one for one in bought(poor) if one.more is More.FURLOUGH)
    assert (day.gained, day.decisions) == (None, None)
    assert worth_words(day, poor, "USD") == "One furlough day less leaves no plan."


def test_a_day_less_that_costs_a_fund_more_than_it_brings_loses() -> None:
    # $20,000 a year less 10 % leaves $6,000 for A; with 25 days $76.92 less, and A no longer fits.
    problem = staffed("1", furlough_days=Decimal(26))
    office = replace(
        problem.office,
        positions=(PositionFact(1, "Director", Decimal(2), 20_000 * DOLLARS, 1),),
        funds=(replace(problem.office.funds[0], amounts={2027: 24_000 * DOLLARS}),),
    )
    day = next(one for one in bought(replace(problem, office=office)) if one.more is More.FURLOUGH)
    assert day.gained == Fraction(-3, 5)
    assert worth_words(day, problem, "USD") == "One furlough day less loses 60.00% of coverage."


def test_without_time_only_what_it_buys_at_most_is_said() -> None:
    problem = hand_problem(9_000)
    found = solve(problem)
    assert isinstance(found, Solution)
    money = worth_of_more(problem, found, "USD", Effort(seconds=0.0))[0]
    assert (money.exact, money.gained) == (False, 0)
    # Nothing is known but that coverage is 1 at most: 0.74 is reached.
    assert worth_words(money, problem, "USD") == "$1,000 more in Fund 1 buys 26.00% of coverage at most."


def test_over_a_plan_that_is_not_proven_the_prices_of_the_limits_are_told() -> None:
    problem = hard_problem()
    found = solve(problem, Effort(seconds=1.0))
    assert isinstance(found, Solution)
    told = worth_of_more(problem, found, "USD")
    money = [one for one in told if one.more is More.MONEY]
    assert all(one.priced and one.decisions is None for one in told)
    assert all(0 < (one.gained or 0) < (one.at_most or 0) for one in money)
    assert worth_words(money[0], problem, "USD").startswith("$1,000 more in Fund 1 buys about ")
    assert next(one for one in told if one.more is More.STAFF).gained == 0
    assert least_more(problem, found) == ()


def test_the_prices_of_limits_are_those_of_the_relaxation() -> None:
    # Relaxed, $9,000 are C, half of A and a third of B: the last dollars buy 2/5 for $6,000, as the next do.
    problem = hand_problem(9_000)
    found = solve(problem)
    assert isinstance(found, Solution)
    assert found.coverage == Fraction(37, 50)
    unproven = replace(found, aims=(replace(found.aims[0], proven=False), *found.aims[1:]))
    money = worth_of_more(problem, unproven, "USD")[0]
    assert (money.aim, money.gained) == (AimKind.COVERAGE, Fraction(1, 15))
    assert money.at_most == pytest.approx(1 - 0.74)
