"""One person as the plan knows them: their records, those that are gone included, and the signs they are told by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cityplanner.base.errors import NotFoundError
from cityplanner.base.language import _
from cityplanner.model.attachment import Attachment
from cityplanner.model.contact import Contact, Position
from cityplanner.model.entity import Entity, fields
from cityplanner.model.field import Kind
from cityplanner.model.nouns import nouns, references
from cityplanner.store import sqlite
from cityplanner.store.personal.signs import Signs
from cityplanner.store.queries.history import ROW
from cityplanner.store.queries.values import values
from cityplanner.store.rows import Plain, table_of
from cityplanner.store.search import fold

Key = tuple[str, int]
CONTACT, POSITION, ATTACHMENT = Contact.__tablename__, Position.__tablename__, Attachment.__tablename__
_ADDRESSES = {Kind.EMAIL, Kind.EMAILS}
_NUMBERS = {Kind.PHONE, Kind.PHONES}


@dataclass(frozen=True, slots=True)
class Person:
    """A contact with all that is theirs alone.

    `keys` are their records, `living` those that are not deleted; a duplicate that was merged into the contact is
    theirs too. `shared` are signs that others have as well, and that tell of nobody therefore.
    """

    contact_id: int
    name: str
    uids: frozenset[str]
    keys: frozenset[Key]
    living: tuple[Key, ...]
    signs: Signs
    shared: tuple[str, ...] = ()

    def owns(self, table: str, record_id: int) -> bool:
        """Whether a record is the person's."""
        return (table, record_id) in self.keys


@dataclass(slots=True)
class _Told:
    """Every name, address and number that stands in the states of a person's records."""

    uids: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    emails: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)

    def hear(self, table: str, state: Plain) -> None:
        if table == CONTACT:
            self.uids.add(str(state.get("uid", "")))
            whole = " ".join(filter(None, (state.get("given"), state.get("family"))))
            self.names += [name for name in (whole, state.get("own_name")) if name and name not in self.names]
        self.emails |= set(_kept(table, state, _ADDRESSES))
        self.phones |= set(_kept(table, state, _NUMBERS))


def person_of(session: Session, contact_id: int) -> Person:
    """All that the plan knows of a contact, there or deleted; raises `NotFoundError` where it knows nothing."""
    told = _Told()
    own = {contact_id}
    for state in _states(session, CONTACT, own):
        told.hear(CONTACT, state)
    if not told.names:
        raise NotFoundError(
            _("There is no contact {id} in this plan.").format(id=contact_id), _("Look the person up again.")
        )
    name = told.names[0]
    own |= _merged_into(session, told)
    keys = set(_owned(session, CONTACT, own))
    for table in sorted({table for table, _number in keys}):
        for state in _states(session, table, {number for of, number in keys if of == table}):
            told.hear(table, state)
    shared = _shared(session, keys, told)
    signs = Signs(
        *(
            [sign for sign in some if fold(sign) not in shared]
            for some in (told.names, told.emails, told.phones)
        )
    )
    said = (*told.names, *sorted(told.emails), *sorted(told.phones))
    return Person(
        contact_id,
        name,
        frozenset(told.uids),
        frozenset(keys),
        _living(session, keys),
        signs,
        tuple(sign for sign in said if fold(sign) in shared),
    )


def _kept(table: str, state: Plain, kinds: set[Kind]) -> Iterator[str]:
    """The addresses or numbers of a record, given as it is kept."""
    for one in fields(nouns()[table]):
        value = state.get(one.name)
        if one.kind in kinds and value:
            yield from json.loads(value) if one.kind in (Kind.EMAILS, Kind.PHONES) else [value]


