"""The best coverage at each budget between two limits.

A budget is the total of all funds; it is shared among them in the proportions the scenario has, each rounded down
to a minor unit, and staff positions are paid first. One model; only the right-hand sides of the funds change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from cityplanner.planning.optimum import supply
from cityplanner.planning.optimum.aims import AimKind, aims
from cityplanner.planning.optimum.engine import Engine, Found, Plan, Watch
from cityplanner.planning.optimum.greedy import greedy
from cityplanner.planning.optimum.limits import Limit, LimitKind
from cityplanner.planning.optimum.model import build
from cityplanner.planning.optimum.problem import Effort, Problem
from cityplanner.planning.optimum.solve import Stop, never

FRONTIER = Effort(seconds=20.0, patience=1.0, enough=1e-3)


@dataclass(frozen=True, slots=True)
class Point:
    """The best plan found at a total budget in minor units.

    `value` and `bound` are of the first aim (coverage 0-1, or the blend): nothing exceeds the bound. Without
    decisions no plan was found, and if `impossible` there is none.
    """

    budget: int
    value: Fraction | None
    bound: Fraction | None
    decisions: dict[int, int | None] | None
    impossible: bool = False

    @property
    def proven(self) -> bool:
        """Whether no plan at this budget is better."""
        return self.value is not None and self.value == self.bound


def budgets(low: int, high: int, count: int) -> tuple[int, ...]:
    """`count` totals from low to high at equal distances, in minor units; raises ValueError for under two."""
    if count < 2 or not 0 <= low < high:
        raise ValueError("a frontier needs two points or more and a lower limit below the upper one")
    return tuple(low + (high - low) * step // (count - 1) for step in range(count))


def total_budget(problem: Problem) -> int:
    """The total of all funds in the scenario, in minor units: where the scenario stands on the frontier."""
    return sum(supply.amounts(problem).values())


def frontier(
    problem: Problem,
    totals: Sequence[int],
    effort: Effort = FRONTIER,
    point: Callable[[Point], None] = lambda point: None,
    stop: Stop = never,
) -> tuple[Point, ...]:
    """The best plan at each total, in order of the totals; each point is also told to `point` as soon as it stands.

    `effort` is for each point. The highest comes first: what it reaches bounds all others, so the search is over
    at the first budget that reaches as much. Each point begins with the plan of the one below it, which still
    holds. Raises `Cancelled` when `stop` says so, ValueError when no fund has an amount.
    """
    walk = _Walk(problem, effort, stop)
    ordered = sorted(set(totals))
    if not ordered:
        return ()
    top = walk.point(ordered[-1], None)
    point(top)
    points = [top]
    below: Point | None = None
    for total in ordered[:-1]:
        below = walk.point(total, below)
        point(below)
        points.append(below)
    by_total = {one.budget: one for one in points}
    return tuple(by_total[total] for total in ordered)


class _Walk:
    """One engine, taken from budget to budget."""

    def __init__(self, problem: Problem, effort: Effort, stop: Stop) -> None:
        self._problem = problem
        self._offers = supply.amounts(problem)
        self._model = build(problem)
        self._engine = Engine(self._model)
        self._aim = next((aim for aim in aims(self._model) if aim.kind is not AimKind.COST), None)
        self._effort = effort
        self._stop = stop
        self._top: Found | None = None

    def point(self, total: int, below: Point | None) -> Point:
        """The point at a total; `below` is that of the next lower one."""
        caps = self._caps(total)
        self._engine.cap(caps)
        start = self._start(caps, below)
        found = self._settled(start) or self._run(start)
        if self._top is None:
            self._top = found
        unit = self._aim.unit if self._aim else Fraction(0)
        if found.plan is None:
            return Point(total, None, None, None, impossible=found.settled)
        bound = min(found.bound, self._top.bound) if self._top.plan else found.bound
        return Point(total, found.value * unit, bound * unit, self._model.decisions(found.plan))

    def _caps(self, total: int) -> dict[Limit, int]:
        offers = supply.scaled(self._offers, total)
        charged = supply.charged(self._problem)
        return {Limit(LimitKind.FUND, key): offers[key] - charged[key] for key in offers}

    def _start(self, caps: dict[Limit, int], below: Point | None) -> Plan | None:
        """The better of the plan below and the quick one."""
        held = self._model.columns(below.decisions) if below and below.decisions else None
        plans = [plan for plan in (held, greedy(self._model, caps)) if plan is not None]
        return max(plans, key=self._value, default=None)

    def _value(self, plan: Plan) -> int:
        return self._aim.of(self._model, plan) if self._aim else 0

    def _settled(self, start: Plan | None) -> Found | None:
        """The answer without a search, where the start already reaches what the highest budget does."""
        top = self._top
        if top is None:
            return None
        if top.plan is None and top.settled:
            return top
        if start is not None and top.plan is not None and self._value(start) >= top.value:
            return Found(start, self._value(start), top.bound, settled=True)
        return None

    def _run(self, start: Plan | None) -> Found:
        found = self._engine.run(self._aim, Watch(self._effort, stop=self._stop), start)
        if found.plan is None and start is not None:
            return replace(found, plan=start, value=self._value(start))
        return found
