"""Whole nouns as plain values, uid included: what exchange matches against and writes out, set by set."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cityplanner.model.change import ChangeRecord
from cityplanner.model.entity import Entity
from cityplanner.store.queries.titles import chunks


def values(session: Session, noun: type[Entity], names: Sequence[str]) -> list[tuple[Any, ...]]:
    """The columns `names` (`id` and `uid` among them) of every record, oldest first; links as ids."""
    columns = [getattr(noun, name) for name in names]
    return [tuple(row) for row in session.execute(select(*columns).order_by(noun.id))]


def uids(session: Session, noun: type[Entity], wanted: Collection[int]) -> dict[int, str]:
    """The uids of some records by id."""
    found: dict[int, str] = {}
    for chunk in chunks(sorted(set(wanted))):
        found |= {
            row[0]: row[1] for row in session.execute(select(noun.id, noun.uid).where(noun.id.in_(chunk)))
        }
    return found


def records(session: Session, noun: type[Entity], wanted: Collection[int]) -> dict[int, Entity]:
    """Some records by id; in an editing session they can be changed."""
    found: dict[int, Entity] = {}
    for chunk in chunks(sorted(set(wanted))):
        found |= {record.id: record for record in session.scalars(select(noun).where(noun.id.in_(chunk)))}
    return found


def last_change(session: Session) -> int:
    """The number of the newest change of the plan; 0 before the first."""
    return session.scalar(select(func.max(ChangeRecord.id))) or 0
