"""The directory lists who is in position today, the corps in its order, and spares who asked to be spared."""

from __future__ import annotations

import datetime as dt

import pytest

from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.contact import Contact, Position
from cityplanner.model.group import GroupOf, SmartGroup
from cityplanner.model.partner import ConsularRank, HeadStatus, Partner, PartnerKind, Sensitivity
from cityplanner.reports.blocks import Briefing, Table, flatten
from cityplanner.reports.briefings.directory.kind import DIRECTORY
from cityplanner.reports.choices import Audience, Choices
from cityplanner.store.plan_file import Plan
from tests.reports.briefings.samples import below, cells, words


def post(name: str, rank: ConsularRank, since: int, kind: PartnerKind = PartnerKind.CONSULATE) -> Partner:
    return Partner(
        name=name,
        kind=kind,
        head_rank=rank,
        head_status=HeadStatus.RECOGNISED,
        rank_since=dt.date(since, 1, 1),
    )


@pytest.fixture
def office(plan: Plan) -> Plan:
    with plan.edit("Add") as edit:
        first = post("Late", ConsularRank.CONSUL_GENERAL, 2024)
        second = post("Honorary", ConsularRank.CONSUL, 1990, PartnerKind.HONORARY)
        third = post("Early", ConsularRank.CONSUL_GENERAL, 2012)
        hidden = Partner(name="Hidden", sensitivity=Sensitivity.INTERNAL)
        people = [
            Contact(given="Ana", family="Źak", email="ana@late.example"),
            Contact(given="Bo", family="Ek", email="bo@late.example", do_not_contact=True),
            Contact(given="Cy", family="Old", email="cy@late.example"),
        ]
        for one in (first, second, third, hidden, *people):
            edit.add(one)
        edit.flush()
        for who, ends in zip(people, (None, None, dt.date(2020, 1, 1)), strict=True):
            edit.add(Position(contact_id=who.id, partner_id=first.id, title="Consul", ends_on=ends))
        edit.add(
            SmartGroup(title="Honorary posts", of=GroupOf.PARTNER, conditions=("kind is honorary consulate",))
        )
    return plan


def made(plan: Plan, **choices: object) -> Briefing:
    return DIRECTORY.compose(plan, Choices(audience=Audience.INTERNAL, **choices), SAMPLE_TODAY)  # type: ignore[arg-type]


def test_the_corps_stands_in_the_order_of_precedence(office: Plan) -> None:
    table = below(made(office), "Consular corps in the order of precedence")[0]
    assert isinstance(table, Table)
    assert [row[:2] for row in cells(table)] == [["1", "Early"], ["2", "Late"], ["3", "Honorary"]]


def test_former_people_are_left_out(office: Plan) -> None:
    assert "Old" not in words(made(office))


def test_who_does_not_wish_to_be_contacted_is_listed_without_an_address(office: Plan) -> None:
    said = words(made(office))
    assert "ana@late.example" in said
    assert "bo@late.example" not in said
    assert "Do not contact" in said


def test_people_are_sorted_by_family_name(office: Plan) -> None:
    table = next(block for block in below(made(office), "People by name") if isinstance(block, Table))
    assert [row[0] for row in cells(table)] == ["Bo Ek", "Ana Źak"]


def test_the_public_form_holds_no_address_and_counts_what_it_leaves_out(office: Plan) -> None:
    said = words(DIRECTORY.compose(office, Choices(), SAMPLE_TODAY))
    assert "@" not in said
    assert "Hidden" not in said
    assert "1 record that is not public was left out." in said


def test_a_group_narrows_the_directory(office: Plan) -> None:
    said = words(made(office, group=1))
    assert "Honorary" in said
    assert "Late" not in said


def test_partners_can_be_chosen(office: Plan) -> None:
    tables = [block for block in flatten(made(office, partners=(3,)).blocks) if isinstance(block, Table)]
    assert {row[0] for row in cells(tables[1])} == {"Early"}
