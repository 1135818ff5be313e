"""Horizontal bars with their labels and values, painted; what they say is also there for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cityplanner.ui import theme


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its share from 0 to 1 (None: there is nothing to measure), and its value in words.

    `pressing` marks one that needs attention.
    """

    label: str
    share: float | None
    value: str
    pressing: bool = False


class Bars(QWidget):
    """Bars below each other, each under its label."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar], name: str) -> None:
        """Show these bars; `name` says what they measure."""
        self._bars = bars
        self.setAccessibleName(name)
        self.setAccessibleDescription("; ".join(f"{bar.label}: {bar.value}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 40, self._pitch() * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 24, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        of, metrics = theme.colours(self.palette()), self.fontMetrics()
        for at, bar in enumerate(self._bars):
            row = QRect(0, at * self._pitch(), self.width(), self._pitch())
            if row.intersects(event.rect()):
                self._paint(painter, row, bar, of, metrics)
        painter.end()

    def _pitch(self) -> int:
        return self.fontMetrics().height() + self._thickness() + theme.NARROW + theme.MEDIUM

    def _thickness(self) -> int:
        return max(6, self.fontMetrics().height() // 2)

    def _paint(
        self, painter: QPainter, row: QRect, bar: Bar, of: theme.Colours, metrics: QFontMetrics
    ) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        # The painter itself mirrors left and right.
        start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        line = QRect(row.left(), row.top(), row.width(), metrics.height())
        room = line.width() - metrics.horizontalAdvance(bar.value) - theme.MEDIUM
        painter.setPen(QColor(of.text))
        label = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, int(start | Qt.AlignmentFlag.AlignVCenter), label)
        painter.setPen(QColor(of.danger if bar.pressing else of.muted))
        painter.drawText(line, int(end | Qt.AlignmentFlag.AlignVCenter), bar.value)
        track = QRect(row.left(), line.bottom() + theme.NARROW, row.width(), self._thickness())
        radius = track.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(of.border))
        painter.drawRoundedRect(track, radius, radius)
        if bar.share:
            width = max(round(track.width() * min(bar.share, 1.0)), track.height())
            left = track.right() - width + 1 if mirrored else track.left()
            painter.setBrush(QColor(of.danger if bar.pressing else of.accent))
            painter.drawRoundedRect(QRect(left, track.top(), width, track.height()), radius, radius)
