"""Tiles: one number each, with what it counts, leading to the page behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from cityplanner.ui import theme

LEAST_CHARACTERS = 15


@dataclass(frozen=True, slots=True)
class Tile:
    """A number: what it counts, its value, a line below, the page it leads to, and whether it presses."""

    label: str
    value: str
    detail: str
    page: str
    pressing: bool = False


class TileButton(QAbstractButton):
    """A tile on the screen."""

    def __init__(self, tile: Tile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tile = tile
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_tile(tile)

    def show_tile(self, tile: Tile) -> None:
        """Show another number."""
        self.tile = tile
        self.setText(tile.label.replace("&", "&&"))
        self.setAccessibleName(f"{tile.label}: {tile.value} {tile.detail}")
        self.update()

    def sizeHint(self) -> QSize:
        height = 2 * self.fontMetrics().height() + self._large().pointSizeF() * 2 + 2 * theme.MEDIUM
        return QSize(self.fontMetrics().averageCharWidth() * LEAST_CHARACTERS + theme.WIDE, round(height))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        of = theme.colours(self.palette())
        lit = self.underMouse() or self.hasFocus()
        painter.setPen(QColor(of.accent if lit else of.border))
        painter.setBrush(QColor(of.surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.RADIUS, theme.RADIUS)
        area = self.rect().adjusted(theme.LARGE, theme.MEDIUM, -theme.LARGE, -theme.MEDIUM)
        side = Qt.AlignmentFlag.AlignLeft  # mirrored by the painter itself
        metrics, right = self.fontMetrics(), Qt.TextElideMode.ElideRight
        painter.setPen(QColor(of.muted))
        for text, edge in (
            (self.tile.label, Qt.AlignmentFlag.AlignTop),
            (self.tile.detail, Qt.AlignmentFlag.AlignBottom),
        ):
            painter.drawText(area, int(side | edge), metrics.elidedText(text, right, area.width()))
        painter.setFont(self._large())
        painter.setPen(QColor(of.danger if self.tile.pressing else of.text))
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), self.tile.value)
        painter.end()

    def _large(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * theme.SIZES[theme.Role.DISPLAY])
        font.setWeight(QFont.Weight.DemiBold)
        return font


class TileRow(QWidget):
    """Tiles beside each other, in as many rows as the width asks for."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: list[TileButton] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.MEDIUM)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these numbers; buttons that are there already are used again, so the focus stays."""
        while len(self.tiles) > len(tiles):
            self.tiles.pop().deleteLater()
        for at, tile in enumerate(tiles):
            if at < len(self.tiles):
                self.tiles[at].show_tile(tile)
            else:
                button = TileButton(tile)
                button.clicked.connect(
                    lambda _checked=False, button=button: self.chosen.emit(button.tile.page)
                )
                self.tiles.append(button)
        self._arrange(force=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self, *, force: bool = False) -> None:
        if not self.tiles:
            return
        fits = max(self.width() // (self.tiles[0].sizeHint().width() + theme.MEDIUM), 1)
        rows = -(-len(self.tiles) // fits)
        columns = -(-len(self.tiles) // rows)
        if columns != self._columns or force:
            self._columns = columns
            for at, tile in enumerate(self.tiles):
                self._grid.addWidget(tile, at // columns, at % columns)
            for column in range(len(self.tiles)):
                self._grid.setColumnStretch(column, 1 if column < columns else 0)
