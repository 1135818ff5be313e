"""Full disks to be tried: a limit on the size of every file, and a plan that may not grow."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event

from cityplanner.store.plan_file import Plan
from tests.store.content import raw

MOST_PAGES = 2**31


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file may grow beyond so many bytes; Python turns the signal that tells of it into an error."""
    assert sys.platform != "win32", "there are no such limits"
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def full_plan(plan: Plan) -> Iterator[None]:
    """SQLite finds the disk full whenever the plan would have to grow, until this ends."""
    with raw(plan.path) as connection:
        connection.execute("VACUUM")  # or what was freed inside would be filled first
    pages = 1  # taken for as many as the plan has

    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    event.listen(plan._recorder._engine, "begin", limit)
    try:
        yield
    finally:
        pages = MOST_PAGES
