"""The solver (HiGHS) around one model: bounds and right-hand sides change, the matrix stays.

Coefficients are scaled by powers of two, so they reach the solver exactly; what comes back is rounded to a plan
and checked in whole numbers. A plan that only the solver's tolerance lets through is cut off and sought again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from cityplanner.base.errors import Cancelled
from cityplanner.base.language import _
from cityplanner.planning.optimum.aims import Aim
from cityplanner.planning.optimum.cuts import Cut, as_terms, broken_cuts
from cityplanner.planning.optimum.limits import Limit
from cityplanner.planning.optimum.matrix import LARGEST, joined, matrix, scaled
from cityplanner.planning.optimum.model import Model, Row, Terms
from cityplanner.planning.optimum.prices import Prices, whole
from cityplanner.planning.optimum.problem import Effort

if TYPE_CHECKING:
    import highspy

LARGE = 200
"""From so many initiatives the relaxation is tightened first; fewer are solved before that is done."""

ROUNDS, ENOUGH = 12, 1e-5
"""Tightening ends after so many rounds, or when one lowers the bound by less than this share."""

SLACK = 1e-6
"""By how much a cut is kept at least that needs no row."""

Plan = tuple[int, ...]
"""One column for each initiative, in the order of the model's slots."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a run came to: the best plan, its value and the proven bound, both in whole units of the aim.

    No plan and `settled` means that there is none; no plan and not settled that time ran out before one.
    """

    plan: Plan | None
    value: int
    bound: int
    settled: bool

    @property
    def proven(self) -> bool:
        """Whether no plan can be better."""
        return self.plan is not None and self.bound <= self.value


@dataclass(frozen=True, slots=True)
class Step:
    """A moment of a run: the plan just found, if it is a new one, and value and bound so far."""

    plan: Plan | None
    value: int | None
    bound: int | None


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on: `step` is told of progress, `stop` is asked whether to give up; `ends_at` by the clock."""

    effort: Effort = field(default_factory=Effort)
    step: Callable[[Step], None] = lambda step: None
    stop: Callable[[], bool] = lambda: False
    started: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.started

    @property
    def left(self) -> float:
        """Seconds left."""
        return max(0.0, self.effort.seconds - self.elapsed)


