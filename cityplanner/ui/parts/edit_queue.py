"""The edits of the window: written in the order they were made, off the GUI thread, none lost at the end."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.ui.parts.jobs import Jobs

LONG_MS = 150
log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(eq=False, slots=True)
class _Entry:
    """An edit, who waits for it, and how it ended."""

    edit: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[UserError], None] | None
    owner: QObject | None
    result: Any = None
    error: Exception | None = None

    @property
    def is_awaited(self) -> bool:
        return self.owner is None or shiboken6.isValid(self.owner)


class EditQueue(QObject):
    """Writes edits one after another in a thread of its own. One that is refused holds up none after it."""

    lasting = Signal()
    """What is being written takes its time; what is written sooner need not be told of, nobody could read it."""
    settled = Signal()
    """Everything that was asked for is written or refused."""
    refused = Signal(object)
    """A `UserError` that nobody waits for."""
    failed = Signal(object)
    """Our own bug, already logged; the edit left no trace."""
    changed = Signal(object)
    """What an edit changed; heard after whoever waits for the edit was told."""
    _ended = Signal()

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._waiting: deque[_Entry] = deque()
        self._over: deque[_Entry] = deque()
        # Whoever waits for an edit must not be let go in the worker: it may be a page.
        self._told: list[_Entry] = []
        self._turn = threading.Lock()
        self._writer: int | None = None
        self._changes: list[object] = []
        self._working = self._finishing = False
        self._ended.connect(self._hand_over)
        self._long = QTimer(self, singleShot=True, interval=LONG_MS)
        self._long.timeout.connect(self.lasting)

    @property
    def lasts(self) -> bool:
        """Whether what is being written takes its time."""
        return self.busy and not self._long.isActive()

    @property
    def busy(self) -> bool:
        """Whether something is not written yet, or nobody was told."""
        return self._working or bool(self._waiting)

    def put(
        self,
        edit: Callable[[], T],
        done: Callable[[T], None] | None = None,
        *,
        failed: Callable[[UserError], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Write an edit after those that wait; `done(result)` or `failed` follows on the GUI thread.

        Where the `owner` is gone, or nobody waits for a refusal, `refused` tells of it.
        """
        self._waiting.append(_Entry(edit, done, failed, owner))
        if self._finishing:
            self.finish()
        elif not self._working:
            self._start()

    def keep(self, change: object) -> bool:
        """Keep a change that is one of these edits for `changed`; False for one that was made elsewhere."""
        if threading.get_ident() != self._writer:
            return False
        self._changes.append(change)
        return True

    def finish(self) -> None:
        """Write all that waits, now, and tell those who wait: the plan is about to be closed."""
        self._finishing = True
        self._drain()
        self._hand_over()

    def _start(self) -> None:
        self._working = True
        self._long.start()
        job = self._jobs.start(lambda _progress: self._drain(), lambda _none: None, owner=self, apart=True)
        job.finished.connect(self._finished)

    def _drain(self) -> None:
        while True:
            with self._turn:
                if not self._waiting:
                    return
                entry = self._waiting.popleft()
                self._writer = threading.get_ident()
                try:
                    entry.result = entry.edit()
                except UserError as error:
                    entry.error = error
                except Exception as error:
                    log.exception("an edit failed")
                    entry.error = error
                self._writer = None
                changes, self._changes = self._changes, []
                self._over.append(entry)
            self._ended.emit()
            for change in changes:
                self.changed.emit(change)

    def _hand_over(self) -> None:
        while self._over:
            entry = self._over.popleft()
            self._told.append(entry)
            if entry.error is not None:
                self._refuse(entry, entry.error)
            elif entry.done is not None and entry.is_awaited:
                entry.done(entry.result)

    def _refuse(self, entry: _Entry, error: Exception) -> None:
        if not isinstance(error, UserError):
            self.failed.emit(error)
            error = UserError(_("Nothing of it was saved."), _("Try again."))
        if entry.failed is not None and entry.is_awaited:
            entry.failed(error)
        else:
            self.refused.emit(error)

    def _finished(self) -> None:
        self._hand_over()
        self._told.clear()
        self._working = False
        if self._waiting:
            self._start()
        else:
            self._long.stop()
            self.settled.emit()
