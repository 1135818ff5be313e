"""Merging: one record with everything that pointed to either, as one step that can be taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.base.errors import NotFoundError
from cityplanner.model.apart import ContactApart, PartnerApart
from cityplanner.model.attachment import Attachment
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, Engagement, EngagementContact, EngagementPartner
from cityplanner.model.entity import Entity
from cityplanner.model.nouns import nouns, references
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store.merging import keep_apart, merge_records, proposed
from cityplanner.store.plan_file import Plan
from tests.builders import make
from tests.store.content import content

E = TypeVar("E", bound=Entity)


def two(plan: Plan, noun: type[E]) -> tuple[int, int]:
    """Two plain records of a noun."""
    with plan.edit("Two") as edit:
        return make(edit, noun, full=False).id, make(edit, noun, full=False).id


def every(session: Session, noun: type[E]) -> list[E]:
    return list(session.scalars(select(noun).order_by(noun.id)))


@pytest.mark.parametrize("table", ["partner", "contact"])
def test_every_link_of_the_model_moves_and_undo_brings_all_back(plan: Plan, table: str) -> None:
    noun = nouns()[table]
    keep, drop = two(plan, noun)
    with plan.edit("Point to it") as edit:
        for reference in references(table):
            make(edit, reference.noun, full=False, **{reference.field.name: drop})
    before = content(plan.path)
    merge_records(plan, noun, keep, drop, {})
    with plan.reading() as session:
        assert session.get(noun, drop) is None
        for reference in references(table):
            column = getattr(reference.noun, reference.field.name)
            assert session.scalars(select(reference.noun).where(column == keep)).all(), reference
    plan.undo()
    assert content(plan.path) == before
    plan.redo()
    with plan.reading() as session:
        assert session.get(noun, drop) is None


def test_pairs_that_would_be_there_twice_are_one_and_lose_nothing(plan: Plan) -> None:
    keep, drop = two(plan, Contact)
    with plan.edit("Both came") as edit:
        meeting = make(edit, Engagement, full=False)
        other = make(edit, Engagement, full=False)
        edit.add(EngagementContact(engagement_id=meeting.id, contact_id=keep))
        edit.add(EngagementContact(engagement_id=meeting.id, contact_id=drop, role="Speaker"))
        edit.add(EngagementContact(engagement_id=other.id, contact_id=drop))
    merge_records(plan, Contact, keep, drop, {})
    with plan.reading() as session:
        found = {(p.engagement_id, p.contact_id, p.role) for p in every(session, EngagementContact)}
    assert found == {(meeting.id, keep, "Speaker"), (other.id, keep, "")}


def test_the_same_position_is_kept_once_and_another_one_stays(plan: Plan) -> None:
    keep, drop = two(plan, Contact)
    with plan.edit("Positions") as edit:
        partner = make(edit, Partner, full=False).id
        edit.add(Position(contact_id=keep, partner_id=partner, title="Consul", starts_on=date(2025, 1, 1)))
        edit.add(Position(contact_id=drop, partner_id=partner, title="Consul", email="a@example.org"))
        edit.add(Position(contact_id=drop, partner_id=partner, title="Attaché"))
    merge_records(plan, Contact, keep, drop, {})
    with plan.reading() as session:
        found = {(p.contact_id, p.title, p.starts_on, p.email) for p in every(session, Position)}
    assert found == {
        (keep, "Consul", date(2025, 1, 1), "a@example.org"),
        (keep, "Attaché", None, None),
    }


def test_nobody_becomes_their_own_successor(plan: Plan) -> None:
    keep, drop = two(plan, Contact)
    with plan.edit("Succession") as edit:
        make(edit, Position, full=False, contact_id=keep, successor_id=drop)
    merge_records(plan, Contact, keep, drop, {})
    with plan.reading() as session:
        assert [(p.contact_id, p.successor_id) for p in every(session, Position)] == [(keep, None)]


def test_a_pair_kept_apart_can_still_be_merged(plan: Plan) -> None:
    keep, drop = two(plan, Contact)
    keep_apart(plan, Contact, drop, keep)
    merge_records(plan, Contact, keep, drop, {})
    with plan.reading() as session:
        assert every(session, ContactApart) == []


def test_keeping_apart_is_said_once_and_can_be_undone(plan: Plan) -> None:
    first, second = two(plan, Partner)
    assert keep_apart(plan, Partner, second, first) is not None
    assert keep_apart(plan, Partner, first, second) is None
    plan.undo()
    with plan.reading() as session:
        assert every(session, PartnerApart) == []


def test_the_chosen_values_are_kept_and_the_head_of_post_follows(plan: Plan) -> None:
    keep, drop = two(plan, Contact)
    with plan.edit("Head") as edit:
        post = make(edit, Partner, full=False, kind=PartnerKind.CONSULATE, head_id=drop).id
    merge_records(plan, Contact, keep, drop, {"given": "Aiko", "email": "aiko@example.org"})
    with plan.reading() as session:
        contact, partner = session.get(Contact, keep), session.get(Partner, post)
        assert contact is not None
        assert partner is not None
        assert (contact.given, contact.email, partner.head_id) == ("Aiko", "aiko@example.org", keep)


def test_attached_files_follow_and_the_same_one_is_kept_once(plan: Plan) -> None:
    keep, drop = two(plan, Partner)
    with plan.edit("Files") as edit:
        for number, digest in ((keep, "a" * 64), (drop, "a" * 64), (drop, "b" * 64)):
            edit.add(Attachment(name=f"{digest[0]}.pdf", noun="partner", record_id=number, sha256=digest))
    merge_records(plan, Partner, keep, drop, {})
    with plan.reading() as session:
        assert [(f.name, f.record_id) for f in every(session, Attachment)] == [
            ("a.pdf", keep),
            ("b.pdf", keep),
        ]


def test_a_refused_value_leaves_no_trace(plan: Plan) -> None:
    keep, drop = two(plan, Contact)
    before = content(plan.path)
    with pytest.raises(Exception, match="not saved"):
        merge_records(plan, Contact, keep, drop, {"email": "no address"})
    assert content(plan.path) == before


def test_what_is_gone_is_said_in_words(plan: Plan) -> None:
    keep, drop = two(plan, Contact)
    for pair in ((keep, 999), (999, drop), (keep, keep)):
        with pytest.raises(NotFoundError):
            merge_records(plan, Contact, *pair, {})


def test_what_is_proposed_loses_no_address_and_no_list() -> None:
    keep = Contact(family="Li", email="li@example.org", languages=("zh",), notes="Tall.")
    drop = Contact(
        family="Li", given="Na", email="na@example.net", languages=("en",), notes="Kind.", do_not_contact=True
    )
    found = proposed(keep, drop)
    assert found["given"] == "Na"
    assert found["email"] == "li@example.org"
    assert found["other_emails"] == ("na@example.net",)
    assert found["languages"] == ("zh", "en")
    assert found["notes"] == "Tall.\n\nKind."
    assert found["do_not_contact"] is True
    assert "family" not in found


def test_links_of_the_log_are_searched_under_the_one_that_stays(plan: Plan) -> None:
    keep, drop = two(plan, Partner)
    with plan.edit("Log") as edit:
        call = Engagement(title="Call", starts_at=datetime(2026, 1, 1, tzinfo=UTC), zone="UTC")
        edit.add(call)
        edit.flush()
        for partner in (keep, drop):
            edit.add(EngagementPartner(engagement_id=call.id, partner_id=partner))
        edit.add(Commitment(text="Send it", partner_id=drop))
    merge_records(plan, Partner, keep, drop, {})
    with plan.reading() as session:
        assert len(every(session, EngagementPartner)) == 1
        assert every(session, Commitment)[0].partner_id == keep
