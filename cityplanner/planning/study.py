"""The best plan of one problem with its proof, its frontier and its reasons, found at once in a process of its own.

No clock chooses between plans here unless a search takes more than ten seconds: equal plans give equal studies.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cityplanner.planning.best import Explanation, Step, explain, rising, steps, totals
from cityplanner.planning.optimum.frontier import Point, frontier, total_budget
from cityplanner.planning.optimum.problem import Effort, Problem
from cityplanner.planning.optimum.process import in_child
from cityplanner.planning.optimum.result import Contradiction, Solution
from cityplanner.planning.optimum.solve import Stop, UndecidedError, never, solve

POINTS = 12
EFFORT = Effort(seconds=20.0, patience=10.0, brief=10.0)
"""For the plan, and for each question about it."""
EFFORT_OF_A_POINT = Effort(seconds=3.0, patience=2.0, enough=1e-3)


@dataclass(frozen=True, slots=True)
class Study:
    """What was found out; `found` is None where time ran out before any plan.

    `told` is there where reasons were asked for, `points` are those of the frontier, lowest budget first.
    """

    found: Solution | Contradiction | None
    told: Explanation | None = None
    points: tuple[Point, ...] = ()

    def solved(self) -> tuple[Point, ...]:
        """The points that have a plan; where a cheaper plan is as good or better, it stands."""
        return tuple(rising(self.points))

    def steps(self, problem: Problem) -> tuple[Step, ...]:
        """The points that have a plan, and what changes from each to the next."""
        return steps(problem.office, self.solved())


def study(problem: Problem, currency: str, *, why: bool = True) -> Study:
    """Solve, ask why if wanted, and draw the frontier; takes at most some two minutes."""
    try:
        found = solve(problem, EFFORT)
    except UndecidedError:
        return Study(None)
    if isinstance(found, Contradiction):
        return Study(found)
    told = explain(problem, found, currency, EFFORT) if why else None
    has_money = total_budget(problem) > 0
    return Study(
        found, told, frontier(problem, totals(problem, POINTS), EFFORT_OF_A_POINT) if has_money else ()
    )


_known: deque[tuple[Problem, str, Study]] = deque(maxlen=3)


def study_in_child(problem: Problem, currency: str, *, why: bool = True, stop: Stop = never) -> Study:
    """`study` in a process of its own; the last few are kept, so that the same question is searched once.

    `stop` is asked every 50 ms and ends it at once (`Cancelled`).
    """
    for known, money, kept in tuple(_known):
        explained = kept.told is not None or not isinstance(kept.found, Solution)
        if money == currency and known == problem and (explained or not why):
            return kept
    made = in_child(_study, (problem, currency, why), lambda _told: None, stop)
    _known.append((problem, currency, made))
    return made


def _study(problem: Problem, currency: str, why: bool, _tell: Callable[[Any], None]) -> Study:
    return study(problem, currency, why=why)
