"""Whole nouns at once, and the sums over the log that planning asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from cityplanner.model.engagement import NOT_HELD, Engagement, EngagementPartner
from cityplanner.model.entity import Entity
from cityplanner.model.partner import Partner
from cityplanner.store.queries.titles import chunks

E = TypeVar("E", bound=Entity)
S = TypeVar("S", bound=Select[Any])
Reading = Session
"""What the other layers call a session that only reads."""


def records(session: Session, noun: type[E], *order: str) -> list[E]:
    """Every record of a noun, by its own order or the fields named."""
    return list(session.scalars(_in_order(select(noun), noun, order)))


def fields(session: Session, noun: type[Entity], *names: str) -> Sequence[Any]:
    """Some fields of every record in its own order: a tenth of the time of the records where there are many."""
    return session.execute(_in_order(select(*(getattr(noun, name) for name in names)), noun)).all()


def _in_order(statement: S, noun: type[Entity], order: Sequence[str] = ()) -> S:
    for name in order or noun.__order__:
        column = getattr(noun, name.lstrip("-"))
        statement = statement.order_by(column.desc() if name.startswith("-") else column)
    return statement.order_by(noun.id)


def kept_in_touch(session: Session) -> list[Partner]:
    """The partners that the office wants to meet every so often, in their own order."""
    return list(session.scalars(_in_order(select(Partner).where(Partner.keep_in_touch > 0), Partner)))


def by_id(session: Session, noun: type[E], wanted: Collection[int]) -> dict[int, E]:
    """Some records by id; in an editing session they can be changed."""
    found: dict[int, E] = {}
    for chunk in chunks(sorted(set(wanted))):
        found |= {record.id: record for record in session.scalars(select(noun).where(noun.id.in_(chunk)))}
    return found


def engagements_between(session: Session, begin: datetime, end: datetime) -> list[Engagement]:
    """The engagements held in a span of time, earliest first; the end is not part of it."""
    statement = select(Engagement).where(_held(begin, end))
    return list(session.scalars(statement.order_by(Engagement.starts_at, Engagement.id)))


def partners_between(session: Session, begin: datetime, end: datetime) -> dict[int, list[int]]:
    """The ids of the partners at each engagement held in a span of time, by the engagement's id."""
    statement = (
        select(EngagementPartner.engagement_id, EngagementPartner.partner_id)
        .join(Engagement, Engagement.id == EngagementPartner.engagement_id)
        .where(_held(begin, end))
        .order_by(EngagementPartner.id)
    )
    found: dict[int, list[int]] = {}
    for engagement, partner in session.execute(statement):
        found.setdefault(engagement, []).append(partner)
    return found


def _held(begin: datetime, end: datetime) -> ColumnElement[bool]:
    began = and_(Engagement.starts_at >= begin, Engagement.starts_at < end)
    return and_(began, Engagement.status.not_in(NOT_HELD))


@dataclass(frozen=True, slots=True)
class Touch:
    """How often a partner took part in an engagement, and when last."""

    last_on: date
    count: int


def touches(session: Session, before: datetime, partners: Collection[int]) -> Mapping[int, Touch]:
    """The contact that some partners had until an instant, by partner id; those without any are not in it.

    What was only requested, declined or cancelled is no contact.
    """
    statement = (
        select(EngagementPartner.partner_id, func.max(Engagement.starts_at), func.count())
        .join(Engagement, Engagement.id == EngagementPartner.engagement_id)
        .where(Engagement.starts_at <= before, Engagement.status.not_in(NOT_HELD))
        .group_by(EngagementPartner.partner_id)
    )
    found: dict[int, Touch] = {}
    for chunk in chunks(sorted(partners)):
        rows = session.execute(statement.where(EngagementPartner.partner_id.in_(chunk)))
        found |= {row[0]: Touch(row[1].date(), row[2]) for row in rows}
    return found
