"""The log file: rotating, without personal data: of an error it names the kind and the place, never its words."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from cityplanner.base import paths
from cityplanner.base.traces import trace

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _Discreet(logging.Formatter):
    """Writes where an error happened; what it says may name people."""

    def formatException(self, ei: _Raised) -> str:
        return trace(ei[1]) if ei[1] is not None else ""


def start(folder: Path | None = None) -> Path:
    """Send the application's log to a rotating file and return its path."""
    path = (folder or paths.log_folder()) / "cityplanner.log"
    root = logging.getLogger("cityplanner")
    if not any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=3, encoding="utf-8", delay=True)
        handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)
        root.setLevel(logging.INFO)
    return path
