"""A table of what was derived rather than stored: sorted by a click, each row one key from its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from cityplanner.ui import theme
from cityplanner.ui.parts.plain import tool_tip

KEY = Qt.ItemDataRole.UserRole
LAST = float("inf")
"""The sort key of a number or day that is not there."""
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its usual width in characters, and whether it holds numbers."""

    label: str
    characters: int
    number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, what it is sorted by (a text by itself), and whether it presses."""

    text: str
    key: float | None = None
    pressing: bool = False


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row and the record it leads to."""

    cells: tuple[Cell, ...]
    table: str
    record_id: int


class FactModel(QAbstractTableModel):
    """Rows that were read before."""

    def __init__(self, columns: Sequence[Column], view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.columns = tuple(columns)
        self.rows: Sequence[FactRow] = ()

    def show_rows(self, rows: Sequence[FactRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.label
        return _side(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        cell = self.rows[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == KEY:
            return cell.text.casefold() if cell.key is None else float(cell.key)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.label}: {cell.text}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(cell.text)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if role == Qt.ItemDataRole.ForegroundRole and cell.pressing:
            return QColor(theme.colours(self._view.palette()).danger)
        return None


class FactTable(QTableView):
    """Enter or a double click opens the record, Tab goes on."""

    opened = Signal(str, int)
    moved = Signal()
    """Another row is the current one, or other rows are selected."""

    def __init__(self, name: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = FactModel(columns, self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSortRole(KEY)
        self._proxy.setSourceModel(self.facts)
        self.setModel(self._proxy)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        self.setSortingEnabled(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._fit()
        self.doubleClicked.connect(lambda _index: self._open())
        self.selectionModel().selectionChanged.connect(lambda: self.moved.emit())
        self.selectionModel().currentRowChanged.connect(lambda: self.moved.emit())

    def show_rows(self, rows: Sequence[FactRow]) -> None:
        """Show these rows; the current record stays current where it is still there, else its place does."""
        held, place = self.current(), self.currentIndex().row()
        self.facts.show_rows(rows)
        if not rows:
            self.moved.emit()
            return
        at = next(
            (number for number, row in enumerate(rows) if held and row.record_id == held.record_id), None
        )
        index = (
            self._proxy.mapFromSource(self.facts.index(at, 0))
            if at is not None
            else self._proxy.index(min(max(place, 0), len(rows) - 1), 0)
        )
        marks = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, marks.ClearAndSelect | marks.Rows)

    def current(self) -> FactRow | None:
        """The current row."""
        index = self._proxy.mapToSource(self.currentIndex())
        return self.facts.rows[index.row()] if index.isValid() else None

    def chosen(self) -> list[FactRow]:
        """The selected rows in the order of the table."""
        places = sorted({index.row() for index in self.selectionModel().selectedRows()})
        found = (self._proxy.mapToSource(self._proxy.index(place, 0)).row() for place in places)
        return [self.facts.rows[row] for row in found]

    def changeEvent(self, event: QEvent) -> None:
        """A larger font needs higher rows and wider columns."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + theme.MEDIUM)
        for place, column in enumerate(self.facts.columns):
            self.setColumnWidth(place, column.characters * metrics.averageCharWidth())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        row = self.current()
        if row is not None:
            self.opened.emit(row.table, row.record_id)


def _side(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignTrailing if column.number else Qt.AlignmentFlag.AlignLeading
    return side | Qt.AlignmentFlag.AlignVCenter
