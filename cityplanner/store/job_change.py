"""Somebody changes jobs: the position ends, the next one begins, a successor takes over what is open.

One undoable step. Former addresses stay with the ended position, where the search still finds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.base.language import _
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, CommitmentStatus
from cityplanner.model.partner import CONSULAR, HeadStatus, Partner
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.titles import title_of
from cityplanner.store.rows import Change

_OPEN = tuple(status for status in CommitmentStatus if status.is_open)


@dataclass(frozen=True, slots=True)
class NextPosition:
    """Where the person goes."""

    partner_id: int
    title: str = ""
    starts_on: date | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A successor who is not among the contacts yet."""

    given: str = ""
    family: str = ""
    email: str | None = None


@dataclass(frozen=True, slots=True)
class JobChange:
    """What happens to one position: when it ends, what comes next, who follows.

    `successor` is a contact's id, somebody new, or nobody known yet.
    """

    position_id: int
    ends_on: date
    following: NextPosition | None = None
    successor: int | Newcomer | None = None
    hand_over: bool = True


def change_job(plan: Plan, wanted: JobChange) -> Change | None:
    """Make a job change as one undoable change.

    Raises `NotFoundError` where the position is gone, and `UserError` where it cannot be so.
    """
    with plan.reading() as session:
        position = session.get(Position, wanted.position_id)
        contact = session.get(Contact, position.contact_id) if position else None
        title = title_of(session, contact) if contact else ""
    with plan.edit(_("Job change of {title}").format(title=title[:80])) as edit:
        _change(edit, wanted)
    return edit.change


def open_positions(session: Session, contact_id: int) -> list[Position]:
    """The positions a contact holds, the latest begun first."""
    held = select(Position).where(Position.contact_id == contact_id, Position.ends_on.is_(None))
    return list(session.scalars(held.order_by(Position.starts_on.desc(), Position.id.desc())))


def open_commitments(session: Session, contact_id: int, partner_id: int) -> list[Commitment]:
    """What remains to be done between the office and a partner that this contact answers for."""
    statement = select(Commitment).where(
        Commitment.contact_id == contact_id, Commitment.partner_id == partner_id, Commitment.status.in_(_OPEN)
    )
    return list(session.scalars(statement.order_by(Commitment.due_on, Commitment.id)))


def _change(edit: Editing, wanted: JobChange) -> None:
    position = edit.get(Position, wanted.position_id)
    contact = edit.get(Contact, position.contact_id) if position else None
    if position is None or contact is None:
        raise NotFoundError(_("This position was deleted in the meantime."), _("Choose another position."))
    successor = _successor(edit, wanted, position)
    position.ends_on = wanted.ends_on
    if successor is not None:
        position.successor_id = successor.id
        _take_office(edit, position, successor, wanted.successor)
        if wanted.hand_over:
            for commitment in open_commitments(edit, contact.id, position.partner_id):
                commitment.contact_id = successor.id
    _pass_on_headship(edit, position, successor)
    _move_addresses(contact, position, wanted.following)
    if wanted.following is not None:
        _begin(edit, contact, wanted.following, wanted.ends_on)
    edit.flush()


def _successor(edit: Editing, wanted: JobChange, position: Position) -> Contact | None:
    if wanted.successor is None:
        return None
    if isinstance(wanted.successor, Newcomer):
        new = wanted.successor
        contact = Contact(given=new.given, family=new.family, email=new.email)
        edit.add(contact)
        edit.flush()
        return contact
    if wanted.successor == position.contact_id:
        raise UserError(_("Nobody succeeds themselves."), _("Choose another successor, or none."))
    found = edit.get(Contact, wanted.successor)
    if found is None:
        raise NotFoundError(_("The successor was deleted in the meantime."), _("Choose another contact."))
    return found


def _take_office(edit: Editing, position: Position, successor: Contact, named: int | Newcomer | None) -> None:
    """The successor holds the same position from the next day on, unless the plan says so already."""
    held = select(Position).where(
        Position.contact_id == successor.id,
        Position.partner_id == position.partner_id,
        or_(Position.ends_on.is_(None), Position.ends_on > position.ends_on),
    )
    if edit.scalars(held).first() is None:
        email = named.email if isinstance(named, Newcomer) else None
        edit.add(
            Position(
                contact_id=successor.id,
                partner_id=position.partner_id,
                title=position.title,
                rank=position.rank,
                starts_on=_next_day(position.ends_on),
                email=email,
            )
        )


def _next_day(day: date | None) -> date | None:
    return day + timedelta(days=1) if day and day < date.max else day


def _pass_on_headship(edit: Editing, position: Position, successor: Contact | None) -> None:
    """A head of post is followed by one who has yet to be recognized; without one, the post is vacant."""
    partner = edit.get(Partner, position.partner_id)
    if partner is None or partner.kind not in CONSULAR or partner.head_id != position.contact_id:
        return
    partner.rotation_on = None
    if successor is None:
        partner.head_status = HeadStatus.DEPARTED
        return
    partner.head_id = successor.id
    partner.head_status = HeadStatus.DESIGNATE
    partner.head_rank = partner.rank_since = None
    partner.tenure_since = _next_day(position.ends_on)


def _move_addresses(contact: Contact, position: Position, following: NextPosition | None) -> None:
    """The address of the old post stays with it; the person is written to at the new one, or at their own."""
    email, phone = (following.email, following.phone) if following else (None, None)
    if email and contact.email and contact.email != email and not position.email:
        position.email = contact.email
    if contact.email and (email or contact.email == position.email):
        if contact.email not in (position.email, email):
            contact.other_emails = (*contact.other_emails, contact.email)
        contact.email = None
    if contact.phone and contact.phone == position.phone:
        contact.phone = None
    if email and not contact.email:
        contact.email = email
        contact.other_emails = tuple(one for one in contact.other_emails if one != email)
    if phone and not contact.phone:
        contact.phone = phone


def _begin(edit: Editing, contact: Contact, following: NextPosition, ended_on: date) -> None:
    edit.add(
        Position(
            contact_id=contact.id,
            partner_id=following.partner_id,
            title=following.title,
            starts_on=following.starts_on or _next_day(ended_on),
            email=following.email,
            phone=following.phone,
        )
    )
