"""A search in a process of its own gives the same answer and ends at once."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from cityplanner.base.child import ChildError
from cityplanner.base.errors import Cancelled, UserError
from cityplanner.planning.optimum.frontier import Point, budgets, frontier
from cityplanner.planning.optimum.process import (
    frontier_in_child,
    in_child,
    reasons_in_child,
    solve_in_child,
)
from cityplanner.planning.optimum.reasons import reasons
from cityplanner.planning.optimum.result import Progress, Solution
from cityplanner.planning.optimum.solve import solve
from tests.planning.optimum.cases import hand_problem, hard_problem


def test_the_plan_is_the_same_and_progress_arrives() -> None:
    heard: list[Progress] = []
    found = solve_in_child(hand_problem(), progress=heard.append)
    assert replace(found, seconds=0.0) == replace(solve(hand_problem()), seconds=0.0)
    assert any(one.decisions for one in heard)


def test_stopping_is_quick_and_leaves_no_process() -> None:
    heard: list[Progress] = []
    stopped: list[float] = []

    def stop() -> bool:
        if any(one.bound is not None for one in heard):
            stopped.append(time.monotonic())
        return bool(stopped)

    with pytest.raises(Cancelled):
        solve_in_child(hard_problem(), progress=heard.append, stop=stop)
    assert time.monotonic() - stopped[0] < 0.5
    assert not multiprocessing.active_children()


def test_the_frontier_and_the_reasons_are_the_same() -> None:
    problem, totals = hand_problem(), budgets(0, 1_200_000, 3)
    heard: list[Point] = []
    assert frontier_in_child(problem, totals, point=heard.append) == frontier(problem, totals)
    assert len(heard) == 3
    found = solve(problem)
    assert isinstance(found, Solution)
    assert reasons_in_child(problem, found) == reasons(problem, found)


def _fail(tell: Callable[[object], None]) -> None:
    raise UserError("It went wrong.", "Try again.")


def _die(tell: Callable[[object], None]) -> None:
    os._exit(3)


def test_what_goes_wrong_there_is_raised_here() -> None:
    with pytest.raises(UserError, match=r"It went wrong. Try again."):
        in_child(_fail, (), lambda told: None, lambda: False)


def test_a_process_that_dies_is_an_error() -> None:
    with pytest.raises(ChildError):
        in_child(_die, (), lambda told: None, lambda: False)
