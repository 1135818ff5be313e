"""Quick capture against a plan: whom it recognizes, what it offers, and that one undo takes it back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cityplanner.exchange.capture.capture import Setting, capture
from cityplanner.exchange.capture.directory import Directory
from cityplanner.exchange.capture.draft import Draft, DraftError, Piece, filled, save
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, Engagement, EngagementContact, EngagementPartner
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store.plan_file import Plan
from tests.store.content import content

SETTING = Setting(date(2026, 11, 4), "America/Chicago", "US")
LINE = "call with Nagoya consul tomorrow 10:00, send MoU draft by Friday"
SIGNATURE = "Aiko Mori\nConsul\nConsulate General of Japan\n+81 52 961 1111\naiko@post.example"


@pytest.fixture
def known(plan: Plan) -> Directory:
    """A plan with a city, a consulate in a city of the same name, and its consul."""
    with plan.edit("People") as edit:
        city = Partner(name="City of Nagoya", kind=PartnerKind.CITY, city="Nagoya")
        post = Partner(name="Consulate General in Nagoya", kind=PartnerKind.CONSULATE, city="Nagoya")
        consul, mayor = Contact(given="Ken", family="Abe", email="abe@post.example"), Contact(family="Ito")
        edit.add_all((city, post, consul, mayor))
        edit.flush()
        edit.add(Position(contact_id=consul.id, partner_id=post.id, title="Consul"))
        edit.add(Position(contact_id=mayor.id, partner_id=city.id, title="Mayor"))
    return Directory.read(plan)


def piece(draft: Draft, key: str) -> Piece:
    return {one.key: one for one in draft.pieces}[key]


def test_the_line_of_the_story_becomes_an_engagement_with_a_commitment(plan: Plan, known: Directory) -> None:
    draft = capture(LINE, known, SETTING)
    assert piece(draft, "engagement").values["starts_at"] == datetime(2026, 11, 5, 16, 0, tzinfo=UTC)
    assert piece(draft, "with_partner").titles["partner_id"] == "Consulate General in Nagoya"
    assert piece(draft, "with_contact").titles["contact_id"] == "Ken Abe"
    assert piece(draft, "commitment0").values["due_on"] == date(2026, 11, 6)
    before = content(plan.path)
    save(plan, draft.pieces, "Call")
    with plan.reading() as session:
        call = session.scalars(select(Engagement)).one()
        promise = session.scalars(select(Commitment)).one()
        assert session.scalars(select(EngagementPartner)).one().engagement_id == call.id
        assert session.scalars(select(EngagementContact)).one().engagement_id == call.id
        assert (promise.engagement_id, promise.partner_id) == (call.id, 2)
    plan.undo()
    assert content(plan.path) == before


def test_the_city_is_meant_where_no_consul_is_named(known: Directory) -> None:
    draft = capture("meeting with City of Nagoya on Friday at noon", known, SETTING)
    assert piece(draft, "with_partner").titles["partner_id"] == "City of Nagoya"


def test_a_person_brings_their_partner(known: Directory) -> None:
    draft = capture("lunch with Ito tomorrow 12:30", known, SETTING)
    assert piece(draft, "with_contact").titles["contact_id"] == "Ito"
    assert piece(draft, "with_partner").titles["partner_id"] == "City of Nagoya"


def test_a_promise_alone_needs_its_partner(plan: Plan, known: Directory) -> None:
    draft = capture("send photos to City of Nagoya by Friday", known, SETTING)
    assert [one.key for one in draft.pieces] == ["with_partner", "with_contact", "commitment0"]
    save(plan, draft.pieces, "Photos")
    with plan.reading() as session:
        assert session.scalars(select(Commitment)).one().partner_id == 1
        assert session.scalars(select(EngagementPartner)).all() == []


def test_an_unknown_partner_is_asked_for_and_a_commitment_without_one_refused(
    plan: Plan, known: Directory
) -> None:
    draft = capture("call with Atlantis tomorrow, send map by Friday", known, SETTING)
    assert "Choose one" in draft.hint
    before = content(plan.path)
    with pytest.raises(DraftError) as refused:
        save(plan, draft.pieces, "x")
    assert refused.value.key == "commitment0"
    assert content(plan.path) == before
    chosen = [filled(one, {"partner_id": 1}) if one.key == "with_partner" else one for one in draft.pieces]
    save(plan, chosen, "x")


def test_a_signature_becomes_partner_contact_and_position(plan: Plan, known: Directory) -> None:
    draft = capture(SIGNATURE, known, SETTING)
    assert [one.key for one in draft.pieces] == ["partner", "contact", "position"]
    assert piece(draft, "partner").values["kind"] is PartnerKind.CONSULATE
    assert piece(draft, "contact").values["country"] == "JP"
    save(plan, draft.pieces, "Aiko Mori")
    with plan.reading() as session:
        position = session.scalars(select(Position).where(Position.email == "aiko@post.example")).one()
        assert (position.contact_id, position.partner_id, position.title) == (3, 3, "Consul")
    plan.undo()
    with plan.reading() as session:
        assert len(session.scalars(select(Contact)).all()) == 2


def test_who_is_known_is_not_entered_again(known: Directory) -> None:
    draft = capture("Ken Abe\nConsul General\nCity of Nagoya\nabe@post.example", known, SETTING)
    assert [one.key for one in draft.pieces] == ["position"]
    assert (draft.pieces[0].values["contact_id"], draft.pieces[0].values["partner_id"]) == (1, 1)
    assert "already" in draft.hint


@pytest.mark.parametrize(
    "text", ["", "   ", "asdf", "?!", "lorem ipsum dolor", "12345", "tomorrow", "🙂", "a\nb\nc"]
)
def test_nonsense_yields_an_empty_draft_with_a_hint(known: Directory, text: str) -> None:
    draft = capture(text, known, SETTING)
    assert draft.pieces == ()
    assert draft.hint


def test_a_time_that_was_not_given_is_said_to_be_assumed(known: Directory) -> None:
    assert "9:00" in capture("meeting with City of Nagoya on Friday", known, SETTING).hint


_EMPTY = Directory()


@given(st.text(max_size=150))
def test_no_text_breaks_it(text: str) -> None:
    capture(text, _EMPTY, SETTING)
