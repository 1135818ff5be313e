"""The score sheet: priority-based budgeting by keyboard, with results, ranks and how firm they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QWidget

from cityplanner.base.language import _, current
from cityplanner.model.initiative import Initiative
from cityplanner.model.priority import Criterion
from cityplanner.planning.facts import InitiativeFact
from cityplanner.planning.gathering import gather
from cityplanner.planning.priority import sensitivity
from cityplanner.store.entering import Named, enter_score, enter_weight
from cityplanner.ui.context import Context
from cityplanner.ui.parts.entry_page import EntryPage
from cityplanner.ui.parts.score_models import ScoreModel, Sheet, sheet
from cityplanner.ui.parts.score_view import DOWN, RIGHT, STAY, ScoreSheet
from cityplanner.ui.parts.sensitivity import SensitivityPanel
from cityplanner.ui.theme import Role, text_label

TABLES = frozenset({"score", "criterion_weight", "initiative", "contribution", "answer", "source_item"})
CALM_MS = 150
"""The sensitivity is shown when the typing pauses."""


class ScoreSheetPage(EntryPage):
    """Typed digits count at once and are written behind it, one undoable change per cell."""

    tables = TABLES

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, _("Score sheet"), parent)
        self.model = ScoreModel()
        self.model.setParent(self)
        self.sheet = ScoreSheet(self.model, read_only=context.read_only)
        self.panel = SensitivityPanel()
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._weigh)
        self.sorting, self.stepping = QComboBox(), QComboBox()
        self._lay_out()
        self.model.entered.connect(self._scored)
        self.model.recalculated.connect(self._recalculated)
        self.sheet.weight_model.entered.connect(self._weighted)
        self.sheet.opened.connect(
            lambda row: context.open_record(Initiative.__tablename__, self.model.initiatives[row].id)
        )

    def reader(self, today: dt.date) -> Callable[[], Sheet]:
        plan = self.context.plan
        return lambda: sheet(gather(plan, today))

    def show_facts(self, facts: Sheet) -> None:
        self.model.show_sheet(facts)
        self.stack.setCurrentWidget(self._split if facts.initiatives else self.empty)
        if facts.initiatives and not self.sheet.scores.currentIndex().isValid():
            self.sheet.scores.setCurrentIndex(self.model.index(0, 0))

    def _scored(self, initiative: InitiativeFact, criterion: Criterion, value: int | None) -> None:
        named = Named(initiative.id, initiative.code)
        self.write(partial(enter_score, self.context.plan, named, criterion, value))

    def _weighted(self, criterion: Criterion, weight: int) -> None:
        self.write(partial(enter_weight, self.context.plan, criterion, weight))

    def _recalculated(self) -> None:
        self._calm.start()
        missing = self.model.missing()
        self.counted.setText(
            current().plural("{n} score missing", "{n} scores missing", missing)
            if missing
            else _("Everything is scored.")
        )

    def _weigh(self) -> None:
        model = self.model
        moves = sensitivity(model.initiatives, model.weights, model.scores, model.fit)
        self.panel.show_moves(moves, {one.id: one.code for one in model.initiatives})

    def _lay_out(self) -> None:
        for text, by_rank in ((_("Order: by code"), False), (_("Order: by rank"), True)):
            self.sorting.addItem(text, by_rank)
        self.sorting.setAccessibleName(_("Order"))
        self.sorting.activated.connect(lambda: self.model.order(by_rank=self.sorting.currentData()))
        for text, step in (
            (_("After a score: down"), DOWN),
            (_("After a score: right"), RIGHT),
            (_("After a score: stay"), STAY),
        ):
            self.stepping.addItem(text, step)
        self.stepping.setAccessibleName(_("After a score"))
        self.stepping.activated.connect(lambda: setattr(self.sheet, "step", str(self.stepping.currentData())))
        self.empty.say(_("No initiatives yet"), _("Add what your office does, then score it here."))
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self.sheet)
        self._split.addWidget(self.panel)
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 1)
        line = QHBoxLayout()
        line.addWidget(self.sorting)
        line.addWidget(self.stepping)
        line.addStretch(1)
        line.addWidget(self.counted)
        keys = text_label(
            _(
                "0 to 4 scores, Delete empties, + and - step, Up from the first row goes to the weights (0-10)"
            ),
            Role.MUTED,
            wrap=True,
        )
        self.lay_out(self._split, line, foot=keys)
