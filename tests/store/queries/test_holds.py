"""A legal hold keeps what it names and what is tied to it, until it is released."""

from __future__ import annotations

from datetime import date

from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Engagement, EngagementContact, EngagementPartner
from cityplanner.model.partner import Partner
from cityplanner.model.retention import LegalHold
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.holds import standing
from tests.builders import make

TODAY = date(2026, 11, 2)


def test_a_hold_keeps_what_it_names_and_what_is_tied_to_it(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        partner, other = make(edit, Partner), make(edit, Partner)
        contact, stranger = make(edit, Contact), make(edit, Contact)
        edit.add(Position(contact_id=contact.id, partner_id=partner.id))
        engagement = make(edit, Engagement)
        edit.add(EngagementPartner(engagement_id=engagement.id, partner_id=partner.id))
        edit.add(EngagementContact(engagement_id=engagement.id, contact_id=stranger.id))
        edit.add(LegalHold(title="Audit", since=TODAY, partner_id=partner.id))
    with plan.reading() as session:
        held = standing(session)
        assert [hold.title for hold in held.on("partner", partner.id)] == ["Audit"]
        assert [hold.title for hold in held.on("contact", contact.id)] == ["Audit"]
        assert [hold.title for hold in held.on("engagement", engagement.id)] == ["Audit"]
        assert held.on("contact", stranger.id) == ()
        assert held.on("partner", other.id) == ()


def test_a_hold_that_names_nothing_keeps_everything_and_a_released_one_nothing(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        contact = make(edit, Contact)
        edit.add(LegalHold(title="Old", since=TODAY, released_on=TODAY, contact_id=contact.id))
    with plan.reading() as session:
        assert standing(session).on("contact", contact.id) == ()
    with plan.edit("Make") as edit:
        edit.add(LegalHold(title="All", since=TODAY))
    with plan.reading() as session:
        assert [hold.title for hold in standing(session).on("contact", contact.id)] == ["All"]
