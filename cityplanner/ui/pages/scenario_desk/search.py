"""The search for the best plan of a scenario: in the background, with its bound; then why and what more would buy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import Cancelled, UserError
from cityplanner.base.language import _, current
from cityplanner.planning import coverage
from cityplanner.planning.best import Explanation, explain_in_child, problem_of
from cityplanner.planning.facts import ScenarioFact
from cityplanner.planning.keeping import differences
from cityplanner.planning.optimum.aims import AimKind
from cityplanner.planning.optimum.limits import limits_words
from cityplanner.planning.optimum.problem import Problem
from cityplanner.planning.optimum.process import solve_in_child
from cityplanner.planning.optimum.reasons import reason_words
from cityplanner.planning.optimum.result import Contradiction, Progress, Solution, solution_words
from cityplanner.planning.optimum.solve import solution_of
from cityplanner.planning.optimum.worth import least_words, worth_words
from cityplanner.ui import icons, theme
from cityplanner.ui.context import Context
from cityplanner.ui.pages.scenario_desk.facts import DeskFacts
from cityplanner.ui.pages.scenario_desk.wishes import WishesForm
from cityplanner.ui.parts import jobs
from cityplanner.ui.theme import Role, text_label


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan that was found, not kept yet: the scenario it is for, and the same with its decisions."""

    source: ScenarioFact
    found: ScenarioFact
    headline: str


