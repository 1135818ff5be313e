"""What shows that initiatives are alive: when they were last engaged in, and when last measured."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cityplanner.model.engagement import NOT_HELD, Engagement, EngagementInitiative
from cityplanner.model.indicator import Indicator, Measurement


def last_engaged(session: Session, before: datetime) -> Mapping[int, date]:
    """The day of the last engagement held for each initiative until an instant; without any, not in it."""
    statement = (
        select(EngagementInitiative.initiative_id, func.max(Engagement.starts_at))
        .join(Engagement, Engagement.id == EngagementInitiative.engagement_id)
        .where(Engagement.starts_at <= before, Engagement.status.not_in(NOT_HELD))
        .group_by(EngagementInitiative.initiative_id)
    )
    return {row[0]: row[1].date() for row in session.execute(statement)}


def last_measured(session: Session, until: date) -> Mapping[int, date]:
    """The day of the last measurement of any indicator of each initiative; without any, not in it."""
    statement = (
        select(Indicator.initiative_id, func.max(Measurement.measured_on))
        .join(Measurement, Measurement.indicator_id == Indicator.id)
        .where(Measurement.measured_on <= until)
        .group_by(Indicator.initiative_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}
