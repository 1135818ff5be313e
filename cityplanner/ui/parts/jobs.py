"""Work off the GUI thread: the runnable only computes, results are delivered on the GUI thread.

A result whose owner is gone is dropped, so that a late answer never reaches a closed page.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from cityplanner.base.collecting import hold, let_go
from cityplanner.base.errors import Cancelled, UserError
from cityplanner.base.language import _

log = logging.getLogger(__name__)
T = TypeVar("T")
THREADS = 3
CLOSING_MS = 30_000
TOLD_S = 0.05


class Progress:
    """What a job reports its progress to, and asks whether it should stop."""

    def __init__(self, report: Callable[[int, int, str], None], stop: threading.Event) -> None:
        self._report = report
        self._stop = stop
        self._told = ("", 0.0)

    @property
    def cancelled(self) -> bool:
        """Whether the user, or a newer request, asked this job to stop."""
        return self._stop.is_set()

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        """Say how far the job is (`total` 0: not known); raises `Cancelled` when it should stop.

        Of one text the window hears at most twenty times a second: it has more to do than to listen.
        """
        if self.cancelled:
            raise Cancelled(_("Stopped. Nothing of it was kept."))
        before, at = self._told
        now = time.monotonic()
        if text != before or done == total or now - at >= TOLD_S:
            self._told = (text, now)
            self._report(done, total, text)


class Job(QObject):
    """One task under way, as the GUI thread sees it."""

    progressed = Signal(int, int, str)
    finished = Signal()

    def __init__(
        self,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[UserError], None] | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.owner = owner
        self.done = done
        self.failed = failed
        self.stop = threading.Event()
        self.unwanted = False
        self.work: Callable[[], Any] | None = None
        """What is worked at; kept here so that the window's thread is the last to let it go."""

    def cancel(self) -> None:
        """Ask the task to stop; its `failed` then hears of `Cancelled`."""
        self.stop.set()

    def drop(self) -> None:
        """Ask the task to stop and hear nothing of it any more."""
        self.unwanted = True
        self.stop.set()


class _Runnable(QRunnable):
    """Computes in a worker thread and hands over; touches no widget.

    It lets its work go before it hands over, and the job of the window keeps it until then: what the work holds may be
    the last that holds a page, and a page must never be taken apart in a worker.
    """

    def __init__(self, work: Callable[[], Any], deliver: Callable[[Any, BaseException | None], None]):
        super().__init__()
        self._work: Callable[[], Any] | None = work
        self._deliver = deliver

    def run(self) -> None:
        """Called by the pool."""
        try:
            result = self._done()
        except UserError as error:
            self._deliver(None, error)
        except Exception as error:
            log.exception("a background task failed")
            self._deliver(None, error)
        else:
            self._deliver(result, None)

    def _done(self) -> object:
        work, self._work = self._work, None
        assert work is not None
        return work()


class Jobs(QObject):
    """Starts tasks and delivers their results; lives on the GUI thread."""

    failed = Signal(object)
    """An error nobody waits for: our own bug, logged already, or a `UserError` without a `failed` to hear it."""
    _delivered = Signal(int, object, object)
    _reported = Signal(int, int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        self._apart = QThreadPool(self)
        self._apart.setMaxThreadCount(1)
        self._numbers = itertools.count(1)
        self._jobs: dict[int, Job] = {}
        self._ended = False
        queued = Qt.ConnectionType.QueuedConnection
        self._delivered.connect(self._deliver, queued)
        self._reported.connect(self._report, queued)

    def start(
        self,
        function: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        owner: QObject,
        failed: Callable[[UserError], None] | None = None,
        progress: Callable[[int, int, str], None] | None = None,
        apart: bool = False,
    ) -> Job:
        """Run `function` in a worker; `done(result)` follows on the GUI thread while `owner` lives.

        What is done `apart` has a thread of its own: no long task holds it up, only others like it.
        After the end nothing is begun any more: a page that is about to go may still ask for something.
        """
        number = next(self._numbers)
        job = Job(owner, done, failed, self)
        if self._ended:
            return job
        if progress is not None:
            job.progressed.connect(progress)
        self._jobs[number] = job
        asked = Progress(lambda *step: self._reported.emit(number, *step), job.stop)
        job.work = work = lambda: function(asked)
        hold()  # from before the worker begins until it has handed over: it must never collect what is the window's
        pool = self._apart if apart else self._pool
        pool.start(_Runnable(work, lambda *result: self._delivered.emit(number, *result)))
        return job

    @property
    def busy(self) -> bool:
        """Whether anything is under way or waits to be delivered."""
        return bool(self._jobs)

    def end(self) -> None:
        """Stop everything for good; called when the plan closes."""
        self._ended = True
        self.close()

    def close(self) -> None:
        """Stop everything and wait for it."""
        for job in self._jobs.values():
            job.drop()
        for pool in (self._apart, self._pool):
            pool.clear()
            pool.waitForDone(CLOSING_MS)
        for _job in self._jobs:
            let_go()
        self._jobs.clear()

    def _deliver(self, number: int, result: object, error: BaseException | None) -> None:
        job = self._jobs.pop(number, None)
        if job is None:
            return
        let_go()
        if not job.unwanted and shiboken6.isValid(job.owner):
            self._hand_over(job, result, error)
        job.finished.emit()
        job.work = None
        job.deleteLater()

    def _hand_over(self, job: Job, result: object, error: BaseException | None) -> None:
        if error is None:
            job.done(result)
        elif isinstance(error, UserError) and job.failed is not None:
            job.failed(error)
        else:
            self.failed.emit(error)

    def _report(self, number: int, done: int, total: int, text: str) -> None:
        job = self._jobs.get(number)
        if job is not None and not job.unwanted and shiboken6.isValid(job.owner):
            job.progressed.emit(done, total, text)
