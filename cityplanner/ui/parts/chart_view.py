"""A chart in the window: the same descriptions and the same layout as on paper, in the colors of the theme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QHeaderView,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _, current
from cityplanner.exchange.cells import safe
from cityplanner.reports.charts import BarChart, CoverageBars, LineChart, Series
from cityplanner.reports.figures import layout
from cityplanner.reports.shapes import Box, Drawing, Ink, Label, Marker, Shape, Stroke, hatch
from cityplanner.reports.theme import TYPES, WHITE, Theme, colour, contrast, mixed
from cityplanner.ui import theme
from cityplanner.ui.parts.clipboard import copy_table

Chart = BarChart | CoverageBars | LineChart
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

    def font(self, *, small: bool = False, bold: bool = False) -> QFont:
        """The font of a label."""
        return self.bold if bold else self.small if small else self.plain

    def width(self, words: str, *, small: bool = False, bold: bool = False) -> float:
        """The width of words on one line."""
        return QFontMetricsF(self.font(small=small, bold=bold)).horizontalAdvance(words) / self.scale

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
        rounded = round(value, 2)
        return current().number(int(rounded) if rounded == int(rounded) else rounded)

    def percent(self, share: float) -> str:
        """A share in the window's language."""
        return current().percent(share)

    def date(self, day: dt.date, step: str) -> str:
        """A day where days are marked every `step`: year, month or day."""
        say = current()
        return str(day.year) if step == "year" else say.month(day) if step == "month" else say.date(day)


class ChartView(QWidget):
    """A chart and, in its place when asked for, its numbers as a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = ChartCanvas()
        self.table = QTableWidget()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        QShortcut(QKeySequence.StandardKey.Copy, self.table, self._copy).setContext(
            Qt.ShortcutContext.WidgetShortcut
        )
        self.turn = QPushButton(_("Show as table"))
        self.turn.setCheckable(True)
        self.turn.toggled.connect(self._turn)
        self.rows: Sequence[Sequence[str]] = ()
        self._stack = QStackedLayout()
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.NARROW)
        column.addLayout(self._stack)
        column.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignLeft)

    def show_chart(self, chart: Chart, alt: str) -> None:
        """Show a chart; `alt` says in words what it shows."""
        self.canvas.show_chart(chart, alt)
        self.table.setAccessibleName(alt)
        self.turn.setAccessibleDescription(alt)
        self.rows = head, *rows = data(chart)
        self.table.setColumnCount(len(head))
        self.table.setHorizontalHeaderLabels(head)
        self.table.setRowCount(len(rows))
        for line, row in enumerate(rows):
            for place, text in enumerate(row):
                item = QTableWidgetItem(text)
                if place:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(line, place, item)

    def _turn(self, wanted: bool) -> None:
        self._stack.setCurrentWidget(self.table if wanted else self.canvas)
        self.turn.setText(_("Show as chart") if wanted else _("Show as table"))

    def _copy(self) -> None:
        copy_table([[safe(text) for text in row] for row in self.rows])


class ChartCanvas(QWidget):
    """The painted chart, as high as its width asks for; its accessible name is its alternative text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None
        self._drawn: tuple[int, Drawing] | None = None
        self._measure = self._measured()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chart(self, chart: Chart, alt: str) -> None:
        """Paint a chart that the words `alt` stand for."""
        self._chart, self._drawn = chart, None
        self.setAccessibleName(alt)
        self._grow()

    def drawing(self, width: int) -> Drawing:
        """The shapes in a width of so many pixels."""
        if self._chart is None:
            return Drawing()
        if self._drawn is None or self._drawn[0] != width:
            self._drawn = width, layout(self._chart, width / self._measure.scale, self._measure)
        return self._drawn[1]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return (
            round(self.drawing(max(width, self.minimumSizeHint().width())).height * self._measure.scale) + 2
        )

    def sizeHint(self) -> QSize:
        width = self.width() if self.isVisible() else self.fontMetrics().averageCharWidth() * 60
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 24, self.fontMetrics().height() * 6)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self._measure, self._drawn = self._measured(), None
            self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide chart needs another height than a narrow one."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush = _Brush(self, painter, self._measure)
        for shape in self.drawing(self.width()).shapes:
            brush.draw(shape)
        painter.end()

    def _measured(self) -> WindowMeasure:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return WindowMeasure(self.font(), right_to_left=mirrored)

    def _grow(self) -> None:
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()
        self.update()


class _Brush:
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
        elif isinstance(shape, Label):
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
        if label.on is None:
            toned = {"quiet": of.muted, "accent": of.accent, "good": of.success, "caution": of.warning}
            return QColor({**toned, "bad": of.danger}.get(label.tone, of.text))
        found = self._ink(label.on)
        ground = (found.redF(), found.greenF(), found.blueF())
        return QColor(Qt.GlobalColor.white if contrast(WHITE, ground) >= 4.5 else Qt.GlobalColor.black)


def data(chart: Chart) -> list[list[str]]:
    """The numbers of a chart as a table, its head first."""
    if isinstance(chart, CoverageBars):
        rows = [[row.label, row.shown or current().percent(row.share), row.note] for row in chart.rows]
        return [[_("What"), _("Share"), _("Note")], *rows]
    steps = chart.categories if isinstance(chart, BarChart) else chart.steps
    series = list(_all_series(chart))
    head = [chart.axis or _("Step"), *(one.label for one in series)]
    return [head, *([step, *(_shown(one, n) for one in series)] for n, step in enumerate(steps))]


def _all_series(chart: BarChart | LineChart) -> Iterator[Series]:
    yield from chart.series
    if isinstance(chart, LineChart) and chart.path is not None:
        yield chart.path


def _shown(series: Series, at: int) -> str:
    value = series.values[at]
    if value is None:
        return ""
    return series.shown[at] if series.shown else current().number(round(value, 2))
