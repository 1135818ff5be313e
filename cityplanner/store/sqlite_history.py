"""What rewriting the history takes of SQLite: its guards lifted, its rows gathered, the file written anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from cityplanner.store import sqlite


@contextmanager
def lifted(connection: Connection, tables: Sequence[str]) -> Iterator[None]:
    """While this holds, tables that may only be added to can be rewritten.

    Their guards are back before the commit; an exception takes the whole transaction back, and this with it.
    """
    wanted = ", ".join("?" * len(tables))
    guards = connection.exec_driver_sql(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({wanted})",
        tuple(tables),
    ).all()
    for name, _sql in guards:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _name, sql in guards:
        connection.exec_driver_sql(sql)


_UNTOUCHED_SINCE = """
    SELECT id FROM changed_row
    WHERE id IN (SELECT max(id) FROM changed_row GROUP BY "table", record_id)
        AND after IS NOT NULL AND change_id <= :last AND "table" <> 'change'
"""


def gather_history(connection: Connection, last: int) -> None:
    """Delete the rows of the history up to a change, but for the states of records that are as they were then.

    Those become rows of that change, as if they were made in it.
    """
    old = {"last": last}
    connection.exec_driver_sql(
        f"DELETE FROM changed_row WHERE change_id <= :last AND id NOT IN ({_UNTOUCHED_SINCE})", old
    )
    connection.exec_driver_sql(
        "UPDATE changed_row SET before = NULL, change_id = :last WHERE change_id <= :last", old
    )


def drop_unnamed_files(connection: Connection) -> None:
    """Delete the contents of files that neither a record nor the history names."""
    named = " UNION ".join(
        f"SELECT json_extract({side}, '$.sha256') AS digest FROM changed_row WHERE \"table\" = 'attachment'"
        for side in ("before", "after")
    )
    # Erased rows name nothing, and nothing is not in a list that holds a NULL.
    connection.exec_driver_sql(
        "DELETE FROM file_content WHERE sha256 NOT IN"
        f" (SELECT sha256 FROM attachment UNION SELECT digest FROM ({named}) WHERE digest NOT NULL)"
    )


def shrink(path: Path) -> bool:
    """Write the file anew without what was deleted; False where somebody is reading it or the disk is full.

    What was deleted is overwritten with zeros in any case (`secure_delete`); this gives the room back.
    """
    connection = sqlite.connect(path)
    try:
        connection.execute("VACUUM")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True
