"""The door: an editing session whose every row is recorded, checked, chained into the history and searchable."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, event, insert, inspect, select
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm import Mapper, Session, SessionTransaction
from sqlalchemy.orm.base import NO_VALUE

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model.attachment import FileContent
from cityplanner.model.entity import E, Entity, InvalidRecordError, field_of
from cityplanner.model.nouns import nouns
from cityplanner.store import removal, sqlite
from cityplanner.store.columns import new_block
from cityplanner.store.guards import refuse_leaps, refuse_locked, write_steps
from cityplanner.store.loading import load
from cityplanner.store.record import PAGE, RECORDING, Record, recording
from cityplanner.store.rows import (
    Change,
    Heed,
    RowChange,
    converters,
    heedless,
    plain_part,
    plain_row,
    step,
    table_of,
    typed_row,
)
from cityplanner.store.search import SearchIndex

CONTENT = table_of(FileContent.__tablename__)


class BypassError(RuntimeError):
    """Something tried to write to the plan past the record; that is a bug."""


def _now() -> datetime:
    return datetime.now(UTC)


class Editing(Session):
    """A session that may write. It records each row it touches; see `Plan.edit`."""

    change: Change | None = None
    heed: Heed = staticmethod(heedless)
    """Watches over what is done after the block: the history and the index of what was recorded."""

    def __init__(
        self, connection: Connection, begin: Callable[[], Record], now: Callable[[], datetime] = _now
    ) -> None:
        super().__init__(bind=connection, expire_on_commit=False, autoflush=True)
        self.recorded: list[RowChange] = []
        """What was done to records of the session."""
        self.inserted: dict[str, list[range]] = {}
        """The ids of what was added without being a record of the session, by table."""
        self.now = now
        self._begin = begin
        self._record: Record | None = None
        self._written = 0

    def get(self, entity: type[E], ident: int) -> E | None:  # type: ignore[override]
        """The record with this id; None where there is none."""
        return load(self, entity, ident)

    def get_one(self, entity: type[E], ident: int) -> E:  # type: ignore[override]
        """The record with this id; raises `NoResultFound` where there is none."""
        found = load(self, entity, ident)
        if found is None:
            raise NoResultFound(f"{entity.__tablename__} {ident}")
        return found

    def remove(self, record: Entity) -> None:
        """Delete a record with all that it owns; raises `InUseError` where others need it."""
        removal.remove(self, record)

    def keep_file(self, data: bytes) -> str:
        """Keep the bytes of a file, once, and return their SHA-256.

        The one write that the history names without holding it: what it added, nothing takes out again.
        """
        digest = hashlib.sha256(data).hexdigest()
        connection = self.connection()
        if connection.execute(select(CONTENT.c.sha256).where(CONTENT.c.sha256 == digest)).first() is None:
            with recording(connection):
                row = {"sha256": digest, "size": len(data), "data": data}
                sqlite.insert_kept(connection, CONTENT.name, [row])
        return digest

    def begin_nested(self) -> SessionTransaction:
        """Refused: a part that is rolled back on its own would stay in the record."""
        raise BypassError("an edit is kept or dropped as a whole")

    def insert_many(self, noun: type[Entity], records: Sequence[Entity]) -> None:
        """Add many new records at once, checked and recorded like any; ids are given here."""
        names = [column.key for column in table_of(noun.__tablename__).columns if column.key != "id"]
        values = [{name: getattr(record, name) for name in names} for record in records]
        refuse_locked(self, records)
        for record, number in zip(records, self.insert_values(noun, values), strict=True):
            record.id = number

    def insert_values(
        self, noun: type[Entity], values: Sequence[Mapping[str, Any]], heed: Heed = heedless
    ) -> list[int]:
        """Add many new records by the values of their fields, without making them; their ids.

        Checked and recorded like any; a field that is not given holds what a new record holds. Not for what
        belongs to a scenario, which may be locked: that goes through `insert_many`.
        """
        if not values:
            return []
        self.flush()
        table = noun.__tablename__
        first = sqlite.last_id(self.connection(), table) + 1
        ids = range(first, first + len(values))
        record = self._write_out()
        starts = range(0, len(values), PAGE)
        blocks = (new_block(noun, values[start : start + PAGE], ids[start]) for start in starts)
        record.insert(blocks, len(starts), heed)
        self.inserted.setdefault(table, []).append(ids)
        return list(ids)

    def _write_out(self) -> Record:
        """Record what was done so far, before anything else is."""
        if self._record is None:
            self._record = self._begin()
        self._record.add(self.recorded[self._written :], self.heed)
        self._written = len(self.recorded)
        return self._record

    def end(self) -> Change | None:
        """Record all that was done as one change; None where nothing was."""
        self.flush()
        if self.recorded or self.inserted:
            self.change = self._write_out().end()
        return self.change


def guard(engine: Engine) -> None:
    """Make every write past the record raise `BypassError`."""

    @event.listens_for(engine, "before_cursor_execute")
    def refuse(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not connection.info.get(RECORDING) and sqlite.writes(statement):
            raise BypassError(f"not through the door: {statement}")


@event.listens_for(Editing, "before_flush")
def _before_flush(session: Editing, _context: Any, _instances: Any) -> None:
    changed = (record for record in session.dirty if _is_changed(record))
    touched = [record for record in (*session.new, *changed) if isinstance(record, Entity)]
    _refuse_problems(touched)
    refuse_locked(session, (*touched, *session.deleted))
    refuse_leaps(touched)
    write_steps(session, touched, session.now().date())
    session.connection().info[RECORDING] = True


@event.listens_for(Editing, "after_flush")
def _after_flush(session: Editing, _context: Any) -> None:
    session.connection().info[RECORDING] = False


def _refuse_problems(records: Iterable[Entity]) -> None:
    for record in records:
        problems = record.check()
        if problems:
            raise InvalidRecordError(record, problems)


@event.listens_for(Entity, "after_insert", propagate=True)
def _after_insert(_mapper: Mapper[Any], _connection: Connection, record: Entity) -> None:
    _record(record, before=False, after=True)


@event.listens_for(Entity, "after_update", propagate=True)
def _after_update(_mapper: Mapper[Any], _connection: Connection, record: Entity) -> None:
    _record(record, before=True, after=True)


@event.listens_for(Entity, "after_delete", propagate=True)
def _after_delete(_mapper: Mapper[Any], _connection: Connection, record: Entity) -> None:
    _record(record, before=True, after=False)


def _is_changed(record: Any) -> bool:
    held = record.__dict__
    return any(held.get(name) != old for name, old in inspect(record).committed_state.items())


def _record(record: Entity, *, before: bool, after: bool) -> None:
    state = inspect(record)
    session = state.session
    if not isinstance(session, Editing):
        raise BypassError(f"{record!r} was written outside plan.edit")
    table = table_of(record.__tablename__)
    values = record.__dict__
    names, _converted = converters(table)
    now = plain_row(
        table, {name: values[name] if name in values else getattr(record, name) for name in names}
    )
    old, new = None, now if after else None
    if before:
        # What the database held before this flush; every field keeps its old value (`active_history`).
        # What was never set when the record was added is nothing.
        held = {name: None if was is NO_VALUE else was for name, was in state.committed_state.items()}
        old = now.copy()
        old.update(plain_part(table, held))
    if old != new:
        session.recorded.append(RowChange(table.name, record.id, old, new))


# --- playing ----------------------------------------------------------------------------------------------

LONGEST_RUN = 500


def play(connection: Connection, rows: Iterable[RowChange]) -> tuple[RowChange, ...]:
    """Bring each row to its `after` state, in order; refuses when a row is no longer in its `before` state."""
    played: list[RowChange] = []
    with recording(connection):
        for run in _runs(rows):
            table = table_of(run[0].table)
            _refuse_changed(connection, table, run)
            _write(connection, table, run)
            played += run
    return tuple(played)


def _runs(rows: Iterable[RowChange]) -> Iterator[list[RowChange]]:
    """Rows next to each other that one statement can play: one table, one sort of step, no record twice."""
    run: list[RowChange] = []
    seen: set[int] = set()
    for row in rows:
        if run and (step(row) != step(run[0]) or row.record_id in seen or len(run) == LONGEST_RUN):
            yield run
            run, seen = [], set()
        run.append(row)
        seen.add(row.record_id)
    if run:
        yield run


def _refuse_changed(connection: Connection, table: Table, run: Sequence[RowChange]) -> None:
    # What is kept and what is plain are the same, but for yes and no, which are 1 and 0.
    names = [column.key for column in table.columns]
    now = dict(sqlite.kept_values(connection, table.name, names, [row.record_id for row in run]))
    if any(now.get(row.record_id) != row.before for row in run):
        raise UserError(
            _("This cannot be undone: a record was changed since by someone else."),
            _("Change it by hand, or look it up in the history."),
        )


def _write(connection: Connection, table: Table, run: Sequence[RowChange]) -> None:
    this = table.c.id == bindparam("this_id")
    ids = [row.record_id for row in run]
    if run[0].after is None:
        sqlite.delete_rows(connection, table.name, ids)
        return
    if run[0].before is None and all(row.after and len(row.after) == len(table.columns) for row in run):
        sqlite.insert_kept(connection, table.name, [row.after for row in run if row.after is not None])
        return
    states = [typed_row(table, row.after) for row in run if row.after is not None]
    if run[0].before is None:  # a history older than some of the columns
        connection.execute(insert(table), states)
    else:
        values = [{**state, "this_id": number} for state, number in zip(states, ids, strict=True)]
        connection.execute(table.update().where(this), values)


# --- refusals of the database, in words ------------------------------------------------------------------

_NOT_UNIQUE = re.compile(r"UNIQUE constraint failed: (\w+)\.(\w+)")


def explained(error: IntegrityError) -> UserError:
    """What the database refused, in words that name the noun and the field."""
    match = _NOT_UNIQUE.search(sqlite.message(error))
    noun = nouns().get(match[1]) if match else None
    if match and noun is not None:
        label = _("identifier") if match[2] == "uid" else _(field_of(noun, match[2]).label)
        return UserError(
            _("Another {noun} has the same {field} already.").format(noun=_(noun.__label__), field=label),
            _("Change one of the two, or open the existing one."),
        )
    return UserError(
        _("The change refers to a record that does not exist."), _("Choose an existing record and try again.")
    )


class Recorder:
    """Runs one change from its begin to its commit."""

    def __init__(self, engine: Engine, index: SearchIndex) -> None:
        self._engine = engine
        self._index = index
        self._connection: Connection | None = None
        guard(engine)

    def close(self) -> None:
        """Let the file go; not while a change is under way."""
        self._let_go()
        self._engine.dispose()

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection that holds the write lock; commits at the end, leaves no trace of an exception.

        The same one each time, since one change is made at a time; after an exception it is given back to be cleaned.
        """
        if self._connection is None:
            self._connection = self._engine.connect()
        connection = self._connection
        try:
            with connection.begin():
                yield connection
        except BaseException as error:
            connection.info.pop(RECORDING, None)
            self._let_go()
            self._index.forget()
            if isinstance(error, IntegrityError):
                raise explained(error) from error
            raise

    def record(
        self, connection: Connection, read: Callable[[int], Sequence[RowChange]], **header: Any
    ) -> Record:
        """The record of a change that begins, still inside its transaction."""
        return Record(connection, self._index, read, **header)
