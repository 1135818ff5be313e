"""Prices of the relaxation bound every plan."""

from __future__ import annotations

import pytest

from cityplanner.planning.optimum.aims import aims
from cityplanner.planning.optimum.engine import Engine
from cityplanner.planning.optimum.limits import Limit, LimitKind
from cityplanner.planning.optimum.model import build
from cityplanner.planning.optimum.prices import whole
from tests.planning.optimum.cases import every_plan, hand_problem, random_problem


@pytest.mark.parametrize("seed", range(40))
def test_no_plan_exceeds_what_the_prices_prove_of_its_options(seed: int) -> None:
    model = build(random_problem(seed))
    aim = aims(model)[0]
    prices = Engine(model).prices(aim)
    for decisions in every_plan(model.problem):
        plan = model.columns(decisions)
        assert plan is not None
        if model.banned() & set(plan) or any(model.broken(plan)):
            continue
        assert prices is not None
        assert all(aim.of(model, plan) <= prices.bound(at) for at in plan)


def test_a_limit_is_worth_what_the_relaxation_makes_of_one_more_unit() -> None:
    # $9,000 are C, half of A and a third of B; the next dollar buys 2/5 of coverage per $6,000.
    model = build(hand_problem(9_000))
    aim = aims(model)[0]
    prices = Engine(model).prices(aim)
    assert prices is not None
    a_dollar = 100 * prices.of_limits[Limit(LimitKind.FUND, 1)] * float(aim.unit)
    assert a_dollar == pytest.approx(0.4 / 6_000)
    assert prices.of_limits[Limit(LimitKind.STAFF)] == 0


def test_errors_of_the_solver_only_ever_make_a_bound_larger() -> None:
    assert [whole(one) for one in (3.0, 2.9999999999, 3.5)] == [3, 3, 3]
    assert whole(1e12 - 1.5) >= 10**12 - 2
