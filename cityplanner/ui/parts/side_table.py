"""A table of texts side by side: a label for each row, a column for each thing compared; what differs is bold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from cityplanner.ui.parts.plain import tool_tip

Rows = Sequence[tuple[str, Sequence[str]]]
Index = QModelIndex | QPersistentModelIndex
MEASURED_ROWS = 64
LABEL_CHARACTERS = 36
_NOWHERE = QModelIndex()


class SideModel(QAbstractTableModel):
    """The rows as they were worked out, however many there are."""

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._rows: Rows = ()
        self._bold = QFont()
        self._bold.setBold(True)

    def show_rows(self, names: Sequence[str], rows: Rows) -> None:
        """Show these columns and rows."""
        self.beginResetModel()
        self._names, self._rows = names, rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The labels and what is compared."""
        return 0 if parent.isValid() or not self._names else len(self._names) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of what is compared."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._names[section - 1] if 0 < section <= len(self._names) else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A label or a cell."""
        if not index.isValid():
            return None
        label, texts = self._rows[index.row()]
        text = texts[index.column() - 1] if index.column() else label
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{label}, {self._names[index.column() - 1]}: {text}" if index.column() else label
        if role == Qt.ItemDataRole.FontRole and index.column() and len(set(texts)) > 1:
            return self._bold
        return None


class SideTable(QTableView):
    """Shows them; only the first rows decide how wide the columns are."""

    def __init__(self) -> None:
        super().__init__()
        self._model = SideModel()
        self._model.setParent(self)
        self.setModel(self._model)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setResizeContentsPrecision(MEASURED_ROWS)

    def show_rows(self, names: Sequence[str], rows: Rows) -> None:
        """Show these columns and rows; what is in sight stays in sight."""
        place = self.verticalScrollBar().value()
        self._model.show_rows(names, rows)
        self.resizeColumnsToContents()
        widest = self.fontMetrics().averageCharWidth() * LABEL_CHARACTERS
        self.setColumnWidth(0, min(self.columnWidth(0), widest))
        self.verticalScrollBar().setValue(place)
