"""The two heads of the coverage matrix: codes turned on their side, and titles with their coverage as bars."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from heapq import nlargest

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QHeaderView, QWidget

from cityplanner.base.language import _, current
from cityplanner.ui import theme
from cityplanner.ui.parts.matrix_model import Group, MatrixModel, theme_label

TITLE_CHARACTERS = 42
BAR_CHARACTERS = 7
MOST_OF_WIDTH = 0.45
MEASURED = 16
"""How many of the codes with the most letters are measured to find the longest."""


class MatrixHeader(QHeaderView):
    """What both heads share: the band of themes, and the place that is marked."""

    def __init__(self, orientation: Qt.Orientation, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.matrix_model = model
        self.marked = -1
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(2 * theme.SMALL)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def mark(self, section: int) -> None:
        """Mark the row or column of the current cell."""
        if section != self.marked:
            self.marked = section
            self.viewport().update()

    @property
    def groups(self) -> Sequence[Group]:
        """The themes along this head."""
        across = self.orientation() is Qt.Orientation.Horizontal
        return self.matrix_model.column_groups if across else self.matrix_model.row_groups

    @property
    def band(self) -> int:
        """How thick the band of themes is, in pixels."""
        return self.fontMetrics().height() + theme.NARROW

    @property
    def strip(self) -> QRect:
        """Where the band of themes stands in the viewport."""
        area = self.viewport().rect()
        if self.orientation() is Qt.Orientation.Horizontal:
            return QRect(0, 0, area.width(), self.band)
        return QRect(area.width() - self.band if self._mirrored else 0, 0, self.band, area.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sections by Qt's rules where they are to be painted, then the themes, whose names stay in sight."""
        beside = event.region().subtracted(QRegion(self.strip))
        if not beside.isEmpty():
            super().paintEvent(QPaintEvent(beside))
        painter = QPainter(self.viewport())
        of = theme.colours(self.palette())
        painter.fillRect(self.strip, QColor(of.surface_alt))
        for group in self.groups:
            self._paint_group(painter, group, of)
        painter.end()

    def _paint_group(self, painter: QPainter, group: Group, of: theme.Colours) -> None:
        span = self._span(group)
        across = self.orientation() is Qt.Orientation.Horizontal
        area = self.viewport().rect()
        box = QRect(span[0], 0, span[1] - span[0], self.band)
        if not across:
            left = area.right() - self.band + 1 if self._mirrored else 0
            box = QRect(left, span[0], self.band, span[1] - span[0])
        seen = box.intersected(area)
        if seen.isEmpty():
            return
        painter.fillRect(box, QColor(of.rail))
        painter.setPen(QColor(of.outline))
        if across:
            edge = box.left() if self._mirrored else box.right()
            painter.drawLine(edge, 0, edge, area.bottom())
        else:
            painter.drawLine(0, box.bottom(), area.right(), box.bottom())
        painter.setPen(QColor(of.muted))
        if across:
            _draw(painter, seen.adjusted(theme.NARROW, 0, -theme.NARROW, 0), theme_label(group.theme))
        else:
            draw_turned(painter, seen, theme_label(group.theme))

    def _span(self, group: Group) -> tuple[int, int]:
        """Where a group begins and ends, in pixels."""
        first, last = self.sectionViewportPosition(group.first), self.sectionViewportPosition(group.last)
        return min(first, last), max(first, last) + self.sectionSize(group.last)

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft


class CodeHeader(MatrixHeader):
    """The initiatives: their codes, turned where they are wider than their column."""

    def __init__(self, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, model, parent)
        self.setAccessibleName(_("Initiatives"))

    def sizeHint(self) -> QSize:
        """As high as the longest code is long."""
        metrics = self.fontMetrics()
        # To measure thousands of codes would hold up the window whenever the page is shown.
        codes = nlargest(MEASURED, (one.code for one in self.matrix_model.columns), key=len)
        longest = max(map(metrics.horizontalAdvance, codes), default=0)
        longest = min(longest, metrics.averageCharWidth() * 16)
        return QSize(super().sizeHint().width(), longest + self.band + 2 * theme.SMALL)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        """One code."""
        of = theme.colours(self.palette())
        one = self.matrix_model.columns[logicalIndex]
        painter.fillRect(rect, QColor(of.accent_soft if logicalIndex == self.marked else of.surface_alt))
        painter.setPen(QColor(of.border))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        runs = self.matrix_model.matrix.kept.get(one.id, 0) > 0
        painter.setPen(QColor(of.text if runs else of.muted))
        draw_turned(painter, rect.adjusted(0, self.band, 0, -theme.NARROW), one.code)


