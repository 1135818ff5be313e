"""Groups asked of the plan: each kind of condition, against records made for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cityplanner.base.errors import NotFoundError
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Engagement, EngagementContact, EngagementPartner
from cityplanner.model.entity import Entity
from cityplanner.model.group import GroupOf, SmartGroup
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import groups
from cityplanner.store.queries.groups import Asked
from tests.conftest import NOW

TODAY = NOW.date()


@pytest.fixture
def ids(plan: Plan) -> dict[str, int]:
    """Three partners, two people, and a recent and an old engagement."""
    nagoya = Partner(
        name="Nagoya", kind=PartnerKind.CITY, country="JP", tags=("port", "Trade"), rotation_on=None
    )
    consulate = Partner(
        name="Consulate of Chile",
        kind=PartnerKind.CONSULATE,
        country="CL",
        consular_district="North and East",
        rotation_on=TODAY + timedelta(days=30),
    )
    silent = Partner(
        name="Łódź", kind=PartnerKind.CITY, notes="asked for a visit", tenure_since=date(2020, 1, 1)
    )
    people = [
        Contact(given="Ana", family="Reyes", languages=("es", "en")),
        Contact(family="Sato", email="s@example.org"),
    ]
    with plan.edit("Make") as edit:
        edit.add_all([nagoya, consulate, silent, *people])
        edit.flush()
        old = Engagement(title="Old", starts_at=NOW - timedelta(days=500), zone="UTC")
        recent = Engagement(title="Recent", starts_at=NOW - timedelta(days=5), zone="UTC")
        edit.add_all([old, recent])
        edit.flush()
        edit.add_all(
            [
                EngagementPartner(engagement_id=recent.id, partner_id=nagoya.id),
                EngagementPartner(engagement_id=old.id, partner_id=consulate.id),
                EngagementContact(engagement_id=recent.id, contact_id=people[1].id),
                Position(contact_id=people[0].id, partner_id=consulate.id, title="Consul"),
                Position(
                    contact_id=people[1].id, partner_id=nagoya.id, title="Mayor", ends_on=date(2021, 1, 1)
                ),
            ]
        )
    named = {"nagoya": nagoya, "consulate": consulate, "silent": silent, "ana": people[0], "sato": people[1]}
    return {name: record.id for name, record in named.items()}


def found(plan: Plan, ids: dict[str, int], noun: type[Entity], *lines: str, words: str = "") -> set[str]:
    """The names of the records that meet some conditions."""
    names = {number: name for name, number in ids.items() if (name in ("ana", "sato")) == (noun is Contact)}
    with plan.reading() as session:
        met = groups.members(session, noun, Asked(words, lines), now=NOW)
    return {names[number] for number in met}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("kind is city", {"nagoya", "silent"}),
        ("kind is career consulate | city", {"nagoya", "silent", "consulate"}),
        ("kind is not city", {"consulate"}),
        ("country is JP", {"nagoya"}),
        ("country is not JP", {"consulate", "silent"}),
        ("country is empty", {"silent"}),
        ("name is nagoya", {"nagoya"}),
        ("tags is trade", {"nagoya"}),
        ("tags is empty", {"consulate", "silent"}),
        ("tags is not empty", {"nagoya"}),
        ("tags contains por", {"nagoya"}),
        ("consular_district contains north", {"consulate"}),
        ("rotation_on within 60", {"consulate"}),
        ("rotation_on within 20", set()),
        ("tenure_since older than 365", {"silent"}),
        ("tenure_since before 2020-01-02", {"silent"}),
        ("tenure_since after 2020-01-01", set()),
        ("last_contact older than 365", {"consulate", "silent"}),
        ("last_contact older than 600", {"silent"}),
        ("last_contact within 30", {"nagoya"}),
        ("last_contact is empty", {"silent"}),
    ],
)
def test_partners_that_meet_a_condition(plan: Plan, ids: dict[str, int], line: str, names: set[str]) -> None:
    assert found(plan, ids, Partner, line) == names


def test_all_conditions_and_all_words_have_to_be_met(plan: Plan, ids: dict[str, int]) -> None:
    assert found(plan, ids, Partner, "kind is city", "last_contact older than 365") == {"silent"}
    assert found(plan, ids, Partner, "kind is city", words="visit") == {"silent"}
    assert found(plan, ids, Partner, "kind is city", words="nothing such") == set()


def test_people_by_language_contact_and_partner(plan: Plan, ids: dict[str, int]) -> None:
    with plan.reading() as session:
        consulate = session.get_one(Partner, ids["consulate"]).uid
    assert found(plan, ids, Contact, "languages is es") == {"ana"}
    assert found(plan, ids, Contact, "last_contact within 10") == {"sato"}
    assert found(plan, ids, Contact, f"linked to partner {consulate}") == {"ana"}
    assert found(plan, ids, Contact, "linked to partner unknown") == set()


def test_a_group_is_always_up_to_date(plan: Plan, ids: dict[str, int]) -> None:
    assert found(plan, ids, Partner, "last_contact older than 365") == {"consulate", "silent"}
    with plan.edit("Call") as edit:
        call = Engagement(title="Call", starts_at=datetime(2026, 11, 1, tzinfo=UTC), zone="UTC")
        edit.add(call)
        edit.flush()
        edit.add(EngagementPartner(engagement_id=call.id, partner_id=ids["silent"]))
    assert found(plan, ids, Partner, "last_contact older than 365") == {"consulate"}


def test_only_who_is_in_a_position_today_is_at_a_partner(plan: Plan, ids: dict[str, int]) -> None:
    with plan.reading() as session:
        (consul,) = groups.held(session, TODAY, partners=[ids["consulate"], ids["nagoya"]])
        assert groups.held(session, TODAY, contacts=[ids["ana"], ids["sato"]]) == [consul]
    assert (consul.contact_id, consul.partner_id, consul.title) == (ids["ana"], ids["consulate"], "Consul")


def test_a_group_is_found_by_its_name(plan: Plan) -> None:
    with plan.edit("Save group") as edit:
        edit.add(SmartGroup(title="Silent cities", of=GroupOf.PARTNER, conditions=("kind is city",)))
        edit.add(SmartGroup(title="Both", of=GroupOf.PARTNER))
        edit.add(SmartGroup(title="Both", of=GroupOf.CONTACT))
    with plan.reading() as session:
        group = groups.named(session, "silent CITIES")
        assert groups.asked(session, group.id) == Asked("", ("kind is city",))
        assert [each.title for each in groups.groups(session, GroupOf.PARTNER)] == ["Both", "Silent cities"]
        assert groups.named(session, "Both", GroupOf.CONTACT).of is GroupOf.CONTACT
        with pytest.raises(NotFoundError, match="several"):
            groups.named(session, "Both")
        with pytest.raises(NotFoundError, match="no group"):
            groups.named(session, "Nobody")
        assert groups.asked(session, 999) == Asked()
