"""A list as tall as its rows: the page around it scrolls, not the list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QListWidget, QSizePolicy, QWidget

from cityplanner.ui import theme

KEY = Qt.ItemDataRole.UserRole
"""What a row stands for."""


class Rows(QListWidget):
    """Up and down go through the rows, Tab leaves."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model().rowsInserted.connect(self.updateGeometry)
        self.model().modelReset.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        height = sum(self.sizeHintForRow(row) for row in range(self.count()))
        return QSize(super().sizeHint().width(), height + 2 * self.frameWidth() + theme.HAIR)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out_anew()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._lay_out_anew()

    def _lay_out_anew(self) -> None:
        """The room of a row is known only once its style and font are."""
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()
