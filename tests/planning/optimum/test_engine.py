"""The solver's answers are checked in whole numbers, and what holds can be changed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from cityplanner.base.errors import Cancelled
from cityplanner.planning.optimum.aims import Aim, aims
from cityplanner.planning.optimum.engine import Engine, Step, Watch
from cityplanner.planning.optimum.limits import Limit, LimitKind
from cityplanner.planning.optimum.model import Model, build
from cityplanner.planning.optimum.result import Solution
from cityplanner.planning.optimum.solve import solve
from tests.planning.builders import YEAR, fund, level, line
from tests.planning.optimum.cases import hand_problem

FUND = Limit(LimitKind.FUND, 1)


def test_a_plan_that_only_the_solvers_tolerance_lets_through_is_not_taken() -> None:
    # Two minor units over in ten thousand million million: far below what a floating-point solver can tell.
    half = 5 * 10**15 + 1
    problem = hand_problem()
    levels = (level(10, 1, 100, line(1, half)), level(20, 2, 100, line(1, half)))
    office = replace(
        problem.office, initiatives=problem.office.initiatives[:2], levels=levels, funds=(fund(1, 10**16),)
    )
    found = solve(replace(problem, office=office))
    assert isinstance(found, Solution)
    assert found.decisions == {1: 10, 2: None}
    assert found.proven
    assert office.funds[0].amounts[YEAR] - found.cost >= 0


def test_a_plan_that_was_cut_off_returns_when_there_is_room_for_it() -> None:
    half = 5 * 10**15 + 1
    problem = hand_problem()
    levels = (level(10, 1, 100, line(1, half)), level(20, 2, 100, line(1, half)))
    office = replace(
        problem.office, initiatives=problem.office.initiatives[:2], levels=levels, funds=(fund(1, 10**16),)
    )
    model = build(replace(problem, office=office))
    engine, (coverage, _) = Engine(model), aims(model)
    assert reach(engine, coverage) == Fraction(3, 5)
    engine.cap({FUND: 10**16 + 2})
    assert reach(engine, coverage) == 1


@pytest.fixture
def model() -> Model:
    return build(hand_problem())


def reach(engine: Engine, aim: Aim) -> Fraction:
    found = engine.run(aim, Watch())
    assert found.proven
    return found.value * aim.unit


def test_right_hand_sides_change_and_change_back(model: Model) -> None:
    engine, (coverage, _) = Engine(model), aims(model)
    assert reach(engine, coverage) == Fraction(4, 5)
    engine.cap({FUND: 1_200_000})
    assert reach(engine, coverage) == 1
    engine.cap({})
    assert reach(engine, coverage) == Fraction(4, 5)


def test_a_limit_can_be_let_go_and_held_again(model: Model) -> None:
    engine, (coverage, _) = Engine(model), aims(model)
    engine.release([FUND])
    assert reach(engine, coverage) == 1
    engine.release(())
    assert reach(engine, coverage) == Fraction(4, 5)


def test_an_option_can_be_forced_in(model: Model) -> None:
    engine, (coverage, _) = Engine(model), aims(model)
    (in_,) = (at for at, one in enumerate(model.options) if one.level_id == 20)
    engine.keep([in_])
    assert reach(engine, coverage) == Fraction(7, 10)
    engine.keep(())
    assert reach(engine, coverage) == Fraction(4, 5)


def test_what_is_demanded_of_one_aim_holds_for_the_next(model: Model) -> None:
    engine, (coverage, cost) = Engine(model), aims(model)
    assert reach(engine, cost) == 0
    engine.demand([(coverage, int(Fraction(7, 10) / coverage.unit))])
    assert reach(engine, cost) == -700_000  # C and 40 % of A cover 0.74
    engine.demand(())
    assert reach(engine, cost) == 0


def test_a_demand_that_nothing_meets_is_settled_without_a_plan(model: Model) -> None:
    engine, (coverage, _) = Engine(model), aims(model)
    engine.demand([(coverage, int(Fraction(9, 10) / coverage.unit))])
    found = engine.run(coverage, Watch())
    assert (found.plan, found.settled, found.proven) == (None, True, False)


def test_allowed_is_what_keeps_to_all_that_holds(model: Model) -> None:
    engine = Engine(model)
    plan = model.columns({1: 10, 2: 20, 3: None})
    assert plan is not None
    assert not engine.allows(plan)
    engine.cap({FUND: 1_200_000})
    assert engine.allows(plan)
    engine.keep([plan[0] + 1])
    assert not engine.allows(plan)


def test_a_start_that_reaches_all_there_is_needs_no_search(model: Model) -> None:
    engine, (coverage, _) = Engine(model), aims(model)
    everything = model.columns({1: 10, 2: 20, 3: None})
    steps: list[Step] = []
    engine.cap({FUND: 1_200_000})
    found = engine.run(coverage, Watch(step=steps.append), everything)
    assert (found.plan, found.proven, steps) == (everything, True, [])
    engine.cap({})  # a start that no longer holds proves nothing
    assert engine.run(coverage, Watch(), everything).value * coverage.unit == Fraction(4, 5)


def test_progress_is_told_and_a_stop_is_heard(model: Model) -> None:
    steps: list[Step] = []
    Engine(model).run(aims(model)[0], Watch(step=steps.append))
    assert steps
    with pytest.raises(Cancelled):
        Engine(model).run(aims(model)[0], Watch(stop=lambda: True))
