"""Errors that nothing caught, in whichever thread: a report is kept of each, and the window tells of it once."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cityplanner.base import crash, session
from cityplanner.base.errors import Cancelled, UserError
from cityplanner.base.traces import trace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

log = logging.getLogger(__name__)
_GRAVE = {QtMsgType.QtCriticalMsg: "qt critical", QtMsgType.QtFatalMsg: "qt fatal"}


class Faults(QObject):
    """Hears of errors; those a person is meant to read are passed on as they are."""

    refused = Signal(object)
    """A `UserError` that nobody waited for."""
    _found = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._met: set[str] = set()
        self._box: QMessageBox | None = None
        # Across threads: what is shown is shown by the window's own.
        self._found.connect(self._tell, Qt.ConnectionType.AutoConnection)

    def install(self) -> None:
        """Hear of what no code of ours catches: in the window, in other threads, and what Qt says of itself."""
        sys.excepthook = self.heed
        threading.excepthook = lambda one: self.heed(
            one.exc_type, one.exc_value or one.exc_type(), one.exc_traceback
        )
        qInstallMessageHandler(_heed_qt)

    def heed(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None
    ) -> None:
        """Log an error and tell of it; called in any thread."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("a fault was not caught", exc_info=(kind, error, trace))
        self.tell(error)

    def tell(self, error: BaseException) -> None:
        """Keep a report of an error that was logged, and show that there is one."""
        if isinstance(error, UserError):
            self._found.emit(error)
            return
        where = trace(error)
        if where not in self._met:  # a fault while painting comes again and again
            self._met.add(where)
            names = (f"Qt {qVersion()}", QGuiApplication.platformName())
            self._found.emit(crash.write(where, session.steps(), names))

    @Slot(object)
    def _tell(self, found: UserError | Path | None) -> None:
        if isinstance(found, UserError):
            if not isinstance(found, Cancelled):
                self.refused.emit(found)
        elif self._box is None:
            from cityplanner.ui.dialogs.fault_reports import show_fault  # late, for a fast start

            self._box = show_fault(self._window, found)
            self._box.finished.connect(self._told)

    def _told(self) -> None:
        self._box = None


def _heed_qt(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Say what Qt says where it is usually said, and note that it was grave."""
    if kind in _GRAVE:
        session.step(_GRAVE[kind])
    if sys.stderr is not None:
        print(text, file=sys.stderr)
