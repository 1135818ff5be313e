"""How long records lasted: the last day each speaks of, what is tied to them and what belongs to them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cityplanner.base.language import _
from cityplanner.model.agreement import Agreement, AgreementStatus, AgreementStep, DeliverableStatus
from cityplanner.model.attachment import Attachment
from cityplanner.model.change import ChangedRow, ChangeRecord
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import (
    NOT_HELD,
    Commitment,
    CommitmentStatus,
    Engagement,
    EngagementContact,
    EngagementPartner,
)
from cityplanner.model.entity import Entity, links
from cityplanner.model.field import OnDelete
from cityplanner.model.initiative import InitiativeStatus
from cityplanner.model.ledger import Aid, AidStatus, Gift
from cityplanner.model.nouns import nouns, references
from cityplanner.model.partner import Partner
from cityplanner.model.retention import CountedFrom, LegalHold
from cityplanner.store.queries.related import related
from cityplanner.store.queries.titles import chunks, titles

Key = tuple[str, int]
Noun = type[Entity]


@dataclass(frozen=True, slots=True)
class Tie:
    """Something linked to a record: its name, the last day it speaks of, and whether it is still open.

    `needs` says that it stays and cannot be without the record.
    """

    name: str
    last_on: date | None = None
    is_open: bool = False
    needs: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The last day a record speaks of, and whether something of it remains to be done."""

    last_on: date | None
    is_open: bool = False


def _engagement(starts_at: datetime, zone: str) -> Span:
    return Span(starts_at.astimezone(ZoneInfo(zone)).date())


def _commitment(status: CommitmentStatus, due_on: date | None, completed_on: date | None) -> Span:
    return Span(completed_on or due_on, status.is_open)


def _agreement(status: AgreementStatus, expires_on: date | None) -> Span:
    return Span(expires_on, status not in (AgreementStatus.EXPIRED, AgreementStatus.TERMINATED))


def _deliverable(status: DeliverableStatus, due_on: date | None, delivered_on: date | None) -> Span:
    return Span(delivered_on or due_on, status in (DeliverableStatus.PENDING, DeliverableStatus.PROGRESS))


def _gift(given_on: date, disclosure_due_on: date | None, disclosed_on: date | None) -> Span:
    return Span(given_on, disclosure_due_on is not None and disclosed_on is None)


def _aid(status: AidStatus, occurred_on: date) -> Span:
    return Span(occurred_on, status not in (AidStatus.RECEIVED, AidStatus.DECLINED))


_SPANS: Mapping[str, tuple[tuple[str, ...], Callable[..., Span]]] = {
    "engagement": (("starts_at", "zone"), _engagement),
    "commitment": (("status", "due_on", "completed_on"), _commitment),
    "agreement": (("status", "expires_on"), _agreement),
    "deliverable": (("status", "due_on", "delivered_on"), _deliverable),
    "gift": (("given_on", "disclosure_due_on", "disclosed_on"), _gift),
    "aid": (("status", "occurred_on"), _aid),
    "practice": (("noted_on",), Span),
    "position": (("ends_on",), lambda ends_on: Span(ends_on, ends_on is None)),
    "initiative": (
        ("status", "ends_on"),
        lambda status, ends_on: Span(ends_on, status != InitiativeStatus.CLOSED),
    ),
}


def _spans(session: Session, noun: Noun, ids: Collection[int]) -> dict[int, Span]:
    names, make = _SPANS[noun.__tablename__]
    columns = [getattr(noun, name) for name in names]
    return {
        number: make(*values)
        for part in chunks(ids)
        for number, *values in session.execute(select(noun.id, *columns).where(noun.id.in_(part)))
    }


# --- when a record ended ---------------------------------------------------------------------------------


def ended(session: Session, noun: Noun, counted_from: CountedFrom) -> dict[int, date | None]:
    """The day from which the time of each record of a noun runs; None for one that has not ended.

    A record without the day that is asked for is counted from its last change.
    """
    ids = list(session.scalars(select(noun.id)))
    known = _spans(session, noun, ids) if noun.__tablename__ in _SPANS else {}
    days = _days(session, noun, counted_from, known)
    changed = _changed(session, noun)
    still_open = {number for number, span in known.items() if span.is_open}
    if noun is Contact and counted_from is CountedFrom.OWN_DATE:
        still_open = set(session.scalars(select(Position.contact_id).where(Position.ends_on.is_(None))))
    return {
        number: None if number in still_open else days.get(number) or changed.get(number) for number in ids
    }


def _days(
    session: Session, noun: Noun, counted_from: CountedFrom, known: Mapping[int, Span]
) -> dict[int, date]:
    own = {number: span.last_on for number, span in known.items() if span.last_on}
    if counted_from is CountedFrom.LAST_CHANGE:
        return {}
    if counted_from is CountedFrom.LAST_CONTACT:
        return own | _met(session, noun)
    latest = {Contact: (Position.contact_id, Position.ends_on),
              Agreement: (AgreementStep.agreement_id, AgreementStep.taken_on)}.get(noun)  # fmt: skip
    if latest is not None:
        for number, day in session.execute(select(latest[0], func.max(latest[1])).group_by(latest[0])):
            if day is not None:
                own[number] = max(day, own.get(number, day))
    return own


