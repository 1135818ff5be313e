"""The coverage matrix: which initiative answers which recommendation, filtered, and edited by single keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from cityplanner.base.language import _, current
from cityplanner.model.initiative import ContributionKind, Initiative
from cityplanner.model.roundtable import SourceItem, Theme
from cityplanner.planning.facts import InitiativeFact, RecommendationFact
from cityplanner.planning.matrix import Matrix, read_matrix
from cityplanner.store.entering import Named, enter_contribution
from cityplanner.ui.context import Context
from cityplanner.ui.parts.editors.choices import members
from cityplanner.ui.parts.entry_page import EntryPage, focus, narrowed_box
from cityplanner.ui.parts.matrix_model import MatrixModel, Narrowing
from cityplanner.ui.parts.matrix_view import MatrixView
from cityplanner.ui.theme import Role, text_label

TABLES = frozenset(
    {"contribution", "source_item", "initiative", "answer", "scenario", "decision", "service_level"}
)


class CoverageMatrixPage(EntryPage):
    """What is typed is shown at once and written behind it, one undoable change per cell."""

    tables = TABLES

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, _("Coverage matrix"), parent)
        self.model = MatrixModel()
        self.model.setParent(self)
        self.view = MatrixView(self.model, read_only=context.read_only)
        self.row_words, self.row_theme = (
            self.words_line(_("Filter recommendations")),
            self._themes(_("Theme of recommendations")),
        )
        self.column_words, self.column_theme = (
            self.words_line(_("Filter initiatives")),
            self._themes(_("Theme of initiatives")),
        )
        self.supported, self.gaps = QCheckBox(_("Only supported")), QCheckBox(_("Only gaps"))
        self.gaps.setToolTip(_("Supported, but not fully covered"))
        for box in (self.supported, self.gaps):
            box.toggled.connect(self.narrow)
        self.cell = text_label("", wrap=True)
        self._lay_out()
        self.model.entered.connect(self._entered)
        self.model.modelReset.connect(self._tell)
        self.view.current_changed.connect(lambda _row, _column: self._tell_cell())
        self.model.dataChanged.connect(lambda *_changed: self._tell_cell())
        self.view.row_opened.connect(
            lambda row: context.open_record(SourceItem.__tablename__, self.model.rows[row].id)
        )
        self.view.column_opened.connect(
            lambda column: context.open_record(Initiative.__tablename__, self.model.columns[column].id)
        )

    def reader(self, today: dt.date) -> Callable[[], Matrix]:
        plan = self.context.plan
        return lambda: read_matrix(plan, today)

    def focus_filter(self) -> None:
        """Go to the filter of the recommendations."""
        focus(self.row_words)

    def show_all(self) -> None:
        """Lift all filters."""
        for words in (self.row_words, self.column_words):
            words.clear()
        for box in (self.row_theme, self.column_theme):
            box.setCurrentIndex(0)
        for check in (self.supported, self.gaps):
            check.setChecked(False)
        self.narrow()

    # --- what happens ---

    def show_facts(self, facts: Matrix) -> None:
        here = self._here()
        self.model.show_matrix(facts)
        self._return_to(here)
        self._tell()

    def _entered(
        self, item: RecommendationFact, initiative: InitiativeFact, kind: ContributionKind | None
    ) -> None:
        self.write(
            partial(
                enter_contribution,
                self.context.plan,
                Named(item.id, item.code),
                Named(initiative.id, initiative.code),
                kind,
            )
        )

    def narrow(self) -> None:
        self._typing.stop()
        here = self._here()
        self.model.narrow(
            Narrowing(
                self.row_words.text(),
                self.row_theme.currentData(),
                self.supported.isChecked(),
                self.gaps.isChecked(),
            ),
            Narrowing(self.column_words.text(), self.column_theme.currentData()),
        )
        self._return_to(here)

    def _here(self) -> tuple[int, int]:
        """The current cell by the ids of its sides."""
        index = self.view.currentIndex()
        if not index.isValid():
            return 0, 0
        return self.model.rows[index.row()].id, self.model.columns[index.column()].id

    def _return_to(self, here: tuple[int, int]) -> None:
        rows = {one.id: place for place, one in enumerate(self.model.rows)}
        columns = {one.id: place for place, one in enumerate(self.model.columns)}
        if rows and columns and not self.view.currentIndex().isValid():
            place = self.model.index(rows.get(here[0], 0), columns.get(here[1], 0))
            self.view.setCurrentIndex(place)

    # --- words ---

    def _tell(self) -> None:
        model, say = self.model, current()
        self.counted.setText(
            _("{recommendations} × {initiatives}").format(
                recommendations=say.plural("{n} recommendation", "{n} recommendations", len(model.rows)),
                initiatives=say.plural("{n} initiative", "{n} initiatives", len(model.columns)),
            )
        )
        if not model.matrix.rows or not model.matrix.columns:
            self.empty.say(
                _("Nothing to link yet"),
                _("The matrix appears once there are recommendations and initiatives."),
            )
        elif not model.rows or not model.columns:
            self.empty.say(
                _("Nothing matches"), _("Nothing has all of these words and choices."), _("Show all")
            )
        self.stack.setCurrentWidget(self.view if model.rows and model.columns else self.empty)
        self.say_basis(model.matrix.scenario)
        self._tell_cell()

    def _tell_cell(self) -> None:
        index = self.view.currentIndex()
        self.cell.setText(self.model.describe(index.row(), index.column()) if index.isValid() else "")

    # --- lay-out ---

    def _lay_out(self) -> None:
        first, second, last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.row_words, 2)
        first.addWidget(self.row_theme, 1)
        first.addWidget(self.supported)
        first.addWidget(self.gaps)
        second.addWidget(self.column_words, 2)
        second.addWidget(self.column_theme, 1)
        second.addWidget(self.counted)
        keys = text_label(
            _("D direct 100%, S supporting 50%, E enabling 25%, Delete none, Enter opens"),
            Role.MUTED,
            wrap=True,
        )
        last.addWidget(self.basis, 1)
        last.addWidget(keys, 1)
        foot = QVBoxLayout()
        foot.addWidget(self.cell)
        foot.addLayout(last)
        self.lay_out(self.view, first, second, foot=foot)

    def _themes(self, name: str) -> QComboBox:
        box = QComboBox()
        box.addItem(_("Theme: all"), "")
        for key, label in members(Theme):
            box.addItem(label, key)
        narrowed_box(box, name, 18)
        box.activated.connect(lambda: self.narrow())
        return box
