"""What is peculiar to SQLite: how a file is opened, locked for writing, searched and guarded."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, InvalidRequestError, OperationalError
from sqlalchemy.pool import QueuePool

from cityplanner.base.errors import Cancelled
from cityplanner.base.language import _
from cityplanner.store.marks import APPLICATION_ID as APPLICATION_ID

BUSY_MILLISECONDS = 10_000
CACHE_KIBIBYTES = 16_000
JOURNAL_MODE = "truncate"
JOURNALS = ("-journal", "-wal", "-shm")


class _Connection(sqlite3.Connection):
    """One whose refusals are all errors of the database, where Python cannot read their words either."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        try:
            return super().execute(sql, parameters)
        except UnicodeDecodeError as error:  # SQLite repeats what it stumbled over, which need be no text
            raise sqlite3.DatabaseError("malformed database schema") from error


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A raw connection with the plan's settings; transactions are begun by hand."""
    # Never mode=ro: a reader must be able to roll back what a killed writer left half done.
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, factory=_Connection
    )
    try:
        _set_up(connection, read_only=read_only)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection, *, read_only: bool) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys = ON")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
        return
    # Measured: TRUNCATE with FULL lost nothing in a thousand simulated power cuts, DELETE did.
    kept = connection.execute(f"PRAGMA journal_mode = {JOURNAL_MODE}").fetchone()[0]
    if kept != JOURNAL_MODE:  # SQLite says so instead of failing
        raise sqlite3.OperationalError(f"the journal is kept as {kept}, not as {JOURNAL_MODE}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    # A large import stays in memory until its commit, instead of being spilled and synced many times.
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")


def create_file(path: Path) -> None:
    """An empty database marked as a plan; refuses to touch a file that exists."""
    path.touch(exist_ok=False)
    connection = connect(path)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()


def engine(path: Path, *, read_only: bool = False, writing: bool = False) -> Engine:
    """An engine on a plan file. With `writing` a transaction begins by taking the write lock, without none can write.

    One for both would have to turn `query_only` on and off, which makes SQLite compile every statement anew.
    """

    def connected() -> sqlite3.Connection:
        connection = connect(path, read_only=read_only)
        if not writing:
            connection.execute("PRAGMA query_only = ON")
        return connection

    made = create_engine(
        "sqlite://",
        creator=connected,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=8,
        pool_use_lifo=True,  # the one used last has the pages in its cache
    )

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        statement = "BEGIN IMMEDIATE" if writing else "BEGIN"
        try:
            _driver(connection).execute(statement)
        except sqlite3.Error as error:
            raise _told(statement, (), error) from error

    return made


_DAMAGE = (
    "malformed",
    "not a database",
    "decode to utf-8",
    "vtable constructor failed",
    "no such column",
    "no such table",
    "no such module",
    "no such collation",
)
_WRITES = re.compile(
    r"^(?:\s|--[^\n]*\n|/\*.*?\*/)*"
    r"(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER"
    r"|WITH\b.*\b(?:INSERT\s+(?:INTO|OR)|REPLACE\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM))\b",
    re.IGNORECASE | re.DOTALL,
)


def writes(statement: str) -> bool:
    """Whether an SQL text changes data or tables."""
    return _WRITES.match(statement) is not None


def tells_of_damage(error: BaseException) -> bool:
    """Whether a refusal of the database means that the file itself is damaged."""
    words = message(error).lower()
    return any(sign in words for sign in _DAMAGE)


def put_journals_aside(path: Path) -> None:
    """Make way for a new file: a journal left beside its name would be played into it, silently."""
    for suffix in JOURNALS:
        journal = Path(f"{path}{suffix}")
        if journal.exists():
            if journal.stat().st_size:
                os.replace(journal, f"{journal}.stale")
            else:
                journal.unlink()


def tidy(path: Path) -> None:
    """Remove the emptied journal beside a plan that nobody else uses; SQLite itself decides whether it may."""
    with suppress(sqlite3.DatabaseError):  # in use, or damaged: then the journal is needed
        connection = connect(path)
        try:
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            connection.close()


def application_id(connection: sqlite3.Connection) -> int:
    """The number that tells a plan from any other SQLite file."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def faults(connection: sqlite3.Connection, *, quick: bool = False) -> list[str]:
    """What the database's own checks find wrong: page structure, indexes, foreign keys."""
    pragma = "quick_check" if quick else "integrity_check"
    found: list[str] = []
    try:
        found += (str(row[0]) for row in connection.execute(f"PRAGMA {pragma}") if row[0] != "ok")
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:  # so damaged that the check itself cannot go on
        return [*found, str(error)]
    return found + [f"{row[0]} {row[1]} → {row[2]}" for row in broken]


def attach(connection: sqlite3.Connection, path: Path, name: str) -> None:
    """Let a connection read a second file beside its own, under a name; nothing can be written to it."""
    connection.execute(f"ATTACH DATABASE ? AS {name}", (f"{path.absolute().as_uri()}?mode=ro",))


def columns_of(connection: sqlite3.Connection, table: str, schema: str = "main") -> list[str]:
    """The names of a table's columns; none where there is no such table."""
    found = connection.execute("SELECT name FROM pragma_table_info(?, ?)", (table, schema))
    return [name for (name,) in found]


def copy(source: sqlite3.Connection, target: Path) -> None:
    """A consistent copy through SQLite's own backup, into a new file that the caller syncs.

    Written without a journal and without syncs: until it is whole, checked and synced it bears no one's name.
    """
    copied = sqlite3.connect(target, isolation_level=None)
    try:
        copied.execute("PRAGMA journal_mode = OFF")
        copied.execute("PRAGMA synchronous = OFF")
        for side in (source, copied):  # each page passes once: those few stay in the processor's own cache
            side.execute(f"PRAGMA cache_size = {_PASSING}")
        source.backup(copied, pages=4096)
        # A copy must not need a journal of its own to be whole.
        copied.execute("PRAGMA journal_mode = DELETE")
    finally:
        copied.close()


# --- rows as they are kept ---------------------------------------------------------------------------------

_PASSING = 50
"""Pages that are held while all pass through."""
_STEPS = 1000
_CHUNK = 900
_PAGE = 5000


def kept_values(
    connection: Connection, table: str, columns: Sequence[str], ids: Sequence[int]
) -> list[tuple[int, dict[str, Any]]]:
    """Some columns of some rows, in the order of the ids, just as they are kept: fast enough for each keystroke."""
    names = ", ".join(f'kept."{name}"' for name in ("id", *columns))
    # The same words for any number of ids, so that the statement is compiled once.
    statement = (
        f'SELECT {names} FROM json_each(?) AS wanted CROSS JOIN "{table}" AS kept ON kept.id = wanted.value'
    )
    found = run(connection, statement, (f"[{','.join(map(str, ids))}]",)) if ids else ()
    return [(row[0], dict(zip(columns, row[1:], strict=True))) for row in found]


def run(connection: Connection, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a statement straight from the driver: the way through SQLAlchemy takes three times as long.

    Raises what SQLAlchemy would.
    """
    try:
        return driver(connection).execute(statement, parameters).fetchall()
    except sqlite3.Error as error:
        raise _told(statement, parameters, error) from error


def run_many(connection: Connection, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """The same statement for each row of parameters. Only inside `recording`: the guard does not see it."""
    try:
        driver(connection).executemany(statement, rows)
    except sqlite3.Error as error:
        raise _told(statement, rows, error) from error


def pages(
    connection: Connection, statement: str, parameters: Sequence[Any], size: int
) -> Iterator[list[tuple[Any, ...]]]:
    """The same in pages, the first of so many, for who does not want them all."""
    cursor = driver(connection).cursor()
    try:
        cursor.execute(statement, parameters)
        while page := cursor.fetchmany(size):
            yield page
            size = _PAGE
    except sqlite3.Error as error:
        raise _told(statement, parameters, error) from error
    finally:
        cursor.close()


@contextmanager
def unless(connection: Connection, unwanted: Callable[[], bool] | None) -> Iterator[None]:
    """While this holds, `unwanted` is asked on the way; raises `Cancelled` when it says yes."""
    if unwanted is None:
        yield
        return
    stopped = Cancelled(_("Stopped."))
    if unwanted():
        raise stopped
    driver(connection).set_progress_handler(unwanted, _STEPS)
    try:
        yield
    except OperationalError as error:
        if "interrupted" not in message(error):
            raise
        raise stopped from error
    finally:
        _driver(connection).set_progress_handler(None, 0)


def driver(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection behind one of SQLAlchemy that is in a transaction.

    Outside of one, as after a `rollback`, the driver would keep each statement at once, past all that follows.
    """
    made = _driver(connection)
    if not made.in_transaction:
        raise InvalidRequestError("the transaction is over")
    return made


def _driver(connection: Connection) -> sqlite3.Connection:
    made = connection.connection.dbapi_connection
    assert isinstance(made, sqlite3.Connection)
    return made


def _told(statement: str, parameters: Any, error: sqlite3.Error) -> BaseException:
    """A refusal of the driver as SQLAlchemy raises it."""
    return DBAPIError.instance(statement, parameters, error, sqlite3.Error)


def insert_kept(connection: Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows of the same columns whose values are as they are kept."""
    for start in range(0, len(rows), _PAGE):
        insert_tuples(
            connection, table, tuple(rows[0]), [tuple(row.values()) for row in rows[start : start + _PAGE]]
        )


def insert_tuples(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows given as the values of these columns, as they are kept."""
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join("?" * len(columns))
    run_many(connection, f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)


def defer_references(connection: Connection) -> None:
    """Ask whether everything that is pointed to exists at the commit, not before; until then only."""
    run(connection, "PRAGMA defer_foreign_keys = ON")


def delete_rows(connection: Connection, table: str, ids: Sequence[int]) -> None:
    """Delete the rows with these ids."""
    for start in range(0, len(ids), _CHUNK):
        chunk = tuple(ids[start : start + _CHUNK])
        connection.exec_driver_sql(
            f'DELETE FROM "{table}" WHERE id IN ({", ".join("?" * len(chunk))})', chunk
        )


def last_change(connection: Connection) -> tuple[int, str] | None:
    """The id and the hash of the newest change."""
    rows = run(connection, "SELECT id, hash FROM change ORDER BY id DESC LIMIT 1")
    return (rows[0][0], rows[0][1]) if rows else None


def last_id(connection: Connection, table: str) -> int:
    """The highest id a table ever gave; ids are not used twice."""
    rows = run(connection, "SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    return int(rows[0][0]) if rows else 0


def message(error: Any) -> str:
    """The database's own words for a refusal."""
    return str(getattr(error, "orig", error))
