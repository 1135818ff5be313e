"""Engagements and deadlines out of the plan as iCalendar, under uids that stay, so that a second import updates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cityplanner.base.language import N_, _
from cityplanner.exchange.files import whole_file
from cityplanner.exchange.icalendar_reading import DEADLINE
from cityplanner.exchange.sheet import Progress, silent
from cityplanner.exchange.vcards import PRODUCT
from cityplanner.model.agreement import IN_FORCE, Agreement
from cityplanner.model.engagement import Commitment, Engagement
from cityplanner.model.entity import Entity
from cityplanner.model.ledger import Gift
from cityplanner.model.partner import Sensitivity
from cityplanner.model.recommendation import Answer
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing
from cityplanner.store.queries.history import newest
from cityplanner.store.queries.records import Reading, by_id, records
from cityplanner.store.queries.titles import titles

_STEP = 500
DATED = ("engagement", "commitment", "agreement", "gift", "answer")
"""The nouns whose records have dates that belong in a calendar."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which something is due; `what` is untranslated and tells it from other days of the record."""

    uid: str
    what: str
    title: str
    due_on: date


def export_icalendar(
    plan: Plan,
    noun: type[Entity],
    target: Path,
    *,
    ids: Sequence[int] | None = None,
    progress: Progress = silent,
    **_columns: Any,
) -> int:
    """Write engagements, or the deadlines of another noun, as a calendar; returns how many appointments."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    now = datetime.now(UTC).replace(microsecond=0)
    with plan.reading() as session:
        wanted = list(listing.ids(session, noun) if ids is None else ids)
        sequence = newest(session)
        count = 0
        for count, event in enumerate(_events(session, noun, wanted), 1):
            event.add("dtstamp", now)
            event.add("sequence", sequence)  # a calendar takes the copy with the higher number
            calendar.add_component(event)
            if count % _STEP == 0:
                progress(min(count / len(wanted), 1), _("Exporting"))
    calendar.add_missing_timezones()
    with whole_file(target) as path:
        path.write_bytes(calendar.to_ical())
    progress(1, _("Exporting"))
    return count


def _events(session: Reading, noun: type[Entity], wanted: Sequence[int]) -> Iterator[Any]:
    if noun is Engagement:
        known = by_id(session, Engagement, wanted)
        yield from (_engagement(known[number]) for number in wanted if number in known)
    else:
        yield from map(_deadline, deadlines(session, noun, wanted))


def _engagement(one: Engagement) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", one.uid)
    event.add("summary", one.title)
    event.add("dtstart", one.starts_at.astimezone(ZoneInfo(one.zone)))
    if one.minutes:
        event.add("duration", timedelta(minutes=one.minutes))
    if one.place:
        event.add("location", one.place)
    if one.purpose:
        event.add("description", one.purpose)
    event.add("categories", [_(one.format.value)])
    if one.sensitivity is not Sensitivity.PUBLIC:
        event.add("class", "CONFIDENTIAL")
    return event


def _deadline(one: Deadline) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{one.uid}-{one.what.replace(' ', '-')}")
    event.add("summary", _("{what}: {title}").format(what=_(one.what).capitalize(), title=one.title))
    event.add("dtstart", one.due_on)
    event.add("transp", "TRANSPARENT")  # a deadline keeps nobody's day busy
    event.add(DEADLINE, one.what)
    return event


def deadlines(session: Reading, noun: type[Entity], wanted: Sequence[int]) -> Iterator[Deadline]:
    """What is still due of some records: commitments, agreements' ends and notices, disclosures, reviews."""
    chosen = set(wanted)
    for record in records(session, noun):
        if record.id not in chosen:
            continue
        match record:
            case Commitment() if record.due_on and record.status.is_open:
                yield Deadline(record.uid, N_("commitment"), record.text, record.due_on)
            case Agreement() if record.expires_on and record.status in IN_FORCE:
                yield Deadline(record.uid, N_("end of an agreement"), record.title, record.expires_on)
                if record.notice_days:
                    notice = record.expires_on - timedelta(days=record.notice_days)
                    yield Deadline(record.uid, N_("notice of an agreement"), record.title, notice)
            case Gift() if record.disclosure_due_on and not record.disclosed_on:
                yield Deadline(
                    record.uid, N_("gift disclosure"), record.description, record.disclosure_due_on
                )
            case Answer() if record.review_on:
                title = titles(session, Answer, [record.id])[record.id]
                yield Deadline(record.uid, N_("answer to review"), title, record.review_on)
