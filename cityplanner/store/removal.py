"""Deleting a record: what it owns goes along, what merely mentions it forgets it, what needs it refuses."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.base.language import _
from cityplanner.model.attachment import Attachment
from cityplanner.model.entity import Entity
from cityplanner.model.field import OnDelete
from cityplanner.model.nouns import Reference, references
from cityplanner.store.errors import InUseError
from cityplanner.store.queries.titles import title_of


def remove(session: Session, record: Entity) -> None:
    """Delete `record`; raises `InUseError` naming what needs it, and then nothing is deleted."""
    doomed = _with_owned(session, record)
    needed = Counter(
        reference.noun
        for member in doomed.values()
        for reference in _of(member, OnDelete.KEEP)
        for user in _users(session, reference, member)
        if (user.__tablename__, user.id) not in doomed
    )
    if needed:
        users = ", ".join(f"{count} {_(noun.__plural__)}" for noun, count in needed.items())
        raise InUseError(title_of(session, record), users)
    for member in doomed.values():
        for reference in _of(member, OnDelete.CLEAR):
            for user in _users(session, reference, member):
                if (user.__tablename__, user.id) not in doomed:
                    setattr(user, reference.field.name, None)
    # One flush a record, the owned first: each intermediate state is valid and can be played back.
    session.flush()
    for member in reversed(doomed.values()):
        session.delete(member)
    session.flush()


def _with_owned(session: Session, record: Entity) -> dict[tuple[str, int], Entity]:
    found: dict[tuple[str, int], Entity] = {}
    waiting = [record]
    while waiting:
        member = waiting.pop()
        key = (member.__tablename__, member.id)
        if key not in found:
            found[key] = member
            for reference in _of(member, OnDelete.OWN):
                waiting += _users(session, reference, member)
            # Files hang on records of any noun, so no link of the model leads to them.
            waiting += session.scalars(
                select(Attachment).where(
                    Attachment.noun == member.__tablename__, Attachment.record_id == member.id
                )
            )
    return found


def _of(record: Entity, on_delete: OnDelete) -> list[Reference]:
    return [r for r in references(record.__tablename__) if r.field.on_delete is on_delete]


def _users(session: Session, reference: Reference, record: Entity) -> list[Entity]:
    column = getattr(reference.noun, reference.field.name)
    return list(session.scalars(select(reference.noun).where(column == record.id)))
