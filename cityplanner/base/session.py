"""The running window as a file that is there from its start to its end: one that is left over ended badly.

Into it go the names of the commands that were given, and what Python writes as it is brought down.
"""

from __future__ import annotations

import faulthandler
import os
import re
import sys
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cityplanner.base import crash, paths, traces

MOST_STEPS = 40
_NAME = re.compile(r"[a-z][a-z0-9_ -]{0,40}")
_LOCKED_AT = 1 << 30
"""Of a file, far behind what is written: where Windows locks a byte, nobody reads it."""
_HALF_MADE_S = 3600


@dataclass(frozen=True, slots=True)
class End:
    """How an earlier window ended that did not close: killed, or (with a report) by a fault of its own."""

    report: Path | None


class Session:
    """This process's file. `begin` comes before anything can go wrong, `close` after everything is let go."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or paths.log_folder()
        self._path = self._folder / f"session-{os.getpid()}-{os.urandom(4).hex()}.txt"
        self._file: int | None = None
        self._dumps = False
        self._steps: deque[str] = deque(maxlen=MOST_STEPS)

    def begin(self) -> list[End]:
        """Start to be known, and tell how those ended that did not close."""
        ends = self._look_back()
        with suppress(OSError):  # a full disk or a strange one: then nothing is known of this window later
            self._file = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_APPEND | os.O_EXCL, 0o600)
            if not _lock(self._file):
                self.close()
            elif not faulthandler.is_enabled():  # a developer may have wanted it elsewhere
                faulthandler.enable(self._file)
                self._dumps = True
        self.step("started")
        return ends

    def step(self, name: str) -> None:
        """Note a command by its name; what is no plain name of ours is not noted."""
        if not _NAME.fullmatch(name):
            return
        self._steps.append(name)
        if self._file is not None:
            with suppress(OSError):
                os.write(self._file, f"{name}\n".encode())

    @property
    def steps(self) -> list[str]:
        """The names that were noted last, the latest last."""
        return list(self._steps)

    def close(self) -> None:
        """The window was closed: nothing is left over."""
        if self._file is not None:
            if self._dumps:
                faulthandler.disable()
            os.close(self._file)
            self._file = None
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _look_back(self) -> list[End]:
        found = (_end_of(path) for path in sorted(self._folder.glob("session-*.txt")))
        return [end for end in found if end is not None]


def _end_of(path: Path) -> End | None:
    """How a window ended; None while it lives. Its file is gone afterwards."""
    try:
        file = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        if not _lock(file):
            return None
        kept = path.read_text("utf-8", "replace")
        begun = bool(kept)
        if not begun and time.time() - path.stat().st_mtime < _HALF_MADE_S:
            return None  # it has not locked its file yet
    except OSError:
        return None
    finally:
        os.close(file)
    with suppress(OSError):
        path.unlink()
    return End(_report(kept)) if begun else None


def _report(kept: str) -> Path | None:
    trace = traces.from_dump(kept)
    steps = [line for line in kept.splitlines() if _NAME.fullmatch(line)]
    return crash.write(trace, steps[-MOST_STEPS:]) if trace else None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> bool:
        """Lock a file until this process ends; whether it could be."""
        try:
            os.lseek(file, _LOCKED_AT, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: int) -> bool:
        """Lock a file until this process ends; whether it could be."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


_running: Session | None = None


def begin() -> list[End]:
    """Begin this process's session; tells how earlier ones ended."""
    global _running
    _running = Session()
    return _running.begin()


def step(name: str) -> None:
    """Note a command by its name."""
    if _running is not None:
        _running.step(name)


def steps() -> list[str]:
    """The commands noted last."""
    return _running.steps if _running is not None else []


def close() -> None:
    """End this process's session in order."""
    global _running
    if _running is not None:
        _running.close()
        _running = None
