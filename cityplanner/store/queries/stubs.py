"""What stands in the history where it was rewritten on purpose: rows of the history about the history.

A stub is a row of a later change about an earlier one that was rewritten: what that one hashes to now, and why. The
rewritten change keeps the hash it had, so that the chain goes on from it, and the chain covers the stub.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.model.attachment import FileContent
from cityplanner.model.change import ChangedRow, ChangeRecord
from cityplanner.store.rows import RowChange, table_of

CHANGE = table_of(ChangeRecord.__tablename__)
ROW = table_of(ChangedRow.__tablename__)
REWRITTEN = (CHANGE.name, ROW.name, FileContent.__tablename__)
"""The tables that can only be added to, but for this."""
PRUNED, ERASED = "pruned", "erased"


@dataclass(frozen=True, slots=True)
class Stub:
    """That a change was rewritten: what it hashes to now, why (`PRUNED`, `ERASED`), and in words.

    Of a pruned history the change is the last that was pruned; what the records were then stands in it.
    """

    change_id: int
    digest: str
    why: str
    text: str

    @property
    def row(self) -> RowChange:
        """As it stands in the change that rewrote it."""
        values = {"digest": self.digest, "why": self.why, "text": self.text}
        return RowChange(CHANGE.name, self.change_id, None, values)


def stubs(session: Session) -> list[Stub]:
    """All stubs, oldest first; the newest about a change is the one that holds.

    One that cannot be read is none: the change it stands in was altered, and is found by its hash.
    """
    statement = (
        select(ROW.c.record_id, ROW.c.after)
        .where(ROW.c.table == CHANGE.name, ROW.c.after.is_not(None))
        .order_by(ROW.c.id)
    )
    found: list[Stub] = []
    for number, text in session.execute(statement):
        with suppress(ValueError, TypeError):
            found.append(Stub(number, **json.loads(text)))
    return found


def pruning(session: Session) -> Stub | None:
    """The stub of what was pruned last; None where the history is whole."""
    return next((stub for stub in reversed(stubs(session)) if stub.why == PRUNED), None)