class Search(QWidget):
    """Finds, shows and offers to keep."""

    kept = Signal(object)
    """The plan shown is to be kept: the `ScenarioFact` it makes."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._facts: DeskFacts | None = None
        self._scenario: ScenarioFact | None = None
        self._job: jobs.Job | None = None
        self._asking: jobs.Job | None = None
        self._latest: list[Progress] = []
        self.preview: Preview | None = None
        self.wishes = WishesForm()
        self.start = QPushButton(_("Find best plan"))
        self.start.setProperty("primary", True)
        icons.wear(self.start, "sparkles", "accent_text")
        self.stop = QPushButton(_("Stop"))
        self.keep = QPushButton(_("Keep as scenario"))
        icons.wear(self.keep, "save")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.state = text_label("", Role.MUTED, wrap=True)
        self.headline = text_label("", Role.HEADING, wrap=True)
        self.changes = QTableWidget(0, 3)
        self.reasons = text_label("", wrap=True)
        self.worth = text_label("", wrap=True)
        self._lay_out()
        self.start.clicked.connect(self.begin)
        self.stop.clicked.connect(self._stop)
        self.keep.clicked.connect(self._keep)
        self.clear()

    def show_scenario(self, facts: DeskFacts, scenario: ScenarioFact, *, writing: bool) -> None:
        """The scenario that the next search is for; another one clears what was found."""
        if self._scenario is not None and self._scenario.id != scenario.id:
            self.clear()
        if facts is not self._facts:
            self.wishes.show_facts(facts)
        self._facts, self._scenario = facts, scenario
        self.keep.setEnabled(writing)

    def clear(self) -> None:
        """Forget what was found and what is under way."""
        for job in (self._job, self._asking):
            if job is not None:
                job.drop()
        self._job = self._asking = self.preview = None
        self._latest = []
        self._show_idle(
            _(
                "Finds the service level of every initiative that covers most within funds, staff and mandates."
            )
        )
        self.headline.setText("")
        for widget in (self.keep, self._results):
            widget.hide()

    def begin(self) -> None:
        """Search for the best plan of the scenario as it is now, in a process of its own."""
        if self._facts is None or self._scenario is None or self._job is not None:
            return
        self.clear()
        facts, scenario = self._facts, self._scenario
        problem, effort = problem_of(facts.plan, scenario, self.wishes.wishes), self.wishes.effort
        latest = self._latest
        self.wishes.heading.setChecked(False)

        def work(progress: jobs.Progress) -> Solution | Contradiction:
            def tell(step: Progress) -> None:
                latest[:] = [step]
                progress.report(0, 0, _progress_words(step))

            return solve_in_child(problem, effort, tell, lambda: progress.cancelled)

        self._show_working(_("Searching for the best plan…"))
        self._job = self._context.jobs.start(
            work,
            lambda found: self._found(problem, scenario, found),
            owner=self,
            failed=lambda error: self._failed(problem, scenario, error),
            progress=lambda _done, _total, text: self.state.setText(text),
        )

    def show_plan(self, problem: Problem, source: ScenarioFact, found: Solution) -> None:
        """Show a plan, then ask in the background why what is left out is and what more would buy."""
        self._job = None
        self.wishes.heading.setChecked(False)  # what was found needs the room
        assert self._facts is not None
        made = replace(problem.scenario, decisions=found.decisions)
        self.preview = Preview(source, made, solution_words(found))
        self._show_idle("")
        self.headline.setText(f"{self.preview.headline} {self._compared(source, found)}")
        self._show_changes(source, made)
        self.keep.show()
        self._results.show()
        self._explain(problem, found)

    def _found(self, problem: Problem, source: ScenarioFact, found: Solution | Contradiction) -> None:
        self._job = None
        if isinstance(found, Solution):
            self.show_plan(problem, source, found)
            return
        self._show_idle("")
        self.headline.setText(_("No plan keeps to all limits."))
        self.changes.hide()
        self._results.show()
        title = _("The smallest set of limits that contradict each other")
        self._reasons_title.setText(title if found.smallest else _("These limits contradict each other"))
        limits = _listed(limits_words(found.limits, problem, self._context.currency))
        hint = _("Loosen any one of them: without it the others can be kept.")
        self.reasons.setText(f"{limits}\n\n{hint}")
        self._worth_title.hide()
        self.worth.setText("")

    def _failed(self, problem: Problem, source: ScenarioFact, error: UserError) -> None:
        """Stopped or out of time: the best plan so far is shown with its gap, if there is one."""
        self._job = None
        best = solution_of(self._latest[0], problem) if self._latest else None
        if isinstance(error, Cancelled) and best is not None:
            self.show_plan(problem, source, best)
        else:
            self._show_idle(str(error))

    def _explain(self, problem: Problem, found: Solution) -> None:
        currency, effort = self._context.currency, self.wishes.effort
        self._reasons_title.setText(_("Why the rest is not fuller"))
        self.reasons.setText(_("Asking why…"))
        self._worth_title.hide()
        self.worth.setText("")
        self._asking = self._context.jobs.start(
            lambda progress: explain_in_child(problem, found, currency, effort, lambda: progress.cancelled),
            lambda told: self._explained(problem, told),
            owner=self,
            failed=lambda error: self.reasons.setText(str(error)),
        )

    def _explained(self, problem: Problem, told: Explanation) -> None:
        self._asking = None
        currency = self._context.currency
        reasons = [" ".join(reason_words(one, problem, currency)) for one in told.reasons]
        self.reasons.setText(_listed(reasons) or _("Every initiative runs at its fullest level."))
        worth = [worth_words(one, problem, currency) for one in told.worth]
        steps = [least_words(one, problem, currency) for one in told.least if one.amount is not None]
        self._worth_title.show()
        self.worth.setText(_listed([*worth, *steps]))

    def _compared(self, source: ScenarioFact, found: Solution) -> str:
        assert self._facts is not None
        then = self._facts.scales.outcome(source)
        moved = len(differences(self._facts.plan.office, source, replace(source, decisions=found.decisions)))
        words = current().plural("{n} level changes", "{n} levels change", moved)
        text = _("Your plan: {share}; {changes}.")
        if not then.ready:
            text = _("Your plan, which does not balance: {share}; {changes}.")
        return text.format(share=coverage.words(then.coverage.office.coverage), changes=words)

    def _show_changes(self, source: ScenarioFact, found: ScenarioFact) -> None:
        assert self._facts is not None
        facts = self._facts
        titles = {one.id: f"{one.code} {one.title}".strip() for one in facts.plan.office.initiatives}
        rows = [
            (titles[key], facts.level_name(source.decisions.get(key)), facts.level_name(level))
            for key, level in differences(facts.plan.office, source, found).items()
        ]
        self.changes.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                self.changes.setItem(row, column, QTableWidgetItem(text))
        height = self.changes.verticalHeader().defaultSectionSize() * (len(rows) + 1) + theme.MEDIUM
        self.changes.setFixedHeight(height)
        self.changes.setVisible(bool(rows))

    def _keep(self) -> None:
        if self.preview is not None:
            self.kept.emit(self.preview.found)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _show_working(self, text: str) -> None:
        self.state.setText(text)
        self.state.show()
        self.start.setEnabled(False)
        for widget in (self.stop, self.bar):
            widget.show()

    def _show_idle(self, text: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))
        self.start.setEnabled(True)
        for widget in (self.stop, self.bar):
            widget.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        for widget in (self.start, self.stop, self.keep):
            row.addWidget(widget)
        row.addStretch(1)
        table = self.changes
        table.setHorizontalHeaderLabels([_("What changes"), _("Now"), _("Best plan")])
        table.setAccessibleName(_("What changes"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._reasons_title = text_label("", Role.HEADING)
        self._worth_title = text_label(_("What more would buy"), Role.HEADING)
        self._results = QWidget()
        self._results.setAccessibleName(_("The plan found"))
        column = QVBoxLayout(self._results)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        for part in (table, self._worth_title, self.worth, self._reasons_title, self.reasons):
            column.addWidget(part)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        for below in (self.wishes, self.headline, self._results):
            column.addWidget(below)
        column.addStretch(1)
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
        scrolled.setAccessibleName(_("Best plan"))
        scrolled.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.SMALL, theme.MEDIUM, theme.MEDIUM, 0)
        outer.setSpacing(theme.SMALL)
        outer.addLayout(row)
        for shown in (self.bar, self.state):
            outer.addWidget(shown)
        outer.addWidget(scrolled, 1)


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"• {line}" for line in lines)


def _progress_words(step: Progress) -> str:
    say = current()
    if step.kind not in (AimKind.COVERAGE, AimKind.BLEND) or step.value is None:
        return _("Deciding between plans that are as good…")
    value = say.percent(float(step.value), 1)
    if step.bound is None:
        return _("Best so far: {aim} {value}.").format(aim=_(step.kind), value=value)
    bound = say.percent(float(step.bound), 1)
    text = _("Best so far: {aim} {value}; no plan has more than {bound}.")
    return text.format(aim=_(step.kind), value=value, bound=bound)
