"""Verified copies of a plan: made before anything risky, thinned as they age, never half written."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from cityplanner.base.errors import UserError
from cityplanner.base.files import has_no_space, is_full
from cityplanner.base.language import N_, _
from cityplanner.base.paths import BACKUPS, PLAN_SUFFIX
from cityplanner.store import schema, sqlite
from cityplanner.store.errors import NoSuchPlanError
from cityplanner.store.lock import PlanLock

RECENT, DAILY, WEEKLY, MONTHLY = 10, 14, 8, 24
A_DAY = 86_400
"""Seconds."""
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"\.(\d{8}T\d{6}Z)(?:-(\d+))?\.(manual|upgrade|import|restore|close|retention)\.cityplan$")
KEPT_ALWAYS = ("upgrade",)
"""Backups that thinning leaves alone: retries must not rotate out the last good state before an upgrade."""


class Keep(StrEnum):
    """Why thinning leaves a backup alone."""

    RECENT = N_("recent")
    DAILY = N_("last of its day")
    WEEKLY = N_("last of its week")
    MONTHLY = N_("last of its month")
    UPGRADE = N_("before an upgrade")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of a plan: when and why it was made, and its size in bytes."""

    path: Path
    made_at: datetime
    reason: str
    size: int


def folder_of(plan: Path) -> Path:
    """Where the backups of a plan are kept: in a folder beside it."""
    return plan.with_name(plan.stem + BACKUPS)


