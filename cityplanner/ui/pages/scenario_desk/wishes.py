"""What a best plan aims at and keeps to beyond the scenario: objective, floors, hours for partners, time."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _
from cityplanner.planning.best import NO_WISHES, Wishes, equity_scores
from cityplanner.planning.optimum.problem import USUAL, Effort
from cityplanner.ui import theme
from cityplanner.ui.pages.scenario_desk.facts import DeskFacts
from cityplanner.ui.parts.plain import capitalized, caption
from cityplanner.ui.theme import Role, text_label

FIRST, BLEND = 0, 1
EVEN = 50
LONGEST = 3600
BESIDE = 2
"""Floors of themes side by side."""


class WishesForm(QWidget):
    """Folds away below its heading; `wishes` and `effort` are what its fields say."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = QToolButton()
        self.heading.setCheckable(True)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.objective = QComboBox()
        self.objective.addItems([_("coverage first, then priority"), _("a blend of coverage and priority")])
        self.weight = _per_cent(EVEN)
        self.equity = _per_cent()
        self.in_touch = QCheckBox(_("Leave &hours to keep in touch with every partner"))
        self.seconds = QSpinBox()
        self.seconds.setRange(1, LONGEST)
        self.seconds.setValue(round(USUAL.seconds))
        self.seconds.setSuffix(_(" s"))
        self.floors: dict[str, QSpinBox] = {}
        self._floors = QGridLayout()
        self._fields = QWidget()
        self._lay_out()
        self.heading.toggled.connect(self._fold)
        self.changed.connect(self._tell)
        self.objective.currentIndexChanged.connect(self._choose)
        for box in (self.weight, self.equity):
            box.valueChanged.connect(self.changed)
        self.in_touch.toggled.connect(self.changed)
        self.heading.setChecked(True)
        self._choose()

    @property
    def wishes(self) -> Wishes:
        """What the fields ask for."""
        blend = Fraction(self.weight.value(), 100) if self.objective.currentIndex() == BLEND else None
        floors = {key: Fraction(box.value(), 100) for key, box in self.floors.items() if box.value()}
        return Wishes(blend, floors, Fraction(self.equity.value(), 100), self.in_touch.isChecked())

    @property
    def effort(self) -> Effort:
        """How long to try."""
        return Effort(float(self.seconds.value()), min(USUAL.patience, self.seconds.value()), USUAL.enough)

    def show_facts(self, facts: DeskFacts) -> None:
        """Offer a floor for each theme in which something is supported; what was asked for stays."""
        themes = sorted({item.theme for item in facts.plan.office.recommendations if item.supported})
        if list(self.floors) != themes:
            self._offer(themes)
        scored = bool(equity_scores(facts.plan))
        self.equity.setEnabled(scored)
        self.equity.setToolTip("" if scored else _("Score initiatives on equity on the score sheet first."))

    def _offer(self, themes: list[str]) -> None:
        held = {key: box.value() for key, box in self.floors.items()}
        while (item := self._floors.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.floors = {}
        for place, key in enumerate(themes):
            box = _per_cent(held.get(key, 0))
            name = capitalized(_(key))
            box.setAccessibleName(_("Least coverage of {theme}").format(theme=name))
            box.valueChanged.connect(self.changed)
            label = QLabel(caption(name))
            label.setBuddy(box)
            row, column = divmod(place, BESIDE)
            self._floors.addWidget(label, row, 2 * column)
            self._floors.addWidget(box, row, 2 * column + 1)
            self._floors.setColumnStretch(2 * column, 1)
            self.floors[key] = box

    def _choose(self) -> None:
        blended = self.objective.currentIndex() == BLEND
        self.weight.setEnabled(blended)
        self.changed.emit()

    def _tell(self) -> None:
        """Say on the heading, also where the fields are folded away, whether anything is asked for."""
        plain = self.wishes == NO_WISHES
        self.heading.setText(
            _("Objective and limits") if plain else _("Objective and limits, as you set them")
        )

    def _fold(self, shown: bool) -> None:
        self._fields.setVisible(shown)
        self.heading.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)

    def _lay_out(self) -> None:
        self.objective.setAccessibleName(_("Objective"))
        self.weight.setAccessibleName(_("Part of coverage in the blend"))
        self.equity.setAccessibleName(_("Least equity, of what is possible"))
        self.seconds.setAccessibleName(_("Time limit in seconds"))
        form = QFormLayout()
        form.addRow(_("&Objective"), self.objective)
        form.addRow(_("Part of &coverage in the blend"), self.weight)
        form.addRow(_("Least &equity, of what is possible"), self.equity)
        form.addRow(_("&Time limit"), self.seconds)
        form.addRow(self.in_touch)
        self._floors.setHorizontalSpacing(theme.MEDIUM)
        self._floors.setVerticalSpacing(theme.NARROW)
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(form)
        column.addWidget(text_label(_("Least coverage of each theme"), Role.MUTED))
        column.addLayout(self._floors)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.SMALL)
        outer.addWidget(self.heading)
        outer.addWidget(self._fields)


def _per_cent(value: int = 0) -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, 100)
    box.setSingleStep(5)
    box.setSuffix(" %")
    box.setValue(value)
    return box
