"""A watchdog of the window: a timer beats in the main thread, another thread looks where that is if a beat is late."""

from __future__ import annotations

import gc
import signal
import threading
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS, LOOK_S, LATE_S = 5, 0.005, 0.02
_OURS = "/cityplanner/"
_ASK = getattr(signal, "SIGUSR2", None)
"""Has the main thread say where it is; Windows has nothing like it, so there no place is told."""
Place = tuple[str, ...]


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
        self._seen: list[Place] = []
        self._kept: Any = None
        self._collecting = self._since = 0.0
        self._over = threading.Event()
        self._main = threading.get_ident()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def begin(self) -> None:
        """Begin to watch; to be called in the main thread."""
        gc.callbacks.append(self._note_collection)
        if _ASK is not None:
            self._kept = signal.signal(_ASK, self._say_where)
        self._last = self._clocks()
        self._timer.start()
        self._watcher.start()

    def end(self) -> None:
        """Watch no longer."""
        self._beat()
        self._timer.stop()
        self._over.set()
        self._watcher.join()
        if _ASK is not None:
            signal.signal(_ASK, self._kept)
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
        stall = Stall(self.during, *spans, 1000 * self._collecting, _commonest(self._seen))
        if stall.wall > self.limit:
            self.stalls.append(stall)
        if self.during not in self.longest or stall.blocked > self.longest[self.during].blocked:
            self.longest[self.during] = stall
        self._seen, self._collecting = [], 0.0
        self._last = self._clocks()

    def _watch(self) -> None:
        """In a thread of its own: have the main thread say where it is while it is late.

        To walk its frames from here would bring Python down, whoever does it: other threads come and go meanwhile.
        """
        while _ASK is not None and not self._over.wait(LOOK_S):
            if time.perf_counter() - self._last[0] > LATE_S:
                signal.pthread_kill(self._main, _ASK)

    def _say_where(self, _number: int, frame: FrameType | None) -> None:
        self._seen.append(_place(frame))

    def _note_collection(self, phase: str, _info: object) -> None:
        if threading.get_ident() != self._main:
            return
        if phase == "start":
            self._since = time.perf_counter()
        else:
            self._collecting += time.perf_counter() - self._since


def _place(frame: FrameType | None) -> Place:
    """The innermost functions of ours on a stack."""
    files = [(one.filename.replace("\\", "/"), one) for one in traceback.extract_stack(frame)]
    ours = [(file.rsplit(_OURS, 1)[1], one) for file, one in files if _OURS in file]
    return tuple(f"{file}:{one.lineno} {one.name}" for file, one in ours[:-4:-1])


def _commonest(seen: Sequence[Place]) -> Place:
    return Counter(filter(None, seen)).most_common(1)[0][0] if any(seen) else ()