class Engine:
    """HiGHS with one model in it."""

    def __init__(self, model: Model) -> None:
        import highspy  # with numpy 0.1 s, which the first window does not wait for

        self.model = model
        self._h = highspy
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._without: frozenset[Limit] = frozenset()
        self._kept: dict[int, int] = {}
        self._demands: tuple[tuple[Aim, int], ...] = ()
        self._caps = {row.limit: row.at_most for row in model.rows}
        for name, value in _OPTIONS.items():
            self._solver.setOptionValue(name, value)
        lp, self._row_at = matrix(model)
        self._solver.passModel(lp)
        self._rows_of_limits = self._rows_of_model = self._solver.getNumRow()
        self._loose = len(model.slots) >= LARGE

    # what holds

    def cap(self, caps: Mapping[Limit, int]) -> None:
        """Change the right-hand sides of rows (all others as the model has them)."""
        self._caps = {row.limit: caps.get(row.limit, row.at_most) for row in self.model.rows}
        self._loose = len(self.model.slots) >= LARGE
        self._set_rows()

    def release(self, limits: Iterable[Limit]) -> None:
        """Let these limits go, all others hold."""
        self._without = frozenset(limits)
        self._set_rows()
        self._set_columns()

    def keep(self, columns: Iterable[int]) -> None:
        """Force these options in (and those kept before out of force)."""
        slots = self.model.slots
        self._kept = {
            other: int(other == at) for at in columns for other in slots[self.model.options[at].initiative_id]
        }
        self._set_columns()

    def demand(self, demands: Iterable[tuple[Aim, int]]) -> None:
        """Ask for at least these values of aims (in whole units), instead of those asked for before."""
        self._demands = tuple(demands)
        self._set_demands()

    def allows(self, plan: Plan) -> bool:
        """Whether a plan keeps to all that holds now, demands and cuts aside."""
        if self._forbidden() & set(plan):
            return False
        return not any(self.model.broken(plan, self._rows()))

    # running

    def run(self, aim: Aim | None, watch: Watch, start: Plan | None = None) -> Found:
        """The best plan for an aim, or any plan without one; `start` is where the search begins.

        Raises `Cancelled` when the watch says stop.
        """
        while True:
            found = self._run(aim, watch, start)
            if found.plan is None or not self._cut_off(found.plan):
                return found

    def _cut_off(self, plan: Plan) -> bool:
        """Whether a plan breaks what holds by less than the solver can tell; if so it is not found again."""
        wrong = next(self.model.broken(plan, self._rows()), None)
        if wrong is None and self._meets_demands(plan):
            return False
        cover = set(plan)
        if wrong is not None and not wrong.items and min(wrong.options.values(), default=0) > 0:
            cover &= set(wrong.options)  # these together are too much, whatever the others have
        self._add(dict.fromkeys(cover, 1), {}, len(cover) - 1)
        return True

    def prices(self, aim: Aim) -> Prices | None:
        """What the relaxation, in which levels mix at will, proves about every option; None if it has no plan."""
        self._tighten(aim)
        solver, unit = self._solver, self._set_aim(aim)
        solver.clearSolver()
        if not self._relaxed():
            return None
        forbidden, found = self._forbidden(), solver.getSolution()
        reduced = list(found.col_dual)[: len(self.model.options)]
        most = solver.getInfo().objective_function_value / unit
        rows = list(found.row_dual)
        return Prices(
            self.model,
            most,
            # What is forbidden anyway adds nothing to the optimum, whatever its price.
            tuple(0.0 if at in forbidden else one / unit for at, one in enumerate(reduced)),
            {row.limit: rows[self._row_at[row.limit]] * self._scale(row) / unit for row in self.model.rows},
        )

    def _scale(self, row: Row) -> float:
        """What one unit of a row is to the solver."""
        terms = joined(self.model, row.options, row.items)
        column = next(iter(terms), None)
        return 0.0 if column is None else scaled(terms, 0)[0][column] / terms[column]

    def _relaxed(self) -> bool:
        """Solve the relaxation; whether it has an optimum."""
        solver = self._solver
        solver.setOptionValue("solve_relaxation", True)
        solver.setOptionValue("time_limit", inf)
        solver.run()
        solver.setOptionValue("solve_relaxation", False)
        return bool(solver.getModelStatus() == self._h.HighsModelStatus.kOptimal)

    def _tighten(self, aim: Aim | None) -> None:
        """Add the cuts that the relaxation breaks, and drop those that no longer matter.

        They hold whatever the limits are, so they stay for every run to come.
        """
        if not self._loose or aim is None or not aim.items:
            return
        self._loose = False
        self._delete(range(self._rows_of_model, self._solver.getNumRow()))
        self._solver.clearSolver()
        if self._cut_in_rounds(self._set_aim(aim)):
            self._drop_slack()
        self._rows_of_model = self._solver.getNumRow()
        self._set_demands()

    def _cut_in_rounds(self, unit: float) -> bool:
        """Solve the relaxation and cut until that lowers the bound no further; False if it has no optimum."""
        solver, known, most = self._solver, set[Cut](), inf
        for _round in range(ROUNDS):
            if not self._relaxed():
                return False
            before, most = most, solver.getInfo().objective_function_value / unit
            if before - most < ENOUGH * most:
                return True
            values = list(solver.getSolution().col_value)
            cuts = [cut for cut in broken_cuts(self.model, values) if cut not in known]
            known.update(cuts)
            for cut in cuts:
                self._add(*as_terms(cut, self.model.full))
        return self._relaxed()

    def _drop_slack(self) -> None:
        solver = self._solver
        rows, upper = list(solver.getSolution().row_value), list(solver.getLp().row_upper_)
        self._delete([at for at in range(self._rows_of_limits, len(rows)) if rows[at] < upper[at] - SLACK])

    def _delete(self, rows: Sequence[int]) -> None:
        if rows:
            self._solver.deleteRows(len(rows), list(rows))

    def _run(self, aim: Aim | None, watch: Watch, start: Plan | None) -> Found:
        if start is not None and self._cannot_be_beaten(aim, start):
            return Found(start, self._most(aim), self._most(aim), settled=True)
        self._tighten(aim)
        solver, statuses = self._solver, self._h.HighsModelStatus
        unit = self._set_aim(aim)
        solver.clearSolver()
        solver.setOptionValue("mip_abs_gap", 0.999 * unit)
        # The solver's clock runs on from run to run, and parts of it take the limit as one for all of them.
        solver.setOptionValue("time_limit", solver.getRunTime() + watch.left)
        if start is not None:
            point = self._point(start)
            solver.setSolution(len(point), list(range(len(point))), point)
        listener = _Listener(self, watch, unit)
        solver.setCallback(listener, None)
        kinds = self._h.cb.HighsCallbackType
        for kind in (
            kinds.kCallbackMipInterrupt,
            kinds.kCallbackMipImprovingSolution,
            kinds.kCallbackSimplexInterrupt,
        ):
            solver.startCallback(kind)
        solver.run()
        solver.setCallback(None, None)
        if listener.stopped:
            raise Cancelled(_("The search for a plan was stopped."))
        status, info = solver.getModelStatus(), solver.getInfo()
        if status in (statuses.kInfeasible, statuses.kUnboundedOrInfeasible):
            return Found(None, 0, 0, settled=True)
        if info.primal_solution_status != int(self._h.SolutionStatus.kSolutionStatusFeasible):
            return Found(None, 0, self._most(aim), settled=False)
        plan = self.rounded(list(solver.getSolution().col_value))
        value = aim.of(self.model, plan) if aim else 0
        dual = info.mip_dual_bound / unit
        bound = whole(dual) if abs(dual) < inf else self._most(aim)
        if status == statuses.kOptimal and abs(dual) == inf:  # solved without a search
            bound = value
        return Found(plan, value, max(bound, value), settled=True)

    # the rows

    def _rows(self) -> Iterable[Row]:
        for row in self.model.rows:
            if row.limit not in self._without:
                yield Row(row.limit, row.options, self._caps[row.limit], row.items)

    def _set_rows(self) -> None:
        for row in self.model.rows:
            held = row.limit not in self._without
            at_most = (
                scaled(joined(self.model, row.options, row.items), self._caps[row.limit])[1] if held else inf
            )
            self._solver.changeRowBounds(self._row_at[row.limit], -inf, at_most)
        self._set_demands()

    def _set_demands(self) -> None:
        """The rows beyond the model's: what is demanded; plans cut off under other right-hand sides may return."""
        self._delete(range(self._rows_of_model, self._solver.getNumRow()))
        for aim, least in self._demands:
            turned = [{at: -value for at, value in terms.items()} for terms in (aim.options, aim.items)]
            self._add(turned[0], turned[1], -least)

    def _forbidden(self) -> set[int]:
        banned = self.model.banned(self._without)
        return banned | {at for at, held in self._kept.items() if not held}

    def _set_columns(self) -> None:
        forbidden, count = self._forbidden(), len(self.model.options)
        lower = [float(self._kept.get(at, 0)) for at in range(count)]
        # A forced option that a limit bans leaves no plan: its bounds must not cross, so it is banned alone.
        upper = [float(at not in forbidden) for at in range(count)]
        lower = [min(low, high) for low, high in zip(lower, upper, strict=True)]
        self._solver.changeColsBounds(count, list(range(count)), lower, upper)

    def _add(self, options: Terms, items: Terms, at_most: int) -> None:
        terms, cap = scaled(joined(self.model, options, items), at_most)
        self._solver.addRow(-inf, cap, len(terms), list(terms), list(terms.values()))

    def _set_aim(self, aim: Aim | None) -> float:
        """Put an aim in; what one whole unit of it is to the solver."""
        count = self._solver.getNumCol()
        terms = joined(self.model, aim.options, aim.items) if aim else {}
        unit = 2.0 ** -max(0, max((abs(value).bit_length() for value in terms.values()), default=0) - LARGEST)
        costs = [0.0] * count
        for at, value in terms.items():
            costs[at] = value * unit
        self._solver.changeColsCost(count, list(range(count)), costs)
        return unit

    def _cannot_be_beaten(self, aim: Aim | None, plan: Plan) -> bool:
        """Whether a plan holds and reaches all there is: as when everything is covered."""
        reached = aim is not None and aim.of(self.model, plan) >= self._most(aim)
        return reached and self.allows(plan) and self._meets_demands(plan)

    def _meets_demands(self, plan: Plan) -> bool:
        return all(aim.of(self.model, plan) >= least for aim, least in self._demands)

    def _most(self, aim: Aim | None) -> int:
        """The bound that needs no solver: the best of each initiative and every item covered."""
        if aim is None:
            return 0
        best = sum(max(aim.options.get(at, 0) for at in slot) for slot in self.model.slots.values())
        answered = (value for place, value in aim.items.items() if self.model.items[place].gives)
        return best + self.model.full * sum(max(0, value) for value in answered)

    def _point(self, plan: Plan) -> list[float]:
        chosen = set(plan)
        units = self.model.units(plan)
        return [float(at in chosen) for at in range(len(self.model.options))] + [float(one) for one in units]

    def rounded(self, values: Sequence[float]) -> Plan:
        """The plan that the solver's values mean."""
        return tuple(max(slot, key=lambda at: values[at]) for slot in self.model.slots.values())


