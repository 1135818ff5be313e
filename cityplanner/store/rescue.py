"""Whether a backup is good, found out by restoring it where it harms nothing, and which one to fall back on."""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.store import schema, sqlite
from cityplanner.store.backups import Backup, backups, copy_plan, restore
from cityplanner.store.checks import Finding, check_content, check_database
from cityplanner.store.comparing import changes_lost, compare
from cityplanner.store.plan_file import open_plan

_IN_USE = "database is locked"


def newest_good(plan: Path) -> Backup | None:
    """The newest backup of a plan whose file and references are sound; None when there is none."""
    return next((backup for backup in backups(plan) if is_sound(backup.path)), None)


def is_sound(backup: Path) -> bool:
    """Whether the pages, indexes and references of a backup are whole."""
    try:
        return all(finding.ok for finding in check_database(backup))
    except UserError:
        return False


def rehearse(backup: Path) -> list[Finding]:
    """Restore a backup to a folder of its own, compare and check it there, and leave nothing of it.

    Raises `UserError` where it cannot be restored at all.
    """
    with tempfile.TemporaryDirectory(prefix="cityplanner-", ignore_cleanup_errors=True) as folder:
        plan = Path(folder) / "restored.cityplan"
        restore(plan, backup)
        same = compare(plan, backup).same
        findings = [Finding(same, _("The restored plan equals the backup.")), *check_database(plan)]
        with open_plan(plan) as opened:
            return findings + check_content(opened)


def brought_up(backup: Path, folder: Path) -> Path:
    """A copy of a backup of an older version, brought up to date so that it can be read; the backup stays as it is."""
    copy = folder / backup.parent.name / backup.name
    copy.parent.mkdir()
    schema.upgrade(copy_plan(backup, copy))
    return copy


@dataclass(frozen=True, slots=True)
class Rescue:
    """What a damaged plan can fall back on, and how many later changes would be missing (None: not readable)."""

    backup: Backup
    lost: int | None


def rescue(plan: Path) -> Rescue | None:
    """The newest good backup of a damaged plan; None when there is none."""
    found = newest_good(plan)
    return Rescue(found, changes_lost(plan, found.path)) if found else None


def damage(plan: Path) -> str:
    """What is wrong with the pages and references of a plan; empty for a sound one.

    It looks without locking, since a large plan takes seconds in which nobody could save; what it then finds may be
    a change under way, and is looked at again in order. Empty as well for a plan that is not there any more.
    """
    return _faults(plan, locked=True) if _faults(plan, locked=False) else ""


def _faults(plan: Path, *, locked: bool) -> str:
    unlocked = f"{plan.absolute().as_uri()}?immutable=1"
    try:
        connection = sqlite.connect(plan, read_only=True) if locked else sqlite3.connect(unlocked, uri=True)
        try:
            found = sqlite.faults(connection, quick=True)
        finally:
            connection.close()
    except sqlite3.OperationalError:
        return ""
    except sqlite3.DatabaseError as error:
        return str(error)
    return "; ".join([fault for fault in found if fault != _IN_USE][:3])
