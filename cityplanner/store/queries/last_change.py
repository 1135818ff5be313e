"""When the plan was changed last: what the window shows as saved."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.model.change import ChangeRecord


def changed_at(session: Session) -> datetime | None:
    """The moment of the newest change (UTC), or None in a plan that was never changed."""
    statement = select(ChangeRecord.made_at).order_by(ChangeRecord.id.desc()).limit(1)
    return session.scalars(statement).first()
