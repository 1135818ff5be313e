"""Records that are not as the history left them: somebody wrote to the file past the plan's one door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, Table, exists, select
from sqlalchemy.orm import Session

from cityplanner.base.language import N_
from cityplanner.model.change import ChangedRow
from cityplanner.model.entity import Entity
from cityplanner.store import sqlite
from cityplanner.store.rows import Plain, table_of

ROW = table_of(ChangedRow.__tablename__)
ADDED, CHANGED, REMOVED = N_("was added"), N_("was changed"), N_("was removed")
_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Stray:
    """One record that the history does not account for: what happened to it, and the fields that differ."""

    record_id: int
    what: str
    names: tuple[str, ...]
    recorded: Plain | None


def strays(session: Session, noun: type[Entity]) -> Iterator[Stray]:
    """The records of a noun that differ from what the history recorded of them last."""
    table = table_of(noun.__tablename__)
    names = [column.key for column in table.columns]
    connection = session.connection()
    told = exists().where(ROW.c.table == table.name, ROW.c.record_id == table.c.id)
    for number in session.scalars(select(table.c.id).where(~told).order_by(table.c.id)):
        yield Stray(number, ADDED, (), None)
    for page in sqlite.pages(connection, _otherwise(table), (table.name,), _PAGE):
        kept = dict(sqlite.kept_values(connection, table.name, names, [number for number, _text in page]))
        for number, text in page:
            recorded = json.loads(text) if text is not None else None
            stray = _stray(number, recorded, kept.get(number))
            if stray is not None:
                yield stray


def _otherwise(table: Table) -> str:
    """What reads the records whose row, written as the history writes it, is not what the history has of it last.

    Nearly all are, to the letter, and so need not be looked at; what is not may still say the same in other letters.
    """
    written = ", ".join(f"'{name}', {_written(table.c[name])}" for name in sorted(table.columns.keys()))
    return (
        f'SELECT told.record_id, told.after FROM changed_row AS told LEFT JOIN "{table.name}" AS kept'
        " ON kept.id = told.record_id"
        ' WHERE told.id IN (SELECT max(id) FROM changed_row WHERE "table" = ? GROUP BY record_id)'
        f" AND told.after IS NOT iif(kept.id IS NULL, NULL, json_object({written}))"
        " ORDER BY told.record_id"
    )


def _written(column: Column[Any]) -> str:
    """A kept value as JSON; bytes, which JSON has no word for, as nothing, so that they are looked at."""
    value = f'kept."{column.key}"'
    if isinstance(column.type, Boolean):
        return f"CASE {value} WHEN 0 THEN json('false') WHEN 1 THEN json('true') END"
    return f"iif(typeof({value}) = 'blob', NULL, {value})"


def _stray(number: int, recorded: Plain | None, kept: Plain | None) -> Stray | None:
    if recorded is None or kept is None:
        if recorded is kept:
            return None
        return Stray(number, ADDED if recorded is None else REMOVED, (), recorded)
    # A history may be older than some of the fields, or tell of fields that are no more.
    differ = tuple(name for name in kept if name in recorded and kept[name] != recorded[name])
    return Stray(number, CHANGED, differ, recorded) if differ else None
