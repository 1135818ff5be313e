"""The delegation book holds the programme by both clocks and a profile of everyone it meets."""

from __future__ import annotations

import datetime as dt

import pytest

from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import (
    Commitment,
    Engagement,
    EngagementContact,
    EngagementPartner,
    EngagementStatus,
)
from cityplanner.model.partner import Partner, Sensitivity
from cityplanner.reports.blocks import Briefing, Figure, Heading, Table, flatten, plain
from cityplanner.reports.briefings.delegation_book.kind import DELEGATION_BOOK
from cityplanner.reports.choices import Audience, Choices
from cityplanner.store.plan_file import Plan
from tests.reports.briefings.samples import below, cells, words

BEGIN, END = dt.date(2026, 5, 4), dt.date(2026, 5, 6)


@pytest.fixture
def trip(plan: Plan) -> Plan:
    with plan.edit("Add") as edit:
        nagoya = Partner(name="City of Nagoya", zone="Asia/Tokyo", latitude=35, longitude=137)
        secret = Partner(name="Secret body", sensitivity=Sensitivity.CONFIDENTIAL)
        mori = Contact(given="Haruka", family="Mori", protocol="Two hands for cards.")
        for one in (nagoya, secret, mori):
            edit.add(one)
        edit.flush()
        for hour, title, status, partner in (
            (1, "Courtesy call", EngagementStatus.PLANNED, nagoya),
            (3, "Quiet talk", EngagementStatus.PLANNED, secret),
            (5, "Called off", EngagementStatus.CANCELLED, nagoya),
        ):
            engagement = Engagement(
                title=title,
                starts_at=dt.datetime(2026, 5, 5, hour, tzinfo=dt.UTC),
                minutes=45,
                zone="Asia/Tokyo",
                status=status,
                sensitivity=partner.sensitivity,
            )
            edit.add(engagement)
            edit.flush()
            edit.add(EngagementPartner(engagement_id=engagement.id, partner_id=partner.id))
            edit.add(EngagementContact(engagement_id=engagement.id, contact_id=mori.id, role="host"))
        edit.add(Commitment(text="Send the draft", partner_id=nagoya.id))
    return plan


def made(plan: Plan, audience: Audience = Audience.INTERNAL) -> Briefing:
    return DELEGATION_BOOK.compose(plan, Choices(begin=BEGIN, end=END, audience=audience), SAMPLE_TODAY)


def test_a_day_shows_the_time_there_and_at_home_with_whom_and_in_what_role(trip: Plan) -> None:
    table = next(b for b in below(made(trip), "Tuesday, May 5, 2026") if isinstance(b, Table))
    row = cells(table)[0]
    assert row[0].replace("\u202f", " ").startswith("10:00 AM–10:45 AM there, ")
    assert row[1] == "Courtesy call"
    assert row[3] == "City of Nagoya; Haruka Mori (host)"


def test_what_was_called_off_is_not_in_the_programme(trip: Plan) -> None:
    assert "Called off" not in words(made(trip))


def test_everyone_met_has_a_profile_a_place_on_the_map_and_protocol_notes(trip: Plan) -> None:
    book = made(trip)
    headings = [plain(b.text) for b in flatten(book.blocks) if isinstance(b, Heading) and b.level == 2]
    assert headings == ["Tuesday, May 5, 2026", "City of Nagoya", "Secret body"]
    assert any(isinstance(block, Figure) and "City of Nagoya" in block.alt for block in flatten(book.blocks))
    assert "Two hands for cards." in words(book)
    assert "Send the draft" in words(book)


def test_the_public_form_names_neither_what_is_confidential_nor_protocol(trip: Plan) -> None:
    said = words(made(trip, Audience.PUBLIC))
    assert "Courtesy call" in said
    for hidden in ("Secret body", "Quiet talk", "Two hands"):
        assert hidden not in said
    assert "not public" in said


def test_partners_that_are_chosen_narrow_the_programme_and_have_a_profile_without_a_meeting(
    trip: Plan,
) -> None:
    with trip.edit("Add") as edit:
        other = Partner(name="Elsewhere")
        edit.add(other)
        edit.flush()
    choices = Choices(begin=BEGIN, end=END, partners=(other.id,), audience=Audience.INTERNAL)
    said = words(DELEGATION_BOOK.compose(trip, choices, SAMPLE_TODAY))
    assert "Elsewhere" in said
    assert "Nothing is planned in this period." in said


def test_without_a_chosen_period_it_is_the_coming_fortnight(trip: Plan) -> None:
    book = DELEGATION_BOOK.compose(trip, Choices(), dt.date(2026, 5, 1))
    assert book.subtitle == "May 1, 2026 to May 14, 2026"
    assert "Courtesy call" in words(book)


def test_an_engagement_of_several_days_says_on_which_day_it_ends(trip: Plan) -> None:
    with trip.edit("Stay") as edit:
        one = edit.get_one(Engagement, 1)
        one.minutes = 2 * 24 * 60
    table = next(b for b in below(made(trip), "Tuesday, May 5, 2026") if isinstance(b, Table))
    assert "May 7, 2026" in cells(table)[0][0]
