"""Pruning the history: what is older than a retention rule's years goes, and a signed stub says so.

Up to a whole change everything is deleted, but for what the untouched records were then: those rows gather in the last
pruned change, which keeps its number and its hash, so that each record can still be held against the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from cityplanner.base.language import _, current
from cityplanner.model.change import GENESIS, ChangeKind
from cityplanner.planning.retention import Cut, Step, cut
from cityplanner.store import sqlite
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.history import CHANGE, content_hash
from cityplanner.store.queries.holds import Holds
from cityplanner.store.queries.stubs import PRUNED, ROW, Stub, pruning
from cityplanner.store.rows import Change, RowChange


def cut_of(session: Session, years: int, today: date, held: Holds) -> Cut:
    """How far the history may be pruned, and what keeps more of it: a hold keeps every change of what it covers."""
    touched = _touching(session, held)
    on_all = held.whole[0].title if held.whole else ""
    rows = session.execute(select(CHANGE.c.id, CHANGE.c.made_at, CHANGE.c.target_id).order_by(CHANGE.c.id))
    steps = [
        Step(row.id, row.made_at.date(), row.target_id, on_all or touched.get(row.id, "")) for row in rows
    ]
    found, before = cut(steps, years, today), pruning(session)
    # What an earlier pruning left is the first change; alone it is nothing to prune.
    alone = before is not None and before.change_id == found.last_id
    return Cut(0, 0, found.reason) if alone else found


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


def prune(plan: Plan, wanted: Cut, rule: str) -> Change | None:
    """Prune the history as far as a cut says under a rule that is named; None where the cut is nothing."""
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
    sqlite.gather_history(connection, last)
    values = {"label": label, "kind": ChangeKind.SETUP, "made_by": user, "target_id": None}
    connection.execute(CHANGE.update().where(CHANGE.c.id == last).values(values))
    connection.execute(CHANGE.delete().where(CHANGE.c.id < last))
    sqlite.drop_unnamed_files(connection)
    with Session(connection) as session:
        change = session.execute(select(CHANGE).where(CHANGE.c.id == last)).one()
        return Stub(last, content_hash(session, GENESIS, change), PRUNED, text)
