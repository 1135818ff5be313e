"""Columns of several years side by side: what is asked for beside what there is, coverage above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cityplanner.base.language import _
from cityplanner.ui import theme

PART = 0.3
"""The width of one of the two columns, as a share of a year's place."""
LINES = 2
"""Lines of text above the columns, and as many below."""


@dataclass(frozen=True, slots=True)
class YearColumn:
    """A year: what is asked for and what there is as shares of the most of any year, both in words, and more.

    `note` stands above (coverage), `state` below the year (what is left or over); `pressing` if it is over.
    """

    label: str
    asked: float
    offered: float
    asked_words: str
    offered_words: str
    note: str
    state: str
    pressing: bool = False


class YearColumns(QWidget):
    """Two columns for each year; what they say is also there for screen readers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: Sequence[YearColumn] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Asked for and available in each year"))

    def show_columns(self, columns: Sequence[YearColumn]) -> None:
        """Show these years, the first one first."""
        self.columns = tuple(columns)
        told = (
            f"{one.label}: {one.asked_words}, {one.offered_words}, {one.state}, {one.note}" for one in columns
        )
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 60, metrics.height() * 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 40, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        of = theme.colours(self.palette())
        wide = self.width() / max(len(self.columns), 1)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for at, column in enumerate(self.columns):
            place = len(self.columns) - 1 - at if mirrored else at
            self._paint(painter, of, column, QRectF(place * wide, 0, wide, self.height()))
        painter.end()

    def _paint(self, painter: QPainter, of: theme.Colours, column: YearColumn, place: QRectF) -> None:
        line = self.fontMetrics().height()
        base = place.bottom() - LINES * line - theme.SMALL
        tall = base - place.top() - LINES * line
        middle, width = place.center().x(), min(place.width() * PART, line * 4.0)
        asked = QRectF(middle - width, base - tall * column.asked, width, tall * column.asked)
        offered = QRectF(middle, base - tall * column.offered, width, tall * column.offered)
        painter.setPen(QPen(QColor(of.border), 1))
        painter.setBrush(QColor(of.danger if column.pressing else of.accent))
        painter.drawRect(asked)
        painter.setBrush(QColor(of.border))
        painter.drawRect(offered)
        painter.drawLine(place.bottomLeft().toPoint().x(), round(base), round(place.right()), round(base))
        self._word(
            painter, of.text, column.note, place, min(asked.top(), offered.top()) - line - theme.NARROW
        )
        self._word(painter, of.text, column.label, place, base + theme.NARROW)
        self._word(
            painter,
            of.danger if column.pressing else of.muted,
            column.state,
            place,
            base + theme.NARROW + line,
        )

    def _word(self, painter: QPainter, colour: str, text: str, place: QRectF, top: float) -> None:
        room = QRectF(place.left(), top, place.width(), self.fontMetrics().height())
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.setPen(QColor(colour))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), shown)
