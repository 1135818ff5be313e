"""Recipients of groups: whom a mailing reaches, who is left out, and the files made of it."""

from __future__ import annotations

import csv
import email
import io
from datetime import date, timedelta
from email import policy
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.exchange.drafts_eml import drafts, write_drafts
from cityplanner.exchange.merge_list import headers, write_list
from cityplanner.exchange.recipients import Recipients, members_of, recipients
from cityplanner.model.contact import Contact, Position
from cityplanner.model.group import GroupOf, SmartGroup
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store.plan_file import Plan
from tests.conftest import NOW

TODAY = NOW.date()


@pytest.fixture
def full(plan: Plan) -> Plan:
    """A consulate with people to write to, one who refuses, one without an address and one who left."""
    post = Partner(
        name="Consulate of Chile", kind=PartnerKind.CONSULATE, city="Seattle", country="US", languages=("es",)
    )
    city = Partner(name="Nagoya", kind=PartnerKind.CITY)
    people = {
        "consul": Contact(
            given="Ana",
            family="Reyes",
            salutation="Estimada señora cónsul",
            address_form="Cónsul General",
            languages=("es", "en"),
            email="Ana@example.org",
        ),
        "refuses": Contact(family="Silent", email="silent@example.org", do_not_contact=True),
        "no_address": Contact(family="=Formula"),
        "left": Contact(family="Former", email="former@example.org"),
        "by_post": Contact(own_name="佐藤", languages=("ja",)),
    }
    with plan.edit("Make") as edit:
        edit.add_all([post, city, *people.values()])
        edit.flush()
        at = {"partner_id": post.id, "title": "Consul"}
        edit.add_all(
            [
                Position(contact_id=people["consul"].id, partner_id=city.id, starts_on=date(2019, 1, 1)),
                Position(contact_id=people["consul"].id, starts_on=date(2024, 1, 1), **at),
                Position(contact_id=people["refuses"].id, **at),
                Position(contact_id=people["no_address"].id, **at),
                Position(contact_id=people["left"].id, ends_on=TODAY - timedelta(days=1), **at),
                Position(contact_id=people["by_post"].id, email="office@example.org", **at),
                SmartGroup(title="Posts", of=GroupOf.PARTNER, conditions=("kind is career consulate",)),
                SmartGroup(title="People", of=GroupOf.CONTACT),
                SmartGroup(title="Holders", of=GroupOf.POSITION, conditions=("title is consul",)),
                SmartGroup(title="Gifts", of=GroupOf.GIFT),
            ]
        )
    return plan


def of(plan: Plan, title: str) -> Recipients:
    """The recipients of a group."""
    from cityplanner.store.queries import groups

    with plan.reading() as session:
        group = groups.named(session, title)
        session.expunge(group)
    return recipients(plan, group, NOW)


def test_the_people_at_the_partners_of_a_group_are_its_recipients(full: Plan) -> None:
    found = of(full, "Posts")
    assert [person.name for person in found.people] == ["=Formula", "Ana Reyes", "佐藤"]
    ana = found.people[1]
    assert (ana.salutation, ana.address_form) == ("Estimada señora cónsul", "Cónsul General")
    assert (ana.position, ana.partner, ana.language) == ("Consul", "Consulate of Chile", "es")
    assert found.people[2].email == "office@example.org"


@pytest.mark.parametrize("title", ["Posts", "People", "Holders"])
def test_who_must_not_be_contacted_is_always_left_out_and_counted(full: Plan, title: str) -> None:
    found = of(full, title)
    assert found.not_to_contact == 1
    assert "Silent" not in {person.family for person in found.people}
    assert "silent@example.org" not in found.addresses


def test_a_group_of_anything_but_people_is_refused_in_words(full: Plan) -> None:
    with pytest.raises(UserError, match="not of people"):
        of(full, "Gifts")


