"""Engagements and deadlines leave as a calendar that updates itself; appointments of any program come in."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pytest

from cityplanner.base.errors import UserError
from cityplanner.exchange.calendars import export_icalendar
from cityplanner.exchange.cells import unsafe
from cityplanner.exchange.formats import read_sheet
from cityplanner.exchange.icalendar_reading import read_icalendar
from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.outcome import Fate, Preview
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.sheet import NO_HINTS, Sheet, silent
from cityplanner.model.agreement import Agreement, AgreementStatus
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Commitment, Engagement, EngagementContact
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan, create_plan
from cityplanner.store.queries.records import records
from tests.conftest import make_office

MUTATIONS = 200
OUTLOOK = """BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Tokyo Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;CN="Aiko Mori";RSVP=TRUE:mailto:aiko.mori@example.jp
ATTENDEE;CN=Nobody:MAILTO:nobody@example.org
DESCRIPTION:Agenda\\, first draft\\n1. Ports\\n2. Schools and a line that is so lo
 ng that it was folded
DTEND;TZID="Tokyo Standard Time":20260410T113000
DTSTAMP:20260301T120000Z
DTSTART;TZID="Tokyo Standard Time":20260410T100000
LOCATION:City Hall\\; room 3
SUMMARY:Call with Nagoya
UID:040000008200E00074C5B7101A82E00800000000B0A1C1D0E0F0D901000000000000000010000000ABCDEF
END:VEVENT
BEGIN:VEVENT
DTSTART:soon
SUMMARY:Broken
UID:broken@example.org
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260501
SUMMARY:Port day
UID:port-day@example.org
RRULE:FREQ=YEARLY
END:VEVENT
BEGIN:VEVENT
DTSTART:20260502T150000Z
STATUS:CANCELLED
SUMMARY:Called off
UID:off@example.org
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def sheet_of(data: bytes = OUTLOOK) -> Sheet:
    return read_icalendar(data, "a.ics", NO_HINTS, silent)


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


def test_three_years_of_engagements_come_back_from_a_calendar_equal(sample: Plan, tmp_path: Path) -> None:
    count = export_icalendar(sample, Engagement, tmp_path / "a.ics")
    sheet = read_sheet(tmp_path / "a.ics")
    assert len(sheet.rows) == count > 0
    assert not previewed(sample, sheet).changes
    with create_plan(tmp_path / "b.cityplan", make_office()) as other:
        apply(other, previewed(other, sheet))
        kept = ("uid", "title", "starts_at", "minutes", "zone", "place", "purpose")
        told = [
            [getattr(one, name) for name in kept] for one in sorted(engagements(other), key=lambda e: e.uid)
        ]
        assert told == [
            [getattr(one, name) for name in kept] for one in sorted(engagements(sample), key=lambda e: e.uid)
        ]


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
        events = icalendar.Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
        seen.append({str(event["UID"]): event["DTSTART"].dt for event in events})
    assert seen[0] == seen[1]
    assert set(seen[0].values()) == {date(2027, 1, 31), date(2026, 12, 31)}


def test_gifts_and_answers_of_the_sample_have_their_days(sample: Plan, tmp_path: Path) -> None:
    for table in ("commitment", "gift", "answer", "agreement"):
        count = export_icalendar(sample, nouns()[table], tmp_path / "a.ics")
        read = icalendar.Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
        assert len({str(event["UID"]) for event in read}) == len(read) == count


def test_what_is_no_calendar_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="no appointments") as refused:
        sheet_of(b"hello")
    assert refused.value.remedy


def test_a_text_that_looks_like_a_formula_is_one(plan: Plan) -> None:
    sheet = sheet_of(OUTLOOK.replace(b"SUMMARY:Port day", b"SUMMARY:=1+1"))
    assert [unsafe(row.cells[1]) for row in sheet.rows][-1] == "=1+1"


def test_broken_calendars_end_in_rows_or_in_words(plan: Plan) -> None:
    chance = random.Random(3)
    for number in range(MUTATIONS):
        mutant = bytearray(OUTLOOK)
        for _change in range(chance.choice((1, 4, 30))):
            place = chance.randrange(len(mutant))
            if chance.random() < 0.5:
                mutant[place] = chance.choice((0, 10, 34, 58, 59, 61, 92, 255, chance.randrange(256)))
            else:
                del mutant[place : place + chance.randrange(30)]
        try:
            found = previewed(plan, sheet_of(bytes(mutant)))
        except UserError:
            continue
        if number % 20 == 0:
            before = len(engagements(plan))
            made = apply(plan, found).created
            assert len(engagements(plan)) == before + made
