"""A chart in the window: the same descriptions and the same layout as on paper, in the colors of the theme."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QKeySequence,
    QPainter,
    QPaintEvent,
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
from cityplanner.exchange.cell_texts import safe
from cityplanner.reports.charts.description import (
    BarChart,
    Chart,
    CoverageBars,
    CurveChart,
    LineChart,
    MapChart,
    MatrixChart,
    Series,
    Timeline,
)
from cityplanner.reports.charts.layout import layout
from cityplanner.reports.charts.shapes import Drawing
from cityplanner.ui import theme
from cityplanner.ui.parts.chart_brush import ChartBrush, WindowMeasure
from cityplanner.ui.parts.clipboard import copy_table

MOST_WIDTHS = 8


class ChartView(QWidget):
    """A chart and, in its place when asked for, its numbers as a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = ChartCanvas()
        self._table: QTableWidget | None = None
        self.turn = QPushButton(_("Show as table"))
        self.turn.setCheckable(True)
        self.turn.toggled.connect(self._turn)
        self.rows: list[list[str]] = [[]]
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.NARROW)
        column.addLayout(self._stack)
        # Only now: this layout shows its first widget at once, which without a parent were a window.
        self._stack.addWidget(self.canvas)
        column.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignLeft)

    def show_chart(self, chart: Chart, alt: str) -> None:
        """Show a chart; `alt` says in words what it shows."""
        self.canvas.show_chart(chart, alt)
        self.turn.setAccessibleDescription(alt)
        self.rows = data(chart)
        if self._table is not None:
            self._fill(self._table)

    @property
    def table(self) -> QTableWidget:
        """The numbers of the chart; made when it is first asked for."""
        if self._table is None:
            self._table = QTableWidget()
            self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
            self._table.setTabKeyNavigation(False)
            self._table.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
            self._table.verticalHeader().hide()
            self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            copy = QShortcut(QKeySequence.StandardKey.Copy, self._table, self._copy)
            copy.setContext(Qt.ShortcutContext.WidgetShortcut)
            self._stack.addWidget(self._table)
            self._fill(self._table)
        return self._table

    def _fill(self, table: QTableWidget) -> None:
        head, *rows = self.rows
        table.setAccessibleName(self.canvas.accessibleName())
        table.setColumnCount(len(head))
        table.setHorizontalHeaderLabels(head)
        table.setRowCount(len(rows))
        for line, row in enumerate(rows):
            for place, text in enumerate(row):
                item = QTableWidgetItem(text)
                if place:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(line, place, item)

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
        self._drawn: dict[int, Drawing] = {}
        self._measure = self._measured()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chart(self, chart: Chart, alt: str) -> None:
        """Paint a chart that the words `alt` stand for."""
        self._chart, self._drawn = chart, {}
        self.setAccessibleName(alt)
        self._grow()

    def drawing(self, width: int) -> Drawing:
        """The shapes in a width of so many pixels."""
        if self._chart is None:
            return Drawing()
        if width not in self._drawn:
            if len(self._drawn) >= MOST_WIDTHS:
                self._drawn.clear()
            self._drawn[width] = layout(self._chart, width / self._measure.scale, self._measure)
        return self._drawn[width]

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
            self._measure, self._drawn = self._measured(), {}
            self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide chart needs another height than a narrow one."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush = ChartBrush(self, painter, self._measure)
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


def data(chart: Chart) -> list[list[str]]:
    """The numbers of a chart as a table, its head first."""
    if isinstance(chart, CoverageBars):
        rows = [[row.label, row.shown or current().percent(row.share), row.note] for row in chart.rows]
        return [[_("What"), _("Share"), _("Note")], *rows]
    if isinstance(chart, BarChart | LineChart):
        return _steps(chart)
    say = current()
    if isinstance(chart, CurveChart):
        points = [*chart.points, *chart.marks]
        values = [[point.label, _number(point.x), _number(point.y)] for point in points]
        return [[_("What"), chart.x_axis, chart.y_axis], *values]
    if isinstance(chart, Timeline):
        spans = [
            [one.label, say.date(one.begin), say.date(one.end) if one.end else "", one.note]
            for one in chart.spans
        ]
        return [[_("What"), _("From"), _("To"), _("Note")], *spans]
    if isinstance(chart, MatrixChart):
        cells = [[cell[1] if cell else "" for cell in row] for row in chart.cells]
        return [["", *chart.columns], *([name, *row] for name, row in zip(chart.rows, cells, strict=True))]
    return _places(chart)


def _places(chart: MapChart) -> list[list[str]]:
    places = [[one.label, _number(one.latitude), _number(one.longitude)] for one in chart.places]
    return [[_("Place"), _("Latitude"), _("Longitude")], *places]


def _steps(chart: BarChart | LineChart) -> list[list[str]]:
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
    return series.shown[at] if series.shown else _number(value)


def _number(value: float) -> str:
    return current().number(round(value, 2))
