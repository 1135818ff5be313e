"""The score sheet's grid: weights above, scores below, moved in by arrows and filled by single digits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from cityplanner.base.language import _
from cityplanner.model.priority import BEST
from cityplanner.ui import theme
from cityplanner.ui.parts.matrix_headers import draw_turned
from cityplanner.ui.parts.score_models import (
    CRITERIA,
    FIT,
    HEAVIEST,
    RESULTS,
    ScoreModel,
    WeightModel,
    column_label,
)

TITLE_CHARACTERS = 34
DOWN, RIGHT, STAY = "down", "right", "stay"


class ScoreSheet(QWidget):
    """Two tables that scroll as one. `step` says where a typed score leads."""

    opened = Signal(int)
    """Somebody asked for the initiative of a row."""

    def __init__(self, scores: ScoreModel, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self.step = DOWN
        self.weight_model = WeightModel(scores)
        self.weight_model.setParent(self)
        self.weights = _Grid(self.weight_model, HEAVIEST, read_only=read_only)
        self.scores = _Grid(scores, BEST, read_only=read_only)
        self.weights.setAccessibleName(_("Weights of criteria"))
        self.scores.setAccessibleName(_("Scores of initiatives"))
        self.weights.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.weights.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.weights.setHorizontalHeader(_Criteria(self.weights))
        self.scores.horizontalHeader().hide()
        self.setFocusProxy(self.scores)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.weights)
        column.addWidget(self.scores, 1)
        self.scores.typed.connect(self._go_on)
        self.scores.left.connect(lambda at: self._cross(self.weights, 0, at))
        self.weights.left.connect(lambda at: self._cross(self.scores, 0, at))
        self.scores.chosen.connect(self.opened)
        self.scores.horizontalScrollBar().valueChanged.connect(self.weights.horizontalScrollBar().setValue)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Cells follow the size of the font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "scores"):
            self._fit()

    def _go_on(self) -> None:
        """To the next cell that is typed, along the row or down the column, on to the next at its end."""
        here, model = self.scores.currentIndex(), self.scores.model()
        row, column = here.row(), here.column()
        rows = model.rowCount()
        typed = [place for place in range(len(CRITERIA)) if place != FIT]
        if self.step == RIGHT:
            at = typed.index(column) + 1
            row, column = (row, typed[at]) if at < len(typed) else (row + 1, typed[0])
        elif self.step == DOWN:
            at = typed.index(column) + 1
            row, column = (row + 1, column) if row + 1 < rows else (0, typed[at % len(typed)])
        if row < rows:
            self.scores.setCurrentIndex(model.index(row, column))

    def _cross(self, to: QTableView, row: int, column: int) -> None:
        if to.model().rowCount():
            to.setCurrentIndex(to.model().index(row, column))
            to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        height, character = metrics.height() + theme.SMALL, metrics.averageCharWidth()
        for grid in (self.weights, self.scores):
            grid.verticalHeader().setDefaultSectionSize(height)
            grid.verticalHeader().setFixedWidth(TITLE_CHARACTERS * character)
            grid.horizontalHeader().setDefaultSectionSize(5 * character + theme.SMALL)
        head = self.weights.horizontalHeader()
        head.setFixedHeight(head.sizeHint().height())
        self.weights.setFixedHeight(head.height() + height + 2 * self.weights.frameWidth())


class _Grid(QTableView):
    """One of the two tables: digits fill the cell, Delete empties it, Enter opens."""

    typed = Signal()
    left = Signal(int)
    """Up from the first row or down from the last: the column."""
    chosen = Signal(int)

    def __init__(self, model: ScoreModel | WeightModel, most: int, *, read_only: bool) -> None:
        super().__init__()
        self._entries, self._most, self._read_only = model, most, read_only
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setMinimumSectionSize(2 * theme.SMALL)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
            header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the sheet; never a search by letters."""
        here, key, text = self.currentIndex(), event.key(), event.text()
        rows = self._entries.rowCount()
        if not here.isValid():
            super().keyPressEvent(event)
        elif len(text) == 1 and text.isdecimal():
            self._digit(int(text))
        elif text in ("+", "-"):
            self._move_by(1 if text == "+" else -1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._enter(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(here.row())
        elif (key == Qt.Key.Key_Up and here.row() == 0 and self._most == BEST) or (
            key == Qt.Key.Key_Down and here.row() == rows - 1 and self._most == HEAVIEST
        ):
            self.left.emit(here.column())
        elif text and text.isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Only the table with the keys marks its cell."""
        super().focusInEvent(event)
        if self.currentIndex().isValid():
            self.selectionModel().select(
                self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The mark stays with a table that is left for another window or a menu only."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.clearSelection()

    def _digit(self, digit: int) -> None:
        column = self.currentIndex().column()
        if digit <= self._most and column < len(CRITERIA) and not self._read_only:
            fits = self._most == HEAVIEST or column != FIT
            self._enter(digit)
            if fits:
                self.typed.emit()

    def _move_by(self, by: int) -> None:
        here = self.currentIndex()
        text = here.data()
        if here.column() < len(CRITERIA) and text and text.isdecimal():
            self._enter(min(max(int(text) + by, 0), self._most))

    def _enter(self, value: int | None) -> None:
        here = self.currentIndex()
        if not self._read_only:
            self._entries.enter(here.row(), here.column(), value)


class _Criteria(QHeaderView):
    """The names of criteria and results, on their side so that all fit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setMinimumSectionSize(2 * theme.SMALL)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(_("Criteria"))

    def sizeHint(self) -> QSize:
        """As high as the longest name is long."""
        names = range(len(CRITERIA) + len(RESULTS))
        longest = max(self.fontMetrics().horizontalAdvance(column_label(at)) for at in names)
        return QSize(super().sizeHint().width(), longest + 2 * theme.SMALL)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        """One name."""
        of = theme.colours(self.palette())
        derived = logicalIndex == FIT or logicalIndex >= len(CRITERIA)
        painter.fillRect(rect, QColor(of.rail if derived else of.surface_alt))
        painter.setPen(QColor(of.border))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(QColor(of.text))
        draw_turned(painter, rect, column_label(logicalIndex))
