"""What keeps a plan safe, and opening it: a verified backup, the checks, the first rows; each beside its limit."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from cityplanner.model.contact import Contact
from cityplanner.store import backups, sqlite
from cityplanner.store.checks import check_content, check_database
from cityplanner.store.plan_file import open_plan
from tests.benchmarks.data import Store
from tests.benchmarks.measure import Figure, figure, spent
from tests.benchmarks.working import big_copy

SHOWN = 50
"""The rows of a first page."""


def measure_backup(store: Store, repeats: int) -> Iterator[Figure]:
    """A copy beside `cp` and a sync; a verified backup beside those and the database's own check of the copy."""
    path, target = big_copy(store, "backed-up"), store.folder / "copied"
    plain, ours, checked, verified = [], [], [], []
    for _ in range(repeats):
        plain.append(spent(lambda: _copy_and_sync(path, target)).wall)
        checked.append(spent(lambda: _bare_check(target)).wall)
        target.unlink()
        ours.append(spent(lambda: _copied(path, target)).wall)
        target.unlink()
        verified.append(spent(lambda: backups.backup(path)).wall)
        shutil.rmtree(backups.folder_of(path))
    size = f"{path.stat().st_size / 1e6:.0f} MB"
    path.unlink()
    yield figure("backup", f"{size}, copied and synced", ours, plain, target=2.3)
    bare = [one + other for one, other in zip(plain, checked, strict=True)]
    yield figure("backup", f"{size}, verified", verified, bare)
    yield figure("backup", f"{size}, the database's own check of the copy", checked, plain)


def _copy_and_sync(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    _sync(target)


def _copied(source: Path, target: Path) -> None:
    with closing(sqlite.connect(source, read_only=True)) as reader:
        sqlite.copy(reader, target)
    _sync(target)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _bare_check(path: Path, *pragmas: str) -> None:
    with closing(sqlite3.connect(path)) as raw:
        for pragma in pragmas or ("integrity_check", "foreign_key_check"):
            raw.execute(f"PRAGMA {pragma}").fetchall()


def measure_checks(store: Store, repeats: int) -> Iterator[Figure]:
    """The quick check after opening, the whole one of a copy, and all that `cityplanner check` asks."""
    path = store.big_plan()
    for name, pragma in (("quick check", "quick_check"), ("integrity check", "integrity_check")):
        bare, ours = [], []
        for _ in range(repeats):
            bare.append(spent(lambda p=pragma: _bare_check(path, p, "foreign_key_check")).wall)  # type: ignore[misc]
            ours.append(spent(lambda p=pragma: _faults(path, quick=p == "quick_check")).wall)  # type: ignore[misc]
        yield figure("checks", name, ours, bare, target=1.1)
    with open_plan(path, read_only=True) as plan:
        # What no database can ask: the chain of the history, each record against it and against the rules.
        whole = spent(lambda: (check_database(path), check_content(plan))).wall
    yield figure("checks", "all of `cityplanner check`", [whole], [bare[-1]])


def _faults(path: Path, *, quick: bool) -> None:
    with closing(sqlite.connect(path, read_only=True)) as connection:
        assert not sqlite.faults(connection, quick=quick)


def measure_open(store: Store, repeats: int) -> Iterator[Figure]:
    """From the file's name to its first rows, for writing, beside a bare connection with the same settings."""
    path = store.big_plan()
    _open(path)  # what is imported late is not measured here
    bare, ours = [], []
    for _ in range(10 * repeats):
        bare.append(1000 * spent(lambda: _bare_open(path)).wall)
        ours.append(1000 * spent(lambda: _open(path)).wall)
    size = f"{path.stat().st_size / 1e6:.0f} MB"
    yield figure("open", f"{size}, to the first {SHOWN} rows", ours, bare, unit="ms")


def _bare_open(path: Path) -> None:
    with closing(sqlite.connect(path)) as raw:
        page = f"SELECT family, given FROM contact ORDER BY family LIMIT {SHOWN}"
        assert raw.execute(page).fetchall()


def _open(path: Path) -> None:
    with open_plan(path, user="benchmark") as plan, plan.reading() as session:
        page = select(Contact.family, Contact.given).order_by(Contact.family).limit(SHOWN)
        assert session.execute(page).all()
