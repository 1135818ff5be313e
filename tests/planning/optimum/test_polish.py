"""A polished plan keeps to every limit, is never worse, and is better where there is much to choose from."""

from __future__ import annotations

import pytest

from cityplanner.planning.optimum import solve as solving
from cityplanner.planning.optimum.aims import aims
from cityplanner.planning.optimum.greedy import greedy
from cityplanner.planning.optimum.model import build
from cityplanner.planning.optimum.polish import polish
from cityplanner.planning.optimum.problem import Effort
from cityplanner.planning.optimum.result import Progress, Solution
from cityplanner.planning.optimum.solve import solve
from tests.planning.optimum.cases import hard_problem, random_problem


@pytest.mark.parametrize("seed", range(60))
def test_a_polished_plan_keeps_to_the_limits_and_is_never_worse(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cityplanner.planning.optimum.polish.ROUNDS", 30)
    model = build(random_problem(seed))
    plan = greedy(model)
    if plan is None:
        return
    aim = aims(model)[0]
    better = polish(model, aim, plan)
    assert not any(model.broken(better))
    assert not model.banned() & set(better)
    assert aim.of(model, better) >= aim.of(model, plan)
    assert polish(model, aim, plan) == better


def test_in_a_large_office_the_quick_plan_gets_better_before_the_search() -> None:
    heard: list[Progress] = []
    found = solve(hard_problem(), Effort(seconds=4.0), heard.append)
    assert isinstance(found, Solution)
    quick, polished = heard[0], heard[1]
    assert quick.value is not None
    assert polished.value is not None
    assert quick.value < polished.value <= found.aims[0].value
    assert polished.bound is None


def test_it_ends_when_told_to() -> None:
    model = build(hard_problem())
    plan = greedy(model)
    assert plan is not None
    assert polish(model, aims(model)[0], plan, lambda: True) == plan


def test_small_offices_are_not_polished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "polish", None)
    assert solve(random_problem(0)) is not None
