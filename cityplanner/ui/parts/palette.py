"""The command palette: one field that finds commands, pages and records while the user types.

Commands and pages are matched at once; records come from a search that runs elsewhere and answers
through `show_records`, where only the answer to the newest question is taken.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _
from cityplanner.ui import icons, theme

Index = QModelIndex | QPersistentModelIndex
MOST_COMMANDS = 8
WIDTH = 640


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette: what it is called, what it is, and what choosing it does."""

    title: str
    detail: str
    icon: str
    run: Callable[[], object]
    keys: str = ""


def fold(text: str) -> str:
    """Text without case and accents, for matching names of commands."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def matching(entries: Sequence[Entry], words: str) -> list[Entry]:
    """The entries in which every typed word begins a word; those that begin with the text first."""
    wanted = fold(words).split()

    def fits(entry: Entry) -> bool:
        parts = fold(f"{entry.title} {entry.detail}").split()
        return all(any(part.startswith(word) for part in parts) for word in wanted)

    found = [entry for entry in entries if fits(entry)]
    return sorted(found, key=lambda entry: not fold(entry.title).startswith(fold(words)))


class EntryModel(QAbstractListModel):
    """The lines of the palette."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (entry.title, entry.detail, entry.keys)))
        return None

    def entry(self, row: int) -> Entry:
        """The line at `row`."""
        return self._entries[row]

    def show(self, entries: list[Entry]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()


class EntryDelegate(QStyledItemDelegate):
    """Paints a line: icon, title, and muted what it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> Any:
        size = super().sizeHint(option, index)
        size.setHeight(option.fontMetrics.height() + 2 * theme.SMALL + theme.HAIR)
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, EntryModel):
            return
        entry, of = model.entry(index.row()), theme.colours(option.palette)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.setBrush(QColor(of.accent_soft))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(option.rect.adjusted(2, 1, -2, -1), theme.RADIUS, theme.RADIUS)
        self._write(painter, option, entry, of)
        painter.restore()

    def _write(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry, of: theme.Colours
    ) -> None:
        metrics, size = option.fontMetrics, option.fontMetrics.height()
        area = option.rect.adjusted(theme.MEDIUM, 0, -theme.MEDIUM, 0)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        left = area.right() - size if mirrored else area.left()
        place = QRect(left, area.center().y() - size // 2, size, size)
        painter.drawPixmap(
            place.topLeft(), icons.pixmap(entry.icon, size, of.muted, painter.device().devicePixelRatioF())
        )
        shift = size + theme.MEDIUM
        area = area.adjusted(0, 0, -shift, 0) if mirrored else area.adjusted(shift, 0, 0, 0)
        # The painter itself mirrors left and right.
        start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        note = entry.keys or entry.detail
        note = metrics.elidedText(note, Qt.TextElideMode.ElideRight, area.width() // 2)
        painter.setPen(QColor(of.muted))
        painter.drawText(area, int(end | middle), note)
        room = area.width() - metrics.horizontalAdvance(note) - theme.MEDIUM
        painter.setPen(QColor(of.text))
        painter.setFont(QFont(option.font))
        title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, int(start | middle), title)


class Palette(QDialog):
    """The palette's window. `asked` carries what was typed, to be answered with `show_records`."""

    asked = Signal(str)

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(_("Find"))
        self.setAccessibleName(_("Find"))
        theme.set_card(self)
        self._entries = entries
        self._records: list[Entry] = []
        self.field = QLineEdit(placeholderText=_("Find a record, a page or a command"))
        self.field.setAccessibleName(_("Find a record, a page or a command"))
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._typed)
        self.model = EntryModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setAccessibleName(_("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda index: self._run(index.row()))
        self._empty = theme.text_label(_("Nothing found. Try fewer or shorter words."), theme.Role.MUTED)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._empty)
        self._fill()

    def open_over(self, window: QWidget) -> None:
        """Show the palette below the upper edge of `window`, with the field ready."""
        width = min(max(WIDTH, self.fontMetrics().averageCharWidth() * 70), window.width() - theme.HUGE)
        self.resize(width, min(460, window.height() - 2 * theme.HUGE))
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - width) // 2, corner.y() + theme.HUGE + theme.LARGE)
        self.show()
        self.field.setFocus()

    def show_records(self, asked: str, found: Sequence[Entry]) -> None:
        """Show what a search found, if it answers what the field holds now."""
        if asked == self.field.text().strip():
            self._records = list(found)
            self._fill()

    def _typed(self, text: str) -> None:
        words = text.strip()
        if not words:
            self._records = []
        self._fill()
        if words:
            self.asked.emit(words)

    def _fill(self) -> None:
        words = self.field.text().strip()
        known = matching(self._entries, words)
        lines = known if not words else [*known[:MOST_COMMANDS], *self._records]
        self.model.show(lines)
        self.list.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        if lines:
            self.list.setCurrentIndex(self.model.index(0))

    def event(self, event: QEvent) -> bool:
        """A click elsewhere closes the palette, as it would a menu."""
        if event.type() is QEvent.Type.WindowDeactivate and self.isVisible():
            self.reject()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            key = Qt.Key(event.key())
            if key in steps:
                self._step(steps[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentIndex().row())
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        last = self.model.rowCount() - 1
        row = min(max(self.list.currentIndex().row() + by, 0), last)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))

    def _run(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            entry = self.model.entry(row)
            self.accept()
            entry.run()
