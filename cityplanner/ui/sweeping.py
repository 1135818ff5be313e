"""Lets go what is unreachable at quiet moments of the window, so that Python never stops it to search everything."""

from __future__ import annotations

import weakref

from PySide6.QtCore import QObject, QTimer

from cityplanner.base.collecting import Sweep

EVERY_MS = 2_000


class Sweeper(QObject):
    """Sweeps every two seconds, while nothing else is to be done."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sweep = Sweep()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._sweep.step)
        self._timer.start()
        weakref.finalize(self, self._sweep.end)  # not by a signal: none may come once Python itself is ending
