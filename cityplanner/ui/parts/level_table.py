"""The initiatives of a scenario with the service level of each: Left and Right lower and raise it, Enter chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cityplanner.base.language import N_, _, current
from cityplanner.ui import theme
from cityplanner.ui.parts.plain import tool_tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
NAME, QUARTILE, LEVEL, COST, FTE = range(5)
HEADERS = (N_("Initiative"), N_("Quartile"), N_("Service level"), N_("Cost"), N_("FTE"))
_TRAILING = frozenset({QUARTILE, COST, FTE})


@dataclass(frozen=True, slots=True)
class Choice:
    """A service level to choose: its id (None: the initiative does not run), name, cost and FTE in words."""

    level_id: int | None
    name: str
    cost: str
    fte: str
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """An initiative: its choices from the fullest down, and the one that is chosen."""

    initiative_id: int
    title: str
    quartile: int | None
    choices: tuple[Choice, ...]
    level_id: int | None

    @property
    def at(self) -> int:
        """The place of the chosen level among the choices."""
        return next((at for at, one in enumerate(self.choices) if one.level_id == self.level_id), 0)


class LevelModel(QAbstractTableModel):
    """The lines as a table; only the level can be edited."""

    chosen = Signal(int, object)
    """An initiative was given another level: its id, and the level's id or None."""

    offered = Signal()
    """Other choices are offered than before, in words that may be wider."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.editable = False

    def show_lines(self, lines: Sequence[Line], *, editable: bool) -> None:
        """Show these lines; the same initiatives keep their rows, focus and selection."""
        same = [one.initiative_id for one in self.lines] == [one.initiative_id for one in lines]
        self.editable = editable
        others = not same or any(a.choices is not b.choices for a, b in zip(self.lines, lines, strict=True))
        if not same:
            self.beginResetModel()
            self.lines = list(lines)
            self.endResetModel()
        if others:
            self.offered.emit()
        for row, line in enumerate(lines):
            if line != self.lines[row]:
                self.lines[row] = line
                self.dataChanged.emit(self.index(row, 0), self.index(row, FTE))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(HEADERS[section])
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == Qt.ItemDataRole.EditRole and column == LEVEL:
            return line.at
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._text(line, column))
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _TRAILING:
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(HEADERS[column])}: {self._text(line, column)}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsEditable if self.editable and index.column() == LEVEL else found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.lines[index.row()]
        if role != Qt.ItemDataRole.EditRole or not self.editable or not 0 <= value < len(line.choices):
            return False
        choice = line.choices[value]
        if choice.level_id == line.level_id or not choice.allowed:
            return False
        self.chosen.emit(line.initiative_id, choice.level_id)
        return True

    def step(self, row: int, by: int) -> None:
        """Lower (1) or raise (-1) the level of a row by one, past those that are not allowed."""
        line = self.lines[row]
        places = range(line.at + by, len(line.choices) if by > 0 else -1, by)
        for at in places:
            if line.choices[at].allowed:
                self.setData(self.index(row, LEVEL), at)
                return

    @staticmethod
    def _text(line: Line, column: int) -> str:
        if column == NAME:
            return line.title
        if column == QUARTILE:
            return "–" if line.quartile is None else current().number(line.quartile)
        choice = line.choices[line.at]
        return {LEVEL: choice.name, COST: choice.cost, FTE: choice.fte}[column]


class _Chooser(QStyledItemDelegate):
    """A box with the levels of an initiative."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = QComboBox(parent)
        box.setAccessibleName(_("Service level"))
        model = index.model()
        assert isinstance(model, LevelModel)
        for choice in model.lines[index.row()].choices:
            box.addItem(f"{choice.name} · {choice.cost}")
            if not choice.allowed:
                box.model().setData(box.model().index(box.count() - 1, 0), 0, Qt.ItemDataRole.UserRole - 1)
        box.activated.connect(lambda _at: self.commitData.emit(box))
        box.activated.connect(lambda _at: self.closeEditor.emit(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentIndex(), Qt.ItemDataRole.EditRole)


class LevelTable(QTableView):
    """Shows the lines; a click on a level opens the box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LevelModel()
        self.setModel(self.lines)
        self.setItemDelegateForColumn(LEVEL, _Chooser(self))
        self.setAccessibleName(_("Service levels"))
        self.setAccessibleDescription(_("Left lowers the level of the row, Right raises it."))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.lines.offered.connect(self._fit)
        self.clicked.connect(self._clicked)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Make columns as wide as the widest choice, once: fitted to contents, each move would measure all rows."""
        metrics, header = self.fontMetrics(), self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + theme.MEDIUM)
        choices = {choice for line in self.lines.lines for choice in line.choices}
        texts = {
            LEVEL: {one.name for one in choices},
            COST: {one.cost for one in choices},
            FTE: {one.fte for one in choices},
        }
        for column in range(QUARTILE, FTE + 1):
            widest = max((metrics.horizontalAdvance(text) for text in texts.get(column, ())), default=0)
            self.setColumnWidth(column, max(widest + theme.MEDIUM, header.sectionSizeHint(column)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, mirrored = self.currentIndex(), self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        steps = {Qt.Key.Key_Left: 1, Qt.Key.Key_Right: -1}
        if index.isValid() and event.key() in steps:
            by = steps[Qt.Key(event.key())]
            self.lines.step(index.row(), -by if mirrored else by)
        elif index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._open(index)
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == LEVEL:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        if self.lines.editable:
            self.edit(self.lines.index(index.row(), LEVEL))
            box = self.indexWidget(self.lines.index(index.row(), LEVEL))
            if isinstance(box, QComboBox):
                box.showPopup()
