"""Background work: computed off the GUI thread, delivered on it, dropped when nobody wants it."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cityplanner.base.errors import Cancelled, UserError
from cityplanner.ui.parts.jobs import Jobs, Progress


@pytest.fixture
def jobs(qapp: object) -> Jobs:
    """A place to work."""
    return Jobs()


def test_a_result_is_computed_elsewhere_and_delivered_here(jobs: Jobs, qtbot: QtBot) -> None:
    threads: list[int] = []
    jobs.start(
        lambda progress: threading.get_ident(),
        lambda ident: threads.extend([ident, threading.get_ident()]),
        owner=jobs,
    )

    qtbot.waitUntil(lambda: len(threads) == 2)

    assert threads[0] != threads[1] == threading.get_ident()


def test_progress_is_heard_and_cancelling_stops_the_work(jobs: Jobs, qtbot: QtBot) -> None:
    heard: list[tuple[int, int, str]] = []
    errors: list[UserError] = []
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        progress.report(1, 3, "first")
        go_on.wait(5)
        progress.report(2, 3)

    job = jobs.start(
        work,
        lambda nothing: None,
        owner=jobs,
        failed=errors.append,
        progress=lambda *step: heard.append(step),
    )
    qtbot.waitUntil(lambda: heard == [(1, 3, "first")])
    job.cancel()
    go_on.set()

    qtbot.waitUntil(lambda: bool(errors))

    assert isinstance(errors[0], Cancelled)
    assert heard == [(1, 3, "first")]


def test_a_late_result_for_an_owner_that_is_gone_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    import shiboken6

    delivered: list[int] = []
    owner, go_on = QObject(), threading.Event()
    jobs.start(lambda progress: go_on.wait(5), lambda done: delivered.append(1), owner=owner)
    shiboken6.delete(owner)
    go_on.set()

    qtbot.waitUntil(lambda: not jobs.busy)

    assert delivered == []


def test_a_dropped_job_is_heard_of_no_more(jobs: Jobs, qtbot: QtBot) -> None:
    delivered: list[int] = []
    job = jobs.start(lambda progress: 1, delivered.append, owner=jobs)
    job.drop()

    qtbot.waitUntil(lambda: not jobs.busy)

    assert delivered == []


def test_an_error_of_ours_is_not_lost(jobs: Jobs, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        raise ZeroDivisionError("our bug")

    with qtbot.waitSignal(jobs.failed) as failed:
        jobs.start(work, lambda nothing: None, owner=jobs)

    assert isinstance(failed.args[0], ZeroDivisionError)


def test_an_error_for_the_user_nobody_waits_for_is_not_lost(jobs: Jobs, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        raise UserError("The disk is full.")

    with qtbot.waitSignal(jobs.failed) as failed:
        jobs.start(work, lambda nothing: None, owner=jobs)

    assert str(failed.args[0]) == "The disk is full."


def test_closing_waits_for_the_work(jobs: Jobs) -> None:
    started, ended = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        while not progress.cancelled:
            threading.Event().wait(0.001)
        ended.set()

    jobs.start(work, lambda nothing: None, owner=jobs)
    started.wait(5)

    jobs.close()

    assert ended.is_set()


def test_after_the_end_nothing_is_begun(jobs: Jobs, qtbot: QtBot) -> None:
    jobs.end()
    begun: list[object] = []
    jobs.start(lambda progress: begun.append(progress), begun.append, owner=jobs)
    qtbot.wait(50)

    assert begun == []
    assert not jobs.busy


def test_of_a_flood_of_reports_some_are_heard_and_the_last(jobs: Jobs, qtbot: QtBot) -> None:
    heard: list[tuple[int, int, str]] = []
    ended: list[None] = []

    def work(progress: Progress) -> None:
        for done in range(1, 10_001):
            progress.report(done, 10_000, "Counting")

    jobs.start(work, ended.append, owner=jobs, progress=lambda *step: heard.append(step))
    qtbot.waitUntil(lambda: bool(ended))

    assert heard[0] == (1, 10_000, "Counting")
    assert heard[-1] == (10_000, 10_000, "Counting")
    assert len(heard) < 100


def test_nothing_is_collected_from_before_the_work_begins_until_it_is_handed_over(
    jobs: Jobs, qtbot: QtBot
) -> None:
    seen: list[bool] = []
    jobs.start(lambda _progress: gc.isenabled(), seen.append, owner=jobs)
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert seen == [False]
    jobs.start(lambda _progress: None, lambda _nothing: None, owner=jobs)
    jobs.close()
    assert gc.isenabled()
