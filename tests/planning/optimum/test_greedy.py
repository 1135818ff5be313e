"""The quick plan keeps to every limit and comes near the best."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cityplanner.planning.optimum.greedy import greedy
from cityplanner.planning.optimum.limits import Limit, LimitKind
from cityplanner.planning.optimum.model import build
from cityplanner.planning.optimum.result import Solution
from cityplanner.planning.optimum.solve import quick_plan, solve
from cityplanner.planning.scenarios import outcome
from tests.planning.optimum.cases import hand_problem, keeps_to_limits, random_problem


@pytest.mark.parametrize("seed", range(100))
def test_the_quick_plan_keeps_to_every_limit(seed: int) -> None:
    problem = random_problem(seed)
    quick = quick_plan(problem)
    if quick is not None:
        found = outcome(problem.office, replace(problem.scenario, decisions=quick.decisions))
        assert keeps_to_limits(problem, quick.decisions, found)


def test_the_quick_plan_is_near_the_best_and_seldom_missing() -> None:
    reached = missing = 0
    shares = []
    for seed in range(100):
        best, quick = solve(random_problem(seed)), quick_plan(random_problem(seed))
        if isinstance(best, Solution):
            reached += quick is not None
            missing += quick is None
            if quick is not None and best.coverage:
                shares.append(float((quick.coverage or 0) / best.coverage))
    assert missing <= reached / 10
    assert sum(shares) / len(shares) > 0.9


def test_right_hand_sides_can_be_replaced() -> None:
    model = build(hand_problem())
    plan = greedy(model, {Limit(LimitKind.FUND, 1): 1_600_000})
    assert plan is not None
    assert model.decisions(plan) == {1: 10, 2: 20, 3: 30}
