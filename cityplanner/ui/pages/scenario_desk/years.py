"""Several fiscal years side by side: a scenario for each, or the one before carried forward as costs grow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _, current
from cityplanner.planning import coverage
from cityplanner.planning.facts import ScenarioFact
from cityplanner.planning.years import CURRENT, USUAL_GROWTH, Year, chain, usual_growth, year_words
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.pages.scenario_desk.facts import DeskFacts
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import tool_tip
from cityplanner.ui.parts.year_columns import YearColumn, YearColumns
from cityplanner.ui.theme import Role, text_label

FEWEST, USUALLY, MOST = 2, 4, 6
Rows = Iterator[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class _Worked:
    """The years, the rows of their table, and what is to be said of them."""

    shown: tuple[Year, ...]
    rows: Sequence[tuple[str, Sequence[str]]]
    words: Sequence[str]


class Years(QScrollArea):
    """A box for each year to choose its scenario in, a chart, a table, and what runs past."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._facts: DeskFacts | None = None
        self._scenario: ScenarioFact | None = None
        self._touched = False
        self._job: Job | None = None
        self.shown: tuple[Year, ...] = ()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName(_("Years"))
        self.count = QSpinBox()
        self.count.setRange(FEWEST, MOST)
        self.count.setValue(USUALLY)
        self.count.setAccessibleName(_("How many years"))
        self.growth = QDoubleSpinBox()
        self.growth.setRange(-100, 100)
        self.growth.setSuffix(" %")
        self.growth.setValue(float(USUAL_GROWTH))
        self.growth.setAccessibleName(_("Cost growth each year in per cent"))
        self.boxes = [QComboBox() for _at in range(MOST)]
        self.names = [text_label("", Role.MUTED) for _at in range(MOST)]
        self._grid = QGridLayout()
        self.chart = YearColumns()
        self.table = QTableWidget()
        self.past = text_label("", wrap=True)
        self._lay_out()
        self.count.valueChanged.connect(self._offer)
        self.growth.valueChanged.connect(self._grow)
        for box in self.boxes:
            box.activated.connect(self._offer)

    def show_scenario(self, facts: DeskFacts, scenario: ScenarioFact) -> None:
        """The scenario on the desk, as it is on the screen; the others as the plan has them."""
        others = facts is not self._facts
        self._facts, self._scenario = facts, scenario
        if others:
            self._begin(facts)
        if self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def _begin(self, facts: DeskFacts) -> None:
        """Offer the scenarios of another state of the plan; what was chosen stays where it can."""
        first = self.boxes[0]
        held = first.currentData()
        first.clear()
        for one in facts.plan.scenarios:
            first.addItem(one.name, one.id)
        adopted = facts.plan.adopted()
        wanted = held if first.findData(held) >= 0 else (adopted.id if adopted else None)
        first.setCurrentIndex(max(first.findData(wanted), 0 if first.count() else -1))
        if not self._touched:
            self.growth.blockSignals(True)
            self.growth.setValue(float(usual_growth(facts.plan.scenarios)))
            self.growth.blockSignals(False)
        self._offer()

    def _offer(self) -> None:
        """Offer each following year what it can have: its own scenarios, or the one before carried forward."""
        if self._facts is None:
            return
        start = self._facts.scenario(self.boxes[0].currentData() or 0)
        for at in range(1, MOST):
            box, number = self.boxes[at], (start.fiscal_year if start else 0) + at
            held = box.currentData() if box.count() else _usual(self._facts, number)
            box.clear()
            box.addItem(_("carried forward"), None)
            for one in self._facts.plan.scenarios:
                if one.fiscal_year == number:
                    box.addItem(one.name, one.id)
            box.setCurrentIndex(max(box.findData(held), 0))
        for at in range(MOST):
            number = (start.fiscal_year if start else 0) + at
            self.names[at].setText(_("Fiscal year {year}").format(year=number))
            self.boxes[at].setAccessibleName(_("Scenario of fiscal year {year}").format(year=number))
            used = at < self.count.value()
            self._grid.setColumnStretch(at, int(used))
            for widget in (self.names[at], self.boxes[at]):
                widget.setVisible(used)
        self._fill()

    def _grow(self) -> None:
        self._touched = True
        self._fill()

    def _fill(self) -> None:
        facts, here = self._facts, self._scenario
        start = facts.scenario(self.boxes[0].currentData() or 0) if facts else None
        if facts is None or here is None or start is None:
            return
        chosen = [facts.scenario(box.currentData() or 0) for box in self.boxes[1 : self.count.value()]]
        first, *following = [here if one and one.id == here.id else one for one in (start, *chosen)]
        growth = Decimal(str(round(self.growth.value(), 2)))
        if self._job is not None:
            self._job.drop()
        self._job = self._context.jobs.start(
            lambda _progress: self._work_out(facts, first or start, following, growth), self._show, owner=self
        )

    def _work_out(
        self,
        facts: DeskFacts,
        first: ScenarioFact,
        following: Sequence[ScenarioFact | None],
        growth: Decimal,
    ) -> _Worked:
        """What the years come to, with their words; in a worker."""
        office, promised = facts.plan.office, facts.plan.agenda.commitments
        shown = chain(office, first, following, growth, facts.start_month, promised, facts.quartiles)
        return _Worked(shown, list(self._rows(facts, shown)), year_words(office, shown, promised))

    def _show(self, worked: _Worked) -> None:
        self.shown = worked.shown
        self._show_chart()
        self._show_table(worked.rows)
        nothing = _("Nothing stops in these years, and nothing runs past them.")
        self.past.setText("\n".join(f"• {line}" for line in worked.words) or nothing)

    def _show_chart(self) -> None:
        say, currency = current(), self._context.currency
        most = max((max(year.outcome.total, year.amount) for year in self.shown), default=1) or 1
        self.chart.show_columns(
            [
                YearColumn(
                    str(year.fiscal_year),
                    year.outcome.total / most,
                    year.amount / most,
                    _("{money} asked for").format(money=say.money(year.outcome.total, currency)),
                    _("{money} available").format(money=say.money(year.amount, currency)),
                    _("coverage {share}").format(share=coverage.words(year.outcome.coverage.office.coverage)),
                    self._gap(year),
                    pressing=bool(year.over),
                )
                for year in self.shown
            ]
        )

    def _gap(self, year: Year) -> str:
        text = _("{money} over") if year.over else _("{money} left")
        money = year.over or year.amount - year.outcome.total
        return text.format(money=current().money(money, self._context.currency))

    def _show_table(self, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        table = self.table
        table.setColumnCount(len(self.shown) + 1)
        table.setHorizontalHeaderLabels(["", *(str(year.fiscal_year) for year in self.shown)])
        table.setRowCount(len(rows))
        for row, (label, texts) in enumerate(rows):
            for column, text in enumerate((label, *texts)):
                item = QTableWidgetItem(text)
                item.setToolTip(tool_tip(text))
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
                    item.setData(
                        Qt.ItemDataRole.AccessibleTextRole,
                        f"{label}, {self.shown[column - 1].fiscal_year}: {text}",
                    )
                table.setItem(row, column, item)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        height = table.verticalHeader().defaultSectionSize() * len(rows) + header.sizeHint().height()
        table.setFixedHeight(height + theme.NARROW)

    def _rows(self, facts: DeskFacts, years: Sequence[Year]) -> Rows:
        say, currency = current(), self._context.currency
        yield _("Scenario"), [_("carried forward") if one.carried else one.scenario.name for one in years]
        yield _("First day"), [say.date(one.first_on) for one in years]
        yield _("Last day"), [say.date(one.last_on) for one in years]
        yield _("Asked for"), [say.money(one.outcome.total, currency) for one in years]
        yield _("Available"), [say.money(one.amount, currency) for one in years]
        yield _("Gap"), [self._gap(one) for one in years]
        for at, fund in enumerate(facts.plan.office.funds):
            yield fund.name, [self._fund(one, at) for one in years]
        yield _("FTE needed"), [say.number(float(one.outcome.capacity.fte_needed), 2) for one in years]
        yield _("FTE left"), [say.number(float(one.outcome.capacity.fte_left), 2) for one in years]
        yield _("Coverage"), [coverage.words(one.outcome.coverage.office.coverage) for one in years]
        yield _("Initiatives running"), [say.number(len(one.outcome.running_ids)) for one in years]
        yield _("Initiatives that end later"), [say.number(len(one.past_ids)) for one in years]
        yield _("Promises due"), [say.number(len(one.due_ids)) for one in years]
        yield _("Promises due later"), [say.number(len(one.later_ids)) for one in years]

    def _fund(self, year: Year, at: int) -> str:
        say, currency, fund = current(), self._context.currency, year.outcome.funds[at]
        text = _("{needed}, {money} over") if fund.over else _("{needed}, {money} left")
        return text.format(needed=say.money(fund.needed, currency), money=say.money(abs(fund.gap), currency))

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.SMALL, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.MEDIUM)
        self._fill_grid()
        column.addLayout(self._grid)
        column.addWidget(
            text_label(
                _("In each year the left column is what is asked for, the right one what the funds offer."),
                Role.MUTED,
                wrap=True,
            )
        )
        column.addWidget(self.chart)
        table = self.table
        table.setAccessibleName(_("Years side by side"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        column.addWidget(table)
        column.addWidget(text_label(_("What stops, and what runs past"), Role.HEADING))
        column.addWidget(self.past)
        column.addStretch(1)
        self.setWidget(page)

    def _fill_grid(self) -> None:
        grid = self._grid
        grid.setHorizontalSpacing(theme.MEDIUM)
        grid.setVerticalSpacing(theme.NARROW)
        for at, (name, box) in enumerate(zip(self.names, self.boxes, strict=True)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(10)
            name.setBuddy(box)
            grid.addWidget(name, 0, at)
            grid.addWidget(box, 1, at)
        fields = ((_("&Years"), self.count), (_("Cost &growth a year"), self.growth))
        for at, (text, field) in enumerate(fields):
            label = QLabel(text)
            label.setBuddy(field)
            grid.addWidget(label, 0, MOST + at)
            grid.addWidget(field, 1, MOST + at)


def _usual(facts: DeskFacts, year: int) -> int | None:
    """What a year has before anybody chooses: its adopted scenario, else its current service level."""
    of_year = [one for one in facts.plan.scenarios if one.fiscal_year == year]
    adopted = [one.id for one in of_year if one.id in facts.adoptions]
    as_now = [one.id for one in of_year if one.kind == CURRENT]
    return next(iter(adopted or as_now), None)
