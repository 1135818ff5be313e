"""The log file: rotating, without personal data: of an error it names the kind and the place, never its words."""

from __future__ import annotations

import logging
from pathlib import Path
from types import TracebackType

from cityplanner.base import paths
from cityplanner.base.traces import trace

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _Discreet(logging.Formatter):
    """Writes where an error happened; what it says may name people."""

    def formatException(self, ei: _Raised) -> str:
        return trace(ei[1]) if ei[1] is not None else ""


class _Late(logging.Handler):
    """Makes the file's handler with the first record: what rotates files takes longer to import than all of this."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler  # late, for a fast start

            self._file = RotatingFileHandler(self._path, maxBytes=500_000, backupCount=3, encoding="utf-8")
            self._file.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def start(folder: Path | None = None) -> Path:
    """Send the application's log to a rotating file and return its path."""
    path = (folder or paths.log_folder()) / "cityplanner.log"
    root = logging.getLogger("cityplanner")
    if not any(isinstance(handler, _Late) for handler in root.handlers):
        root.addHandler(_Late(path))
        root.setLevel(logging.INFO)
    return path
