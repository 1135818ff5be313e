"""The best plan: a quick one at once, then the exact one, aim after aim, with a bound that proves how good it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.planning.optimum.aims import Aim, aims
from cityplanner.planning.optimum.contradiction import contradiction
from cityplanner.planning.optimum.engine import LARGE, Engine, Found, Plan, Step, Watch
from cityplanner.planning.optimum.greedy import greedy
from cityplanner.planning.optimum.model import Model, build
from cityplanner.planning.optimum.polish import polish
from cityplanner.planning.optimum.problem import USUAL, Effort, Problem
from cityplanner.planning.optimum.result import Contradiction, Progress, Reached, Solution, reached, solution

Tell = Callable[[Progress], None]
Stop = Callable[[], bool]


SHARE_OF_ONE_AIM = 0.8
"""Part of the time left that one aim may take, so that those after it are not left out."""


SHARE_OF_POLISH = 0.3
"""Part of the time that bettering the quick plan may take at most."""


class UndecidedError(UserError):
    """Time ran out before there was a plan or a proof that there is none."""


def never() -> bool:
    """Nobody wants to stop."""
    return False


def unheard(progress: Progress) -> None:
    """Nobody listens."""


def quick_plan(problem: Problem) -> Solution | None:
    """A good plan within milliseconds and without proof; None if this way finds none (there may be one)."""
    started = time.monotonic()
    model = build(problem)
    plan = greedy(model)
    if plan is None:
        return None
    parts = [reached(aim, aim.of(model, plan), None) for aim in aims(model)]
    return solution(model, plan, parts, time.monotonic() - started, quick=True)


def solve(
    problem: Problem, effort: Effort = USUAL, progress: Tell = unheard, stop: Stop = never
) -> Solution | Contradiction:
    """The best plan of a problem, or the limits that leave none.

    `progress` hears of the quick plan first, then of every better plan and bound. Raises `Cancelled` when
    `stop` says so and `UndecidedError` when time runs out before any plan. The same problem gives the same plan
    unless time cuts the search short.
    """
    started = time.monotonic()
    model = build(problem)
    search = Search(model, Watch(effort, stop=stop, started=started), progress)
    start = search.first()
    plan = search.climb(Engine(model), start)
    if plan is None:
        return contradiction(Engine(model), Watch(effort, stop=stop))
    return solution(model, plan, search.reached, search.watch.elapsed)


def solution_of(found: Progress, problem: Problem) -> Solution | None:
    """The best plan so far as a solution with its gap, for who stops early and takes it; None if there is none."""
    model = build(problem)
    plan = None if found.decisions is None else model.columns(found.decisions)
    if plan is None:
        return None
    at_work = [
        Reached(aim.kind, aim.of(model, plan) * aim.unit, found.bound, proven=False)
        for aim in aims(model)
        if aim.kind is found.kind
    ]
    return solution(model, plan, [*found.done, *at_work], found.seconds)


@dataclass
class Search:
    """Aims reached one after the other: each holds while the next is sought."""

    model: Model
    watch: Watch
    progress: Tell = unheard
    reached: list[Reached] = field(default_factory=list)
    demands: list[tuple[Aim, int]] = field(default_factory=list)
    _best_so_far: Plan | None = None

    def first(self) -> Plan | None:
        """The plan that the search begins with: the quick one, in large offices bettered step by step."""
        plan, wanted = greedy(self.model), aims(self.model)[:1]
        if plan is None or not wanted:
            return plan
        aim = wanted[0]
        self._tell(aim, Step(plan, aim.of(self.model, plan), None))
        if len(self.model.slots) < LARGE:
            return plan
        until = self.watch.elapsed + self.watch.left * SHARE_OF_POLISH
        plan = polish(self.model, aim, plan, lambda: self.watch.elapsed > until or self.watch.stop())
        self._tell(aim, Step(plan, aim.of(self.model, plan), None))
        return plan

    def climb(self, engine: Engine, start: Plan | None) -> Plan | None:
        """The best plan for all aims in their order; None if there is none. Raises `UndecidedError`."""
        plan = start
        wanted = aims(self.model)
        if not wanted:
            return self._checked(engine.run(None, self.watch, start))
        for aim in wanted:
            found = self._best(engine, aim, plan)
            if found is None:
                return None
            plan = found.plan
            self.demands.append((aim, found.value))
            self.reached.append(reached(aim, found.value, found.bound))
            engine.demand(self.demands)
        return plan

    def _best(self, engine: Engine, aim: Aim, start: Plan | None) -> Found | None:
        seconds = self.watch.elapsed + self.watch.left * SHARE_OF_ONE_AIM
        watch = replace(
            self.watch,
            effort=replace(self.watch.effort, seconds=seconds),
            step=lambda step: self._tell(aim, step),
        )
        found = engine.run(aim, watch, start)
        if found.plan is None and start is not None and not found.settled:
            return Found(start, aim.of(self.model, start), found.bound, settled=False)
        return None if self._checked(found) is None else found

    @staticmethod
    def _checked(found: Found) -> Plan | None:
        if found.plan is None and not found.settled:
            raise UndecidedError(
                _("Time ran out before a plan was found."), _("Give it more time or loosen a limit.")
            )
        return found.plan

    def _tell(self, aim: Aim, step: Step) -> None:
        def named(value: int | None) -> Fraction | None:
            return None if value is None else value * aim.unit

        self._best_so_far = step.plan or self._best_so_far
        plan = self._best_so_far
        self.progress(
            Progress(
                kind=aim.kind,
                decisions=None if plan is None else self.model.decisions(plan),
                value=named(step.value),
                bound=named(step.bound),
                seconds=self.watch.elapsed,
                improved=step.plan is not None,
                done=tuple(self.reached),
            )
        )
