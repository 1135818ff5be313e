"""The view of the coverage matrix: painted in one go, so that it scrolls at any size; edited by single keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from cityplanner.base.language import _
from cityplanner.model.initiative import ContributionKind
from cityplanner.model.wording import choice_label
from cityplanner.ui import theme
from cityplanner.ui.parts.matrix_headers import CodeHeader, CoverageHeader
from cityplanner.ui.parts.matrix_model import LETTERS, Index, MatrixModel
from cityplanner.ui.parts.plain import caption

KEYS: dict[int, ContributionKind | None] = {
    Qt.Key.Key_D: ContributionKind.DIRECT,
    Qt.Key.Key_S: ContributionKind.SUPPORTING,
    Qt.Key.Key_E: ContributionKind.ENABLING,
    Qt.Key.Key_Delete: None,
    Qt.Key.Key_Backspace: None,
}
_CENTER = int(Qt.AlignmentFlag.AlignCenter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class MatrixView(QTableView):
    """Arrows move, D S E and Delete set the cell, Enter opens the recommendation, Shift+Enter the initiative."""

    row_opened = Signal(int)
    """Somebody asked for the recommendation of a row."""
    column_opened = Signal(int)
    """Somebody asked for the initiative of a column."""
    current_changed = Signal(int, int)
    """The current cell; -1, -1 for none."""

    def __init__(self, model: MatrixModel, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self._model, self._read_only = model, read_only
        self._tiles: dict[tuple[str, bool, float, bool], QPixmap] = {}
        self.setAccessibleName(_("Coverage matrix"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.codes, self.titles = CodeHeader(model, self), CoverageHeader(model, self)
        self.setHorizontalHeader(self.codes)
        self.setVerticalHeader(self.titles)
        self.setModel(model)
        for header in (self.codes, self.titles):
            # Of its own, or it would ask the selection row by row what of it is selected.
            header.setSelectionModel(QItemSelectionModel(model, self))
            header.sectionDoubleClicked.connect(
                self.column_opened if header is self.codes else self.row_opened
            )
            header.setSectionsClickable(True)
        self.horizontalScrollBar().valueChanged.connect(
            lambda: self.codes.viewport().update(self.codes.strip)
        )
        self.verticalScrollBar().valueChanged.connect(
            lambda: self.titles.viewport().update(self.titles.strip)
        )
        model.modelReset.connect(self._fit_headers)
        self.doubleClicked.connect(lambda index: self.row_opened.emit(index.row()))
        self._fit()

    # --- keys and menu ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the matrix; all others as in any table, but never a search by letters."""
        key, plain = event.key(), event.modifiers() in _PLAIN
        here = self.currentIndex()
        if plain and key in KEYS:
            self._enter(KEYS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here.isValid():
            across = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.column_opened if across else self.row_opened).emit(here.column() if across else here.row())
        elif plain and event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu of the current cell."""
        if self.currentIndex().isValid():
            self.make_menu().popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """All that the keys do to the current cell, for the mouse."""
        here = self.currentIndex()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = self._model.kind(here.row(), here.column())
        for kind in (*ContributionKind, None):
            text = choice_label(kind) if kind else _("No contribution")
            action = menu.addAction(caption(text))
            action.setCheckable(True)
            action.setChecked(now == (kind or ""))
            action.setEnabled(not self._read_only)
            action.triggered.connect(lambda _on=False, kind=kind: self._enter(kind))
        menu.addSeparator()
        row, column = here.row(), here.column()
        menu.addAction(_("Open the recommendation"), lambda: self.row_opened.emit(row))
        menu.addAction(_("Open the initiative"), lambda: self.column_opened.emit(column))
        return menu

    def _enter(self, kind: ContributionKind | None) -> None:
        here = self.currentIndex()
        if here.isValid() and not self._read_only:
            self._model.enter(here.row(), here.column(), kind)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The row and column of the cell are marked as far as one can see."""
        super().currentChanged(current, previous)
        self.codes.mark(current.column())
        self.titles.mark(current.row())
        self.viewport().update()
        self.current_changed.emit(current.row(), current.column())

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, grid, then only the cells that hold something: most are empty."""
        painter = QPainter(self.viewport())
        of, area = theme.colours(self.palette()), event.rect()
        painter.fillRect(area, QColor(of.surface))
        rows, columns = self._seen(area)
        if rows and columns:
            self._paint_cross(painter, area, of)
            self._paint_grid(painter, rows, columns, of)
            for row in rows:
                self._paint_row(painter, row, columns, of)
            self._paint_current(painter, of)
        painter.end()

    def _seen(self, area: QRect) -> tuple[range, range]:
        """The rows and columns that a part of the viewport shows."""

        def places(first: int, last: int, count: int) -> range:
            ends = sorted((first if first >= 0 else count - 1, last if last >= 0 else count - 1))
            return range(max(ends[0], 0), ends[1] + 1)

        model = self._model
        return (
            places(self.rowAt(area.top()), self.rowAt(area.bottom()), model.rowCount()),
            places(self.columnAt(area.left()), self.columnAt(area.right()), model.columnCount()),
        )

    def _extent(self) -> tuple[int, int]:
        """How far the table reaches in the viewport: right (or left) and bottom edge are of the last cells."""
        return self.columnWidth(0), self.rowHeight(0)

    def _cell(self, row: int, column: int) -> QRect:
        width, height = self._extent()
        return QRect(self.columnViewportPosition(column), self.rowViewportPosition(row), width, height)

    def _paint_cross(self, painter: QPainter, area: QRect, of: theme.Colours) -> None:
        here = self.currentIndex()
        if not here.isValid():
            return
        cell, ground = self._cell(here.row(), here.column()), QColor(of.rail)
        across = self._cell(here.row(), 0).united(self._cell(here.row(), self._model.columnCount() - 1))
        down = self._cell(0, here.column()).united(self._cell(self._model.rowCount() - 1, here.column()))
        painter.fillRect(QRect(across.left(), cell.top(), across.width(), cell.height()) & area, ground)
        painter.fillRect(QRect(cell.left(), down.top(), cell.width(), down.height()) & area, ground)

    def _paint_grid(self, painter: QPainter, rows: range, columns: range, of: theme.Colours) -> None:
        """Thin lines between cells, stronger ones between themes."""
        seen = self._cell(rows[0], columns[0]).united(self._cell(rows[-1], columns[-1]))
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        strong_rows = {group.last for group in self._model.row_groups}
        strong_columns = {group.last for group in self._model.column_groups}
        thin, strong = QPen(QColor(of.border)), QPen(QColor(of.outline))
        for row in rows:
            bottom = self._cell(row, columns[0]).bottom()
            painter.setPen(strong if row in strong_rows else thin)
            painter.drawLine(seen.left(), bottom, seen.right(), bottom)
        for column in columns:
            cell = self._cell(rows[0], column)
            edge = cell.left() if mirrored else cell.right()
            painter.setPen(strong if column in strong_columns else thin)
            painter.drawLine(edge, seen.top(), edge, seen.bottom())

    def _paint_row(self, painter: QPainter, row: int, columns: range, of: theme.Colours) -> None:
        held = self._model.row_cells(row)
        if not held:
            return
        kept, sides = self._model.matrix.kept, self._model.columns
        top = self.rowViewportPosition(row)
        for column in columns:
            kind = held.get(sides[column].id)
            if kind is not None:
                tile = self._tile(kind, of, runs=kept.get(sides[column].id, 0) > 0)
                painter.drawPixmap(self.columnViewportPosition(column), top, tile)

    def _tile(self, kind: str, of: theme.Colours, *, runs: bool) -> QPixmap:
        """A cell as a picture: there are six of them, and a screen shows hundreds."""
        ratio = self.devicePixelRatioF()
        key = (kind, runs, ratio, of.dark)
        if key not in self._tiles:
            width, height = self._extent()
            made = QPixmap(round(width * ratio), round(height * ratio))
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
            painter = QPainter(made)
            font = QFont(self.font())
            font.setBold(True)
            painter.setFont(font)
            box = QRect(0, 0, width, height).adjusted(
                theme.HAIR, theme.HAIR, -theme.HAIR - 1, -theme.HAIR - 1
            )
            _paint_cell(painter, box, kind, of, runs=runs)
            painter.end()
            self._tiles[key] = made
        return self._tiles[key]

    def _paint_current(self, painter: QPainter, of: theme.Colours) -> None:
        here = self.currentIndex()
        if not here.isValid():
            return
        width = theme.HAIR if self.hasFocus() else 1
        painter.setPen(QPen(QColor(of.text), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self._cell(here.row(), here.column()).adjusted(1, 1, -2, -2))

    # --- sizes ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles give way in a narrow window."""
        super().resizeEvent(event)
        self._fit_headers()

    def changeEvent(self, event: QEvent) -> None:
        """Cells follow the size of the font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "titles"):
            self._fit()

    def _fit(self) -> None:
        self._tiles.clear()
        height = self.fontMetrics().height() + theme.SMALL
        self.titles.setDefaultSectionSize(height)
        self.codes.setDefaultSectionSize(height + theme.NARROW)
        self._fit_headers()

    def _fit_headers(self) -> None:
        self.titles.setFixedWidth(self.titles.sizeHint().width())
        self.codes.setFixedHeight(self.codes.sizeHint().height())
        self.updateGeometries()


def _paint_cell(painter: QPainter, box: QRect, kind: str, of: theme.Colours, *, runs: bool) -> None:
    """Shade and letter say the same; without a shade the initiative does not run."""
    ground, text = {
        "direct": (of.accent, of.accent_text),
        "supporting": (of.accent_soft, of.accent),
        "enabling": (of.surface, of.text),
    }[kind]
    if runs:
        painter.fillRect(box, QColor(ground))
    painter.setPen(QColor(of.accent if runs else of.border))
    painter.drawRect(box)
    painter.setPen(QColor(text if runs else of.muted))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), LETTERS[kind])
