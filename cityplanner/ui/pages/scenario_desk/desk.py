"""The desk of budget scenarios: move a lever or a level and see at once what it costs, covers and loses.

Every level chosen is one undoable change at once; sliders and fields are one change when they rest, so nothing has to
be saved and each undo takes back what one did. An adopted scenario is shown locked, with a button that copies it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QInputDialog,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.planning.facts import ScenarioFact
from cityplanner.planning.keeping import keep
from cityplanner.planning.optimum.problem import Problem
from cityplanner.planning.optimum.result import Solution
from cityplanner.store import scenarios
from cityplanner.store.journal import Editing
from cityplanner.store.rows import Change
from cityplanner.ui import icons, theme
from cityplanner.ui.context import Context
from cityplanner.ui.pages.scenario_desk.compare import Compare
from cityplanner.ui.pages.scenario_desk.facts import TABLES, DeskFacts, read_desk
from cityplanner.ui.pages.scenario_desk.frontier import Frontier
from cityplanner.ui.pages.scenario_desk.levers import Levers
from cityplanner.ui.pages.scenario_desk.results import Results
from cityplanner.ui.pages.scenario_desk.search import Search
from cityplanner.ui.pages.scenario_desk.writing import Writing
from cityplanner.ui.pages.scenario_desk.years import Years
from cityplanner.ui.parts.empty_state import EmptyState
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.level_table import LevelTable
from cityplanner.ui.theme import Role, text_label

WAIT_MS = 150
OWN_WAIT_MS = 400
"""After a change made here, which the screen shows already, reading waits longer: not between two moves."""
SEARCH_TAB = 2
SHARES = (58, 42)


class ScenarioDesk(QWidget):
    """One scenario at a time, with what it comes to beside it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self._stale = True
        self._wanted = 0
        self._against = 0
        self.facts: DeskFacts | None = None
        self.writing = Writing(context, self)
        self.setAccessibleName(_("Scenario desk"))
        self.choice = QComboBox()
        self.state = text_label("", Role.MUTED, wrap=True)
        self.copy = QPushButton(_("Make a copy"))
        self.rename = QPushButton(_("Rename…"))
        self.adopt = QPushButton(_("Adopt"))
        self.levels = LevelTable()
        self.levers = Levers()
        self.search = Search(context)
        self.frontier = Frontier(context, lambda: self.search.wishes.wishes)
        self.compare = Compare(context)
        self.years = Years(context)
        self.results = Results()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.refresh)
        self._lay_out()
        self._connect()

    @property
    def scenario(self) -> ScenarioFact | None:
        """The scenario as it is on the screen."""
        return self.writing.draft

    @property
    def editable(self) -> bool:
        """Whether the scenario on the screen may be changed."""
        found, facts = self.scenario, self.facts
        return found is not None and facts is not None and self._writable and found.id not in facts.adoptions

    @property
    def _writable(self) -> bool:
        return not self._context.read_only

    def refresh(self) -> None:
        """Read the plan again, in a worker."""
        if self._job is not None:
            self._job.drop()
        self._stale = False
        plan = self._context.plan
        self._job = self._context.jobs.start(
            lambda _progress: read_desk(plan, dt.date.today()), self._show_facts, owner=self
        )

    def choose(self, scenario_id: int) -> None:
        """Show a scenario of the plan; what was moved in the one before is written first."""
        self.writing.flush()
        self._wanted = scenario_id
        found = self.facts.scenario(scenario_id) if self.facts else None
        if self.facts is None or found is None:
            self._go_stale()
            return
        self.writing.take(self.facts.plan.office, self.writing.newest(found))
        self._show_scenario()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self.writing.flush()
        super().hideEvent(event)

    # What was read

    def _show_facts(self, facts: DeskFacts) -> None:
        self._job = None
        held = self.writing.draft
        self.facts = facts
        self.writing.caught_up()
        if not facts.plan.scenarios:
            self._say_empty()
            return
        self._pages.setCurrentIndex(0)
        wanted = self._wanted or (held.id if held else 0)
        found = facts.scenario(wanted) or self._first(facts)
        self._wanted = found.id
        if held is None or held.id != found.id or self.writing.clean:
            self.writing.take(facts.plan.office, self.writing.newest(found))
        self._fill_choice(facts, found.id)
        self._show_scenario()

    @staticmethod
    def _first(facts: DeskFacts) -> ScenarioFact:
        """The scenario to begin with: the first that can be changed, else the first."""
        open_ones = [one for one in facts.plan.scenarios if one.id not in facts.adoptions]
        return facts.scenario((open_ones or list(facts.plan.scenarios))[0].id) or facts.plan.scenarios[0]

    def _fill_choice(self, facts: DeskFacts, chosen: int) -> None:
        self.choice.blockSignals(True)
        self.choice.clear()
        for one in facts.plan.scenarios:
            self.choice.addItem(one.name, one.id)
        self.choice.setCurrentIndex(self.choice.findData(chosen))
        self.choice.blockSignals(False)

    def _say_empty(self) -> None:
        self._empty.say(
            _("No scenario yet"),
            _("Add one on the tab Scenarios, then weigh here what a budget change would keep and lose."),
        )
        self._pages.setCurrentIndex(1)

    def _show_scenario(self) -> None:
        facts, found = self.facts, self.scenario
        if facts is None or found is None:
            return
        self._fill_choice(facts, found.id)
        against = self._against
        if not against or against == found.id or facts.scenario(against) is None:
            adopted = facts.plan.adopted()
            against = adopted.id if adopted and adopted.id != found.id else 0
        self.results.offer(facts.plan.scenarios, found.id, against)
        self.levers.show_scenario(facts.plan.office, found, self._context.currency, editable=self.editable)
        self._say_state(facts, found)
        self._weigh()

    def _say_state(self, facts: DeskFacts, found: ScenarioFact) -> None:
        adoption = facts.adoptions.get(found.id)
        kind = _("{kind}, fiscal year {year}").format(kind=_(found.kind), year=found.fiscal_year)
        if adoption is not None:
            kind = _("{kind}. Adopted on {day} by {name}: locked.").format(
                kind=kind, day=current().date(adoption.at.date()), name=adoption.by or _("somebody")
            )
        self.state.setText(kind[:1].upper() + kind[1:])
        self.rename.setEnabled(self.editable)
        self.copy.setEnabled(self._writable)

    def _weigh(self) -> None:
        """Show what the scenario on the screen comes to; nothing is read or written for it."""
        facts, found = self.facts, self.scenario
        if facts is None or found is None:
            return
        currency, editable = self._context.currency, self.editable
        weighed = facts.scales.weigh(found, self.results.against.currentData())
        self.results.show_weighed(facts, weighed, currency, editable=editable)
        self.levels.lines.show_lines(facts.lines(found, currency), editable=editable)
        self.search.show_scenario(facts, found, writing=self._writable)
        self.frontier.show_scenario(facts, found)
        self.compare.show_scenario(facts, found)
        self.years.show_scenario(facts, found)
        ready = weighed.outcome.ready
        self.adopt.setEnabled(editable and ready)
        self.adopt.setToolTip("" if ready else _("It has to balance before it can be adopted."))

    # What somebody does

    def _choose_level(self, initiative_id: int, level_id: int | None) -> None:
        self._choose_levels({initiative_id: level_id})

    def _choose_levels(self, levels: Mapping[int, int | None]) -> None:
        """Give initiatives their levels, as one change."""
        if self.scenario is not None and self.editable:
            decisions = {**self.scenario.decisions, **levels}
            kept = {key: level for key, level in decisions.items() if level is not None}
            self.writing.hold(replace(self.scenario, decisions=kept), at_once=True)
            self._weigh()

    def _move(self, moved: ScenarioFact) -> None:
        if self.scenario is not None and self.editable:
            self.writing.hold(replace(moved, decisions=self.scenario.decisions), at_once=False)
            self._weigh()

    def _compare(self, scenario_id: int) -> None:
        self._against = scenario_id
        self._weigh()

    def make_copy(self) -> None:
        """Copy the scenario and show the copy."""
        found = self.scenario
        if found is None:
            return
        self.writing.flush()
        title = _("{name}, copy").format(name=found.name)
        plan, label = self._context.plan, _("Copy “{name}”").format(name=found.name)

        def work() -> int:
            with plan.edit(label) as edit:
                return scenarios.copy(edit, found.id, title)

        self._do(work, lambda made: self._made(made, _("Copied “{name}”.").format(name=found.name)))

    def ask_name(self) -> None:
        """Ask for another name, without holding up the window."""
        if self.scenario is None:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle(_("Rename scenario"))
        dialog.setLabelText(_("&Name"))
        dialog.setTextValue(self.scenario.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(self.give_name)
        dialog.open()

    def give_name(self, name: str) -> None:
        """Give the scenario another name."""
        found = self.scenario
        if found is not None and name.strip() and name.strip() != found.name:
            self.writing.flush()
            label = _("Rename “{name}”").format(name=found.name)
            self._edit(label, lambda edit: scenarios.rename(edit, found.id, name.strip()))

    def promote(self) -> None:
        """Adopt the scenario: it is locked from then on, until that is undone."""
        found = self.scenario
        if found is None or not self.editable:
            return
        self.writing.flush()
        by, now = self._context.plan.user, dt.datetime.now(dt.UTC)
        self._edit(
            _("Adopt “{name}”").format(name=found.name),
            lambda edit: scenarios.adopt(edit, found.id, by, now),
            _("“{name}” is adopted and locked.").format(name=found.name),
        )

    def _keep(self, made: ScenarioFact) -> None:
        """Keep a plan that was found as a scenario of its own, and show it."""
        if self.facts is None:
            return
        self.writing.flush()
        title = _("{name}, best plan").format(name=made.name)
        plan, office = self._context.plan, self.facts.plan.office
        self._do(
            lambda: keep(plan, office, made, title),
            lambda kept: self._made(kept[0], _("Kept as “{name}”.").format(name=kept[1])),
        )

    def _made(self, scenario_id: int, said: str) -> None:
        self._context.say(said, undoable=True)
        self.tabs.setCurrentIndex(0)
        self.choose(scenario_id)

    def _show_point(self, problem: Problem, source: ScenarioFact, found: Solution) -> None:
        self.tabs.setCurrentIndex(SEARCH_TAB)
        self.search.show_plan(problem, source, found)

    def _edit(self, label: str, step: Callable[[Editing], None], said: str = "") -> None:
        plan = self._context.plan

        def work() -> None:
            with plan.edit(label) as edit:
                step(edit)

        self._do(work, lambda _none: self._context.say(said or label, undoable=True))

    def _do(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._context.edits.put(work, done, failed=self._refused, owner=self)

    def _refused(self, error: UserError) -> None:
        self._context.say(str(error))
        self._go_stale()

    def _heard(self, change: Change) -> None:
        if not TABLES.isdisjoint(change.tables):
            self._go_stale(WAIT_MS if self.writing.idle else OWN_WAIT_MS)

    def _go_stale(self, wait: int = WAIT_MS) -> None:
        self._stale = True
        if self.isVisible():
            self._timer.start(wait)

    # How it looks

    def _connect(self) -> None:
        self.choice.activated.connect(lambda _at: self.choose(self.choice.currentData()))
        self.copy.clicked.connect(self.make_copy)
        self.rename.clicked.connect(self.ask_name)
        self.adopt.clicked.connect(self.promote)
        self.levels.lines.chosen.connect(self._choose_level)
        self.levers.moved.connect(self._move)
        self.results.moves_asked.connect(
            lambda moves: self._choose_levels({one.initiative_id: one.to_level_id for one in moves})
        )
        self.results.against_chosen.connect(self._compare)
        self.search.kept.connect(self._keep)
        self.search.wishes.changed.connect(self.frontier.clear)
        self.frontier.opened.connect(self._show_point)
        # Scenarios and years side by side need the whole width.
        self.tabs.currentChanged.connect(
            lambda _at: self.results.setVisible(self.tabs.currentWidget() not in (self.compare, self.years))
        )
        self.writing.saved.connect(lambda: self._go_stale(OWN_WAIT_MS))
        self._context.changed.connect(self._heard)

    def _lay_out(self) -> None:
        self.choice.setAccessibleName(_("Scenario"))
        self.choice.setMinimumContentsLength(28)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        icons.wear(self.copy, "file-plus")
        icons.wear(self.adopt, "badge-check")
        row = QHBoxLayout()
        row.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.SMALL)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.choice)
        row.addWidget(self.state, 1)
        for button in (self.copy, self.rename, self.adopt):
            row.addWidget(button)
        # Each inside its parent: what gets one later is styled once more, with all that is in it.
        self._pages = QStackedWidget(self)
        self._empty = EmptyState(self._pages)
        desk = QWidget(self._pages)
        column = QVBoxLayout(desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._lay_out_parts(desk), 1)
        self._pages.addWidget(desk)
        self._pages.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.SMALL, 0, 0, 0)
        outer.addWidget(self._pages)

    def _lay_out_parts(self, desk: QWidget) -> QSplitter:
        """The tabs beside the results; made after what stands above them, so that Tab goes through both in order."""
        parts = QSplitter(Qt.Orientation.Horizontal, desk)
        self.tabs = QTabWidget(parts)
        self.tabs.addTab(self.levels, _("Service levels"))
        self.tabs.addTab(self.levers, _("Funds and staff"))
        self.tabs.addTab(self.search, _("Best plan"))
        self.tabs.addTab(self.frontier, _("Frontier"))
        self.tabs.addTab(self.compare, _("Compare"))
        self.tabs.addTab(self.years, _("Years"))
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(_("Levers"))
        parts.addWidget(self.tabs)
        parts.addWidget(self.results)
        parts.setChildrenCollapsible(False)
        for at, share in enumerate(SHARES):
            parts.setStretchFactor(at, share)
        parts.setSizes([share * 10 for share in SHARES])
        return parts
