"""How a chart is painted in the window: its type, and its shapes in the colors of the theme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from cityplanner.base.language import current
from cityplanner.reports.charts.shapes import Area, Box, Ink, Label, Marker, Shape, Stroke, hatch
from cityplanner.reports.theme import TYPES, WHITE, Theme, colour, contrast, mixed
from cityplanner.ui import theme

SMALL = TYPES["chart_small"].size / TYPES["chart"].size
MARK = 2.9
MARKS: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((-MARK, -MARK), (MARK, -MARK), (MARK, MARK), (-MARK, MARK)),
    ((0, -3.6), (-3.5, 2.6), (3.5, 2.6)),
    ((0, -4), (-4, 0), (0, 4), (4, 0)),
)
"""The corners of a series' marker; the first is round."""


class WindowMeasure:
    """Type as the window sets it, in the units of a chart: as if its words were as large as on paper."""

    def __init__(self, font: QFont, *, right_to_left: bool = False) -> None:
        self.right_to_left = right_to_left
        self.plain, self.small, self.bold = QFont(font), QFont(font), QFont(font)
        self.small.setPointSizeF(font.pointSizeF() * SMALL)
        self.bold.setWeight(QFont.Weight.DemiBold)
        self.scale = QFontMetricsF(font).height() / TYPES["chart"].leading
        self._widths: dict[tuple[str, bool, bool], float] = {}
        self._numbers: dict[float, str] = {}

    def font(self, *, small: bool = False, bold: bool = False) -> QFont:
        """The font of a label."""
        return self.bold if bold else self.small if small else self.plain

    def width(self, words: str, *, small: bool = False, bold: bool = False) -> float:
        """The width of words on one line."""
        # A chart is laid out several times until its place is found: the same words are asked for again.
        key = words, small, bold
        if key not in self._widths:
            metrics = QFontMetricsF(self.font(small=small, bold=bold))
            self._widths[key] = metrics.horizontalAdvance(words) / self.scale
        return self._widths[key]

    def wrap(self, words: str, width: float, *, small: bool = False) -> list[str]:
        """Words in lines of a width; a word that is too long stands alone."""
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, small=small) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def number(self, value: float) -> str:
        """A value in the window's language."""
        if value not in self._numbers:
            rounded = round(value, 2)
            self._numbers[value] = current().number(int(rounded) if rounded == int(rounded) else rounded)
        return self._numbers[value]

    def percent(self, share: float) -> str:
        """A share in the window's language."""
        return current().percent(share)

    def date(self, day: dt.date, step: str) -> str:
        """A day where days are marked every `step`: year, month or day."""
        return current().tick(day, step)


class ChartBrush:
    """Paints shapes given from the reading start and downwards, mirrored where that is the right."""

    def __init__(self, widget: QWidget, painter: QPainter, measure: WindowMeasure) -> None:
        self.painter, self.measure = painter, measure
        self.scale, self.total = measure.scale, float(widget.width())
        self.mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.of = theme.colours(widget.palette())
        self.series = Theme(accent=colour(self.of.accent))
        self.ground = widget.palette().color(widget.backgroundRole())

    def draw(self, shape: Shape) -> None:
        """One shape."""
        if isinstance(shape, Box):
            self._box(shape)
        elif isinstance(shape, Stroke):
            self._stroke(shape.points, self._ink(shape.ink), shape.width, shape.dash)
        elif isinstance(shape, Marker):
            self._marker(shape)
        elif isinstance(shape, Area):
            self._area_of(shape)
        else:
            self._label(shape)

    def _ink(self, ink: Ink) -> QColor:
        if isinstance(ink, int):
            shade = self.series.series(ink)
            return QColor.fromRgbF(*(mixed(shade, WHITE, 0.25) if self.of.dark and ink else shade))
        of = self.of
        named = {
            "track": of.border, "rule": of.border, "strong": of.outline, "white": of.surface,
            "good": of.success, "caution": of.warning, "bad": of.danger, "accent": of.accent,
        }  # fmt: skip
        return QColor(named[ink])

    def _point(self, x: float, y: float) -> QPointF:
        x *= self.scale
        return QPointF(self.total - x if self.mirrored else x, y * self.scale)

    def _area(self, x: float, y: float, width: float, height: float) -> QRectF:
        return QRectF(self._point(x, y), self._point(x + width, y + height)).normalized()

    def _stroke(
        self,
        points: Sequence[tuple[float, float]],
        shade: QColor,
        width: float,
        dash: Sequence[float] = (),
    ) -> None:
        pen = QPen(shade, max(width * self.scale, 1.0))
        if dash:
            # Qt counts dashes in widths of the pen.
            pen.setDashPattern([part / width for part in dash])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPolyline(QPolygonF([self._point(x, y) for x, y in points]))

    def _box(self, box: Box) -> None:
        shade, area = self._ink(box.ink), self._area(box.x, box.y, box.width, box.height)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(shade)
        radius = box.radius * self.scale
        self.painter.drawRoundedRect(area, radius, radius)
        if isinstance(box.ink, int) and box.ink:
            line = shade.darker(150)
            for points in hatch(box.ink, box.x, box.y, box.width, box.height):
                self._stroke(points, line, 0.5)
            self.painter.drawRect(area)

    def _area_of(self, area: Area) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self._ink(area.ink))
        self.painter.drawPolygon(QPolygonF([self._point(x, y) for x, y in area.points]))

    def _marker(self, marker: Marker) -> None:
        at, corners = self._point(marker.x, marker.y), MARKS[marker.ink % 4]
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self._ink(marker.ink))
        if corners:
            places = [at + QPointF(x, y) * self.scale for x, y in corners]
            self.painter.drawPolygon(QPolygonF(places))
        else:
            self.painter.drawEllipse(at, MARK * self.scale, MARK * self.scale)

    def _label(self, label: Label) -> None:
        if not label.text:
            return
        width = self.measure.width(label.text, small=label.small, bold=label.bold)
        start = {"start": label.x, "center": label.x - width / 2, "end": label.x - width}[label.anchor]
        size = TYPES["chart_small" if label.small else "chart"].size
        shade = self._words(label)
        for wanted, ground in ((label.clear, self.ground), (label.on is not None, self._ink(label.on or 0))):
            if wanted:
                area = self._area(start - 1.5, label.y - size + 1, width + 3, size + 1)
                self.painter.fillRect(area, ground)
        self.painter.setFont(self.measure.font(small=label.small, bold=label.bold))
        self.painter.setPen(shade)
        left = self._point(start + width if self.mirrored else start, label.y)
        self.painter.drawText(left, label.text)

    def _words(self, label: Label) -> QColor:
        of = self.of
        ink = label.over if label.on is None else label.on
        if ink is None:
            toned = {"quiet": of.muted, "accent": of.accent, "good": of.success, "caution": of.warning}
            return QColor({**toned, "bad": of.danger}.get(label.tone, of.text))
        found = self._ink(ink)
        ground = (found.redF(), found.greenF(), found.blueF())
        return QColor(Qt.GlobalColor.white if contrast(WHITE, ground) >= 4.5 else Qt.GlobalColor.black)
