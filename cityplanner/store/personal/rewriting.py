"""Taking one person out of the history, so that it can still be verified.

The history is a chain of hashes over its content, and the content goes. So each change that told of the person is
rewritten without them and keeps the hash it had, from which the next one goes on; the erasure, itself a link of the
chain, states what each rewritten change hashes to now (see `queries.stubs`). `cityplanner check` recomputes both, and
finds whoever alters a rewritten change. The rows of the person's own records stay, empty: that there was a record,
and when it changed, is kept; what it said is not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from cityplanner.base.language import _
from cityplanner.model.change import GENESIS, dumps
from cityplanner.model.nouns import nouns
from cityplanner.store.personal.mentions import struck
from cityplanner.store.personal.person import Person
from cityplanner.store.queries.history import CHANGE, ROW, content_hash
from cityplanner.store.queries.stubs import ERASED, Stub
from cityplanner.store.rows import Heed, RowChange, heedless

_PAGE = 2000
_EMPTY = "{}"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A row of the history without the person, its sides as they are kept."""

    row_id: int
    change_id: int
    before: str | None
    after: str | None


def telling_rows(session: Session, person: Person, heed: Heed = heedless) -> Iterator[Rewritten]:
    """The rows of the history that tell of a person, as they are without them."""
    newest = session.scalar(select(func.max(ROW.c.id))) or 0
    last = 0
    columns = (ROW.c.id, ROW.c.change_id, ROW.c.table, ROW.c.record_id, ROW.c.before, ROW.c.after)
    while page := session.execute(
        select(*columns).where(ROW.c.id > last).order_by(ROW.c.id).limit(_PAGE)
    ).all():
        for number, change_id, table, record_id, *sides in page:
            before, after = (_without(person, table, record_id, side) for side in sides)
            if [before, after] != sides:
                yield Rewritten(number, change_id, before, after)
        last = page[-1].id
        heed(last / newest)


def _without(person: Person, table: str, record_id: int, side: str | None) -> str | None:
    if side is None or table not in nouns():  # a stub of the history tells of nobody
        return side
    if person.owns(table, record_id):
        return _EMPTY
    state = json.loads(side)
    left = struck(table, state, person.signs)
    return side if left is state else dumps(left)


def telling_labels(session: Session, person: Person) -> Iterator[tuple[int, str]]:
    """The changes whose label names a person, with the label without them."""
    for number, label in session.execute(select(CHANGE.c.id, CHANGE.c.label).order_by(CHANGE.c.id)).all():
        if person.signs.found(label):
            yield number, person.signs.struck(label)[:_LONGEST_LABEL]


_LONGEST_LABEL = 300


def rewrite(session: Session, person: Person, who: str, heed: Heed = heedless) -> list[Stub]:
    """Take a person out of the history; a stub of each change that was rewritten."""
    connection = session.connection()
    touched: set[int] = set()
    to_row = ROW.update().where(ROW.c.id == bindparam("this_id"))
    for row in telling_rows(session, person, heed):
        connection.execute(to_row, {"this_id": row.row_id, "before": row.before, "after": row.after})
        touched.add(row.change_id)
    for number, label in telling_labels(session, person):
        connection.execute(CHANGE.update().where(CHANGE.c.id == number).values(label=label))
        touched.add(number)
    return list(_stubs(session, touched, _("A person’s data was erased by {who}.").format(who=who)))


def _stubs(session: Session, touched: set[int], text: str) -> Iterator[Stub]:
    previous = GENESIS
    for change in session.execute(select(CHANGE).order_by(CHANGE.c.id)).all():
        if change.id in touched:
            yield Stub(change.id, content_hash(session, previous, change), ERASED, text)
        previous = change.hash


def forgotten(row: RowChange, person: Person) -> RowChange:
    """A row of the erasure itself, as the history may keep it."""
    if person.owns(row.table, row.record_id):
        return RowChange(row.table, row.record_id, {}, None)
    before, after = (
        None if side is None else struck(row.table, side, person.signs) for side in (row.before, row.after)
    )
    return RowChange(row.table, row.record_id, before, after)
