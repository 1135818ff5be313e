"""Up to five scenarios side by side: what each comes to, covers and loses, and the level of every initiative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _, current
from cityplanner.planning import coverage
from cityplanner.planning.facts import ScenarioFact
from cityplanner.planning.losses import losses
from cityplanner.planning.scenarios import Outcome
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.pages.scenario_desk.facts import DeskFacts
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.side_table import SideTable
from cityplanner.ui.theme import Role, text_label

MOST = 5
SHOWN_CHOICES = 5
Rows = Iterator[tuple[str, Sequence[str]]]


class Compare(QWidget):
    """A list to check scenarios in, and the table that compares those checked."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._facts: DeskFacts | None = None
        self._scenario: ScenarioFact | None = None
        self._checked: list[int] = []
        self.choices = QListWidget()
        self.choices.setAccessibleName(_("Scenarios to compare"))
        self.table = SideTable()
        self.table.setAccessibleName(_("Scenarios side by side"))
        self._job: Job | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SMALL, theme.MEDIUM, theme.MEDIUM, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(
            text_label(
                _("Check up to five scenarios; the Space bar checks. Losses are against the adopted one."),
                Role.MUTED,
                wrap=True,
            )
        )
        column.addWidget(self.choices)
        column.addWidget(self.table, 1)
        self.choices.itemChanged.connect(self._check)

    def show_scenario(self, facts: DeskFacts, scenario: ScenarioFact) -> None:
        """The scenario on the desk, as it is on the screen; the others as the plan has them."""
        others = facts is not self._facts
        self._facts, self._scenario = facts, scenario
        if others:
            self._offer(facts)
        if self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def _offer(self, facts: DeskFacts) -> None:
        known = [one.id for one in facts.plan.scenarios]
        self._checked = [key for key in self._checked if key in known] or known[:MOST]
        self.choices.blockSignals(True)
        self.choices.clear()
        for one in facts.plan.scenarios:
            item = QListWidgetItem(one.name)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            checked = one.id in self._checked
            item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
            self.choices.addItem(item)
        self.choices.blockSignals(False)
        rows = min(max(self.choices.count(), 1), SHOWN_CHOICES)
        self.choices.setFixedHeight(self.choices.sizeHintForRow(0) * rows + theme.SMALL)

    def _check(self, item: QListWidgetItem) -> None:
        """The sixth scenario checked takes the place of the one checked first."""
        key = int(item.data(Qt.ItemDataRole.UserRole))
        self._checked = [one for one in self._checked if one != key]
        if item.checkState() is Qt.CheckState.Checked:
            self._checked = [*self._checked, key][-MOST:]
        self.choices.blockSignals(True)
        for row in range(self.choices.count()):
            other = self.choices.item(row)
            held = other.data(Qt.ItemDataRole.UserRole) in self._checked
            other.setCheckState(Qt.CheckState.Checked if held else Qt.CheckState.Unchecked)
        self.choices.blockSignals(False)
        self._fill()

    def _fill(self) -> None:
        facts, here = self._facts, self._scenario
        if facts is None or here is None:
            return
        compared = [
            here if one.id == here.id else one for one in facts.plan.scenarios if one.id in self._checked
        ]
        names = [one.name for one in compared]
        if self._job is not None:
            self._job.drop()
        self._job = self._context.jobs.start(
            lambda _progress: list(self._rows(facts, here, compared)),
            lambda rows: self.table.show_rows(names, rows),
            owner=self,
        )

    def _rows(self, facts: DeskFacts, here: ScenarioFact, compared: Sequence[ScenarioFact]) -> Rows:
        kept = [None if one is here else facts.scales.kept(one.id) for one in compared]
        found = [held or facts.scales.outcome(one) for held, one in zip(kept, compared, strict=True)]
        yield _("Kind"), [_(one.kind) for one in compared]
        yield _("Fiscal year"), [str(one.fiscal_year) for one in compared]
        yield from self._totals(facts, found)
        names = {fund.id: fund.name for fund in facts.plan.office.funds}
        money = current().money
        for at, fund in enumerate(found[0].funds if found else ()):
            left = [money(one.funds[at].gap, self._context.currency) for one in found]
            yield _("Left in {fund}").format(fund=names[fund.fund_id]), left
        for at, group in enumerate(found[0].coverage.themes if found else ()):
            shares = [coverage.words(one.coverage.themes[at].coverage) for one in found]
            yield _("Coverage: {theme}").format(theme=_(group.key)), shares
        for initiative in facts.plan.office.initiatives:
            levels = [facts.level_name(one.decisions.get(initiative.id)) for one in compared]
            yield f"{initiative.code} {initiative.title}".strip(), levels

    def _totals(self, facts: DeskFacts, found: Sequence[Outcome]) -> Rows:
        say, currency = current(), self._context.currency
        yield _("Cost"), [say.money(one.total, currency) for one in found]
        yield (
            _("Over its funds"),
            [say.money(sum(fund.over for fund in one.funds), currency) for one in found],
        )
        yield _("Balances"), [_("yes") if one.ready else _("no") for one in found]
        yield _("FTE after furlough"), [say.number(float(one.capacity.fte_after), 2) for one in found]
        yield _("FTE left"), [say.number(float(one.capacity.fte_left), 2) for one in found]
        yield _("Coverage"), [coverage.words(one.coverage.office.coverage) for one in found]
        yield _("Initiatives running"), [say.number(len(one.running_ids)) for one in found]
        yield (
            _("Partners falling silent"),
            [say.number(len(one.capacity.silent_partner_ids)) for one in found],
        )
        adopted = facts.plan.adopted()
        if adopted is None:
            return
        then = facts.scales.kept(adopted.id)
        if then is not None:
            lost = [losses(facts.plan.office, then, one) for one in found]
            yield _("No longer covered"), [say.number(len(one.uncovered)) for one in lost]
            yield _("Covered less"), [say.number(len(one.reduced)) for one in lost]
