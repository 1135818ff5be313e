"""A watchdog of the window: a timer beats in the main thread, another thread looks where that is if a beat is late."""

from __future__ import annotations

import faulthandler
import gc
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS, LOOK_S, LATE_S = 5, 0.005, 0.02
_OURS = "/cityplanner/"
_THREAD = re.compile(r"^(?:Current thread|Thread) 0x([0-9a-f]+)")
_FRAME = re.compile(r'^  File "(.*)", line (\d+) in (.*)$')
Frame = tuple[str, int, str]
"""File, line and function."""
Place = tuple[str, ...]
_Places = dict[int, Place]
"""Where each thread was at one time."""


@dataclass(frozen=True, slots=True)
class Stall:
    """One time that the event loop stood still, in milliseconds, and where.

    `wall` is by the clock; `main` what the main thread computed, `waited` how long it could have and was given no
    processor, `process` what all threads computed; another program that takes the processor away adds to the first
    two of `wall` and `waited` alone.
    """

    during: str
    wall: float
    main: float
    process: float
    waited: float
    collecting: float
    where: Place

    @property
    def blocked(self) -> float:
        """How long this process itself held the window up."""
        return min(self.wall - self.waited, self.process)

    def __str__(self) -> str:
        spans = f"{self.blocked:.0f} ms (clock {self.wall:.0f}, own {self.main:.0f}, all {self.process:.0f})"
        swept = f", collecting {self.collecting:.0f}" if self.collecting >= 1 else ""
        return f"{self.during}: {spans}{swept}; {' < '.join(self.where) or 'in Qt'}"


class _Clocks:
    """What the clocks of the calling thread say, in seconds."""

    def __init__(self) -> None:
        told = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._schedule = told.open("rb", buffering=0) if told.exists() else None

    def __call__(self) -> tuple[float, float, float, float]:
        """By the clock; computed by this thread, and by all; waited for a processor (0: the system does not tell)."""
        waited = 0.0
        if self._schedule is not None:
            self._schedule.seek(0)
            waited = int(self._schedule.read(100).split()[1]) / 1e9
        return time.perf_counter(), time.thread_time(), time.process_time(), waited

    def close(self) -> None:
        """Let the system's file go."""
        if self._schedule is not None:
            self._schedule.close()


class Watchdog(QObject):
    """Notes every turn of the event loop that took longer than `limit` milliseconds."""

    def __init__(self, parent: QObject | None = None, limit: float = 50) -> None:
        super().__init__(parent)
        self.limit, self.during = limit, ""
        self.stalls: list[Stall] = []
        self.longest: dict[str, Stall] = {}
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._clocks = _Clocks()
        self._last = self._clocks()
        self._seen: list[_Places] = []
        self._collecting = self._since = 0.0
        self._over = threading.Event()
        self._main = threading.get_ident()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def begin(self) -> None:
        """Begin to watch; to be called in the main thread."""
        gc.callbacks.append(self._note_collection)
        self._last = self._clocks()
        self._timer.start()
        self._watcher.start()

    def end(self) -> None:
        """Watch no longer."""
        self._beat()
        self._timer.stop()
        self._over.set()
        self._watcher.join()
        self._clocks.close()
        gc.callbacks.remove(self._note_collection)

    def name(self, during: str) -> None:
        """Say what is done from now on."""
        self._beat()
        self.during = during

    def worst(self) -> list[Stall]:
        """The longest stall of everything that was named."""
        return list(self.longest.values())

    def _beat(self) -> None:
        spans = [1000 * (now - before) for now, before in zip(self._clocks(), self._last, strict=True)]
        spans[0] -= BEAT_MS
        stall = Stall(self.during, *spans, 1000 * self._collecting, _where(self._seen, spans))
        if stall.wall > self.limit:
            self.stalls.append(stall)
        if self.during not in self.longest or stall.blocked > self.longest[self.during].blocked:
            self.longest[self.during] = stall
        self._seen, self._collecting = [], 0.0
        self._last = self._clocks()

    def _watch(self) -> None:
        """In a thread of its own: look where the main thread is while it is late.

        `faulthandler` writes that down in one go, while no other thread can move on; to walk the frames of a thread
        from Python, while it runs, would bring Python down.
        """
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as file:
            while not self._over.wait(LOOK_S):
                if time.perf_counter() - self._last[0] > LATE_S:
                    file.truncate(0)
                    file.seek(0)
                    faulthandler.dump_traceback(file)
                    file.seek(0)
                    self._seen.append({thread: _place(frames) for thread, frames in stacks(file).items()})

    def _note_collection(self, phase: str, _info: object) -> None:
        if threading.get_ident() != self._main:
            return
        if phase == "start":
            self._since = time.perf_counter()
        else:
            self._collecting += time.perf_counter() - self._since


def stacks(lines: Iterable[str]) -> dict[int, list[Frame]]:
    """The frames of every thread, the innermost first, out of what `faulthandler` wrote."""
    found: dict[int, list[Frame]] = {}
    frames: list[Frame] = []
    for line in lines:
        if begun := _THREAD.match(line):
            frames = found.setdefault(int(begun[1], 16), [])
        elif frame := _FRAME.match(line):
            frames.append((frame[1].replace("\\", "/"), int(frame[2]), frame[3]))
    return found


def _place(frames: Sequence[Frame]) -> Place:
    """The innermost functions of ours on a stack."""
    ours = [one for one in frames if _OURS in one[0]]
    return tuple(f"{file.rsplit(_OURS, 1)[1]}:{line} {name}" for file, line, name in ours[:3])


def _where(seen: Sequence[_Places], spans: Sequence[float]) -> Place:
    """Where the main thread was; where it computed little, what the others did that it may have waited for."""
    wall, main = spans[:2]
    us = threading.get_ident()
    ours = main > wall / 2
    found = Counter(
        place for each in seen for thread, place in each.items() if place and (thread == us) == ours
    )
    return found.most_common(1)[0][0] if found else ()
