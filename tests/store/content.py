"""The whole content of a plan, for comparing: every row of every table but the history, and every word of the index."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HISTORY = {"change", "changed_row", "file_content"}
Content = dict[str, list[tuple[Any, ...]]]


@contextlib.contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection past the store, to look or to do harm."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def content(path: Path) -> Content:
    """Every row of the nouns, and the index as its words."""
    with raw(path) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = sorted(
            n for n in names if n not in HISTORY and not n.startswith(("search", "sqlite_", "alembic"))
        )
        rows = {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall() for name in ours}
        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, 'instance')")
        rows["(index)"] = sorted(connection.execute("SELECT term, doc, col FROM temp.words"))
    return rows


def history(path: Path) -> list[tuple[Any, ...]]:
    """The changes as they are kept."""
    with raw(path) as connection:
        return connection.execute("SELECT id, label, kind, target_id FROM change ORDER BY id").fetchall()
