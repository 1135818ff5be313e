"""Engagements and deadlines leave as a calendar that updates itself; appointments of any program come in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest

from cityplanner.base.errors import UserError
from cityplanner.exchange.calendars import export_icalendar
from cityplanner.exchange.cell_texts import unsafe
from cityplanner.exchange.formats import read_sheet
from cityplanner.exchange.icalendar_reading import FIELDS, read_icalendar
from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.outcome import Fate, Preview
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.sheet import Sheet
from cityplanner.model.agreement import Agreement, AgreementStatus
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import (
    Commitment,
    CommitmentStatus,
    Engagement,
    EngagementContact,
    EngagementInitiative,
    EngagementPartner,
    EngagementStatus,
)
from cityplanner.model.entity import fields
from cityplanner.model.field import Kind
from cityplanner.model.initiative import Initiative
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan, create_plan
from cityplanner.store.queries.records import records
from tests.conftest import make_office
from tests.exchange.in_place import read_in_place

OUTLOOK = (Path(__file__).resolve().parents[1] / "data" / "import" / "outlook.ics").read_bytes()


def sheet_of(data: bytes = OUTLOOK) -> Sheet:
    return read_in_place(read_icalendar, data, "a.ics")


def previewed(plan: Plan, sheet: Sheet) -> Preview:
    return preview(plan, sheet, Engagement, match(sheet.headers, Engagement))


def engagements(plan: Plan) -> list[Engagement]:
    with plan.reading() as session:
        return records(session, Engagement, "starts_at")


def test_appointments_come_in_once_with_the_people_the_plan_knows(plan: Plan) -> None:
    with plan.edit("x") as edit:
        edit.add(Contact(given="Aiko", family="Mori", email="aiko.mori@example.jp"))
    sheet = sheet_of()
    assert set(sheet.notes) == {
        "1 appointment could not be read.",
        "1 appointment repeats; only its first date is taken.",
        "1 cancelled appointment was left out.",
    }
    found = previewed(plan, sheet)
    assert [line.problems for line in found.lines if line.problems] == []
    apply(plan, found)
    call, day = engagements(plan)
    assert (call.title, call.minutes, call.zone) == ("Call with Nagoya", 90, "Asia/Tokyo")
    assert call.starts_at == datetime(2026, 4, 10, 1, 0, tzinfo=UTC)
    assert call.place == "City Hall; room 3"
    assert "Schools and a line that is so long that it was folded" in call.purpose
    assert "nobody@example.org" in call.purpose
    assert day.starts_at == datetime(2026, 5, 1, 5, 0, tzinfo=UTC)  # midnight at the office
    with plan.reading() as session:
        assert len(records(session, EngagementContact)) == 1
    again = previewed(plan, sheet_of())
    assert {line.fate for line in again.lines} == {Fate.SAME}, [line.differences for line in again.lines]


KEPT = (*("uid", "title", "starts_at", "minutes", "zone", "place", "purpose"), *FIELDS)
_TIED: tuple[tuple[Any, Any, str], ...] = (
    (EngagementPartner, Partner, "partner_id"),
    (EngagementContact, Contact, "contact_id"),
    (EngagementInitiative, Initiative, "initiative_id"),
)


def told(plan: Plan) -> dict[str, list[object]]:
    """What a calendar takes along of each engagement, by uid."""
    return {one.uid: [getattr(one, name) for name in KEPT] for one in engagements(plan)}


def ties(plan: Plan, *, all_of_them: bool = False) -> set[tuple[str, str]]:
    """Who and what is tied to each engagement, by uids; without those not to be contacted."""
    found: set[tuple[str, str]] = set()
    with plan.reading() as session:
        known = {one.id: one.uid for one in records(session, Engagement)}
        for tie, noun, link in _TIED:
            far = {one.id: one for one in records(session, noun)}
            for one in records(session, tie):
                other = far[getattr(one, link)]
                if all_of_them or not getattr(other, "do_not_contact", False):
                    found.add((known[one.engagement_id], other.uid))
    return found


def copy(plan: Plan, other: Plan) -> None:
    """Put the partners, contacts and initiatives of a plan into another one."""
    with plan.reading() as session, other.edit("x") as edit:
        for noun in (Partner, Contact, Initiative):
            plain = [field.name for field in fields(noun) if field.kind is not Kind.LINK]
            for one in records(session, noun):
                edit.add(noun(uid=one.uid, **{name: getattr(one, name) for name in plain}))


def test_three_years_of_engagements_come_back_from_a_calendar_equal(sample: Plan, tmp_path: Path) -> None:
    count = export_icalendar(sample, Engagement, tmp_path / "a.ics")
    sheet = read_sheet(tmp_path / "a.ics")
    assert len(sheet.rows) == count > 0
    assert not previewed(sample, sheet).changes
    with create_plan(tmp_path / "b.cityplan", make_office()) as other:
        copy(sample, other)
        apply(other, previewed(other, sheet))
        assert told(other) == told(sample)
        assert ties(other) == ties(sample) < ties(sample, all_of_them=True)
        assert not previewed(other, sheet).changes


def test_a_plan_without_the_partners_keeps_their_names_and_the_second_import_changes_nothing(
    full: Plan, tmp_path: Path
) -> None:
    export_icalendar(full, Engagement, tmp_path / "a.ics")
    with create_plan(tmp_path / "b.cityplan", make_office()) as other:
        apply(other, previewed(other, read_sheet(tmp_path / "a.ics")))
        assert {uid: kept[:6] for uid, kept in told(other).items()} == {
            uid: kept[:6] for uid, kept in told(full).items()
        }
        (call,) = engagements(other)
        assert call.purpose == "Ports, and schools\nContact: Aiko Mori\nPartner: Nagoya, Aichi"
        assert not previewed(other, read_sheet(tmp_path / "a.ics")).changes


@pytest.fixture
def full(plan: Plan) -> Plan:
    """A planned call with a partner, a person, and one not to be contacted."""
    with plan.edit("x") as edit:
        nagoya = Partner(name="Nagoya, Aichi")
        aiko = Contact(given="Aiko", family="Mori", email="aiko@example.jp")
        quiet = Contact(given="Quiet", family="Person", email="quiet@example.jp", do_not_contact=True)
        call = Engagement(
            title="Call; first",
            starts_at=datetime(2026, 4, 10, 1, tzinfo=UTC),
            zone="Asia/Tokyo",
            purpose="Ports, and schools",
            status=EngagementStatus.PLANNED,
        )
        edit.add_all([nagoya, aiko, quiet, call])
        edit.flush()
        edit.add(EngagementPartner(engagement_id=call.id, partner_id=nagoya.id))
        edit.add_all(EngagementContact(engagement_id=call.id, contact_id=one.id) for one in (aiko, quiet))
    return plan


def events(path: Path) -> list[Any]:
    return list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def test_partners_and_people_stand_in_the_description_and_nobody_is_invited(
    full: Plan, tmp_path: Path
) -> None:
    export_icalendar(full, Engagement, tmp_path / "a.ics")
    (event,) = events(tmp_path / "a.ics")
    assert str(event["DESCRIPTION"]) == "Ports, and schools\n\nPartners: Nagoya, Aichi\nPeople: Aiko Mori"
    assert "ATTENDEE" not in event
    assert "uiet" not in (tmp_path / "a.ics").read_text("utf-8")


def test_a_second_import_updates_what_changed_and_nothing_else(full: Plan, tmp_path: Path) -> None:
    export_icalendar(full, Engagement, tmp_path / "a.ics")
    with create_plan(tmp_path / "b.cityplan", make_office()) as other:
        apply(other, previewed(other, read_sheet(tmp_path / "a.ics")))
        with full.edit("Move") as edit:
            call = edit.get_one(Engagement, 1)
            call.starts_at, call.status = datetime(2026, 4, 11, 1, tzinfo=UTC), EngagementStatus.CANCELLED
        first = events(tmp_path / "a.ics")[0]
        export_icalendar(full, Engagement, tmp_path / "a.ics")
        again = events(tmp_path / "a.ics")[0]
        assert again["UID"] == first["UID"]
        assert int(again["SEQUENCE"]) > int(first["SEQUENCE"])
        assert (str(first["STATUS"]), str(again["STATUS"])) == ("CONFIRMED", "CANCELLED")
        found = previewed(other, read_sheet(tmp_path / "a.ics"))
        assert [line.fate for line in found.lines] == [Fate.UPDATE]
        apply(other, found)
        (call,) = engagements(other)
        assert (call.starts_at.day, call.status) == (11, EngagementStatus.CANCELLED)


def test_a_promise_kept_early_is_called_off_in_the_calendar_and_an_old_one_is_not_told(
    plan: Plan, tmp_path: Path
) -> None:
    with plan.edit("x") as edit:
        partner = Partner(name="Nagoya")
        edit.add(partner)
        edit.flush()
        for text, due in (("Early", date(2999, 5, 1)), ("Old", date(2020, 5, 1))):
            kept = Commitment(text=text, due_on=due, partner_id=partner.id, completed_on=date(2026, 1, 1))
            kept.status = CommitmentStatus.COMPLETED
            edit.add(kept)
        edit.add(Commitment(text="Late", due_on=date(2020, 5, 1), partner_id=partner.id, owner="Ann"))
    export_icalendar(plan, Commitment, tmp_path / "c.ics")
    found = {
        str(one["SUMMARY"]): (str(one["STATUS"]), str(one["DESCRIPTION"]))
        for one in events(tmp_path / "c.ics")
    }
    assert found == {
        "Commitment: Early": ("CANCELLED", "Nagoya · ours"),
        "Commitment: Late": ("CONFIRMED", "Nagoya · ours · Ann"),
    }


def test_deadlines_leave_under_uids_that_stay_and_never_come_in_as_engagements(
    plan: Plan, tmp_path: Path
) -> None:
    with plan.edit("x") as edit:
        partner = Partner(name="Nagoya")
        edit.add(partner)
        edit.flush()
        edit.add(Commitment(text="Send the draft", partner_id=partner.id, due_on=date(2026, 5, 1)))
        edit.add(
            Agreement(
                title="Sister city",
                status=AgreementStatus.ACTIVE,
                expires_on=date(2027, 1, 31),
                notice_days=31,
            )
        )
    assert export_icalendar(plan, Commitment, tmp_path / "c.ics") == 1
    with pytest.raises(UserError, match="no appointments"):
        read_sheet(tmp_path / "c.ics")
    seen = []
    for _time in range(2):
        assert export_icalendar(plan, Agreement, tmp_path / "a.ics") == 2
        made = events(tmp_path / "a.ics")
        seen.append({str(event["UID"]): event["DTSTART"].dt for event in made})
    assert seen[0] == seen[1]
    assert set(seen[0].values()) == {date(2027, 1, 31), date(2026, 12, 31)}


def test_gifts_and_answers_of_the_sample_have_their_days(sample: Plan, tmp_path: Path) -> None:
    for table in ("commitment", "gift", "answer", "agreement"):
        count = export_icalendar(sample, nouns()[table], tmp_path / "a.ics")
        read = events(tmp_path / "a.ics")
        assert len({str(event["UID"]) for event in read}) == len(read) == count


def test_what_is_no_calendar_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="no appointments") as refused:
        sheet_of(b"hello")
    assert refused.value.remedy


def test_a_text_that_looks_like_a_formula_is_one(plan: Plan) -> None:
    sheet = sheet_of(OUTLOOK.replace(b"SUMMARY:Port day", b"SUMMARY:=1+1"))
    assert [unsafe(row.cells[1]) for row in sheet.rows][-1] == "=1+1"


def test_a_zone_that_is_no_name_spoils_only_its_own_appointment() -> None:
    broken = OUTLOOK.replace(b'"Tokyo Standard Time":20260410T10', b'"' + b"A" * 5000 + b'":20260410T10')
    sheet = sheet_of(broken)
    assert [unsafe(row.cells[1]) for row in sheet.rows] == ["Port day"]
    assert sheet.notes[0] == "2 appointments could not be read."
