"""What the log knows of earlier visits: the same partner on the same matter, and the people of partners."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.model.contact import Position
from cityplanner.model.engagement import (
    NOT_HELD,
    Engagement,
    EngagementInitiative,
    EngagementPartner,
    Sector,
)
from cityplanner.model.partner import Partner


@dataclass(frozen=True, slots=True)
class Visit:
    """An earlier engagement of a partner: its words and what ties it to a matter."""

    id: int
    partner_id: int
    starts_at: datetime
    zone: str
    title: str
    purpose: str
    sector: Sector | None
    initiatives: frozenset[int]


def visits(session: Session, partners: Collection[int], begin: datetime, end: datetime) -> list[Visit]:
    """The engagements of these partners that were held or are planned between two instants, newest first."""
    statement = (
        select(Engagement, EngagementPartner.partner_id)
        .join(EngagementPartner, EngagementPartner.engagement_id == Engagement.id)
        .where(
            EngagementPartner.partner_id.in_(partners),
            Engagement.starts_at >= begin,
            Engagement.starts_at < end,
            Engagement.status.not_in(NOT_HELD),
        )
        .order_by(Engagement.starts_at.desc(), Engagement.id.desc())
    )
    rows = session.execute(statement).all()
    served = initiatives_of(session, {row[0].id for row in rows})
    return [
        Visit(
            one.id,
            partner,
            one.starts_at,
            one.zone,
            one.title,
            one.purpose,
            one.sector,
            frozenset(served.get(one.id, ())),
        )
        for one, partner in rows
    ]


def initiatives_of(session: Session, engagements: Collection[int]) -> dict[int, set[int]]:
    """The ids of the initiatives that each engagement serves, by its id; those that serve none are not in it."""
    found: dict[int, set[int]] = {}
    listed = sorted(engagements)
    for start in range(0, len(listed), 900):
        statement = select(EngagementInitiative.engagement_id, EngagementInitiative.initiative_id).where(
            EngagementInitiative.engagement_id.in_(listed[start : start + 900])
        )
        for engagement, initiative in session.execute(statement):
            found.setdefault(engagement, set()).add(initiative)
    return found


def people_of(session: Session, partners: Collection[int], limit: int = 50) -> list[int]:
    """The ids of the contacts who hold a position at these partners now, by their positions' age."""
    statement = (
        select(Position.contact_id)
        .where(Position.partner_id.in_(partners), Position.ends_on.is_(None))
        .order_by(Position.id)
        .limit(limit)
    )
    return list(dict.fromkeys(session.scalars(statement)))


def zones_of(session: Session, partners: Collection[int]) -> list[tuple[str, str]]:
    """Name and time zone of the partners whose zone is known, by name."""
    statement = select(Partner.name, Partner.zone).where(Partner.id.in_(partners), Partner.zone.is_not(None))
    found = session.execute(statement.order_by(Partner.name, Partner.id))
    return [(name, zone) for name, zone in found if zone]


def partners_at(session: Session, engagement: int) -> dict[int, str]:
    """The partners of an engagement, by id, as they were added."""
    statement = (
        select(Partner.id, Partner.name)
        .join(EngagementPartner, EngagementPartner.partner_id == Partner.id)
        .where(EngagementPartner.engagement_id == engagement)
        .order_by(EngagementPartner.id)
    )
    return {row.id: row.name for row in session.execute(statement)}
