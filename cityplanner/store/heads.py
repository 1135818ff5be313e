"""The heads of a history that are kept outside the plan: each backup holds one, each briefing names one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.base.paths import PLAN_SUFFIX
from cityplanner.model.office import Office
from cityplanner.store import sqlite
from cityplanner.store.backups import Backup, backups
from cityplanner.store.queries.history import Head, holds
from cityplanner.store.queries.stubs import pruning


def lost_head(session: Session, path: Path) -> tuple[Backup, Head] | None:
    """The newest backup whose last change the plan's history does not go through; None where it does for all.

    What a restore put aside on purpose still lies beside the plan, and is not lost; what was pruned can no longer
    be told.
    """
    office = session.scalar(select(Office.uid).order_by(Office.id).limit(1))
    pruned = pruning(session)
    first = pruned.change_id if pruned is not None else 0
    for backup in backups(path):
        kept = head_of(backup.path, office)
        if kept is None or kept.id < first or holds(session, kept) or _is_put_aside(path, kept):
            continue
        return backup, kept
    return None


def head_of(path: Path, office: str | None) -> Head | None:
    """Where the history of a backup ends; None for one that cannot be read or is of another office's plan."""
    connection = sqlite.connect(path, read_only=True)
    try:
        last = connection.execute("SELECT id, hash FROM change ORDER BY id DESC LIMIT 1").fetchone()
        own = connection.execute("SELECT uid FROM office ORDER BY id LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        return None
    finally:
        connection.close()
    return Head(*last) if last and own and own[0] == office else None


def _is_put_aside(path: Path, wanted: Head) -> bool:
    """Whether a plan that a restore put aside holds the change."""
    return any(_has(aside, wanted) for aside in path.parent.glob(f"* before restore *{PLAN_SUFFIX}"))


def _has(path: Path, wanted: Head) -> bool:
    connection = sqlite.connect(path, read_only=True)
    try:
        row = connection.execute("SELECT hash FROM change WHERE id = ?", (wanted.id,)).fetchone()
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()
    return row is not None and row[0] == wanted.hash