def _met(session: Session, noun: Noun) -> dict[int, date]:
    """The day of the last engagement that was held with each record."""
    through: dict[Noun, tuple[Any, Any]] = {
        Contact: (EngagementContact.contact_id, EngagementContact.engagement_id),
        Partner: (EngagementPartner.partner_id, EngagementPartner.engagement_id),
        Commitment: (Commitment.id, Commitment.engagement_id),
        Gift: (Gift.id, Gift.engagement_id),
        Aid: (Aid.id, Aid.engagement_id),
    }
    if noun not in through:
        return {}
    near, far = through[noun]
    statement = (
        select(near, func.max(Engagement.starts_at))
        .join(Engagement, Engagement.id == far)
        .where(Engagement.status.not_in(NOT_HELD))
        .group_by(near)
    )
    return {number: moment.date() for number, moment in session.execute(statement)}


def _changed(session: Session, noun: Noun) -> dict[int, date]:
    statement = (
        select(ChangedRow.record_id, func.max(ChangeRecord.made_at))
        .join(ChangeRecord, ChangeRecord.id == ChangedRow.change_id)
        .where(ChangedRow.table == noun.__tablename__)
        .group_by(ChangedRow.record_id)
    )
    return {number: moment.date() for number, moment in session.execute(statement)}


# --- what is tied to a record, and what belongs to it ----------------------------------------------------


def ties(session: Session, noun: Noun, ids: Collection[int]) -> dict[int, list[Tie]]:
    """What each record is tied to: what names it, what it names, and the far side of what pairs it."""
    found: dict[int, list[Tie]] = {}
    for shows, pairs, needs in _ties(session, noun, ids):
        far = {other for near, other in pairs}
        spans = _spans(session, shows, far) if shows.__tablename__ in _SPANS else {}
        names = titles(session, shows, far)
        for near, other in sorted(pairs):
            span = spans.get(other, Span(None))
            name = f"{_(shows.__label__)} “{names.get(other, other)}”"
            found.setdefault(near, []).append(Tie(name, span.last_on, span.is_open, needs))
    return found


def _ties(
    session: Session, noun: Noun, ids: Collection[int]
) -> Iterator[tuple[Noun, set[tuple[int, int]], bool]]:
    for one in related(noun):
        if noun is Contact and one.noun is Position:
            continue  # a person's own positions go along
        needs = one.link.on_delete is OnDelete.KEEP
        shows, far = one.noun, "id"
        if one.other_link is not None and one.noun.__tablename__ not in _SPANS:
            shows, far = one.shows, one.other_link.name
        if needs or shows.__tablename__ in _SPANS:
            pairs = _pairs(session, one.noun, one.link.name, far, ids)
            if one.noun is LegalHold:  # one that stands keeps more than it names, and is asked for as such
                stands = set(session.scalars(select(LegalHold.id).where(LegalHold.released_on.is_(None))))
                pairs = {(near, number) for near, number in pairs if number not in stands}
            yield shows, pairs, needs
    for link in links(noun):
        if link.target in _SPANS:
            yield nouns()[link.target], _pairs(session, noun, "id", link.name, ids), False


def _pairs(session: Session, noun: Noun, near: str, far: str, ids: Collection[int]) -> set[tuple[int, int]]:
    near_column, far_column = getattr(noun, near), getattr(noun, far)
    return {
        (one, other)
        for part in chunks(ids)
        for one, other in session.execute(select(near_column, far_column).where(near_column.in_(part)))
        if other is not None
    }


def belongings(session: Session, noun: Noun, ids: Collection[int]) -> dict[int, list[Key]]:
    """What belongs to each record and goes along when it is deleted: what it owns, and files."""
    found: dict[int, list[Key]] = {}
    roots = {number: {number} for number in ids}
    waiting = [(noun, roots)]
    while waiting:
        owner, roots = waiting.pop()
        for child, pairs in _owned(session, owner, roots):
            below: dict[int, set[int]] = {}
            for near, number in pairs:
                for root in roots[near]:
                    found.setdefault(root, []).append((child.__tablename__, number))
                    below.setdefault(number, set()).add(root)
            if below:
                waiting.append((child, below))
    return found


def _owned(session: Session, noun: Noun, ids: Collection[int]) -> Iterator[tuple[Noun, set[tuple[int, int]]]]:
    for reference in references(noun.__tablename__):
        if reference.owns:
            yield reference.noun, _pairs(session, reference.noun, reference.field.name, "id", ids)
    statement = select(Attachment.record_id, Attachment.id).where(Attachment.noun == noun.__tablename__)
    yield (
        Attachment,
        {
            (near, number)
            for part in chunks(ids)
            for near, number in session.execute(statement.where(Attachment.record_id.in_(part)))
            if near is not None
        },
    )
