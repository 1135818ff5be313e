"""What the search for a plan comes to: a plan with its proof or gap, or the limits that contradict each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cityplanner.base.language import N_, Language, current
from cityplanner.planning import coverage
from cityplanner.planning.facts import FULL_RESULT
from cityplanner.planning.optimum.aims import Aim, AimKind
from cityplanner.planning.optimum.limits import Limit
from cityplanner.planning.optimum.model import Model
from cityplanner.planning.optimum.problem import TENTHS


@dataclass(frozen=True, slots=True)
class Reached:
    """One aim of a plan: what it reaches and what nothing can exceed, coverage 0-1, priority in points, cost
    negative in minor units; `proven` says that the bound came from the solver and is reached."""

    kind: AimKind
    value: Fraction
    bound: Fraction | None
    proven: bool

    @property
    def gap(self) -> float | None:
        """How far the bound lies above the value, as a share of the value; None without a bound."""
        if self.bound is None:
            return None
        if self.bound <= self.value:
            return 0.0
        return float((self.bound - self.value) / abs(self.value)) if self.value else 1.0


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan within every limit. Each aim is judged at the values of the aims before it.

    `coverage` is that of `coverage.measure` at these decisions (None: nothing supported), `priority` the points
    kept, `cost` what the chosen levels cost all funds without staff positions. `quick` marks the plan shown
    while the exact one is sought.
    """

    decisions: Mapping[int, int | None]
    aims: tuple[Reached, ...]
    coverage: Fraction | None
    priority: Fraction
    cost: int
    seconds: float
    quick: bool = False

    @property
    def proven(self) -> bool:
        """Whether the first aim, and with it what the plan is for, is proven optimal."""
        return bool(self.aims) and self.aims[0].proven

    @property
    def proven_throughout(self) -> bool:
        """Whether every aim is proven optimal at the values of those before it."""
        return all(aim.proven for aim in self.aims) and not self.quick

    @property
    def gap(self) -> float | None:
        """The gap of the first aim; None if no bound is known."""
        return self.aims[0].gap if self.aims else 0.0


@dataclass(frozen=True, slots=True)
class Contradiction:
    """No plan keeps to all limits; these cannot be kept together, and without any one of them the others can.

    `smallest`: no other set that contradicts itself has fewer.
    """

    limits: tuple[Limit, ...]
    smallest: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is: the aim at work with its value and bound (None: not yet), and the best plan so far.

    `improved` says that the plan is a new one, `done` what the aims before this one came to.
    """

    kind: AimKind
    decisions: Mapping[int, int | None] | None
    value: Fraction | None
    bound: Fraction | None
    seconds: float
    improved: bool = False
    done: tuple[Reached, ...] = ()

    @property
    def gap(self) -> float | None:
        """How far the bound lies above the value, as a share of the value."""
        if self.value is None or self.bound is None:
            return None
        return Reached(self.kind, self.value, self.bound, proven=False).gap


def solution(
    model: Model, plan: Collection[int], aims: Sequence[Reached], seconds: float, *, quick: bool = False
) -> Solution:
    """A plan with its figures; its coverage is measured anew from the facts, apart from the solver's sums."""
    decisions = model.decisions(plan)
    tenths = model.problem.tenths()
    options = [model.options[column] for column in plan]
    kept = sum(tenths.get(one.initiative_id, 0) * one.share for one in options)
    return Solution(
        decisions=decisions,
        aims=tuple(aims),
        coverage=coverage.measure(model.problem.office, decisions).office.coverage,
        priority=Fraction(kept, TENTHS * FULL_RESULT),
        cost=sum(sum(one.cost.values()) for one in options),
        seconds=seconds,
        quick=quick,
    )


def reached(aim: Aim, value: int, bound: int | None) -> Reached:
    """An aim's value and bound in what they are called."""
    top = None if bound is None else bound * aim.unit
    return Reached(aim.kind, value * aim.unit, top, proven=bound is not None and bound <= value)


def solution_words(found: Solution, language: Language | None = None) -> str:
    """How good a plan is known to be, for page, paper and command line."""
    say = language or current()
    share = coverage.words(found.coverage, say)
    if found.quick:
        return say.text(N_("Coverage {share}: a first plan, not yet compared with others.")).format(
            share=share
        )
    if found.proven:
        return say.text(N_("Coverage {share}: proven optimal.")).format(share=share)
    if found.gap is None:
        return say.text(N_("Coverage {share}: how much better a plan can be is not known.")).format(
            share=share
        )
    return say.text(N_("Coverage {share}: at most {gap} short of the best plan.")).format(
        share=share, gap=say.percent(found.gap, 2)
    )
