"""One writer per plan: a lock beside the file that names its holder and dies with its process."""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from cityplanner.store.errors import Holder, LockedPlanError, UnlockableError


class PlanLock:
    """The right to write a plan, held from `take` to `release`.

    The operating system's lock tells whether a holder on this computer still lives; the note beside it
    tells who it is, and is all there is to go by for a holder on another computer.
    """

    def __init__(self, plan: Path, user: str) -> None:
        self._plan = plan
        real = plan.resolve()  # the same file through a link is the same plan
        # Plans are opened in one thread and written in others: the lock is the process's, not a thread's.
        self._lock = FileLock(f"{real}.lock", thread_local=False)
        self._note = Path(f"{real}.holder")
        self._me = Holder(user, socket.gethostname(), os.getpid(), f"{datetime.now():%Y-%m-%d %H:%M}")

    def take(self, *, by_force: bool = False) -> None:
        """Become the writer; raises `LockedPlanError`. `by_force` overrides a holder elsewhere."""
        try:
            self._lock.acquire(blocking=False)
        except Timeout as error:
            raise LockedPlanError(self._plan, self.holder() or self._unknown()) from error
        except OSError as error:
            raise UnlockableError(self._plan, str(error)) from error
        other = self.holder()
        if other is not None and other.host != self._me.host and not by_force:
            self._lock.release()
            raise LockedPlanError(self._plan, other)
        try:
            self._note.write_text(
                json.dumps([self._me.user, self._me.host, self._me.pid, self._me.since]), "utf-8"
            )
        except OSError as error:
            self.release()
            raise UnlockableError(self._plan, str(error)) from error

    @property
    def is_held(self) -> bool:
        """Whether we are the writer."""
        return self._lock.is_locked

    def release(self) -> None:
        """Let others write; the note goes first, so that a lock without a note is nobody's."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._note.unlink(missing_ok=True)
            # Removed while still held: removed afterwards, it might be the file another has just locked.
            # Windows lets nobody remove a file that is open, and there the lock removes its own.
            with suppress(OSError):
                Path(self._lock.lock_file).unlink(missing_ok=True)
            self._lock.release()

    def holder(self) -> Holder | None:
        """Who the note names."""
        try:
            user, host, pid, since = json.loads(self._note.read_text("utf-8"))
            if not all(isinstance(text, str) for text in (user, host, since)):
                return None
            return Holder(user, host, int(pid), since)
        except (OSError, ValueError, TypeError):
            return None

    def _unknown(self) -> Holder:
        return Holder("?", self._me.host, 0, "?")
