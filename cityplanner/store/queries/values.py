"""Whole nouns as plain values, uid included: what exchange matches against and writes out, set by set."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

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
