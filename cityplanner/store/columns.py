"""Many records at once, column by column: each distinct value of a field is converted once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import Connection, Table

from cityplanner.model.asking import Asker
from cityplanner.model.entity import Entity, InvalidRecordError, defaults, new_uids, stand_in
from cityplanner.store import sqlite
from cityplanner.store.rows import converters, table_of, typing

_PAGE = 2000


def new_rows(
    noun: type[Entity], values: Sequence[Mapping[str, Any]], first: int
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The columns of a noun's table, and a row as it is kept for each new record by the values of its fields.

    Ids go up from `first`. Raises `InvalidRecordError` for the first record that is refused.
    """
    asker = Asker(noun)
    for number, each in enumerate(values, first):
        if problems := asker.problems(each, id=number):
            raise InvalidRecordError(stand_in(noun, {**defaults(noun), **each}), problems)
    names, converted = converters(table_of(noun.__tablename__))
    converts = dict(converted)
    given: set[str] = set().union(*values)
    columns: dict[str, Iterable[Any]] = {}
    for name in names:
        plain = defaults(noun).get(name)
        column = [each.get(name, plain) for each in values] if name in given else [plain]
        if convert := converts.get(name):
            kept = {value: None if value is None else convert(value) for value in set(column)}
            column = [kept[value] for value in column]
        columns[name] = column if name in given else repeat(column[0])
    own = zip(columns["uid"], new_uids(len(values)), strict=False)
    columns |= {"id": range(first, first + len(values)), "uid": [uid or drawn for uid, drawn in own]}
    return names, list(zip(*columns.values(), strict=False))


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
