"""What is on record about the life of an agreement: its steps, and the contacts under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, exists, func, select
from sqlalchemy.orm import Session

from cityplanner.model.agreement import AgreementPartner, AgreementStep
from cityplanner.model.engagement import Engagement, EngagementInitiative, EngagementPartner
from cityplanner.model.initiative import InitiativeAgreement
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store.queries.timeline import HELD


def steps_of(session: Session, agreement: int) -> list[AgreementStep]:
    """The steps of an agreement, newest first."""
    statement = select(AgreementStep).where(AgreementStep.agreement_id == agreement)
    return list(session.scalars(statement.order_by(AgreementStep.taken_on.desc(), AgreementStep.id.desc())))


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contacts under an agreement: the last ever, engagements and participants since a day.

    `other_on` is the last time its partners were met on other matters.
    """

    last_on: date | None
    engagements: int
    participants: int
    other_on: date | None


def contacts_under(session: Session, since: datetime, until: datetime) -> dict[int, Contacts]:
    """The contacts under each agreement whose partners were met at all; departments of the city are no partners.

    An engagement held with its partners is under an agreement if it served an initiative of the agreement or
    none. Where the agreement has no initiative, it is if it served none of another agreement.
    """
    met = _met()
    under, lately = _is_under(met), Engagement.starts_at >= since
    present = func.coalesce(Engagement.in_person, 0) + func.coalesce(Engagement.online, 0)
    statement = (
        select(
            met.c.agreement_id,
            func.max(Engagement.starts_at).filter(under),
            func.count(Engagement.id).filter(under, lately),
            func.coalesce(func.sum(present).filter(under, lately), 0),
            func.max(Engagement.starts_at).filter(~under),
        )
        .join(Engagement, Engagement.id == met.c.engagement_id)
        .where(Engagement.starts_at <= until, HELD)
        .group_by(met.c.agreement_id)
    )
    return {
        number: Contacts(_day(last), engagements, participants, _day(other))
        for number, last, engagements, participants, other in session.execute(statement)
    }


def _met() -> Subquery:
    """Each agreement with each engagement of its partners, once whatever the number of partners there."""
    return (
        select(AgreementPartner.agreement_id, EngagementPartner.engagement_id)
        .join(Partner, Partner.id == AgreementPartner.partner_id)
        .join(EngagementPartner, EngagementPartner.partner_id == Partner.id)
        .where(Partner.kind != PartnerKind.DEPARTMENT)
        .distinct()
        .subquery()
    )


def _is_under(met: Subquery) -> ColumnElement[Any]:
    served = EngagementInitiative.engagement_id == met.c.engagement_id
    carried = InitiativeAgreement.agreement_id == met.c.agreement_id
    both = InitiativeAgreement.initiative_id == EngagementInitiative.initiative_id
    has_initiatives = exists().where(carried)
    elsewhere = case((has_initiatives, exists().where(served)), else_=exists().where(served, both))
    return exists().where(served, both, carried) | ~elsewhere


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
