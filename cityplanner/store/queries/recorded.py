"""Between which days something is recorded: engagements, gifts and aid."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cityplanner.model.engagement import Engagement
from cityplanner.model.ledger import Aid, Gift


def recorded(session: Session, zone: ZoneInfo, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day with a record, by the clock of `zone`; today is always between them."""
    found = [today]
    for column in (Engagement.starts_at, Gift.given_on, Aid.occurred_on):
        row = session.execute(select(func.min(column), func.max(column))).one()
        found += [one.astimezone(zone).date() if isinstance(one, dt.datetime) else one for one in row if one]
    return min(found), max(found)
