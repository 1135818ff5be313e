"""What the history says: what changed a record, and what can be undone or redone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cityplanner.model.change import GENESIS, ChangedRow, ChangeKind, ChangeRecord, chain_hash
from cityplanner.store import sqlite
from cityplanner.store.queries.stubs import stubs
from cityplanner.store.rows import Change, Heed, Plain, RowChange, heedless, kept_row, table_of, to_plain

CHANGE = table_of(ChangeRecord.__tablename__)
ROW = table_of(ChangedRow.__tablename__)
_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Target:
    """A change that can be undone or redone."""

    id: int
    label: str


def next_undo(session: Session) -> Target | None:
    """The newest edit that still holds."""
    taken_back: dict[int, bool] = {}
    for change in _newest_first(session):
        if change.kind is ChangeKind.SETUP:
            return None
        if change.kind is ChangeKind.EDIT:
            if not taken_back.get(change.id, False):
                return Target(change.id, change.label)
        else:
            # The newest word on an edit decides whether it holds.
            taken_back.setdefault(change.target_id, change.kind is ChangeKind.UNDO)
    return None


def next_redo(session: Session) -> Target | None:
    """The edit that was taken back last; none once something new was edited."""
    redone: set[int] = set()
    for change in _newest_first(session):
        if change.kind in (ChangeKind.EDIT, ChangeKind.SETUP):
            return None
        if change.kind is ChangeKind.UNDO and change.target_id not in redone:
            return Target(change.target_id, change.label)
        redone.add(change.target_id)
    return None


def _newest_first(session: Session) -> Iterator[Any]:
    statement = select(CHANGE.c.id, CHANGE.c.label, CHANGE.c.kind, CHANGE.c.target_id).order_by(
        CHANGE.c.id.desc()
    )
    return iter(session.execute(statement, execution_options={"yield_per": 50}))


def newest(session: Session) -> int:
    """The number of the newest change of the plan; 0 before the first."""
    return session.scalar(select(CHANGE.c.id).order_by(CHANGE.c.id.desc()).limit(1)) or 0


def changed_at(session: Session) -> dt.datetime | None:
    """When the plan was changed last (UTC); None in one that never was."""
    return session.scalar(select(CHANGE.c.made_at).order_by(CHANGE.c.id.desc()).limit(1))


def rows_of(
    session: Session, change_id: int, record: tuple[str, int] | None = None, most: int | None = None
) -> tuple[RowChange, ...]:
    """The rows of one change, in the order they were written: the first `most`, or what it did to one record."""
    statement = (
        select(ROW.c.table, ROW.c.record_id, ROW.c.before, ROW.c.after)
        .where(ROW.c.change_id == change_id)
        .order_by(ROW.c.id)
        .limit(most)
    )
    if record is not None:
        statement = statement.where(ROW.c.table == record[0], ROW.c.record_id == record[1])
    return tuple(
        RowChange(table, number, _loads(table, before), _loads(table, after))
        for table, number, before, after in session.execute(statement)
    )


PAGE = 2000


class Steps(NamedTuple):
    """Rows to be played, and the texts that the history keeps of them: before and after."""

    rows: tuple[RowChange, ...]
    texts: tuple[tuple[str | None, str | None], ...]


def pages_of(session: Session, change_id: int, *, backwards: bool = False) -> Iterator[Steps]:
    """The rows of one change a page at a time, in the order they were written or, backwards, those that lead back."""
    order = ROW.c.id.desc() if backwards else ROW.c.id
    before, after = (ROW.c.after, ROW.c.before) if backwards else (ROW.c.before, ROW.c.after)
    statement = (
        select(ROW.c.id, ROW.c.table, ROW.c.record_id, before, after)
        .where(ROW.c.change_id == change_id)
        .order_by(order)
        .limit(PAGE)
    )
    page = session.execute(statement).all()
    while page:
        ids, tables, numbers, *texts = zip(*page, strict=True)
        rows = zip(tables, numbers, *map(_loads_all, texts), strict=True)
        yield Steps(tuple(map(RowChange._make, rows)), tuple(zip(*texts, strict=True)))
        further = ROW.c.id < ids[-1] if backwards else ROW.c.id > ids[-1]
        page = session.execute(statement.where(further)).all()


def _loads_all(texts: Sequence[str | None]) -> list[Plain | None]:
    """Rows out of many texts at once: that takes half as long."""
    found: list[Plain | None] = json.loads(f"[{','.join(text or 'null' for text in texts)}]")
    return found


def _loads(table: str, text: str | None) -> Plain | None:
    if text is None:
        return None
    row = json.loads(text)
    return kept_row(table, tuple(row), tuple(row.values()))


def history(
    session: Session,
    *,
    table: str | None = None,
    record_id: int | None = None,
    limit: int = 200,
    below: int | None = None,
    most: int | None = None,
) -> list[Change]:
    """Changes, newest first, those before `below`; those that touched one noun, or what they did to one record.

    Of each change `most` rows are read, or all: an import has a hundred thousand.
    """
    record = (table, record_id) if table is not None and record_id is not None else None
    statement = select(CHANGE).order_by(CHANGE.c.id.desc()).limit(limit)
    if below is not None:
        statement = statement.where(CHANGE.c.id < below)
    if table is not None:
        touching = select(ROW.c.change_id).where(ROW.c.table == table)
        if record is not None:
            touching = touching.where(ROW.c.record_id == record_id)
        statement = statement.where(CHANGE.c.id.in_(touching))
    found = []
    for row in session.execute(statement).all():
        rows = rows_of(session, row.id, record, most)
        full = most is not None and len(rows) == most and record is None
        left_out = _row_count(session, row.id) - len(rows) if full else 0
        found.append(Change(row.id, row.label, row.kind, row.made_at, row.made_by, rows, left_out))
    return found


def _row_count(session: Session, change_id: int) -> int:
    return session.scalar(select(func.count()).where(ROW.c.change_id == change_id)) or 0


@dataclass(frozen=True, slots=True)
class Turn:
    """A value that a field of a record took: when, and by whom it was entered."""

    value: object
    made_at: dt.datetime
    made_by: str


def turns(session: Session, table: str, record_id: int, name: str) -> list[Turn]:
    """The values that a field of a record took, as plain values, newest first; what came and went by undo too."""
    statement = (
        select(ROW.c.after, CHANGE.c.made_at, CHANGE.c.made_by)
        .join(CHANGE, CHANGE.c.id == ROW.c.change_id)
        .where(ROW.c.table == table, ROW.c.record_id == record_id)
        .order_by(ROW.c.id)
    )
    found: list[Turn] = []
    for after, made_at, made_by in session.execute(statement):
        values = _loads(table, after) or {}
        if name in values and (not found or values[name] != found[-1].value):
            found.append(Turn(values[name], made_at, made_by))
    return found[::-1]


HEAD_DIGITS = 12
"""How much of the head is printed: enough that nobody makes another history that ends in it."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a history ends: its last change, and the hash that covers it and all before it."""

    id: int
    hash: str

    def __str__(self) -> str:
        return self.hash[:HEAD_DIGITS]


