"""What tells partners and contacts apart, read as sets: names, addresses, numbers, and what was said of pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cityplanner.model.apart import ContactApart, PartnerApart
from cityplanner.model.contact import Contact, Position
from cityplanner.model.entity import Entity
from cityplanner.model.nouns import references
from cityplanner.model.partner import Partner
from cityplanner.store.queries.values import in_pages

APART: dict[str, type[ContactApart] | type[PartnerApart]] = {"contact": ContactApart, "partner": PartnerApart}
"""The noun that keeps pairs of a noun apart, by the noun's table."""


def contacts(session: Session) -> Iterator[tuple[Any, ...]]:
    """`(id, given, family, own_name, email, other_emails, phone, other_phones, country)` of every contact."""
    statement = select(
        Contact.id, Contact.given, Contact.family, Contact.own_name, Contact.email, Contact.other_emails,
        Contact.phone, Contact.other_phones, Contact.country,
    )  # fmt: skip
    return in_pages(session, statement.order_by(Contact.id))


def positions(session: Session) -> dict[int, list[tuple[int, str | None]]]:
    """The partner and the e-mail of each position, by contact."""
    found: dict[int, list[tuple[int, str | None]]] = defaultdict(list)
    statement = select(Position.contact_id, Position.partner_id, Position.email)
    for contact, partner, email in in_pages(session, statement):
        found[contact].append((partner, email))
    return found


def partners(session: Session) -> Iterator[tuple[Any, ...]]:
    """`(id, name, own_name, kind, country, city, website)` of every partner."""
    statement = select(
        Partner.id,
        Partner.name,
        Partner.own_name,
        Partner.kind,
        Partner.country,
        Partner.city,
        Partner.website,
    )
    return in_pages(session, statement.order_by(Partner.id))


def apart(session: Session, noun: type[Entity]) -> set[frozenset[int]]:
    """The pairs of partners or contacts that were said to be two."""
    pairs = APART[noun.__tablename__]
    return {frozenset(row) for row in session.execute(select(pairs.first_id, pairs.second_id))}


def pointing(session: Session, noun: type[Entity], record_id: int) -> dict[type[Entity], int]:
    """How many records of each noun point to a record."""
    found: Counter[type[Entity]] = Counter()
    for reference in references(noun.__tablename__):
        column = getattr(reference.noun, reference.field.name)
        counted = select(func.count()).select_from(reference.noun).where(column == record_id)
        found[reference.noun] += session.scalar(counted) or 0
    return {pointer: count for pointer, count in found.items() if count}


def holders(session: Session) -> list[tuple[int, int, str]]:
    """The contact, the partner and the title of every position that is held now."""
    held = select(Position.contact_id, Position.partner_id, Position.title).where(Position.ends_on.is_(None))
    return [(row[0], row[1], row[2]) for row in in_pages(session, held.order_by(Position.id))]
