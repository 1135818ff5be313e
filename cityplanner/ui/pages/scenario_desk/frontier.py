"""The frontier of a scenario: the best coverage at each budget, drawn point by point as it is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.planning import coverage
from cityplanner.planning.best import Wishes, problem_of, rising, totals
from cityplanner.planning.facts import ScenarioFact
from cityplanner.planning.keeping import at_budget
from cityplanner.planning.optimum.aims import AimKind
from cityplanner.planning.optimum.frontier import Point, total_budget
from cityplanner.planning.optimum.problem import Problem
from cityplanner.planning.optimum.process import frontier_in_child
from cityplanner.planning.optimum.result import Reached, Solution
from cityplanner.ui import icons, theme
from cityplanner.ui.context import Context
from cityplanner.ui.pages.scenario_desk.facts import DeskFacts
from cityplanner.ui.parts import jobs
from cityplanner.ui.parts.frontier_view import Dot, FrontierView
from cityplanner.ui.theme import Role, text_label

POINTS = 16


class Frontier(QWidget):
    """Draws the frontier and leads to the plan behind a point."""

    opened = Signal(object, object, object)
    """The plan behind a point was asked for: its `Problem`, the scenario it is seen from, and a `Solution`."""

    def __init__(self, context: Context, wishes: Callable[[], Wishes]) -> None:
        super().__init__()
        self._context, self._wishes = context, wishes
        self._facts: DeskFacts | None = None
        self._scenario: ScenarioFact | None = None
        self._job: jobs.Job | None = None
        self._problem: Problem | None = None
        self.points: list[Point] = []
        self.start = QPushButton(_("Draw the frontier"))
        self.start.setProperty("primary", True)
        icons.wear(self.start, "sparkles", "accent_text")
        self.stop = QPushButton(_("Stop"))
        self.show_plan = QPushButton(_("Show this plan"))
        self.bar = QProgressBar()
        self.bar.setRange(0, POINTS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.state = text_label("", Role.MUTED, wrap=True)
        self.chart = FrontierView()
        self._lay_out()
        self.start.clicked.connect(self.draw)
        self.stop.clicked.connect(self._stop)
        self.show_plan.clicked.connect(lambda: self._open(self.chart.current))
        self.chart.chosen.connect(self._tell_point)
        self.chart.opened.connect(self._open)
        self.clear()

    def show_scenario(self, facts: DeskFacts, scenario: ScenarioFact) -> None:
        """The scenario whose frontier it is; it moves on the chart as it changes."""
        if self._scenario is not None and self._scenario.id != scenario.id:
            self.clear()
        self._facts, self._scenario = facts, scenario
        if self.points:
            self._show_points()

    def clear(self) -> None:
        """Forget what was drawn."""
        if self._job is not None:
            self._job.drop()
        self._job = self._problem = None
        self.points = []
        self.chart.show_dots((), None, "", self._context.currency)
        self._show_idle(_("Shows the best coverage at each budget, and how far this scenario is from it."))

    def draw(self) -> None:
        """Find the best plan at each budget, in a process of its own."""
        if self._facts is None or self._scenario is None or self._job is not None:
            return
        self.clear()
        # What is drawn is coverage, so of the wishes the limits count and a blend does not.
        wishes = replace(self._wishes(), blend=None)
        problem = problem_of(self._facts.plan, self._scenario, wishes)
        if not total_budget(problem):
            self._show_idle(_("No fund has an amount in this year. Add one first."))
            return
        self._problem = problem
        steps = totals(problem, POINTS)
        found: list[Point] = []
        self.points = found  # filled in the worker, shown as it grows

        def work(progress: jobs.Progress) -> Sequence[Point]:
            def tell(point: Point) -> None:
                found.append(point)
                progress.report(len(found), len(steps))

            return frontier_in_child(problem, steps, point=tell, stop=lambda: progress.cancelled)

        self._show_working()
        self._job = self._context.jobs.start(
            work, self._drawn, owner=self, failed=self._failed, progress=self._grown
        )

    def _grown(self, done: int, total: int, _text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._show_points()

    def _drawn(self, points: Sequence[Point]) -> None:
        self._job = None
        self.points = list(points)
        self._show_idle("")
        self._show_points()
        self._tell_distance()

    def _failed(self, error: UserError) -> None:
        self._job = None
        self._show_idle(str(error))
        self._show_points()

    def _solved(self) -> list[Point]:
        """The points that have a plan, lowest budget first."""
        return rising(self.points)

    def _show_points(self) -> None:
        if self._facts is None or self._scenario is None:
            return
        dots = [Dot(one.budget, float(one.value or 0), one.proven) for one in self._solved()]
        found = self._facts.scales.outcome(self._scenario)
        own, name = found.coverage.office.coverage, self._scenario.name
        here = None if own is None else Dot(sum(fund.amount for fund in found.funds), float(own))
        if not found.ready:
            name = _("{name}, which does not balance").format(name=name)
        self.chart.show_dots(dots, here, name, self._context.currency)

    def _tell_distance(self) -> None:
        """How far the scenario is from the best plan at its budget."""
        if self._facts is None or self._scenario is None or self._problem is None:
            return
        budget = total_budget(self._problem)
        best = next((one.value for one in self._solved() if one.budget == budget), None)
        own = self._facts.scales.outcome(self._scenario).coverage.office.coverage
        impossible = sum(1 for one in self.points if one.impossible)
        words = []
        if best is not None and own is not None:
            words.append(
                _("At its budget of {money} this scenario covers {own}, the best plan {best}.").format(
                    money=current().money(budget, self._context.currency),
                    own=coverage.words(own),
                    best=coverage.words(best),
                )
            )
        if impossible:
            words.append(
                current().plural(
                    "At {n} of the lower budgets no plan keeps to all limits.",
                    "At {n} of the lower budgets no plan keeps to all limits.",
                    impossible,
                )
            )
        self._show_idle(" ".join(words))

    def _tell_point(self, at: int) -> None:
        point, say = self._solved()[at], current()
        words = _("At {money} the best plan covers {share}.").format(
            money=say.money(point.budget, self._context.currency),
            share=say.percent(float(point.value or 0), 1),
        )
        self.state.setText(words)
        self.state.show()
        self.show_plan.setEnabled(self._job is None)

    def _open(self, at: int) -> None:
        solved = self._solved()
        if self._problem is None or self._scenario is None or self._job or not 0 <= at < len(solved):
            return
        point = solved[at]
        problem = replace(self._problem, scenario=at_budget(self._problem, point.budget))
        self.opened.emit(problem, self._scenario, _solution(point))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _show_working(self) -> None:
        self.state.setText(_("Finding the best plan at each budget…"))
        self.state.show()
        self.start.setEnabled(False)
        self.show_plan.setEnabled(False)
        self.bar.setValue(0)
        for widget in (self.stop, self.bar):
            widget.show()

    def _show_idle(self, text: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))
        self.start.setEnabled(True)
        self.show_plan.setEnabled(self.chart.current >= 0 and bool(self.points))
        for widget in (self.stop, self.bar):
            widget.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        for widget in (self.start, self.stop, self.show_plan):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SMALL, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addLayout(row)
        column.addWidget(self.bar)
        column.addWidget(self.state)
        column.addWidget(self.chart, 1)
        hint = _(
            "A filled point is proven best; a hollow one is within a thousandth. Left and Right go along."
        )
        column.addWidget(text_label(hint, Role.SMALL, wrap=True))


def _solution(point: Point) -> Solution:
    """The plan behind a point, with what is known of it."""
    value = point.value or Fraction(0)
    reached = Reached(AimKind.COVERAGE, value, point.bound, proven=point.proven)
    return Solution(point.decisions or {}, (reached,), value, Fraction(0), 0, 0.0)