def copy_plan(source: Path, target: Path) -> Path:
    """Write a copy of a plan: consistent, checked against the original, synced, and only then named."""
    temporary = target.with_name(f"{target.name}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        sqlite.put_journals_aside(temporary)
        reader = sqlite.connect(source, read_only=True)
        try:
            reader.execute("BEGIN")  # what is counted and what is copied are one state
            counts = _counts(reader)
            sqlite.copy(reader, temporary)
        finally:
            reader.close()
        _verify(temporary, counts)
        _sync(temporary)
        sqlite.put_journals_aside(target)
        os.replace(temporary, target)
        _sync(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise _not_written(error, target) from error
    finally:
        temporary.unlink(missing_ok=True)
        Path(f"{temporary}-journal").unlink(missing_ok=True)
    return target


def _not_written(error: Exception, target: Path) -> UserError:
    if (isinstance(error, OSError) and is_full(error)) or "full" in str(error) or has_no_space(target):
        return UserError(
            _("The copy could not be written: the disk is full."),
            _("Free some space or choose another disk, then try again. Earlier backups were not touched."),
        )
    return UserError(
        _("The copy could not be written: {detail}").format(detail=error),
        _("Check that there is space on the disk. Earlier backups were not touched."),
    )


def _verify(path: Path, counts: dict[str, int]) -> None:
    copied = sqlite.connect(path, read_only=True)
    try:
        faults = sqlite.faults(copied)
        if sqlite.application_id(copied) != sqlite.APPLICATION_ID:  # an empty file copies without complaint
            faults.append("the file is not a plan")
        if faults or _counts(copied) != counts:
            raise sqlite3.DatabaseError(faults[0] if faults else "the copy is not complete")
    finally:
        copied.close()


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    ours = [name for name in names if not name.startswith(("search", "sqlite_"))]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in ours}


def _sync(path: Path) -> None:
    """Bring a file, or a folder's list of names, to the disk."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def backup(plan: Path, *, reason: str = "manual", now: datetime | None = None) -> Path:
    """Make a verified backup of a plan, then thin the older ones."""
    moment = now or datetime.now(UTC)
    folder = folder_of(plan)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise _not_written(error, folder) from error
    stem = f"{plan.stem}.{moment:{_STAMP}}"
    target = folder / f"{stem}.{reason}{PLAN_SUFFIX}"
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{stem}-{number}.{reason}{PLAN_SUFFIX}"
    made = copy_plan(plan, target)
    thin(plan, keep=made)
    return made


def backups(plan: Path) -> list[Backup]:
    """The backups of a plan, newest first."""
    found: list[tuple[Backup, int]] = []
    for path in folder_of(plan).glob(f"*{PLAN_SUFFIX}") if folder_of(plan).is_dir() else ():
        match = _NAME.search(path.name)
        if match and path.name.startswith(plan.stem + "."):
            made_at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
            found.append((Backup(path, made_at, match[3], path.stat().st_size), int(match[2] or 1)))
    return [one for one, _n in sorted(found, key=lambda pair: (pair[0].made_at, pair[1]), reverse=True)]


def thin(plan: Path, *, keep: Path | None = None) -> None:
    """Keep the most recent, then one a day, a week and a month; delete the rest, but never `keep`.

    A clock that was set back must not cost the backup that was just made.
    """
    made = backups(plan)
    kept = kept_of(made)
    for old in made:
        if old not in kept and old.path != keep:
            old.path.unlink(missing_ok=True)
    _sweep(folder_of(plan))


def _sweep(folder: Path) -> None:
    """Remove what a backup that was killed left unfinished; one of the last day may still be under way."""
    for left in folder.glob("*.tmp*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > A_DAY:
                left.unlink()


def kept_of(made: Iterable[Backup]) -> set[Backup]:
    """Which backups thinning keeps (given newest first)."""
    return set(why_kept(made))


def why_kept(made: Iterable[Backup]) -> dict[Backup, Keep]:
    """The backups that thinning keeps (given newest first), each with the first reason that holds."""
    listed = list(made)
    kept = dict.fromkeys(listed[:RECENT], Keep.RECENT)
    for pattern, number, why in (
        ("%Y-%m-%d", DAILY, Keep.DAILY),
        ("%G-%V", WEEKLY, Keep.WEEKLY),
        ("%Y-%m", MONTHLY, Keep.MONTHLY),
    ):
        newest: dict[str, Backup] = {}
        for backup in listed:
            newest.setdefault(backup.made_at.strftime(pattern), backup)
        for backup in list(newest.values())[:number]:
            kept.setdefault(backup, why)
    for backup in listed:
        if backup.reason in KEPT_ALWAYS:
            kept.setdefault(backup, Keep.UPGRADE)
    return kept


def restore(plan: Path, source: Path) -> Path | None:
    """Put a backup in the place of a plan that nobody has open.

    The plan that was there is moved aside with its journal, and its new path returned. Raises `UserError`
    and changes nothing when the backup is not whole, comes from a newer version, or the plan is open.
    """
    _refuse_bad_source(source)
    lock = PlanLock(plan, "?")
    lock.take()
    try:
        restored = copy_plan(source, plan.with_name(f".{plan.name}.restored"))
        aside = _move_aside(plan) if plan.exists() else None
        sqlite.put_journals_aside(plan)
        os.replace(restored, plan)
        _sync(plan.parent)
    finally:
        lock.release()
    return aside


def _refuse_bad_source(source: Path) -> None:
    if not source.is_file():
        raise NoSuchPlanError(source)
    connection = sqlite.connect(source, read_only=True)
    try:
        whole = sqlite.application_id(connection) == sqlite.APPLICATION_ID and not sqlite.faults(connection)
        if whole:
            schema.check_version(source, connection)
    except sqlite3.DatabaseError:
        whole = False
    finally:
        connection.close()
    if not whole:
        raise UserError(
            _("“{name}” is not a whole backup.").format(name=source.name), _("Choose another one.")
        )


def _move_aside(plan: Path) -> Path:
    """Rename a plan and its journal: a stale journal would silently bring the old data back."""
    _settle(plan)
    stem = f"{plan.stem} before restore {datetime.now(UTC):{_STAMP}}"
    aside = plan.with_name(f"{stem}{PLAN_SUFFIX}")
    number = 1
    while aside.exists():
        number += 1
        aside = plan.with_name(f"{stem}-{number}{PLAN_SUFFIX}")
    for suffix in sqlite.JOURNALS:
        journal = Path(f"{plan}{suffix}")
        if journal.exists():
            os.replace(journal, f"{aside}{suffix}")
    os.replace(plan, aside)
    return aside


def _settle(plan: Path) -> None:
    """Let SQLite roll back what a killed writer left, so that plan and journal can be parted safely."""
    connection = sqlite.connect(plan, read_only=True)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError:
        pass  # too damaged for that: both are kept side by side
    finally:
        connection.close()
