"""Limits that leave no plan: as few as possible, and each of them needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

import pytest

from cityplanner.planning.facts import DependencyFact
from cityplanner.planning.optimum.contradiction import contradiction
from cityplanner.planning.optimum.engine import Engine, Watch
from cityplanner.planning.optimum.limits import Limit, LimitKind, limits_words
from cityplanner.planning.optimum.model import Model, build
from cityplanner.planning.optimum.problem import Effort
from cityplanner.planning.optimum.result import Contradiction
from cityplanner.planning.optimum.solve import solve
from tests.planning.optimum.cases import every_plan, hand_problem, random_problem


def broken_by_each_plan(model: Model) -> list[frozenset[Limit]]:
    found = set()
    for decisions in every_plan(model.problem):
        plan = model.columns(decisions)
        assert plan is not None
        broken = {row.limit for row in model.broken(plan)}
        found.add(frozenset(broken | {ban.limit for ban in model.bans if ban.columns & set(plan)}))
    return list(found)


def contradict(limits: Iterable[Limit], of_each_plan: list[frozenset[Limit]]) -> bool:
    held = frozenset(limits)
    return all(broken & held for broken in of_each_plan)


IMPOSSIBLE = (
    5,
    7,
    8,
    12,
    20,
    21,
    26,
    30,
    31,
    35,
    44,
    45,
    48,
    58,
    60,
    75,
    76,
    81,
    83,
    84,
    88,
    89,
    93,
    97,
    98,
    100,
    116,
    117,
    120,
    125,
    126,
    129,
    136,
    140,
    149,
    150,
    151,
)
"""The seeds below 160 whose problem has no plan."""


@pytest.mark.parametrize("seed", IMPOSSIBLE)
def test_the_limits_contradict_each_other_and_no_fewer_do(seed: int) -> None:
    problem = random_problem(seed)
    found = solve(problem)
    assert isinstance(found, Contradiction)
    model = build(problem)
    of_each_plan = broken_by_each_plan(model)
    assert found.smallest
    assert contradict(found.limits, of_each_plan)
    fewer = combinations(model.limits, len(found.limits) - 1)
    assert not any(contradict(limits, of_each_plan) for limits in fewer)


@pytest.mark.parametrize("seed", IMPOSSIBLE[:10])
def test_when_time_is_short_each_limit_is_still_needed(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityplanner.planning.optimum.contradiction.SHARE_FOR_SMALLEST", 0.0)
    model = build(random_problem(seed))
    found = contradiction(Engine(model), Watch(Effort()))
    of_each_plan = broken_by_each_plan(model)
    assert contradict(found.limits, of_each_plan)
    assert not any(contradict(set(found.limits) - {limit}, of_each_plan) for limit in found.limits)


def test_the_contradiction_is_told_in_words() -> None:
    problem = hand_problem(2_000, locked={1: 10})
    found = solve(problem)
    assert isinstance(found, Contradiction)
    assert found.limits == (Limit(LimitKind.FUND, 1), Limit(LimitKind.LOCK, 1))
    assert limits_words(found.limits, problem, "USD") == (
        "Fund 1 has $2,000.",
        "The decision on Initiative 1 is kept.",
    )


def test_dependencies_can_contradict_what_is_kept() -> None:
    problem = hand_problem(locked={1: 10, 2: None})
    office = replace(problem.office, dependencies=(DependencyFact(1, 2, "requires"),))
    problem = replace(problem, office=office)
    found = solve(problem)
    assert isinstance(found, Contradiction)
    assert set(limits_words(found.limits, problem, "USD")) == {
        "Initiative 1 requires Initiative 2.",
        "The decision on Initiative 1 is kept.",
        "The decision on Initiative 2 is kept.",
    }
