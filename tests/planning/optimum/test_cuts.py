"""Cuts hold for every plan, tighten the relaxation, and leave the best plan as it is."""

from __future__ import annotations

import random

import pytest

from cityplanner.planning.optimum import engine
from cityplanner.planning.optimum.aims import aims
from cityplanner.planning.optimum.cuts import as_terms, broken_cuts
from cityplanner.planning.optimum.engine import Engine
from cityplanner.planning.optimum.model import Model, build
from cityplanner.planning.optimum.result import Solution
from cityplanner.planning.optimum.solve import solve
from tests.planning.optimum.cases import every_plan, hand_problem, hard_problem, random_problem

SEEDS = range(40)


def anywhere(model: Model, seed: int) -> list[float]:
    """Values such as a relaxation has: some whole, some not."""
    rng = random.Random(seed)
    options = [rng.choice((0.0, 0.0, 1.0, rng.random())) for _ in model.options]
    return [*options, *(rng.choice((model.full, model.full * rng.random())) for _ in model.items)]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_plan_keeps_to_every_cut(seed: int) -> None:
    model = build(random_problem(seed))
    cuts = [as_terms(cut, model.full) for at in range(5) for cut in broken_cuts(model, anywhere(model, at))]
    for decisions in every_plan(model.problem):
        plan = model.columns(decisions)
        assert plan is not None
        units = model.units(plan)
        assert all(model.value(options, items, plan, units) <= at_most for options, items, at_most in cuts)


def test_what_is_filled_with_fractions_of_levels_is_cut_off() -> None:
    # 60 % of A and all of C would fill R1 up: 0.5 + 0.6 of a full level is no plan.
    model = build(hand_problem())
    (a_full,) = (at for at, one in enumerate(model.options) if one.level_id == 10)
    (c_full,) = (at for at, one in enumerate(model.options) if one.level_id == 30)
    values = [0.0] * len(model.options) + [float(model.full), 0.5 * model.full]
    values[a_full], values[c_full] = 0.5, 1.0
    cuts = list(broken_cuts(model, values))
    assert {cut.place for cut in cuts} == {0}
    # C taken as given leaves half, which A fills only if it runs: short + half of A >= half.
    assert (0, ((a_full, model.full // 2),), model.full // 2) in {
        (cut.place, tuple(pair for pair in cut.terms if pair[0] == a_full), cut.least) for cut in cuts
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_plan_is_the_same_with_cuts(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = solve(random_problem(seed))
    monkeypatch.setattr(engine, "LARGE", 0)
    cut = solve(random_problem(seed))
    assert type(plain) is type(cut)
    if isinstance(plain, Solution) and isinstance(cut, Solution):
        assert [aim.value for aim in plain.aims] == [aim.value for aim in cut.aims]
        assert cut.proven_throughout


def test_the_relaxation_of_a_large_problem_is_tighter(monkeypatch: pytest.MonkeyPatch) -> None:
    model = build(hard_problem())
    aim = aims(model)[0]
    tight = Engine(model).prices(aim)
    monkeypatch.setattr(engine, "LARGE", 10_000)
    loose = Engine(model).prices(aim)
    assert tight is not None
    assert loose is not None
    assert tight.most < loose.most * 0.99
