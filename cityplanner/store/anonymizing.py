"""Taking the persons out of records that stay for their figures: names, addresses and who was there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.base.language import _
from cityplanner.model.agreement import Agreement
from cityplanner.model.attachment import Attachment
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, Engagement, EngagementContact
from cityplanner.model.entity import Entity
from cityplanner.model.ledger import Gift
from cityplanner.store.journal import Editing
from cityplanner.store.queries.titles import chunks

REMOVED = "[removed]"
"""The name of a person that was taken out."""
_BLANK: Mapping[type[Entity], Mapping[str, Any]] = {
    Contact: {
        "given": "", "family": REMOVED, "own_name": "", "pronunciation": "", "address_form": "", "salutation": "",
        "email": None, "other_emails": (), "phone": None, "other_phones": (), "protocol": "", "notes": "",
    },
    Engagement: {"staff": ()},
    Commitment: {"owner": "", "contact_id": None},
    Gift: {"donor": "", "official": ""},
    Agreement: {"our_signatory": "", "their_signatory": ""},
}  # fmt: skip
_BLANK_POSITION = {"email": None, "phone": None}


def can_be_anonymized(noun: type[Entity]) -> bool:
    """Whether records of a noun name persons in fields of their own."""
    return noun in _BLANK


def personal(session: Session, noun: type[Entity], ids: Collection[int]) -> set[int]:
    """Those records that still hold anything of a person."""
    blank = _BLANK[noun]
    columns = [getattr(noun, name) for name in blank]
    found: set[int] = set()
    for part in chunks(ids):
        for number, *values in session.execute(select(noun.id, *columns).where(noun.id.in_(part))):
            if tuple(values) != tuple(blank.values()):
                found.add(number)
        if noun is Engagement:
            with_people = EngagementContact.engagement_id
            found |= set(session.scalars(select(with_people).where(with_people.in_(part))))
    return found


def anonymize(edit: Editing, record: Entity) -> None:
    """Take the persons out of a record; long texts stay as they are, and so do the figures.

    Of a contact, the addresses of its positions go too, and its files.
    """
    for name, value in _BLANK[type(record)].items():
        setattr(record, name, value)
    if isinstance(record, Engagement):
        pairs = select(EngagementContact).where(EngagementContact.engagement_id == record.id)
        for pair in list(edit.scalars(pairs)):
            edit.remove(pair)
    if isinstance(record, Contact):
        for position in edit.scalars(select(Position).where(Position.contact_id == record.id)):
            for name, value in _BLANK_POSITION.items():
                setattr(position, name, value)
        files = select(Attachment).where(
            Attachment.noun == Contact.__tablename__, Attachment.record_id == record.id
        )
        for file in list(edit.scalars(files)):
            edit.remove(file)
    edit.flush()


def told_of(noun: type[Entity]) -> str:
    """What of a noun goes, in words for the review."""
    if noun is Contact:
        return _("Names, addresses, numbers, notes and files go; the record and its engagements stay.")
    return _("The names of persons go; the record stays. Look through its long texts yourself.")
