"""The log file: rotating, without personal data."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from cityplanner.base import paths


def start(folder: Path | None = None) -> Path:
    """Send the application's log to a rotating file and return its path."""
    path = (folder or paths.log_folder()) / "cityplanner.log"
    root = logging.getLogger("cityplanner")
    if not any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=3, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)
        root.setLevel(logging.INFO)
    return path
