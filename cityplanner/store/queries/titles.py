"""What records are called: their title fields in one line, links resolved to the titles behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from cityplanner.base.language import _, current
from cityplanner.model.entity import Entity, field_of
from cityplanner.model.field import Kind
from cityplanner.model.nouns import nouns
from cityplanner.store.rows import table_of, to_typed
from cityplanner.store.sqlite import kept_values

_CHUNK = 900
_SEPARATOR = " · "


def titles(session: Session, noun: type[Entity], ids: Collection[int]) -> dict[int, str]:
    """The titles of many records of one noun by id; one query for them and one for each link they name."""
    known_by, also = noun.__title__, noun.__title_else__
    names = (*known_by, *also)
    table = table_of(noun.__tablename__)
    # Read as they are kept: a keystroke of the search asks for fifty titles.
    kept = kept_values(session.connection(), table.name, names, sorted(set(ids)))
    found = {number: [to_typed(table.c[name], row[name]) for name in names] for number, row in kept}
    for place, name in enumerate(names):
        field = field_of(noun, name)
        if field.kind is Kind.LINK:
            linked = {row[place] for row in found.values() if row[place] is not None}
            known = titles(session, nouns()[field.target], linked)
            for values in found.values():
                values[place] = known.get(values[place], "")
    separator = " " if known_by == ("given", "family") else _SEPARATOR
    first = len(known_by)
    return {
        key: title_text(row[:first], separator) or title_text(row[first:], separator)
        for key, row in found.items()
    }


def title_text(values: Iterable[Any], separator: str = _SEPARATOR) -> str:
    """Title values in one line."""
    return separator.join(filter(None, map(_word, values)))


def _word(value: Any) -> str:
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
