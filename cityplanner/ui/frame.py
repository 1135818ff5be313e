"""The window as it is painted first: its menus by name and what is under way. All else is made once that is seen."""

from __future__ import annotations

import base64
import binascii

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from cityplanner.base.language import N_, _
from cityplanner.base.settings import WINDOW, Settings
from cityplanner.ui.parts.busy import BusyPage

SMALLEST = QSize(760, 480)
USUAL = QSize(1280, 800)
APP_NAME = "CityPlanner"
MENU_TITLES = {
    "file": N_("&File"),
    "edit": N_("&Edit"),
    "view": N_("&View"),
    "reports": N_("&Reports"),
    "help": N_("&Help"),
}


class Frame(QMainWindow):
    """A window with empty menus and a page that says what is under way; it keeps its size and place."""

    painted = Signal()
    """The window was painted for the first time."""
    closed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._was_painted = False
        self.setWindowTitle(APP_NAME)
        self.setMinimumSize(SMALLEST)
        self.menus = {name: self.menuBar().addMenu(_(title)) for name, title in MENU_TITLES.items()}
        self.busy = BusyPage()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.busy)
        self._body = QWidget()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.stack, 1)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._column, 1)
        self.setCentralWidget(self._body)
        self._restore_geometry()

    def put_around(self, *, before: QWidget, above: QWidget, below: QWidget) -> None:
        """Put widgets around the pages."""
        row = self._body.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(0, before)
        self._column.insertWidget(0, above)
        self._column.addWidget(below)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def _restore_geometry(self) -> None:
        wanted = self._settings.get(WINDOW)
        if not (wanted and self._restored(wanted)):
            screen = QApplication.primaryScreen().availableGeometry().size()
            self.resize(USUAL.boundedTo(screen))

    def _restored(self, wanted: str) -> bool:
        from PySide6.QtCore import QByteArray  # late, for a fast start

        try:
            kept = base64.b64decode(wanted, validate=True)
        except (binascii.Error, ValueError):
            return False
        return self.restoreGeometry(QByteArray(kept))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.set(WINDOW, base64.b64encode(self.saveGeometry().data()).decode())
        self.closed.emit()
        super().closeEvent(event)