def head(session: Session) -> Head:
    """The head of the history; kept outside the plan, it tells whether the end was cut off."""
    last = session.execute(select(CHANGE.c.id, CHANGE.c.hash).order_by(CHANGE.c.id.desc()).limit(1)).first()
    return Head(last.id, last.hash) if last else Head(0, GENESIS)


def holds(session: Session, wanted: Head) -> bool:
    """Whether the history goes through the very change that a head names."""
    return session.scalar(select(CHANGE.c.hash).where(CHANGE.c.id == wanted.id)) == wanted.hash


def change_with_hash(session: Session, digits: str) -> int | None:
    """The change whose hash begins with these digits; None where there is none."""
    return session.scalar(select(CHANGE.c.id).where(CHANGE.c.hash.startswith(digits, autoescape=True)))


def broken_link(session: Session, heed: Heed = heedless) -> int | None:
    """The first change whose hash does not follow from what is before it and in it; None when all do.

    What was rewritten on purpose has to be as its stub says, and the chain goes on from the hash it had.
    """
    previous = GENESIS
    rewritten = {stub.change_id: stub.digest for stub in stubs(session)}
    changes = session.execute(select(CHANGE).order_by(CHANGE.c.id)).all()
    for place, change in enumerate(changes):
        heed(place / len(changes))
        if content_hash(session, previous, change) != rewritten.get(change.id, change.hash):
            return int(change.id)
        previous = change.hash
    return None


def content_hash(session: Session, previous: str, change: Any) -> str:
    """What a change, given with all its columns, hashes to as it stands there, after the hash `previous`."""
    header = (
        change.id,
        change.label,
        str(change.kind),
        str(to_plain(CHANGE.c.made_at, change.made_at)),
        change.made_by,
        change.target_id,
    )
    statement = 'SELECT "table", record_id, before, after FROM changed_row WHERE change_id = ? ORDER BY id'
    pages = sqlite.pages(session.connection(), statement, (change.id,), _PAGE)
    return chain_hash(previous, header, chain.from_iterable(pages))
