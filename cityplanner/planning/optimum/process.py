"""A search in a process of its own, so that stopping it is instant and the window never waits for the solver."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from typing import Any, TypeVar

from cityplanner.base.child import ASK_EVERY, ChildError, Send, hear
from cityplanner.base.errors import Cancelled
from cityplanner.base.language import _
from cityplanner.planning.optimum.frontier import FRONTIER, Point, frontier
from cityplanner.planning.optimum.problem import USUAL, Effort, Problem
from cityplanner.planning.optimum.reasons import Reason, reasons
from cityplanner.planning.optimum.result import Contradiction, Progress, Solution
from cityplanner.planning.optimum.solve import Stop, Tell, never, solve, unheard

T = TypeVar("T")


def solve_in_child(
    problem: Problem, effort: Effort = USUAL, progress: Tell = unheard, stop: Stop = never
) -> Solution | Contradiction:
    """`solve` in a process of its own; `stop` is asked every 50 ms and ends it at once (`Cancelled`)."""
    return in_child(_solve, (problem, effort), progress, stop)


def frontier_in_child(
    problem: Problem,
    totals: tuple[int, ...],
    effort: Effort = FRONTIER,
    point: Callable[[Point], None] = lambda point: None,
    stop: Stop = never,
) -> tuple[Point, ...]:
    """`frontier` in a process of its own; `stop` is asked every 50 ms and ends it at once (`Cancelled`)."""
    return in_child(_frontier, (problem, totals, effort), point, stop)


def reasons_in_child(
    problem: Problem,
    found: Solution,
    initiative_ids: tuple[int, ...] | None = None,
    effort: Effort = USUAL,
    tell: Callable[[Reason], None] = lambda reason: None,
    stop: Stop = never,
) -> tuple[Reason, ...]:
    """`reasons` in a process of its own; `stop` is asked every 50 ms and ends it at once (`Cancelled`)."""
    return in_child(_reasons, (problem, found, initiative_ids, effort), tell, stop)


def in_child(
    work: Callable[..., T], arguments: tuple[object, ...], tell: Callable[[Any], None], stop: Stop
) -> T:
    """Call `work(*arguments, tell)` in a process of its own and answer what it answers.

    `work` must be a function of a module. What it tells arrives here, in this thread; an exception of it is
    raised here. Raises `Cancelled` when `stop` says so, `ChildError` when the process dies.
    """

    def ask() -> None:
        if stop():
            raise Cancelled(_("The search for a plan was stopped."))

    with closing(hear(_answer, (work, arguments), ask)) as heard:
        for is_answer, value in heard:
            if is_answer:
                answer: T = value
                return answer
            tell(value)
    raise ChildError("the process ended without an answer")


def _answer(work: Callable[..., Any], arguments: tuple[object, ...], send: Send) -> None:
    """What the child does."""
    send((True, work(*arguments, lambda value: send((False, value)))))


def _solve(problem: Problem, effort: Effort, tell: Tell) -> Solution | Contradiction:
    return solve(problem, effort, _Thinned(tell))


def _frontier(
    problem: Problem, totals: tuple[int, ...], effort: Effort, tell: Callable[[Point], None]
) -> tuple[Point, ...]:
    return frontier(problem, totals, effort, tell)


def _reasons(
    problem: Problem,
    found: Solution,
    initiative_ids: tuple[int, ...] | None,
    effort: Effort,
    tell: Callable[[Reason], None],
) -> tuple[Reason, ...]:
    return reasons(problem, found, initiative_ids, effort, tell=tell)


class _Thinned:
    """Passes every better plan on, and of mere bounds at most twenty a second."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._last = 0.0

    def __call__(self, found: Progress) -> None:
        now = time.monotonic()
        if found.improved or now - self._last >= ASK_EVERY:
            self._last = now
            self._tell(found)
