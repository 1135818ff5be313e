"""Where a person stands in records that are not theirs: a name in somebody's notes, an address in a list."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from cityplanner.model.entity import fields
from cityplanner.model.field import Field, Kind
from cityplanner.model.nouns import nouns
from cityplanner.store import sqlite
from cityplanner.store.personal.person import Person
from cityplanner.store.personal.signs import Signs
from cityplanner.store.queries.values import values
from cityplanner.store.rows import Heed, Plain, RowChange, heedless, part_of, table_of, to_plain

_TEXTS = frozenset({Kind.TEXT, Kind.LONG_TEXT})
_SINGLE = frozenset({Kind.EMAIL, Kind.PHONE})
_MANY = frozenset({Kind.EMAILS, Kind.PHONES})
_ALL = _TEXTS | _SINGLE | _MANY | {Kind.WORDS}


@cache
def told_in(table: str) -> Mapping[str, Field]:
    """The fields of a noun that a person may be told in, by name."""
    return {one.name: one for one in fields(nouns()[table]) if one.kind in _ALL and one.name != "sha256"}


def struck(table: str, row: Plain, signs: Signs) -> Plain:
    """A row, given as it is kept, with the person struck out of it; the very same where it does not tell of them."""
    changed = {
        name: _struck(table, field, row[name], signs)
        for name, field in told_in(table).items()
        if row.get(name) and signs.found(_text(field, row[name]))
    }
    return {**row, **changed} if changed else row


def _text(field: Field, value: str) -> str:
    return value if field.kind in _TEXTS | _SINGLE else "\n".join(json.loads(value))


def _struck(table: str, field: Field, value: str, signs: Signs) -> str | None:
    """A kept value without the person; an address of theirs goes whole, for a struck one is none."""
    if field.kind in _TEXTS:
        return signs.struck(value)
    if field.kind in _SINGLE:
        return None
    listed = json.loads(value)
    left = (
        [one for one in listed if not signs.found(one)] if field.kind in _MANY else map(signs.struck, listed)
    )
    return str(to_plain(table_of(table).c[field.name], tuple(dict.fromkeys(left))))


def mentions(session: Session, person: Person, heed: Heed = heedless) -> Iterator[RowChange]:
    """The living records of others that tell of the person, as they are and as they are without them."""
    for place, table in enumerate(nouns()):
        part_of(heed, place, len(nouns()))(0)
        wanted = [number for number in _telling(session, table, person) if not person.owns(table, number)]
        names = [column.key for column in table_of(table).columns]
        for number, row in sqlite.kept_values(session.connection(), table, names, wanted):
            after = struck(table, row, person.signs)
            if after is not row:
                yield RowChange(table, number, row, after)


def _telling(session: Session, table: str, person: Person) -> Iterator[int]:
    names = tuple(told_in(table))
    if names:
        for number, *kept in values(session, nouns()[table], ("id", *names)):
            if person.signs.found("\n".join(_flat(kept))):
                yield number


def _flat(kept: list[Any]) -> Iterator[str]:
    for value in kept:
        if isinstance(value, str):
            yield value
        elif value:
            yield from value


def doubtful(session: Session, person: Person) -> Iterator[tuple[str, int]]:
    """Living records of others that hold a single word of the name: they may mean the person, or somebody else."""
    lone = person.signs.lone
    for table in nouns():
        names = tuple(told_in(table))
        if lone is None or not names:
            continue
        for number, *kept in values(session, nouns()[table], ("id", *names)):
            text = "\n".join(_flat(kept))
            if (
                lone.search(text)
                and not person.owns(table, number)
                and lone.search(person.signs.struck(text))
            ):
                yield table, number
