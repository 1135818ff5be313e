"""Which records a legal hold keeps: those it names, and one step further all that is tied to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.model.entity import Entity, is_pairing, links
from cityplanner.model.nouns import nouns, references
from cityplanner.model.retention import LegalHold

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold that stands: its id, its matter and its first day."""

    id: int
    title: str
    since: date


@dataclass(frozen=True, slots=True)
class Holds:
    """All holds that stand: those on the whole office, and those on single records by table and id."""

    whole: tuple[Hold, ...]
    records: Mapping[Key, tuple[Hold, ...]]

    def on(self, table: str, record_id: int) -> tuple[Hold, ...]:
        """The holds that keep a record; none where it may go."""
        return self.whole + self.records.get((table, record_id), ())


def standing(session: Session) -> Holds:
    """The holds that were not released, with what they keep.

    A hold on a partner keeps the people who have or had a position there, its engagements, agreements, gifts, aid and
    commitments; a hold on an engagement or an agreement keeps who took part in it.
    """
    whole: list[Hold] = []
    records: dict[Key, tuple[Hold, ...]] = {}
    statement = (
        select(LegalHold).where(LegalHold.released_on.is_(None)).order_by(LegalHold.since, LegalHold.id)
    )
    for record in session.scalars(statement):
        hold = Hold(record.id, record.title, record.since)
        if record.covers_all:
            whole.append(hold)
        for key in set(_kept(session, record)):
            records[key] = (*records.get(key, ()), hold)
    return Holds(tuple(whole), records)


def _kept(session: Session, hold: LegalHold) -> Iterator[Key]:
    for field in links(LegalHold):
        number = getattr(hold, field.name)
        if number is not None:
            yield field.target, number
            yield from _tied(session, field.target, number)


def _tied(session: Session, table: str, record_id: int) -> Iterator[Key]:
    """What points to a record, and what is paired with it."""
    for reference in references(table):
        if reference.noun is LegalHold:
            continue
        column = getattr(reference.noun, reference.field.name)
        for user in session.scalars(select(reference.noun).where(column == record_id)):
            yield user.__tablename__, user.id
            if is_pairing(reference.noun):
                yield from _far_sides(user, reference.field.name)


def _far_sides(pairing: Entity, near: str) -> Iterator[Key]:
    for field in links(type(pairing)):
        number = getattr(pairing, field.name)
        if field.name != near and field.required and number is not None and field.target in nouns():
            yield field.target, number
