"""The best coverage at each budget as a chart: points lead to the plan behind them, a ring shows a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from cityplanner.base.language import N_, _, current
from cityplanner.reports.charts.shapes import ticks
from cityplanner.ui import theme

REACH = 14
"""How near, in pixels, a click has to be to a point."""
ROOM = 0.08
TITLE = N_("Best coverage at each budget")


@dataclass(frozen=True, slots=True)
class Dot:
    """A budget in minor units, the best coverage at it (0 to 1), and whether that is proven."""

    budget: int
    coverage: float
    proven: bool = True


class FrontierView(QWidget):
    """Left and Right go from point to point, Enter or a double click opens its plan."""

    chosen = Signal(int)
    """A point was gone to: its place among the dots."""
    opened = Signal(int)
    """The plan behind a point was asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dots: Sequence[Dot] = ()
        self.here: Dot | None = None
        self.current = -1
        self._name, self._currency = "", "USD"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_(TITLE))

    def show_dots(self, dots: Sequence[Dot], here: Dot | None, name: str, currency: str) -> None:
        """Show these points, lowest budget first, and where the scenario of a name stands."""
        self.dots, self.here, self._name, self._currency = tuple(dots), here, name, currency
        self.current = min(self.current, len(dots) - 1)
        told = [_point(one, currency) for one in dots]
        if here is not None:
            told.append(f"{name}: {_told(here, currency)}")
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def go_to(self, at: int) -> None:
        """Mark a point."""
        if self.dots:
            self.current = min(max(at, 0), len(self.dots) - 1)
            # A name that changes is read out: the point that was gone to.
            self.setAccessibleName(f"{_(TITLE)}: {_point(self.dots[self.current], self._currency)}")
            self.update()
            self.chosen.emit(self.current)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 60, self.fontMetrics().height() * 18)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 30, self.fontMetrics().height() * 10)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.dots) - 1}
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = 1 if event.key() == Qt.Key.Key_Right else -1
            self.go_to(self.current + (-by if mirrored else by))
        elif event.key() in ends:
            self.go_to(ends[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        near = self._near(event.position())
        if near >= 0:
            self.go_to(near)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        near = self._near(event.position())
        if near >= 0:
            self.opened.emit(near)

    def place(self, dot: Dot) -> QPointF:
        """Where a point is drawn."""
        area, (left, right, low, high) = self._area(), self._bounds()
        x = (dot.budget - left) / (right - left)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            x = 1 - x
        y = (dot.coverage - low) / (high - low)
        return QPointF(area.left() + x * area.width(), area.bottom() - y * area.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.dots or self.here:
            of = theme.colours(self.palette())
            self._paint_grid(painter, of)
            self._paint_dots(painter, of)
            self._paint_here(painter, of)
        painter.end()

    def _near(self, at: QPointF) -> int:
        found = [((self.place(dot) - at).manhattanLength(), n) for n, dot in enumerate(self.dots)]
        distance, number = min(found, default=(REACH + 1.0, -1))
        return number if distance <= REACH else -1

    def _shown(self) -> list[Dot]:
        return [*self.dots, *([self.here] if self.here else [])]

    def _bounds(self) -> tuple[float, float, float, float]:
        """The least and greatest budget and coverage drawn, with some room around."""
        budgets = [dot.budget for dot in self._shown()]
        shares = [dot.coverage for dot in self._shown()]
        left, right, low, high = min(budgets), max(budgets), min(shares), max(shares)
        wide, tall = (right - left) or 1, max(high - low, 0.02)
        top = min(1.0, high + tall * ROOM) if high < 1 else 1 + tall * ROOM / 2
        return left - wide * ROOM, right + wide * ROOM, max(0.0, low - tall * ROOM * 2), top

    def _area(self) -> QRectF:
        metrics, say = self.fontMetrics(), current()
        side = metrics.horizontalAdvance(say.percent(1.0, 1)) + theme.MEDIUM
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left, right = (theme.MEDIUM, side) if mirrored else (side, theme.MEDIUM)
        return QRectF(self.rect()).adjusted(
            left, theme.MEDIUM + metrics.height(), -right, -metrics.height() * 2.4
        )

    def _paint_grid(self, painter: QPainter, of: theme.Colours) -> None:
        area, (left, right, low, high), say = self._area(), self._bounds(), current()
        metrics = self.fontMetrics()
        for share in _round_values(low, high):
            y = self.place(Dot(round(left), share)).y()
            painter.setPen(QPen(QColor(of.border), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            text = say.percent(share, 0 if high - low > 0.04 else 1)
            self._word(painter, of, text, QPointF(area.left() - theme.SMALL, y), beside=True)
        taken = -float(self.width())
        for budget in _round_values(left, right):
            x = self.place(Dot(round(budget), low)).x()
            text = say.money(round(budget), self._currency)
            half = metrics.horizontalAdvance(text) / 2
            x = min(max(x, half), self.width() - half)
            if abs(x - taken) > 2 * half + theme.MEDIUM:
                taken = x
                self._word(painter, of, text, QPointF(x, area.bottom() + metrics.height()), beside=False)

    def _word(self, painter: QPainter, of: theme.Colours, text: str, at: QPointF, *, beside: bool) -> None:
        wide, tall = self.fontMetrics().horizontalAdvance(text) + 2, self.fontMetrics().height()
        painter.setPen(QColor(of.muted))
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = (
            (self._area().right() + theme.SMALL if mirrored else at.x() - wide)
            if beside
            else at.x() - wide / 2
        )
        painter.drawText(QRectF(x, at.y() - tall / 2, wide, tall), int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_dots(self, painter: QPainter, of: theme.Colours) -> None:
        painter.setPen(QPen(QColor(of.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([self.place(dot) for dot in self.dots]))
        for number, dot in enumerate(self.dots):
            chosen = number == self.current
            size = 7.0 if chosen else 4.5
            painter.setPen(QPen(QColor(of.accent), 2))
            painter.setBrush(QColor(of.accent if dot.proven else of.surface))
            painter.drawEllipse(self.place(dot), size, size)
            if chosen and self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(self.place(dot), size + 4, size + 4)

    def _paint_here(self, painter: QPainter, of: theme.Colours) -> None:
        if self.here is None:
            return
        at, metrics = self.place(self.here), self.fontMetrics()
        painter.setPen(QPen(QColor(of.warning), 2.5))
        painter.setBrush(QColor(of.surface))
        painter.drawRect(QRectF(at.x() - 5, at.y() - 5, 10, 10))
        room = self.width() * 0.6
        text = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, round(room))
        wide = metrics.horizontalAdvance(text) + 2
        x = at.x() + theme.MEDIUM
        if x + wide > self.width():
            x = at.x() - theme.MEDIUM - wide
        painter.drawText(QRectF(x, at.y() - metrics.height() / 2, wide, metrics.height()), 0, text)


def _round_values(low: float, high: float) -> list[float]:
    """The round values between two."""
    return [value for value in ticks(low, high) if low <= value <= high]


def _told(dot: Dot, currency: str) -> str:
    """Where a point stands, in words."""
    say = current()
    money, share = say.money(dot.budget, currency), say.percent(dot.coverage, 1)
    return _("{money}, coverage {share}").format(money=money, share=share)


def _point(dot: Dot, currency: str) -> str:
    """A point of the frontier in words."""
    words = _told(dot, currency)
    return _("{point}, proven best").format(point=words) if dot.proven else words
