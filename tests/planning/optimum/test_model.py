"""The whole-number model: what an initiative may choose, what limits it, and what a plan covers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from cityplanner.planning import coverage
from cityplanner.planning.facts import DependencyFact, PositionFact
from cityplanner.planning.optimum.aims import aims
from cityplanner.planning.optimum.limits import Limit, LimitKind
from cityplanner.planning.optimum.model import Row, build
from cityplanner.planning.optimum.problem import Problem
from tests.planning.builders import level, line, partner
from tests.planning.optimum.cases import every_plan, hand_problem, random_problem


def row(problem: Problem, kind: LimitKind) -> Row:
    (found,) = (one for one in build(problem).rows if one.limit.kind is kind)
    return found


def test_an_initiative_stops_by_its_pause_or_by_having_no_level() -> None:
    problem = hand_problem()
    paused = replace(problem.office, levels=(*problem.office.levels, level(29, 2, 0, kind="pause")))
    model = build(replace(problem, office=paused))
    choices = {key: [model.options[at].level_id for at in slot] for key, slot in model.slots.items()}
    assert choices == {1: [10, 11, None], 2: [20, 29], 3: [30, None]}


def test_to_be_kept_without_a_level_is_possible_beside_a_pause() -> None:
    problem = hand_problem(locked={2: None})
    paused = replace(problem.office, levels=(*problem.office.levels, level(29, 2, 0, kind="pause")))
    model = build(replace(problem, office=paused))
    assert [model.options[at].level_id for at in model.slots[2]] == [20, 29, None]


def test_staff_is_counted_in_parts_that_are_whole() -> None:
    # 0.75 and 0.2 FTE: twentieths; 1.5 FTE less 13 of 260 days are 1.425, that is 28 whole twentieths.
    problem = hand_problem(contact=Fraction(1, 2))
    office = replace(
        problem.office,
        levels=(level(10, 1, fte="0.75"), level(20, 2, fte="0.2")),
        positions=(PositionFact(1, "Director", Decimal("1.5"), 0),),
        partners=(partner(1, 73, "208"),),
    )
    problem = replace(problem, office=office, scenario=replace(problem.scenario, furlough_days=Decimal(13)))
    staff = row(problem, LimitKind.STAFF)
    assert (sorted(staff.options.values()), staff.at_most) == ([4, 15], 28)
    # Half of 1,040 hours are 0.25 FTE: 1.175 are left.
    assert row(problem, LimitKind.CONTACT).at_most == 23


def test_a_cost_without_a_fund_is_a_limit_of_its_own() -> None:
    problem = hand_problem()
    office = replace(problem.office, levels=(level(10, 1, 100, line(None, 7)),))
    assert row(replace(problem, office=office), LimitKind.UNFUNDED).options == {0: 7}


def test_what_requires_an_initiative_that_is_gone_cannot_run() -> None:
    problem = hand_problem()
    office = replace(
        problem.office, dependencies=(DependencyFact(1, 99, "requires"), DependencyFact(2, 99, "excludes"))
    )
    found = [one for one in build(replace(problem, office=office)).rows if one.limit.other]
    assert [(one.limit, one.options, one.at_most) for one in found] == [
        (Limit(LimitKind.REQUIRES, 1, 99), {0: 1, 1: 1}, 0)
    ]


def test_a_theme_in_which_nothing_is_supported_has_no_floor() -> None:
    problem = hand_problem(theme_floors={"equity": Fraction(1)})
    assert not [one for one in build(problem).rows if one.limit.kind is LimitKind.THEME]


@pytest.mark.parametrize("seed", range(10))
def test_coverage_in_whole_numbers_is_the_coverage_that_is_measured(seed: int) -> None:
    problem = replace(random_problem(seed), blend=None)
    model = build(problem)
    aim = aims(model)[0]
    for decisions in every_plan(problem):
        plan = model.columns(decisions)
        assert plan is not None
        assert model.decisions(plan) == decisions
        assert aim.of(model, plan) * aim.unit == coverage.measure(problem.office, decisions).office.coverage


def test_a_decision_that_is_no_option_makes_no_plan() -> None:
    assert build(hand_problem()).columns({1: 20}) is None