def _states(session: Session, table: str, ids: Iterable[int]) -> Iterator[Plain]:
    """How records are and ever were, as they are kept; the present state first."""
    wanted = sorted(ids)
    names = [column.key for column in table_of(table).columns]
    yield from (row for _number, row in sqlite.kept_values(session.connection(), table, names, wanted))
    told = select(ROW.c.before, ROW.c.after).where(ROW.c.table == table, ROW.c.record_id.in_(wanted))
    for sides in session.execute(told.order_by(ROW.c.id.desc())):
        yield from (json.loads(side) for side in reversed(sides) if side is not None)


def _merged_into(session: Session, told: _Told) -> set[int]:
    """Contacts that are gone and had an address or the whole name of the person: they were merged, or entered twice."""
    there = set(session.scalars(select(Contact.id)))
    names = {fold(name) for name in told.names if " " in name}
    gone = (
        select(ROW.c.record_id, ROW.c.before)
        .where(ROW.c.table == CONTACT, ROW.c.after.is_(None), ROW.c.before.is_not(None))
        .order_by(ROW.c.id)
    )
    found = set()
    for number, before in session.execute(gone):
        if number not in there:
            other = _Told()
            other.hear(CONTACT, json.loads(before))
            if other.emails & told.emails or names & set(map(fold, other.names)):
                found.add(number)
    return found


def _owned(session: Session, table: str, ids: set[int]) -> Iterator[Key]:
    """Records with all that they own or ever owned."""
    if not ids:
        return
    yield from ((table, number) for number in sorted(ids))
    for reference in references(table):
        if reference.owns:
            name = reference.noun.__tablename__
            yield from _owned(session, name, set(_pointing(session, name, reference.field.name, ids)))
    files = _pointing(session, ATTACHMENT, "record_id", ids)
    yield from ((ATTACHMENT, number) for number, noun in files.items() if noun == table)


def _pointing(session: Session, table: str, name: str, ids: set[int]) -> dict[int, str | None]:
    """The records of a noun that point, or ever pointed, to one of `ids`; for a file, to a record of which noun."""
    column = table_of(table).c
    noun = column.noun if table == ATTACHMENT else column.uid
    found: dict[int, str | None] = {
        row[0]: row[1] for row in session.execute(select(column.id, noun).where(column[name].in_(ids)))
    }
    told = [f'"{name}":{number}{end}' for number in ids for end in ",}"]
    like = or_(*(side.contains(text) for side in (ROW.c.before, ROW.c.after) for text in told))
    rows = select(ROW.c.record_id, ROW.c.before, ROW.c.after).where(ROW.c.table == table, like)
    for number, *sides in session.execute(rows):
        for state in (json.loads(side) for side in sides if side is not None):
            if state.get(name) in ids:
                found[number] = state.get("noun")
    return found


def _living(session: Session, keys: set[Key]) -> tuple[Key, ...]:
    found: list[Key] = []
    for table in nouns():
        wanted = [number for of, number in keys if of == table]
        found += (
            (table, number)
            for number, _row in sqlite.kept_values(session.connection(), table, ["id"], wanted)
        )
    return tuple(found)


def _shared(session: Session, keys: set[Key], told: _Told) -> set[str]:
    """What others have as well, folded: a mailbox of the whole office, a namesake's name."""
    ours = {fold(sign) for sign in (*told.names, *told.emails, *told.phones)}
    found: set[str] = set()
    for table, noun in nouns().items():
        names = _telling_fields(noun)
        for number, *kept in values(session, noun, ("id", *names)) if names else ():
            if (table, number) not in keys:
                told_by = [
                    text for value in kept for text in ([value] if isinstance(value, str) else value or ())
                ]
                if table == CONTACT:
                    told_by.append(f"{kept[0]} {kept[1]}".strip())
                found |= ours & set(map(fold, told_by))
    return found


def _telling_fields(noun: type[Entity]) -> tuple[str, ...]:
    """The fields of a noun that hold addresses and numbers, and a contact's names."""
    names = ("given", "family", "own_name") if noun is Contact else ()
    kinds = _ADDRESSES | _NUMBERS
    return (*names, *(one.name for one in fields(noun) if one.kind in kinds))
