"""Erasing one person: their records, what others hold of them, and every trace of both in the history and the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from cityplanner.base.language import _
from cityplanner.model.attachment import FileContent
from cityplanner.model.entity import links
from cityplanner.model.field import OnDelete
from cityplanner.model.nouns import Reference, nouns, references
from cityplanner.model.retention import LegalHold
from cityplanner.store import sqlite, sqlite_history, sqlite_index
from cityplanner.store.errors import HeldError
from cityplanner.store.journal import play
from cityplanner.store.personal.mentions import doubtful, mentions
from cityplanner.store.personal.person import ATTACHMENT, Key, Person, person_of
from cityplanner.store.personal.rewriting import forgotten, rewrite, telling_labels, telling_rows
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.holds import Hold, standing
from cityplanner.store.queries.titles import titles
from cityplanner.store.rows import Heed, Plain, RowChange, heedless, part_of, table_of


@dataclass(frozen=True, slots=True)
class Named:
    """A record that is somebody else's: its noun, its id and its title."""

    table: str
    record_id: int
    title: str


@dataclass(frozen=True, slots=True)
class Extent:
    """What an erasure would take, counted, so that it can be seen before.

    `records` are the person's by noun; `mentions` stay, with the person struck out of them; `doubtful` ones hold a
    single word of the name and are not touched. `changes` of the history are rewritten; `files` go with their bytes.
    """

    person: Person
    records: Counter[str]
    mentions: tuple[Named, ...]
    doubtful: tuple[Named, ...]
    changes: int
    files: int
    bytes: int
    holds: tuple[Hold, ...]


def extent(plan: Plan, contact_id: int, heed: Heed = heedless) -> Extent:
    """What erasing a person would take, and the holds that forbid it. Raises `NotFoundError`."""
    with plan.reading() as session:
        person = person_of(session, contact_id)
        told = [(row.table, row.record_id) for row in mentions(session, person, part_of(heed, 0, 2))]
        changes = {row.change_id for row in telling_rows(session, person, part_of(heed, 1, 2))}
        changes |= {number for number, _label in telling_labels(session, person)}
        sizes = _files_of(session, person)
        return Extent(
            person,
            Counter(table for table, _number in person.living),
            named(session, told),
            named(session, set(doubtful(session, person))),
            len(changes),
            len(sizes),
            sum(sizes),
            holds_on(session, person),
        )


def holds_on(session: Session, person: Person) -> tuple[Hold, ...]:
    """The holds that forbid to erase a person: on one of their records, or on what they took part in."""
    held = standing(session)
    return tuple(dict.fromkeys(hold for key in sorted(person.keys) for hold in held.on(*key)))


def named(session: Session, keys: Collection[Key]) -> tuple[Named, ...]:
    """Records with their titles, in the order of the nouns."""
    found: list[Named] = []
    for table, noun in nouns().items():
        told = titles(session, noun, [number for of, number in keys if of == table])
        found += (Named(table, number, title) for number, title in sorted(told.items()))
    return tuple(found)


def _files_of(session: Session, person: Person) -> list[int]:
    """The sizes in bytes of the contents that only the person's attachments name."""
    table = table_of(ATTACHMENT)
    own = table.c.id.in_([number for of, number in person.living if of == ATTACHMENT])
    others = select(table.c.sha256).where(~own)
    mine = select(table.c.sha256).where(own, table.c.sha256.not_in(others))
    return list(session.scalars(select(FileContent.size).where(FileContent.sha256.in_(mine))))


def erase(plan: Plan, contact_id: int, heed: Heed = heedless) -> Person:
    """Erase a person from the plan's file, for good; who it was, to look for other copies.

    All of it happens or nothing; what is before it cannot be undone any more. Raises `HeldError` where a legal hold
    stands, `NotFoundError` where there is no such person.
    """
    erased: list[Person] = []

    def work(connection: Connection) -> Sequence[RowChange]:
        with Session(connection, autoflush=False) as session:
            person = person_of(session, contact_id)
            holds = holds_on(session, person)
            if holds:
                raise HeldError(person.name, [hold.title for hold in holds])
            erased.append(person)
            rows = _clear(session, connection, person, part_of(heed, 0, 2))
            plan.index.update(connection, rows)
            sqlite_index.settle(connection)
            stubs = rewrite(session, person, plan.user, part_of(heed, 1, 2))
        sqlite_history.drop_unnamed_files(connection)
        return [*(stub.row for stub in stubs), *(forgotten(row, person) for row in rows)]

    plan.rewrite(_("Erase a person’s data"), work)
    return erased[0]


def _clear(session: Session, connection: Connection, person: Person, heed: Heed) -> list[RowChange]:
    """Delete the person's records, and take them out of everything else; what was done."""
    done: list[RowChange] = []
    sqlite.defer_references(connection)
    done += play(connection, list(_unlinked(session, person)))
    done += play(connection, list(mentions(session, person, heed)))
    done += play(connection, [RowChange(*key, _kept(session, *key), None) for key in reversed(person.living)])
    return done


def _unlinked(session: Session, person: Person) -> Iterator[RowChange]:
    """What only points to the person points to nobody; a hold that was on them alone, and is released, goes."""
    states: dict[Key, Plain] = {}
    for table in dict.fromkeys(table for table, _number in person.living):
        for reference in references(table):
            if reference.field.on_delete is not OnDelete.OWN:
                for key in _users(session, reference, person):
                    states.setdefault(key, _kept(session, *key))[reference.field.name] = None
    for key, after in states.items():
        bare = key[0] == LegalHold.__tablename__ and not any(after[link.name] for link in links(LegalHold))
        yield RowChange(*key, _kept(session, *key), None if bare else after)


def _users(session: Session, reference: Reference, person: Person) -> Iterator[Key]:
    table = table_of(reference.noun.__tablename__)
    ours = [number for of, number in person.living if of == reference.field.target]
    for number in session.scalars(select(table.c.id).where(table.c[reference.field.name].in_(ours))).all():
        if not person.owns(table.name, number):
            yield table.name, number


def _kept(session: Session, table: str, record_id: int) -> Plain:
    names = [column.key for column in table_of(table).columns]
    return dict(sqlite.kept_values(session.connection(), table, names, [record_id]))[record_id]
