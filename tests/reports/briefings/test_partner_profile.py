"""The partner profile says what the records say of one partner, and to the public nothing personal."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from cityplanner.base.errors import UserError
from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, Side
from cityplanner.model.partner import ConsularRank, HeadStatus, Partner, PartnerKind, Sensitivity
from cityplanner.reports.blocks import Briefing, ListBlock, Table, plain
from cityplanner.reports.briefings.partner_profile.kind import PARTNER_PROFILE
from cityplanner.reports.choices import Audience, Choices
from cityplanner.store.plan_file import Plan
from tests.reports.briefings.samples import below, cells, words


@pytest.fixture
def partner(plan: Plan) -> int:
    with plan.edit("Add") as edit:
        contact = Contact(
            given="Haruka",
            family="Mori",
            own_name="森 春香",
            address_form="Madam Consul General",
            pronunciation="HAH-roo-kah MOH-ree",
            email="mori@consulate.example",
            protocol="Two hands for cards.",
            languages=("ja",),
        )
        edit.add(contact)
        edit.flush()
        one = Partner(
            name="Consulate General",
            kind=PartnerKind.CONSULATE,
            head_id=contact.id,
            head_rank=ConsularRank.CONSUL_GENERAL,
            head_status=HeadStatus.RECOGNISED,
            rank_since=dt.date(2020, 1, 1),
            notes="Prefers mornings.",
        )
        edit.add(one)
        edit.flush()
        edit.add(Position(contact_id=contact.id, partner_id=one.id, title="Consul General"))
        for side, text in ((Side.OURS, "Send the draft"), (Side.THEIRS, "Name a speaker")):
            edit.add(Commitment(text=text, side=side, partner_id=one.id, due_on=dt.date(2026, 12, 1)))
        return one.id


def made(plan: Plan, partner: int, audience: Audience = Audience.INTERNAL) -> Briefing:
    return PARTNER_PROFILE.compose(plan, Choices(partners=(partner,), audience=audience), SAMPLE_TODAY)


def test_people_are_named_in_both_scripts_with_how_to_say_and_address_them(plan: Plan, partner: int) -> None:
    table = next(block for block in below(made(plan, partner), "People") if isinstance(block, Table))
    assert cells(table) == [
        [
            "Haruka Mori 森 春香",
            "Consul General",
            "Madam Consul General",
            "HAH-roo-kah MOH-ree",
            "mori@consulate.example",
        ]
    ]


def test_the_public_form_leaves_out_addresses_notes_and_protocol(plan: Plan, partner: int) -> None:
    said = words(made(plan, partner, Audience.PUBLIC))
    assert "Haruka Mori" in said
    for private in ("mori@", "Two hands", "Prefers mornings"):
        assert private not in said
        assert private in words(made(plan, partner))


def test_talking_points_follow_from_what_both_sides_promised(plan: Plan, partner: int) -> None:
    points = next(b for b in below(made(plan, partner), "Talking points") if isinstance(b, ListBlock))
    assert [plain(item.text) for item in points.entries()] == [
        "Report on our promise: Send the draft (due Dec 1, 2026).",
        "Ask about their promise: Name a speaker (due Dec 1, 2026).",
    ]


def test_the_head_of_post_stands_in_the_order_of_precedence(plan: Plan, partner: int) -> None:
    assert "stands at 1 of 1" in words(made(plan, partner))


def test_someone_who_does_not_wish_to_be_contacted_is_shown_without_an_address(
    plan: Plan, partner: int
) -> None:
    with plan.edit("Mark") as edit:
        contact = edit.get(Contact, 1)
        assert contact is not None
        contact.do_not_contact = True
    said = words(made(plan, partner))
    assert "mori@" not in said
    assert "Haruka Mori does not wish to be contacted." in said


def test_it_is_about_exactly_one_partner_that_the_audience_may_see(plan: Plan, partner: int) -> None:
    with pytest.raises(UserError, match="about one"):
        PARTNER_PROFILE.compose(plan, Choices(), SAMPLE_TODAY)
    with pytest.raises(UserError, match="no longer"):
        made(plan, 999)
    with plan.edit("Hide") as edit:
        one = edit.get(Partner, partner)
        assert one is not None
        one.sensitivity = Sensitivity.INTERNAL
    with pytest.raises(UserError, match="not marked public"):
        made(plan, partner, Audience.PUBLIC)


def test_sections_that_are_left_out_are_not_there(plan: Plan, partner: int) -> None:
    choices = replace(Choices(partners=(partner,)), left_out=frozenset({"people", "talk"}))
    briefing = PARTNER_PROFILE.compose(plan, choices, SAMPLE_TODAY)
    assert below(briefing, "People") == below(briefing, "Talking points") == []
