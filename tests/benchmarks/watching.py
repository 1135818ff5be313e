"""A watchdog of the window: a timer beats in the main thread, another thread looks where that is if a beat is late."""

from __future__ import annotations

import gc
import signal
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS, LOOK_S = 5, 0.005
SIGNAL = signal.SIGUSR2
_OURS = "cityplanner"


@dataclass(frozen=True, slots=True)
class Stall:
    """One time that the event loop stood still, in milliseconds, and where.

    `wall` is by the clock; `main` what the main thread computed, `process` what all threads did; another
    program that takes the processor away adds to `wall` alone.
    """

    during: str
    wall: float
    main: float
    process: float
    collecting: float
    where: tuple[str, ...]

    @property
    def blocked(self) -> float:
        """How long this process itself held the window up."""
        return min(self.wall, self.process)

    def __str__(self) -> str:
        spans = f"{self.wall:.0f} ms, own {self.main:.0f}, all threads {self.process:.0f}"
        swept = f", collecting {self.collecting:.0f}" if self.collecting >= 1 else ""
        return f"{self.during}: {spans}{swept}; {' < '.join(self.where) or 'in Qt'}"


@dataclass(slots=True)
class _Beat:
    wall: float = field(default_factory=time.perf_counter)
    main: float = field(default_factory=time.thread_time)
    process: float = field(default_factory=time.process_time)


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
        self._last = _Beat()
        self._seen: list[tuple[str, ...]] = []
        self._collecting = self._since = 0.0
        self._kept: Any = None
        self._over = threading.Event()
        self._main = threading.get_ident()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def begin(self) -> None:
        """Begin to watch; to be called in the main thread."""
        gc.callbacks.append(self._note_collection)
        self._kept = signal.signal(SIGNAL, self._say_where)
        self._last = _Beat()
        self._timer.start()
        self._watcher.start()

    def end(self) -> None:
        """Watch no longer."""
        self._beat()
        self._timer.stop()
        self._over.set()
        self._watcher.join()
        signal.signal(SIGNAL, self._kept)
        gc.callbacks.remove(self._note_collection)

    def name(self, during: str) -> None:
        """Say what is done from now on."""
        self._beat()
        self.during = during

    def worst(self) -> list[Stall]:
        """The longest stall of everything that was named."""
        return list(self.longest.values())

    def _beat(self) -> None:
        last, now = self._last, _Beat()
        wall = 1000 * (now.wall - last.wall) - BEAT_MS
        stall = Stall(
            self.during,
            wall,
            1000 * (now.main - last.main),
            1000 * (now.process - last.process),
            1000 * self._collecting,
            _commonest(self._seen) if wall > self.limit / 2 else (),
        )
        if wall > self.limit:
            self.stalls.append(stall)
        if self.during not in self.longest or stall.blocked > self.longest[self.during].blocked:
            self.longest[self.during] = stall
        self._seen, self._collecting = [], 0.0
        self._last = _Beat()

    def _watch(self) -> None:
        """In a thread of its own: have the main thread say where it is while it is late.

        To walk the frames of a thread that runs on meanwhile would bring Python down.
        """
        while not self._over.wait(LOOK_S):
            if time.perf_counter() - self._last.wall > self.limit / 2000:
                signal.pthread_kill(self._main, SIGNAL)

    def _say_where(self, _number: int, frame: FrameType | None) -> None:
        self._seen.append(_place(frame))

    def _note_collection(self, phase: str, _info: object) -> None:
        if threading.get_ident() != self._main:
            return
        if phase == "start":
            self._since = time.perf_counter()
        else:
            self._collecting += time.perf_counter() - self._since


def _place(frame: FrameType | None) -> tuple[str, ...]:
    """The innermost functions of ours on a stack."""
    found = [one for one in traceback.extract_stack(frame) if f"/{_OURS}/" in one.filename]
    return tuple(
        f"{one.filename.rsplit(f'/{_OURS}/', 1)[1]}:{one.lineno} {one.name}" for one in found[:-4:-1]
    )


def _commonest(seen: list[tuple[str, ...]]) -> tuple[str, ...]:
    return Counter(filter(None, seen)).most_common(1)[0][0] if any(seen) else ()
