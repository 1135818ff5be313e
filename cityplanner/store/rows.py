"""Rows as plain values: what a database row is in the history, in undo and in the search index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple, overload

from sqlalchemy import Boolean, Column, Date, Table
from sqlalchemy.types import TypeDecorator

from cityplanner.model.change import ChangeKind
from cityplanner.model.entity import Base

Plain = dict[str, Any]


class RowChange(NamedTuple):
    """One row of a change; `before` is None for a new row, `after` for a deleted one."""

    table: str
    record_id: int
    before: Plain | None
    after: Plain | None


def step(row: RowChange) -> tuple[str, bool, bool]:
    """What sort of step a row is: in which table, and whether it is new or deleted."""
    return row.table, row.before is None, row.after is None


class KeptRows(Sequence[RowChange]):
    """The rows of a large change: they stand in the history, and are read from there when somebody asks for them."""

    def __init__(self, count: int, tables: frozenset[str], read: Callable[[], Sequence[RowChange]]) -> None:
        """`read` reads all of them."""
        self._count, self.tables, self._read = count, tables, read

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> RowChange: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[RowChange]: ...
    def __getitem__(self, place: int | slice) -> RowChange | Sequence[RowChange]:
        return self._read()[place]

    def __iter__(self) -> Iterator[RowChange]:
        return iter(self._read())


@dataclass(frozen=True, slots=True)
class Change:
    """What one edit, undo or redo did."""

    id: int
    label: str
    kind: ChangeKind
    made_at: dt.datetime
    made_by: str
    rows: Sequence[RowChange]
    left_out: int = 0
    """Rows it has besides, where only so many were asked for."""

    @property
    def tables(self) -> frozenset[str]:
        """The tables it touched."""
        rows = self.rows
        return rows.tables if isinstance(rows, KeptRows) else frozenset(row.table for row in rows)


Heed = Callable[[float], None]
"""Hears the share of a long step that is done (0 to 1); raises to give the whole change up."""


def heedless(share: float) -> None:
    """For steps that nobody watches."""


def part_of(heed: Heed, place: int, steps: int) -> Heed:
    """Hears how far one of several like steps is, and tells how far all are."""
    return lambda share: heed((place + share) / steps)


def table_of(name: str) -> Table:
    """The table of that name."""
    return Base.metadata.tables[name]


def to_plain(column: Column[Any], value: Any) -> Any:
    """A Python value as JSON can hold it."""
    convert = _converter(column)
    return value if value is None or convert is None else convert(value)


def to_typed(column: Column[Any], value: Any) -> Any:
    """A plain value as the column takes it."""
    convert = typing(column)
    return value if value is None or convert is None else convert(value)


Convert = Callable[[Any], Any]


@cache
def converters(table: Table) -> tuple[tuple[str, ...], tuple[tuple[str, Convert], ...]]:
    """The columns of a table, and what makes the values plain of those that are not so already."""
    names = tuple(column.key for column in table.columns)
    converted = ((column.key, _converter(column)) for column in table.columns)
    return names, tuple((name, convert) for name, convert in converted if convert is not None)


def _converter(column: Column[Any]) -> Convert | None:
    if isinstance(column.type, TypeDecorator):
        bind = column.type.process_bind_param
        return lambda value: bind(value, None)  # type: ignore[arg-type]
    return date.isoformat if isinstance(column.type, Date) else None


@cache
def typing(column: Column[Any]) -> Convert | None:
    """What makes a plain value one that the column takes; None where it is one already."""
    if isinstance(column.type, TypeDecorator):
        result = column.type.process_result_value
        return lambda value: result(value, None)  # type: ignore[arg-type]
    if isinstance(column.type, Date):
        return dt.date.fromisoformat
    return bool if isinstance(column.type, Boolean) else None


@cache
def _shape(table: str) -> type:
    return type(f"{table} row", (), {})


@cache
def _blank(table: str, names: tuple[str, ...]) -> Plain:
    """An empty row: an object's dictionary shares its keys with its copies, which halves their size."""
    row: Plain = _shape(table)().__dict__
    for name in names:  # one by one: `update` would give it keys of its own
        row[name] = None
    return row


def plain_row(table: Table, values: Mapping[str, Any]) -> Plain:
    """A whole row as plain values, by column name."""
    names, converted = converters(table)
    row = kept_row(table.name, names, [values[name] for name in names])
    for name, convert in converted:
        if row[name] is not None:
            row[name] = convert(row[name])
    return row


def plain_part(table: Table, values: Mapping[str, Any]) -> Plain:
    """Some values of a row as plain values, by column name; what is no column is left out."""
    return {name: to_plain(table.c[name], value) for name, value in values.items() if name in table.c}


def kept_row(table: str, names: tuple[str, ...], kept: Sequence[Any]) -> Plain:
    """A row out of the values that are kept in these columns."""
    row = _blank(table, names).copy()
    row.update(zip(names, kept, strict=True))
    return row


def typed_row(table: Table, row: Plain) -> dict[str, Any]:
    """A plain row as the table takes it; columns it lacks (an older history) are left to their defaults."""
    return {c.key: to_typed(c, row[c.key]) for c in table.columns if c.key in row}
