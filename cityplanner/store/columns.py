"""Many records at once, column by column: each distinct value of a field is converted once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table

from cityplanner.model.asking import Asker
from cityplanner.model.entity import Entity, InvalidRecordError, defaults, new_uids, stand_in
from cityplanner.store import sqlite
from cityplanner.store.rows import converters, table_of, typing

_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Block:
    """New rows of one table as columns of values as they are kept."""

    table: str
    columns: Mapping[str, Sequence[Any]]

    def rows(self) -> list[tuple[Any, ...]]:
        """The same as rows."""
        return list(zip(*self.columns.values(), strict=True))


def new_block(noun: type[Entity], values: Sequence[Mapping[str, Any]], first: int) -> Block:
    """A row for each new record by the values of its fields.

    Ids go up from `first`. Raises `InvalidRecordError` for the first record that is refused.
    """
    table = table_of(noun.__tablename__)
    plain, given = defaults(noun), set[str]().union(*values)
    told = {name: [each.get(name, plain.get(name)) for each in values] for name in given}
    refused = Asker(noun).first_refused(told, len(values))
    if refused is not None:
        raise _refusal(noun, values[refused], first + refused)
    names, converted = converters(table)
    converts = dict(converted)
    columns: dict[str, Sequence[Any]] = {}
    for name in names:
        column = told[name] if name in given else [plain.get(name)]
        if convert := converts.get(name):
            kept = {value: None if value is None else convert(value) for value in set(column)}
            column = [kept[value] for value in column]
        columns[name] = column if name in given else column * len(values)
    drawn = new_uids(len(values))
    columns["uid"] = [uid or new for uid, new in zip(columns["uid"], drawn, strict=True)]
    columns["id"] = range(first, first + len(values))
    return Block(table.name, columns)


def _refusal(noun: type[Entity], values: Mapping[str, Any], number: int) -> InvalidRecordError:
    record = stand_in(noun, {**defaults(noun), **values, "id": number})
    return InvalidRecordError(record, record.check())


def typed_columns(connection: Connection, table: Table) -> Iterator[dict[str, Sequence[Any]]]:
    """All rows of a table as its records would hold them, in pages of columns; raises what no value raises."""
    names = tuple(column.key for column in table.columns)
    listed = ", ".join(f'"{name}"' for name in names)
    converts = [typing(column) for column in table.columns]
    for page in sqlite.pages(connection, f'SELECT {listed} FROM "{table.name}"', (), _PAGE):
        columns: list[Sequence[Any]] = list(zip(*page, strict=True))
        for place, convert in enumerate(converts):
            if convert is not None:
                kept = columns[place]
                typed = {value: None if value is None else convert(value) for value in set(kept)}
                columns[place] = [typed[value] for value in kept]
        yield dict(zip(names, columns, strict=True))