class CoverageHeader(MatrixHeader):
    """The recommendations: code, title, and coverage as a bar with its figure. It stays in sight."""

    def __init__(self, model: MatrixModel, parent: QAbstractScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, model, parent)
        self._area = parent
        self.setAccessibleName(_("Recommendations"))

    def sizeHint(self) -> QSize:
        """Wide enough for a title, but not wider than about half of the view."""
        character = self.fontMetrics().averageCharWidth()
        wanted = self.band + (TITLE_CHARACTERS + 2 * BAR_CHARACTERS) * character
        return QSize(min(wanted, max(200, int(self._area.width() * MOST_OF_WIDTH))), 0)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        """One recommendation."""
        of = theme.colours(self.palette())
        model, metrics = self.matrix_model, self.fontMetrics()
        one, share = model.rows[logicalIndex], model.coverage(logicalIndex)
        painter.fillRect(rect, QColor(of.accent_soft if logicalIndex == self.marked else of.surface))
        painter.setPen(QColor(of.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        bar, figure = self._bar_width(), metrics.horizontalAdvance("100%") + theme.SMALL
        room = rect.width() - self.band - 2 * theme.SMALL - bar - figure
        line = QRect(self.band + theme.SMALL, rect.top(), room, rect.height())
        painter.setPen(QColor(of.text if one.supported else of.muted))
        text = metrics.elidedText(f"{one.code}  {one.title}", Qt.TextElideMode.ElideRight, room - theme.SMALL)
        _draw(painter, self._placed(line, rect), text)
        end = QRect(line.right() + bar + 1, rect.top(), figure, rect.height())
        _draw(
            painter,
            self._placed(end, rect),
            _percent(round(share * 100), current().tag),
            Qt.AlignmentFlag.AlignRight,
        )
        height = max(6, metrics.height() // 3)
        track = QRect(line.right(), rect.center().y() - height // 2, bar, height)
        self._paint_bar(painter, self._placed(track, rect), share, of, supported=one.supported)

    def _paint_bar(
        self, painter: QPainter, track: QRect, share: float, of: theme.Colours, *, supported: bool
    ) -> None:
        painter.fillRect(track, QColor(of.border))
        done = round(track.width() * share)
        left = track.right() - done + 1 if self._mirrored else track.left()
        painter.fillRect(
            QRect(left, track.top(), done, track.height()), QColor(of.accent if supported else of.outline)
        )

    def _bar_width(self) -> int:
        return BAR_CHARACTERS * self.fontMetrics().averageCharWidth()

    def _placed(self, box: QRect, rect: QRect) -> QRect:
        """A box counted from where reading begins."""
        if not self._mirrored:
            return box
        return QRect(rect.right() - box.right(), box.top(), box.width(), box.height())


def _draw(
    painter: QPainter,
    box: QRect,
    text: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


@lru_cache(maxsize=512)
def _percent(share: int, _tag: str) -> str:
    """A percentage in the window's language; it is painted too often to be worded each time."""
    return current().percent(share / 100)


def draw_turned(painter: QPainter, box: QRect, text: str) -> None:
    """Text from below upwards."""
    painter.save()
    painter.translate(box.left(), box.bottom() + 1)
    painter.rotate(-90)
    turned = QRect(0, 0, box.height(), box.width()).adjusted(theme.NARROW, 0, -theme.NARROW, 0)
    # In a mirrored window too, turned text begins below.
    _draw(painter, turned, text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    painter.restore()