class _Listener:
    """Passes progress on and decides when to end; called by the solver from within its run."""

    def __init__(self, engine: Engine, watch: Watch, unit: float) -> None:
        self.stopped = False
        self._engine = engine
        self._watch = watch
        self._unit = unit
        self._began = time.monotonic()
        self._told: tuple[int | None, int | None] = (None, None)
        self._improving = engine._h.cb.HighsCallbackType.kCallbackMipImprovingSolution
        self._searching = engine._h.cb.HighsCallbackType.kCallbackMipInterrupt

    def __call__(self, kind: object, text: str, told: object, answer: object, data: object) -> None:
        out: highspy.cb.HighsCallbackOutput = told  # type: ignore[assignment]
        if kind == self._improving:
            self._tell(out, self._engine.rounded(list(out.mip_solution)))
            return
        if kind == self._searching:
            self._tell(out, None)
        self.stopped = self.stopped or self._watch.stop()
        over = self.stopped or self._watch.left <= 0
        if over or (kind == self._searching and self._enough(out)):
            answer.user_interrupt = True  # type: ignore[attr-defined]

    def _enough(self, out: highspy.cb.HighsCallbackOutput) -> bool:
        effort = self._watch.effort
        return time.monotonic() - self._began > effort.patience and out.mip_gap <= effort.enough

    def _tell(self, out: highspy.cb.HighsCallbackOutput, plan: Plan | None) -> None:
        value, bound = (
            whole(one / self._unit) if abs(one) < inf else None
            for one in (out.mip_primal_bound, out.mip_dual_bound)
        )
        if plan is not None or (value, bound) != self._told:
            self._told = (value, bound)
            self._watch.step(Step(plan, value, bound))


_OPTIONS: Mapping[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_heuristic_run_feasibility_jump": False,  # a start is given, or there is none
}
