"""A study holds the plan, its reasons and its frontier, the same in every run, and is searched for once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from cityplanner.planning import study as module
from cityplanner.planning.optimum.result import Contradiction, Solution
from cityplanner.planning.study import Study, study, study_in_child
from tests.planning.optimum.cases import hand_problem, random_problem


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    module._known.clear()
    yield
    module._known.clear()


def timeless(found: Study) -> Study:
    plan = found.found
    return replace(found, found=replace(plan, seconds=0.0) if plan else None)


def test_it_holds_the_plan_the_reasons_and_the_frontier() -> None:
    found = study(hand_problem(), "USD")
    assert isinstance(found.found, Solution)
    assert found.found.proven
    assert found.told is not None
    assert found.told.worth
    assert found.solved()[-1].value == Fraction(4, 5)  # C and A at 40 %
    assert [one.point for one in found.steps(hand_problem())] == list(found.solved())


def test_reasons_are_sought_only_where_they_are_wanted() -> None:
    found = study(hand_problem(), "USD", why=False)
    assert found.told is None
    assert found.points


def test_limits_that_contradict_each_other_end_it() -> None:
    problem = hand_problem(locked={1: 10})
    without = replace(
        problem,
        office=replace(problem.office, funds=tuple(replace(one, amounts={}) for one in problem.office.funds)),
    )
    found = study(without, "USD")
    assert isinstance(found.found, Contradiction)
    assert found.points == ()


@pytest.mark.parametrize("seed", range(3))
def test_two_runs_come_to_the_same(seed: int) -> None:
    assert timeless(study(random_problem(seed), "USD")) == timeless(study(random_problem(seed), "USD"))


def test_the_same_question_is_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = study_in_child(hand_problem(), "USD")
    assert timeless(first) == timeless(study(hand_problem(), "USD"))

    def never(*_given: object) -> Study:
        raise AssertionError("searched again")

    monkeypatch.setattr(module, "in_child", never)
    assert study_in_child(hand_problem(), "USD") is first
    assert study_in_child(hand_problem(), "USD", why=False) is first
    with pytest.raises(AssertionError, match="searched again"):
        study_in_child(hand_problem(blend=Fraction(1, 2)), "USD")
