"""The levers of a scenario: what happens to each fund, furlough, cost growth, frozen positions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _, current
from cityplanner.base.money import exponent, to_decimal, to_minor
from cityplanner.model.scenario import WORKING_DAYS
from cityplanner.planning.facts import FundChange, FundFact, OfficeFacts, ScenarioFact
from cityplanner.planning.scenarios import fund_amount
from cityplanner.ui import theme
from cityplanner.ui.parts.plain import caption
from cityplanner.ui.theme import Role, text_label

PERCENT, AMOUNT = 0, 1
SLID = 50
"""A slider reaches this many per cent to either side; the field beside it takes any change."""
MOST_AMOUNT = 1e12


class FundLever:
    """One row: slider, field, per cent or amount, and what the fund comes to."""

    def __init__(self, fund: FundFact, currency: str) -> None:
        self.fund, self._currency = fund, currency
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(-SLID, SLID)
        self.slider.setPageStep(5)
        self.slider.setAccessibleName(_("{fund}: change in per cent").format(fund=fund.name))
        self.field = QDoubleSpinBox()
        self.field.setAccessibleName(_("{fund}: change").format(fund=fund.name))
        self.unit = QComboBox()
        self.unit.addItems(["%", currency])
        self.unit.setAccessibleName(_("{fund}: per cent or amount").format(fund=fund.name))
        self.result = text_label("", Role.MUTED)
        self.result.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)

    def show_change(self, change: FundChange, amount: int) -> None:
        """Show what happens to the fund, and the minor units it comes to."""
        by_amount = bool(change.amount)
        for widget in (self.slider, self.field, self.unit):
            widget.blockSignals(True)
        if by_amount or change.percent:
            self.unit.setCurrentIndex(AMOUNT if by_amount else PERCENT)
        self.fit_unit()
        if by_amount:
            self.field.setValue(float(to_decimal(change.amount, self._currency)))
        else:
            self.field.setValue(float(change.percent) if change.percent else 0.0)
        self.slider.setValue(round(change.percent))
        for widget in (self.slider, self.field, self.unit):
            widget.blockSignals(False)
        self.result.setText(current().money(amount, self._currency))

    def fit_unit(self) -> None:
        """Fit the field to the unit chosen."""
        by_amount = self.unit.currentIndex() == AMOUNT
        self.field.setDecimals(exponent(self._currency) if by_amount else 2)
        self.field.setRange(-MOST_AMOUNT if by_amount else -100, MOST_AMOUNT if by_amount else 1000)
        self.field.setSingleStep(1000 if by_amount else 1)

    def change(self) -> FundChange:
        """What the field says happens to the fund."""
        value = Decimal(str(round(self.field.value(), 4)))
        if self.unit.currentIndex() == AMOUNT:
            return FundChange(self.fund.id, amount=to_minor(value, self._currency))
        return FundChange(self.fund.id, percent=round(value, 2))


class Levers(QScrollArea):
    """All levers; whatever moves is told at once as the scenario it makes."""

    moved = Signal(object)
    """The scenario as the levers have it now: a `ScenarioFact`."""

    def __init__(self) -> None:
        super().__init__()
        self._scenario: ScenarioFact | None = None
        self._office = OfficeFacts()
        self._laid_out: tuple[object, ...] | None = None
        self._page = QWidget()
        self.funds: dict[int, FundLever] = {}
        self.positions: dict[int, QCheckBox] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Funds and staff"))
        self.furlough = QSpinBox()
        self.furlough.setRange(0, WORKING_DAYS)
        self.furlough.setAccessibleName(_("Furlough, days per person"))
        self.growth = QDoubleSpinBox()
        self.growth.setRange(-100, 1000)
        self.growth.setDecimals(2)
        self.growth.setSuffix(" %")
        self.growth.setAccessibleName(_("Cost growth in per cent"))
        self.furlough.valueChanged.connect(self._tell)
        self.growth.valueChanged.connect(self._tell)

    def show_scenario(
        self, office: OfficeFacts, scenario: ScenarioFact, currency: str, *, editable: bool
    ) -> None:
        """Show the levers as a scenario has them."""
        if (scenario, office) == (self._scenario, self._office) and self._laid_out:
            self._page.setEnabled(editable)
            return  # what somebody is typing stays as it is
        shape = (tuple((fund.id, fund.name) for fund in office.funds), office.positions, currency)
        self._office, self._scenario = office, scenario
        if shape != self._laid_out:
            self._laid_out = shape
            self._lay_out(office, currency)
        changes = {one.fund_id: one for one in scenario.fund_changes}
        for key, lever in self.funds.items():
            amount = fund_amount(lever.fund, scenario.fiscal_year, scenario.fund_changes)
            lever.show_change(changes.get(key, FundChange(key)), amount)
        for box, value in (
            (self.furlough, int(scenario.furlough_days)),
            (self.growth, float(scenario.cost_growth)),
        ):
            box.blockSignals(True)
            box.setValue(value)  # type: ignore[arg-type]
            box.blockSignals(False)
        for key, check in self.positions.items():
            check.blockSignals(True)
            check.setChecked(key in scenario.frozen_position_ids)
            check.blockSignals(False)
        self._page.setEnabled(editable)

    def _tell(self) -> None:
        if self._scenario is None:
            return
        changes = [self.funds[key].change() for key in sorted(self.funds)]
        made = replace(
            self._scenario,
            fund_changes=tuple(one for one in changes if one.percent or one.amount),
            furlough_days=Decimal(self.furlough.value()),
            cost_growth=Decimal(str(round(self.growth.value(), 2))),
            frozen_position_ids=frozenset(key for key, box in self.positions.items() if box.isChecked()),
        )
        self._scenario = made
        for lever in self.funds.values():
            amount = fund_amount(lever.fund, made.fiscal_year, made.fund_changes)
            lever.result.setText(current().money(amount, lever._currency))
        self.moved.emit(made)

    def _lay_out(self, office: OfficeFacts, currency: str) -> None:
        for box in (self.furlough, self.growth):
            box.setParent(None)  # kept: the page they stood on goes
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.SMALL, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.LARGE)
        column.addWidget(text_label(_("Funds"), Role.HEADING))
        column.addLayout(self._fund_rows(office, currency))
        column.addWidget(text_label(_("Staff and costs"), Role.HEADING))
        form = QFormLayout()
        form.addRow(_("F&urlough, days per person"), self.furlough)
        form.addRow(_("Cost &growth"), self.growth)
        column.addLayout(form)
        column.addWidget(text_label(_("Frozen positions"), Role.HEADING))
        self.positions = {}
        for one in office.positions:
            check = QCheckBox(caption(f"{one.title} · {current().number(one.fte, 2)} FTE"))
            check.toggled.connect(self._tell)
            self.positions[one.id] = check
            column.addWidget(check)
        if not office.positions:
            column.addWidget(text_label(_("No filled position is known."), Role.MUTED))
        column.addStretch(1)
        self.setWidget(page)
        self._page = page

    def _fund_rows(self, office: OfficeFacts, currency: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SMALL)
        grid.setVerticalSpacing(theme.SMALL)
        grid.setColumnStretch(1, 1)
        self.funds = {}
        for row, fund in enumerate(office.funds):
            lever = FundLever(fund, currency)
            self.funds[fund.id] = lever
            name = QLabel(fund.name)
            name.setTextFormat(Qt.TextFormat.PlainText)
            for place, widget in enumerate((name, lever.slider, lever.field, lever.unit, lever.result)):
                grid.addWidget(widget, row, place)
            lever.slider.valueChanged.connect(lambda value, lever=lever: self._slide(lever, value))
            lever.field.valueChanged.connect(lambda _value, lever=lever: self._typed(lever))
            lever.unit.activated.connect(lambda _at, lever=lever: self._turn(lever))
        if not office.funds:
            grid.addWidget(text_label(_("No fund is known yet."), Role.MUTED), 0, 0)
        return grid

    def _slide(self, lever: FundLever, value: int) -> None:
        lever.field.blockSignals(True)
        lever.unit.setCurrentIndex(PERCENT)
        lever.fit_unit()
        lever.field.setValue(value)
        lever.field.blockSignals(False)
        self._tell()

    def _typed(self, lever: FundLever) -> None:
        lever.slider.blockSignals(True)
        by_amount = lever.unit.currentIndex() == AMOUNT
        lever.slider.setValue(0 if by_amount else round(lever.field.value()))
        lever.slider.blockSignals(False)
        self._tell()

    def _turn(self, lever: FundLever) -> None:
        """Another unit: the change begins anew at nothing."""
        lever.field.blockSignals(True)
        lever.field.setValue(0)
        lever.fit_unit()
        lever.field.blockSignals(False)
        self._typed(lever)
