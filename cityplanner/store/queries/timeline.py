"""Everything about one partner: its timeline page by page, and what else hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from cityplanner.model.agreement import Agreement, AgreementPartner
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import NOT_HELD, Commitment, Engagement, EngagementPartner
from cityplanner.model.initiative import Initiative, InitiativePartner
from cityplanner.model.ledger import Aid, Gift
from cityplanner.store.queries.records import Touch

PAGE = 50
HELD = Engagement.status.not_in(NOT_HELD)
"""What counts as contact: not what was only asked for, declined or called off."""
Place = tuple[datetime, int]
"""Where a page of the timeline ends: the beginning and the id of its last engagement."""


@dataclass(frozen=True, slots=True)
class Encounter:
    """An engagement as the timeline shows it."""

    id: int
    title: str
    starts_at: datetime
    format: str
    mode: str
    status: str
    place: str
    result: str


@dataclass(frozen=True, slots=True)
class Holder:
    """A person's position at the partner; without an end it is a current one."""

    contact_id: int
    name: str
    title: str
    starts_on: date | None
    ends_on: date | None


def timeline(
    session: Session, partner_id: int, before: Place | None = None, limit: int = PAGE
) -> list[Encounter]:
    """One page of a partner's engagements, newest first; `before` is where the last page ended."""
    columns = (Engagement.id, Engagement.title, Engagement.starts_at, Engagement.format)
    statement = (
        select(*columns, Engagement.mode, Engagement.status, Engagement.place, Engagement.result)
        .join(EngagementPartner, EngagementPartner.engagement_id == Engagement.id)
        .where(EngagementPartner.partner_id == partner_id)
    )
    if before is not None:
        moment, number = before
        earlier = and_(Engagement.starts_at == moment, Engagement.id < number)
        statement = statement.where(or_(Engagement.starts_at < moment, earlier))
    newest = statement.order_by(Engagement.starts_at.desc(), Engagement.id.desc()).limit(limit)
    return [Encounter(*row) for row in session.execute(newest)]


def touch(session: Session, partner_id: int, until: datetime) -> Touch | None:
    """How often a partner took part in an engagement until an instant, and when last."""
    statement = (
        select(func.max(Engagement.starts_at), func.count())
        .join(EngagementPartner, EngagementPartner.engagement_id == Engagement.id)
        .where(EngagementPartner.partner_id == partner_id, Engagement.starts_at <= until, HELD)
    )
    last, count = session.execute(statement).one()
    return Touch(last.date(), count) if count else None


def people(session: Session, partner_id: int) -> list[Holder]:
    """Who holds or held a position at a partner, those without an end and the latest first."""
    statement = (
        select(
            Contact.id,
            Contact.given,
            Contact.family,
            Contact.own_name,
            Position.title,
            Position.starts_on,
            Position.ends_on,
        )
        .join(Contact, Contact.id == Position.contact_id)
        .where(Position.partner_id == partner_id)
        .order_by(
            Position.ends_on.is_not(None), Position.ends_on.desc(), Position.starts_on.desc(), Position.id
        )
    )
    return [
        Holder(number, " ".join(filter(None, (given, family))) or own, title, starts_on, ends_on)
        for number, given, family, own, title, starts_on, ends_on in session.execute(statement)
    ]


def agreements(session: Session, partner_id: int) -> list[Agreement]:
    """The agreements a partner is a side of, by title."""
    statement = (
        select(Agreement)
        .join(AgreementPartner, AgreementPartner.agreement_id == Agreement.id)
        .where(AgreementPartner.partner_id == partner_id)
        .order_by(Agreement.title, Agreement.id)
    )
    return list(session.scalars(statement))


def commitments(session: Session, partner_id: int) -> list[Commitment]:
    """The commitments of both sides, by due date, those without one last."""
    statement = select(Commitment).where(Commitment.partner_id == partner_id)
    in_order = statement.order_by(Commitment.due_on.is_(None), Commitment.due_on, Commitment.id)
    return list(session.scalars(in_order))


def gifts(session: Session, partner_id: int) -> list[Gift]:
    """The gifts given and received, newest first."""
    statement = select(Gift).where(Gift.partner_id == partner_id)
    return list(session.scalars(statement.order_by(Gift.given_on.desc(), Gift.id.desc())))


def aid(session: Session, partner_id: int) -> list[Aid]:
    """The aid given and received, newest first."""
    statement = select(Aid).where(Aid.partner_id == partner_id)
    return list(session.scalars(statement.order_by(Aid.occurred_on.desc(), Aid.id.desc())))


def initiatives(session: Session, partner_id: int) -> list[Initiative]:
    """The initiatives a partner works on, by code."""
    statement = (
        select(Initiative)
        .join(InitiativePartner, InitiativePartner.initiative_id == Initiative.id)
        .where(InitiativePartner.partner_id == partner_id)
        .order_by(Initiative.code, Initiative.id)
    )
    return list(session.scalars(statement))
