"""What records are called: their title fields in one line, links resolved to the titles behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from cityplanner.base.language import _, current
from cityplanner.model.entity import Entity, field_of
from cityplanner.model.field import Kind
from cityplanner.model.nouns import nouns
from cityplanner.store.rows import Plain, table_of, typing
from cityplanner.store.sqlite import kept_values

_CHUNK = 900
_SEPARATOR = " · "


def titles(session: Session, noun: type[Entity], ids: Collection[int]) -> dict[int, str]:
    """The titles of many records of one noun by id; one query for them and one for each link they name."""
    return titles_in(session.connection(), noun, ids)


def titles_in(connection: Connection, noun: type[Entity], ids: Collection[int]) -> dict[int, str]:
    """The same without a session: a keystroke of the search asks for fifty titles."""
    kept = kept_values(connection, noun.__tablename__, title_names(noun), sorted(set(ids)))
    return titles_of(connection, noun, dict(kept))


def title_names(noun: type[Entity]) -> tuple[str, ...]:
    """The fields that a title is made of."""
    return (*noun.__title__, *noun.__title_else__)


def titles_of(connection: Connection, noun: type[Entity], rows: Mapping[int, Plain]) -> dict[int, str]:
    """The titles of records that were read already, with all of `title_names`."""
    columns = []
    for name in title_names(noun):
        field, convert = field_of(noun, name), typing(table_of(noun.__tablename__).c[name])
        values = [row[name] for row in rows.values()]
        if field.kind is Kind.LINK:
            known = titles_in(
                connection, nouns()[field.target], {value for value in values if value is not None}
            )
            values = [known.get(value, "") for value in values]
        elif convert is not None:
            values = [value if value is None else convert(value) for value in values]
        columns.append(values)
    separator = " " if noun.__title__ == ("given", "family") else _SEPARATOR
    first = len(noun.__title__)
    return {
        key: title_text(row[:first], separator) or title_text(row[first:], separator)
        for key, row in zip(rows, zip(*columns, strict=True), strict=True)
    }


def title_text(values: Iterable[Any], separator: str = _SEPARATOR) -> str:
    """Title values in one line."""
    return separator.join(filter(None, map(_word, values)))


def _word(value: Any) -> str:
    if type(value) is str:
        return value
    if isinstance(value, StrEnum):
        return _(value.value)
    if isinstance(value, dt.date):
        return current().date(value)
    return str(value) if value is not None else ""


def title_of(session: Session, record: Entity) -> str:
    """The title of one record."""
    return titles(session, type(record), [record.id]).get(record.id, "")


def chunks(ids: Collection[int]) -> Iterable[list[int]]:
    """Ids in pieces that a statement can take as parameters."""
    listed = list(ids)
    return (listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK))
