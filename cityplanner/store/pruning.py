"""Pruning the history: what is older than a retention rule's years goes, and a signed stub says so.

Up to a whole change everything is deleted, but for what the untouched records were then: those rows gather in the last
pruned change, which keeps its number and its hash, so that each record can still be held against the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from cityplanner.base.language import _, current
from cityplanner.model.change import GENESIS, ChangeKind
from cityplanner.store import sqlite_history
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.history import CHANGE, content_hash
from cityplanner.store.queries.holds import Holds
from cityplanner.store.queries.stubs import PRUNED, ROW, Stub, pruning
from cityplanner.store.rows import Change, RowChange


@dataclass(frozen=True, slots=True)
class Step:
    """A change of the history: its number, its day, the change it undid or redid, and a hold on what it touched."""

    id: int
    made_on: date
    target_id: int | None = None
    hold: str = ""


class Extent(Protocol):
    """How far to prune: up to and with a change, and how many changes that is."""

    @property
    def last_id(self) -> int:
        """The last change that goes; 0 for nothing."""

    @property
    def count(self) -> int:
        """How many go."""


def steps(session: Session, held: Holds) -> list[Step]:
    """The changes of the history, oldest first; a hold keeps every change of what it covers."""
    touched = _touching(session, held)
    on_all = held.whole[0].title if held.whole else ""
    rows = session.execute(select(CHANGE.c.id, CHANGE.c.made_at, CHANGE.c.target_id).order_by(CHANGE.c.id))
    return [
        Step(row.id, row.made_at.date(), row.target_id, on_all or touched.get(row.id, "")) for row in rows
    ]


def pruned_already(session: Session) -> int:
    """The change that an earlier pruning left first; alone it is nothing to prune. 0 where there was none."""
    before = pruning(session)
    return before.change_id if before is not None else 0


def _touching(session: Session, held: Holds) -> dict[int, str]:
    """The changes that touch something that is held, and the matter of the hold."""
    tables = {table for table, _number in held.records}
    rows = session.execute(
        select(ROW.c.change_id, ROW.c.table, ROW.c.record_id).where(ROW.c.table.in_(tables))
    )
    return {
        row.change_id: holds[0].title
        for row in rows
        if (holds := held.records.get((row.table, row.record_id)))
    }


def prune(plan: Plan, wanted: Extent, rule: str) -> Change | None:
    """Prune the history as far as wanted under a rule that is named; None where that is nothing."""
    if not wanted.last_id:
        return None
    with plan.reading() as session:
        day = session.scalars(select(CHANGE.c.made_at).where(CHANGE.c.id == wanted.last_id)).one().date()
    words = {"day": current().date(day), "rule": rule, "who": plan.user}
    text = current().plural(
        "One change, made up to {day}, was pruned by {who} under the rule “{rule}”.",
        "{n} changes, made up to {day}, were pruned by {who} under the rule “{rule}”.",
        wanted.count,
    )
    label = _("Prune the history up to {day}: {rule}").format(**words)[:LONGEST_LABEL]

    def work(connection: Connection) -> Sequence[RowChange]:
        return [_prune(connection, wanted.last_id, text.format(**words), label, plan.user).row]

    return plan.rewrite(label, work)


LONGEST_LABEL = 300


def _prune(connection: Connection, last: int, text: str, label: str, user: str) -> Stub:
    sqlite_history.gather_history(connection, last)
    values = {"label": label, "kind": ChangeKind.SETUP, "made_by": user, "target_id": None}
    connection.execute(CHANGE.update().where(CHANGE.c.id == last).values(values))
    connection.execute(CHANGE.delete().where(CHANGE.c.id < last))
    sqlite_history.drop_unnamed_files(connection)
    with Session(connection) as session:
        change = session.execute(select(CHANGE).where(CHANGE.c.id == last)).one()
        return Stub(last, content_hash(session, GENESIS, change), PRUNED, text)
