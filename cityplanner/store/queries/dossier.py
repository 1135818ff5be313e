"""What a briefing about a partner reads: its whole log and every position ever held there."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.model.contact import Position
from cityplanner.model.engagement import Engagement, EngagementContact, EngagementPartner
from cityplanner.store.queries.timeline import HELD
from cityplanner.store.queries.titles import chunks


def engagements_of(session: Session, partner_id: int) -> list[Engagement]:
    """A partner's engagements that were or will be held, newest first."""
    statement = (
        select(Engagement)
        .join(EngagementPartner, EngagementPartner.engagement_id == Engagement.id)
        .where(EngagementPartner.partner_id == partner_id, HELD)
    )
    return list(session.scalars(statement.order_by(Engagement.starts_at.desc(), Engagement.id.desc())))


def positions_at(session: Session, partner_id: int) -> list[Position]:
    """The positions held at a partner, the latest first."""
    statement = select(Position).where(Position.partner_id == partner_id)
    return list(session.scalars(statement.order_by(Position.starts_on.desc(), Position.id)))


def people_at(session: Session, engagements: Collection[int]) -> dict[int, list[EngagementContact]]:
    """The people at engagements with their roles, by the engagement's id."""
    found: dict[int, list[EngagementContact]] = {}
    for chunk in chunks(sorted(engagements)):
        statement = select(EngagementContact).where(EngagementContact.engagement_id.in_(chunk))
        for one in session.scalars(statement.order_by(EngagementContact.id)):
            found.setdefault(one.engagement_id, []).append(one)
    return found
