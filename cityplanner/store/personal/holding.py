"""Everything a plan holds on one person, gathered to be handed over: what an erasure would take or strike out."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.model.attachment import Attachment
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Engagement, EngagementContact
from cityplanner.model.entity import Entity, links
from cityplanner.model.nouns import nouns, references
from cityplanner.store.attachments import content
from cityplanner.store.personal.erasing import Named, named
from cityplanner.store.personal.mentions import mentions, told_in
from cityplanner.store.personal.person import Key, Person, person_of
from cityplanner.store.personal.rewriting import telling_rows
from cityplanner.store.queries.history import CHANGE, ROW
from cityplanner.store.rows import Heed, Plain, heedless, part_of


@dataclass(frozen=True, slots=True)
class Mention:
    """A text of a record that is not the person's and tells of them."""

    record: Named
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Past:
    """One row of the history that tells of the person: before and after the change, as plain values."""

    change_id: int
    made_at: dt.datetime
    made_by: str
    label: str
    table: str
    record_id: int
    before: Plain | None
    after: Plain | None


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file attached to the person, with its contents."""

    name: str
    note: str
    sha256: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Holding:
    """What the plan holds on a person. `records` are theirs; `linked` point to them, or they took part in them."""

    person: Person
    records: tuple[Entity, ...]
    linked: tuple[Entity, ...]
    titles: dict[Key, str]
    mentions: tuple[Mention, ...]
    history: tuple[Past, ...]
    files: tuple[KeptFile, ...]


def holding(session: Session, contact_id: int, heed: Heed = heedless) -> Holding:
    """Gather everything on a person. Raises `NotFoundError`."""
    person = person_of(session, contact_id)
    records = tuple(record for key in person.living if (record := _record(session, key)) is not None)
    linked = _linked(session, person)
    told = _mentions(session, person, part_of(heed, 0, 2))
    around = {
        (link.target, number)
        for record in (*records, *linked)
        for link in links(type(record))
        if (number := getattr(record, link.name)) is not None
    }
    around |= {(record.__tablename__, record.id) for record in (*records, *linked)}
    return Holding(
        person,
        records,
        linked,
        {(one.table, one.record_id): one.title for one in named(session, around)},
        told,
        _history(session, person, part_of(heed, 1, 2)),
        tuple(_file(session, record) for record in records if isinstance(record, Attachment)),
    )


def _record(session: Session, key: Key) -> Entity | None:
    return session.get(nouns()[key[0]], key[1])


def _linked(session: Session, person: Person) -> tuple[Entity, ...]:
    """What points to the person without being theirs, and the engagements they took part in."""
    ids = [number for table, number in person.living if table == Contact.__tablename__]
    found: dict[Key, Entity] = {}
    for reference in references(Contact.__tablename__):
        column = getattr(reference.noun, reference.field.name)
        for record in session.scalars(select(reference.noun).where(column.in_(ids))):
            if not person.owns(record.__tablename__, record.id):
                found[record.__tablename__, record.id] = record
    took_part = select(EngagementContact.engagement_id).where(EngagementContact.contact_id.in_(ids))
    together = select(Engagement).where(Engagement.id.in_(took_part)).order_by(Engagement.starts_at)
    found |= {(Engagement.__tablename__, record.id): record for record in session.scalars(together)}
    return tuple(found.values())


def _mentions(session: Session, person: Person, heed: Heed) -> tuple[Mention, ...]:
    rows = list(mentions(session, person, heed))
    known = {
        (one.table, one.record_id): one for one in named(session, [(r.table, r.record_id) for r in rows])
    }
    return tuple(
        Mention(known[row.table, row.record_id], name, str((row.before or {})[name]))
        for row in rows
        for name in told_in(row.table)
        if (row.before or {}).get(name) != (row.after or {}).get(name)
    )


def _history(session: Session, person: Person, heed: Heed) -> tuple[Past, ...]:
    told = {row.row_id for row in telling_rows(session, person, heed)}
    statement = select(ROW, CHANGE.c.made_at, CHANGE.c.made_by, CHANGE.c.label).join(
        CHANGE, CHANGE.c.id == ROW.c.change_id
    )
    found = []
    for start in range(0, len(told), _CHUNK):
        wanted = sorted(told)[start : start + _CHUNK]
        for row in session.execute(statement.where(ROW.c.id.in_(wanted)).order_by(ROW.c.id)):
            sides = (None if side is None else json.loads(side) for side in (row.before, row.after))
            found.append(
                Past(row.change_id, row.made_at, row.made_by, row.label, row.table, row.record_id, *sides)
            )
    return tuple(found)


_CHUNK = 900


def _file(session: Session, record: Attachment) -> KeptFile:
    return KeptFile(record.name, record.note, record.sha256, content(session, record.sha256))