def test_a_mail_merge_list_is_harmless_in_a_spreadsheet(full: Plan, tmp_path: Path) -> None:
    found = of(full, "Posts")
    path = tmp_path / "people.csv"
    assert write_list(found, path) == 3
    lines = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert lines[0][0] == "Salutation"
    assert lines[1][3] == "'=Formula"
    assert lines[2] == [
        *("Estimada señora cónsul", "Cónsul General", "Ana", "Reyes", "", "es", "Consul"),
        *("Consulate of Chile", "Seattle", "United States", "Ana@example.org"),
    ]
    text = io.StringIO(newline="")
    assert write_list(found, text) == 3


def test_a_mail_merge_list_is_a_spreadsheet_with_texts_that_are_no_formulas(
    full: Plan, tmp_path: Path
) -> None:
    path = tmp_path / "people.xlsx"
    assert write_list(of(full, "Posts"), path) == 3
    read = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert read[0] == headers()
    assert read[1][3] == "=Formula"
    assert read[3] == [
        *("Dear Consul 佐藤:", "", "", "", "佐藤", "ja", "Consul", "Consulate of Chile", "Seattle"),
        *("United States", "office@example.org"),
    ]


def test_an_empty_salutation_is_made_and_counted(full: Plan) -> None:
    found = of(full, "Posts")
    assert [person.salutation for person in found.people] == [
        "Dear Consul =Formula:",
        "Estimada señora cónsul",
        "Dear Consul 佐藤:",
    ]
    assert found.filled == 2
    assert found.people[0].language == "es", "nobody said what they speak, so what the partner does"


def test_a_draft_holds_each_address_once_and_only_in_bcc(full: Plan, tmp_path: Path) -> None:
    found = of(full, "Posts")
    (path,) = write_drafts(
        drafts(found, subject="Reception\r\nBcc: evil@example.org", body="Dear all"), tmp_path / "mail"
    )
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert path.name == "mail.eml"
    assert [address.addr_spec for address in message["Bcc"].addresses] == [
        "Ana@example.org",
        "office@example.org",
    ]
    assert message["To"] is None
    assert message["Subject"] == "Reception Bcc: evil@example.org"
    assert message["X-Unsent"] == "1"
    assert message.get_body().get_content().strip() == "Dear all"


def test_many_recipients_are_shared_out_among_drafts(full: Plan, tmp_path: Path) -> None:
    with full.edit("More") as edit:
        edit.insert_many(Contact, [Contact(family=f"F{n}", email=f"f{n}@example.org") for n in range(120)])
    messages = drafts(of(full, "People"), batch=50)
    paths = write_drafts(messages, tmp_path / "mail.eml")
    assert [path.name for path in paths] == ["mail-1.eml", "mail-2.eml", "mail-3.eml"]
    assert [len(message["Bcc"].addresses) for message in messages] == [50, 50, 23]


def test_addresses_that_cannot_be_right_are_named_and_left_out(full: Plan) -> None:
    from dataclasses import replace

    found = of(full, "People")
    broken = replace(found.people[0], contact_id=999, family="Broken", email="broken@@example.org")
    found = replace(found, people=(*found.people, broken))
    assert [person.family for person in found.invalid] == ["Broken"]
    assert "broken@@example.org" not in found.addresses
    assert [person.family for person in found.without_email] == ["=Formula"]


def test_addresses_in_other_scripts_are_written_as_they_are(full: Plan, tmp_path: Path) -> None:
    with full.edit("More") as edit:
        edit.add(Contact(family="Müller", email="用户@例子.广告"))
    (path,) = write_drafts(drafts(of(full, "People")), tmp_path / "mail.eml")
    assert "用户@例子.广告" in path.read_text("utf-8")


def test_a_group_that_nobody_can_be_reached_in_makes_no_draft(full: Plan) -> None:
    with full.edit("Group") as edit:
        edit.add(SmartGroup(title="None", of=GroupOf.CONTACT, conditions=("email is nobody@example.org",)))
    with pytest.raises(UserError, match="Nobody"):
        drafts(of(full, "None"))
    with pytest.raises(UserError, match="at least one"):
        drafts(of(full, "People"), batch=0)


def test_the_records_of_a_group_are_found_by_its_name(full: Plan) -> None:
    assert len(members_of(full, Partner, "posts")) == 1
    with pytest.raises(NotFoundError):
        members_of(full, Contact, "posts")
