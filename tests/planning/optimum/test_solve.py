"""The best plan is the one that trying every plan finds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cityplanner.planning.optimum.result import Contradiction, Solution
from cityplanner.planning.optimum.solve import solve
from cityplanner.planning.scenarios import outcome
from tests.planning.optimum.cases import aimed_at, brute_force, keeps_to_limits, random_problem


@pytest.mark.parametrize("seed", range(150))
def test_trying_every_plan_finds_none_better(seed: int) -> None:
    problem = random_problem(seed)
    best, found = brute_force(problem), solve(problem)
    if best is None:
        assert isinstance(found, Contradiction)
        return
    assert isinstance(found, Solution)
    assert found.proven_throughout
    again = outcome(problem.office, replace(problem.scenario, decisions=found.decisions))
    assert keeps_to_limits(problem, found.decisions, again)
    assert aimed_at(problem, found.decisions, again) == best.values
