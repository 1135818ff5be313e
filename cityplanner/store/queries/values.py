"""Whole nouns as plain values, uid included: what exchange matches against and writes out, set by set."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Executable, select
from sqlalchemy.orm import Session

from cityplanner.model.entity import Entity
from cityplanner.store.queries.titles import chunks

PAGE = 1000


def values(session: Session, noun: type[Entity], names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The columns `names` (`id` and `uid` among them) of every record, oldest first; links as ids."""
    columns = [getattr(noun, name) for name in names]
    return in_pages(session, select(*columns).order_by(noun.id))


def in_pages(session: Session, statement: Executable) -> Iterator[tuple[Any, ...]]:
    """Rows as they are asked for: to read, or let go of, a hundred thousand in one go would stop every thread."""
    for row in session.execute(statement, execution_options={"yield_per": PAGE}):
        yield tuple(row)


def uids(session: Session, noun: type[Entity], wanted: Collection[int]) -> dict[int, str]:
    """The uids of some records by id."""
    found: dict[int, str] = {}
    for chunk in chunks(sorted(set(wanted))):
        found |= {
            row[0]: row[1] for row in session.execute(select(noun.id, noun.uid).where(noun.id.in_(chunk)))
        }
    return found
