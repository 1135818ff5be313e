"""The coverage matrix: which initiative answers which recommendation, filtered, and edited by single keys."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _, current
from cityplanner.model.initiative import ContributionKind, Initiative
from cityplanner.model.roundtable import SourceItem, Theme
from cityplanner.planning.facts import InitiativeFact, RecommendationFact
from cityplanner.planning.matrix import Matrix, read_matrix
from cityplanner.store.entering import Named, enter_contribution
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.edit_queue import EditQueue
from cityplanner.ui.parts.editors.choices import members
from cityplanner.ui.parts.empty_state import EmptyState
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.matrix_model import MatrixModel, Narrowing
from cityplanner.ui.parts.matrix_view import MatrixView
from cityplanner.ui.theme import Role, text_label

TABLES = frozenset(
    {"contribution", "source_item", "initiative", "answer", "scenario", "decision", "service_level"}
)
WAIT_MS = 200
TYPING_MS = 150


class CoverageMatrixPage(QWidget):
    """Read in a worker; what is typed is shown at once and written behind it, one undoable change per cell."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._job: Job | None = None
        self._stale = True
        self.setAccessibleName(_("Coverage matrix"))
        self.model = MatrixModel()
        self.model.setParent(self)
        self.queue = EditQueue(context, self)
        self.view = MatrixView(self.model, read_only=context.read_only)
        self._later = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._later.timeout.connect(self.refresh)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._narrow)
        self.row_words, self.row_theme = self._words(_("Filter recommendations")), self._themes()
        self.column_words, self.column_theme = self._words(_("Filter initiatives")), self._themes()
        self.row_theme.setAccessibleName(_("Theme of recommendations"))
        self.column_theme.setAccessibleName(_("Theme of initiatives"))
        self.supported, self.gaps = QCheckBox(_("Only supported")), QCheckBox(_("Only gaps"))
        self.gaps.setToolTip(_("Supported, but not fully covered"))
        for box in (self.supported, self.gaps):
            box.toggled.connect(self._narrow)
        self.counted = text_label("", Role.MUTED)
        self.cell = text_label("", wrap=True)
        self._empty = EmptyState()
        self._empty.chosen.connect(self.show_all)
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
        self.queue.refused.connect(self._later.start)
        context.changed.connect(self._hear)

    def refresh(self) -> None:
        """Read the plan again, once nothing waits to be written."""
        if self.queue.busy:
            self._later.start()
            return
        if self._job is not None:
            self._job.drop()
        self._stale = False
        plan = self._context.plan
        self._job = self._context.jobs.start(
            lambda _progress: read_matrix(plan, dt.date.today()), self._show, owner=self
        )

    def focus_filter(self) -> None:
        """Go to the filter of the recommendations."""
        self.row_words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.row_words.selectAll()

    def show_all(self) -> None:
        """Lift all filters."""
        for words in (self.row_words, self.column_words):
            words.clear()
        for box in (self.row_theme, self.column_theme):
            box.setCurrentIndex(0)
        for check in (self.supported, self.gaps):
            check.setChecked(False)
        self._narrow()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    # --- what happens ---

    def _hear(self, change: object) -> None:
        if TABLES & getattr(change, "tables", frozenset()):
            self._stale = True
            if self.isVisible():
                self._later.start()

    def _show(self, matrix: Matrix) -> None:
        self._job = None
        if self.queue.busy:  # typed on in the meantime: what was read is already old
            self._later.start()
            return
        here = self._here()
        self.model.show_matrix(matrix)
        self._return_to(here)
        self._tell()

    def _entered(
        self, item: RecommendationFact, initiative: InitiativeFact, kind: ContributionKind | None
    ) -> None:
        self.queue.put(
            partial(
                enter_contribution,
                self._context.plan,
                Named(item.id, item.code),
                Named(initiative.id, initiative.code),
                kind,
            )
        )

    def _narrow(self) -> None:
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
            self._empty.say(
                _("Nothing to link yet"),
                _("The matrix appears once there are recommendations and initiatives."),
            )
        elif not model.rows or not model.columns:
            self._empty.say(
                _("Nothing matches"), _("Nothing has all of these words and choices."), _("Show all")
            )
        self._stack.setCurrentWidget(self.view if model.rows and model.columns else self._empty)
        name = model.matrix.scenario
        self._basis.setText(
            _("Coverage by the scenario “{name}”.").format(name=name)
            if name
            else _("No scenario holds yet, so nothing counts as covered.")
        )
        self._tell_cell()

    def _tell_cell(self) -> None:
        index = self.view.currentIndex()
        self.cell.setText(self.model.describe(index.row(), index.column()) if index.isValid() else "")

    # --- lay-out ---

    def _lay_out(self) -> None:
        self._basis = text_label("", Role.MUTED, wrap=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        first, second, last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for line in (first, second, last):
            line.setSpacing(theme.SMALL)
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
        last.addWidget(self._basis, 1)
        last.addWidget(keys, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self._stack, 1)
        column.addWidget(self.cell)
        column.addLayout(last)

    def _words(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(name)
        line.setAccessibleName(name)
        line.setClearButtonEnabled(True)
        line.textChanged.connect(lambda: self._typing.start())
        line.returnPressed.connect(self._narrow)
        return line

    def _themes(self) -> QComboBox:
        box = QComboBox()
        box.addItem(_("Theme: all"), "")
        for key, label in members(Theme):
            box.addItem(label, key)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(18)
        box.activated.connect(lambda: self._narrow())
        return box
