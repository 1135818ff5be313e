"""Records that are not as the history left them: somebody wrote to the file past the plan's one door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cityplanner.base.language import N_
from cityplanner.model.change import ChangedRow
from cityplanner.model.entity import Entity
from cityplanner.store import sqlite
from cityplanner.store.rows import Plain, table_of

ROW = table_of(ChangedRow.__tablename__)
ADDED, CHANGED, REMOVED = N_("was added"), N_("was changed"), N_("was removed")
_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Stray:
    """One record that the history does not account for: what happened to it, and the fields that differ."""

    record_id: int
    what: str
    names: tuple[str, ...]
    recorded: Plain | None


def strays(session: Session, noun: type[Entity]) -> Iterator[Stray]:
    """The records of a noun that differ from what the history recorded of them last."""
    table = table_of(noun.__tablename__)
    names = [column.key for column in table.columns]
    last = select(func.max(ROW.c.id)).where(ROW.c.table == table.name).group_by(ROW.c.record_id)
    told = set(session.scalars(select(ROW.c.record_id).where(ROW.c.table == table.name).distinct()))
    there = set(session.scalars(select(table.c.id)))
    for number in sorted(there - told):
        yield Stray(number, ADDED, (), None)
    statement = select(ROW.c.record_id, ROW.c.after).where(ROW.c.id.in_(last)).order_by(ROW.c.record_id)
    result = session.execute(statement, execution_options={"yield_per": _PAGE})
    for page in result.partitions(_PAGE):
        kept = dict(
            sqlite.kept_values(session.connection(), table.name, names, [row.record_id for row in page])
        )
        for number, text in page:
            recorded = json.loads(text) if text is not None else None
            stray = _stray(number, recorded, kept.get(number))
            if stray is not None:
                yield stray


def _stray(number: int, recorded: Plain | None, kept: Plain | None) -> Stray | None:
    if recorded is None or kept is None:
        if recorded is kept:
            return None
        return Stray(number, ADDED if recorded is None else REMOVED, (), recorded)
    # A history may be older than some of the fields, or tell of fields that are no more.
    differ = tuple(name for name in kept if name in recorded and kept[name] != recorded[name])
    return Stray(number, CHANGED, differ, recorded) if differ else None
