"""Two who write one plan never overwrite each other silently: in turn by the lock, at once by the database."""

from __future__ import annotations

import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from cityplanner.model.partner import Partner
from cityplanner.store.checks import check_content, check_database
from cityplanner.store.errors import LockedPlanError
from cityplanner.store.lock import PlanLock
from cityplanner.store.plan_file import Plan, open_plan
from tests.faults.other import begin
from tests.faults.sizes import size
from tests.store.content import raw

TIMES = size(30, 300)
WRITERS = 2


def count_in_turn(said: Connection, path: Path) -> None:
    """Add to the counter, opening the plan anew each time as two people do who share it."""
    waited = 0
    for _ in range(TIMES):
        while True:
            try:
                plan = open_plan(path)
            except LockedPlanError:
                waited += 1
                time.sleep(0.001)
            else:
                break
        with plan:
            count(plan)
    said.send(waited)


def count_at_once(said: Connection, path: Path) -> None:
    """The same with a lock that locks nobody out, as on a network share that promises locks and has none."""
    PlanLock.take = lambda self, *, by_force=False: None  # type: ignore[method-assign]
    PlanLock.is_held = property(lambda self: True)  # type: ignore[assignment,method-assign]
    PlanLock.release = lambda self: None  # type: ignore[method-assign]
    with open_plan(path) as plan:
        said.send("ready")
        said.recv()
        for _ in range(TIMES):
            count(plan)
        said.send(0)
        said.recv()


def count(plan: Plan) -> None:
    """Read the counter and write it back, one higher."""
    with plan.edit("Count") as edit:
        counter = edit.get_one(Partner, 1)
        assert counter.keep_in_touch is not None
        counter.keep_in_touch += 1


@pytest.fixture
def counted(plan: Plan) -> Path:
    """A plan that nobody has open, with a counter."""
    with plan.edit("Add") as edit:
        edit.add(Partner(name="Counter", keep_in_touch=1))
    plan.close()
    return plan.path


def nothing_is_lost(path: Path) -> None:
    """Each count is in the counter and in the history, whose chain is whole."""
    with raw(path) as connection:
        assert connection.execute("SELECT keep_in_touch FROM partner").fetchone() == (1 + WRITERS * TIMES,)
        assert connection.execute("SELECT count(*) FROM change").fetchone() == (2 + WRITERS * TIMES,)
    assert all(finding.ok for finding in check_database(path))
    with open_plan(path) as plan:
        assert all(finding.ok for finding in check_content(plan))


def test_two_who_take_turns_lose_nothing(counted: Path) -> None:
    running = [begin(count_in_turn, counted) for _ in range(WRITERS)]
    waited = sum(said.recv() for _process, said in running)
    for process, _said in running:
        process.join()

    assert waited > 0  # they did want it at the same time
    nothing_is_lost(counted)
    print(f"{WRITERS} x {TIMES} read-modify-writes in turn, 0 lost, {waited} waits")


def test_two_whose_lock_does_not_hold_lose_nothing_either(counted: Path) -> None:
    running = [begin(count_at_once, counted) for _ in range(WRITERS)]
    for _process, said in running:
        assert said.recv() == "ready"
    for _process, said in running:
        said.send("go")
    for _process, said in running:
        said.recv()
    for process, said in running:
        said.send("close")
        process.join()

    nothing_is_lost(counted)
    print(f"{WRITERS} x {TIMES} read-modify-writes at once, 0 lost")
