"""Waiting in the event loop of the window, for tools and proofs that have no `qtbot`."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

LONGEST_S = 120.0


def wait(milliseconds: int) -> None:
    """Let events run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(ready: Callable[[], bool]) -> None:
    """Let events run until something is so; raises TimeoutError after two minutes."""
    until = time.monotonic() + LONGEST_S
    while not ready():
        if time.monotonic() > until:
            raise TimeoutError("the window did not get ready")
        wait(2)
