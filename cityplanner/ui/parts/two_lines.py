"""A short list whose rows have a title and a line below it, and lead to a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cityplanner.ui import icons, theme

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its two lines, its icon, the record it leads to, and whether it presses.

    One without a table is a heading of the rows below it and leads nowhere.
    """

    title: str
    detail: str
    icon: str
    table: str
    record_id: int
    pressing: bool = False


class TwoLines(QListWidget):
    """As tall as its rows; Enter or a click opens the record."""

    opened = Signal(str, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.itemActivated.connect(self._open)
        self.itemClicked.connect(self._open)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self.clear()
        self.add_rows(rows)

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows below those shown already."""
        for row in rows:
            item = QListWidgetItem(row.title)
            item.setData(ROW, row)
            if row.table:
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.title}. {row.detail}")
            else:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        self.updateGeometry()

    def row_at(self, place: int) -> Row:
        """The row at a place."""
        found = self.item(place).data(ROW)
        assert isinstance(found, Row)
        return found

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 40, self.count() * row_height(self) + theme.HAIR)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 24, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def wheelEvent(self, event: object) -> None:
        """Let the page scroll, not the list: it shows all its rows."""
        event.ignore()  # type: ignore[attr-defined]

    def _open(self, item: QListWidgetItem) -> None:
        row = item.data(ROW)
        if row.table:
            self.opened.emit(row.table, row.record_id)


def row_height(widget: QWidget) -> int:
    """The height of one row: two lines and the room around them."""
    return 2 * widget.fontMetrics().height() + theme.MEDIUM


class _RowDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        widget = self.parent()
        assert isinstance(widget, QWidget)
        return QSize(0, row_height(widget))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        of = theme.colours(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not row.table:
            self._write_heading(painter, option, row, of)
            painter.restore()
            return
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if focused or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QColor(of.accent) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(of.accent_soft))
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        self._write(painter, option, row, of)
        painter.restore()

    def _write_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row, of: theme.Colours
    ) -> None:
        """A heading stands low, near the rows it belongs to, on a thin line."""
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(of.muted))
        area = option.rect.adjusted(theme.SMALL, 0, -theme.SMALL, -theme.NARROW)
        # Mirrored by the painter itself.
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), row.title)
        painter.setPen(QColor(of.border))
        painter.drawLine(area.left(), area.bottom() + theme.HAIR, area.right(), area.bottom() + theme.HAIR)

    def _write(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, of: theme.Colours) -> None:
        metrics, size = option.fontMetrics, option.fontMetrics.height()
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        area = option.rect.adjusted(theme.SMALL, 0, -theme.SMALL, 0)
        left = area.right() - size if mirrored else area.left()
        colour = of.danger if row.pressing else of.muted
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(left, area.center().y() - size // 2, icons.pixmap(row.icon, size, colour, ratio))
        shift = size + theme.MEDIUM
        area = area.adjusted(0, 0, -shift, 0) if mirrored else area.adjusted(shift, 0, 0, 0)
        side = Qt.AlignmentFlag.AlignLeft  # mirrored by the painter itself
        top = area.center().y() - size
        for text, ink, line in ((row.title, of.text, 0), (row.detail, colour, 1)):
            painter.setPen(QColor(ink))
            place = QRect(area.left(), top + line * size, area.width(), size)
            words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), words)
