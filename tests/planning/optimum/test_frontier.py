"""The best coverage at each budget."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from cityplanner.base.errors import Cancelled
from cityplanner.planning.optimum.frontier import FRONTIER, Point, budgets, frontier, total_budget
from cityplanner.planning.optimum.result import Solution
from cityplanner.planning.optimum.solve import solve
from tests.planning.builders import YEAR
from tests.planning.optimum.cases import DOLLARS, hand_problem, random_problem


def test_each_point_is_the_one_worked_out_by_hand() -> None:
    # $3,000: 40 % of A; $6,000: A; $9,000: C and 40 % of A; $12,000: A and B.
    heard: list[Point] = []
    found = frontier(hand_problem(), budgets(0, 12_000 * DOLLARS, 5), point=heard.append)
    assert [one.value for one in found] == [0, Fraction(24, 100), Fraction(3, 5), Fraction(74, 100), 1]
    assert [one.budget for one in found] == [0, 300_000, 600_000, 900_000, 1_200_000]
    assert found[3].decisions == {1: 11, 2: None, 3: 30}
    assert all(one.proven for one in found)
    assert sorted(heard, key=lambda one: one.budget) == list(found)


def test_a_budget_that_leaves_no_plan_says_so() -> None:
    found = frontier(hand_problem(locked={1: 10}), budgets(0, 12_000 * DOLLARS, 3))
    assert [one.impossible for one in found] == [True, False, False]
    assert (found[0].value, found[0].decisions, found[0].proven) == (None, None, False)


def test_no_plan_at_the_highest_budget_means_none_below() -> None:
    found = frontier(hand_problem(locked={1: 10}), budgets(0, 5_000 * DOLLARS, 4))
    assert all(one.impossible for one in found)


@pytest.mark.parametrize("seed", range(12))
def test_each_point_is_what_solving_it_by_itself_finds(seed: int) -> None:
    problem = replace(random_problem(seed), blend=None)
    exact = replace(FRONTIER, patience=60.0)
    whole = total_budget(problem)
    amounts = {fund.id: fund.amounts[YEAR] for fund in problem.office.funds}
    plain = replace(problem, scenario=replace(problem.scenario, fund_changes=()))
    points = frontier(plain, [whole // 2, sum(amounts.values())], exact)
    for one in points[1:]:
        alone = solve(plain)
        assert one.value == (alone.coverage or 0 if isinstance(alone, Solution) else None)
    assert points[0].value is None or points[1].value is None or points[0].value <= points[1].value


@pytest.mark.parametrize(("low", "high", "count"), [(0, 10, 1), (10, 10, 3), (-1, 10, 3)])
def test_a_frontier_needs_a_range(low: int, high: int, count: int) -> None:
    with pytest.raises(ValueError, match="two points"):
        budgets(low, high, count)


def test_without_money_there_is_nothing_to_scale() -> None:
    with pytest.raises(ValueError, match="no fund"):
        frontier(hand_problem(0), budgets(0, 100, 2))


def test_nothing_asked_is_nothing_answered() -> None:
    assert frontier(hand_problem(), ()) == ()


def test_it_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        frontier(hand_problem(), budgets(0, 1_200_000, 5), stop=lambda: True)
