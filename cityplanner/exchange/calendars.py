"""Engagements and deadlines out of the plan as iCalendar, under uids that stay, so that a second import updates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cityplanner.base.files import whole_file
from cityplanner.base.language import N_, _
from cityplanner.exchange.cell_texts import join
from cityplanner.exchange.icalendar_reading import DEADLINE, FIELDS, TIES, TRAILER, own_name
from cityplanner.exchange.sheet import Progress, silent
from cityplanner.exchange.vcards import PRODUCT
from cityplanner.model.agreement import IN_FORCE, Agreement
from cityplanner.model.engagement import (
    Commitment,
    Engagement,
    EngagementContact,
    EngagementInitiative,
    EngagementPartner,
    EngagementStatus,
)
from cityplanner.model.entity import Entity
from cityplanner.model.ledger import Gift
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner, Sensitivity
from cityplanner.model.recommendation import Answer
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing
from cityplanner.store.queries.history import newest
from cityplanner.store.queries.records import Reading, by_id, records
from cityplanner.store.queries.titles import titles

_STEP = 500
DATED = ("engagement", "commitment", "agreement", "gift", "answer")
"""The nouns whose records have dates that belong in a calendar."""
_STATUS = {
    EngagementStatus.REQUESTED: "TENTATIVE",
    EngagementStatus.DECLINED: "CANCELLED",
    EngagementStatus.CANCELLED: "CANCELLED",
}
_TIES: dict[str, type[Entity]] = dict(
    zip(TIES, (EngagementPartner, EngagementContact, EngagementInitiative), strict=True)
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which something is due; `what` is untranslated and tells it from other days of the record.

    What is settled before its day is called off in the calendars that have it already.
    """

    uid: str
    what: str
    title: str
    due_on: date
    about: str = ""
    settled: bool = False


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
        for count, event in enumerate(_events(session, noun, wanted, now.date()), 1):
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


def _events(session: Reading, noun: type[Entity], wanted: Sequence[int], today: date) -> Iterator[Any]:
    if noun is Engagement:
        known = by_id(session, Engagement, wanted)
        ties = {name: _ties(session, name, tie) for name, tie in _TIES.items()}
        for number in wanted:
            if number in known:
                yield _engagement(
                    known[number], {name: found.get(number, []) for name, found in ties.items()}
                )
    else:
        for one in deadlines(session, noun, wanted):
            if not one.settled or one.due_on >= today:  # what passed long ago reminds nobody
                yield _deadline(one)


Ties = Mapping[str, Sequence[tuple[str, str]]]
"""Title and uid of the partners, contacts and initiatives of an engagement."""


def _ties(session: Reading, name: str, tie: type[Entity]) -> dict[int, list[tuple[str, str]]]:
    """Title and uid of what is tied to each engagement; nobody who asked not to be contacted."""
    link = f"{name.removesuffix('s')}_id"
    noun = nouns()[name.removesuffix("s")]
    pairs = [(one.engagement_id, getattr(one, link)) for one in records(session, tie, "id")]  # type: ignore[attr-defined]
    far = by_id(session, noun, {other for _engagement, other in pairs})
    titled = titles(session, noun, far)
    found: dict[int, list[tuple[str, str]]] = {}
    for engagement, other in pairs:
        if not getattr(far[other], "do_not_contact", False):
            found.setdefault(engagement, []).append((titled[other], far[other].uid))
    return found


def _engagement(one: Engagement, ties: Ties) -> Any:
    from icalendar import Event, vText

    event = Event()
    event.add("uid", one.uid)
    event.add("summary", one.title)
    event.add("dtstart", _start(one))
    if one.minutes is not None:
        event.add("duration", timedelta(minutes=one.minutes))
    if one.place:
        event.add("location", one.place)
    event.add("categories", [_(one.format.value)])
    event.add("status", _STATUS.get(one.status, "CONFIRMED"))
    if one.sensitivity is not Sensitivity.PUBLIC:
        event.add("class", "CONFIDENTIAL")
    _describe(event, one.purpose, ties)
    event.add(own_name("zone"), vText(one.zone))  # a start in UTC says nothing of where people met
    for name in FIELDS:
        value = getattr(one, name)
        if value is not None:
            event.add(own_name(name), vText(value.value))
    for name, found in ties.items():
        if found:
            event.add(own_name(name), vText(join(tuple(title for title, _uid in found))))
            event.add(own_name(f"{name} uid"), vText(join(tuple(uid for _title, uid in found))))
    return event


def _start(one: Engagement) -> datetime:
    """The time by the wall clock; in UTC where the clock shows it for the second time, which a calendar cannot say."""
    wall = one.starts_at.astimezone(ZoneInfo(one.zone))
    return one.starts_at.astimezone(UTC) if wall.fold else wall


def _describe(event: Any, purpose: str, ties: Ties) -> None:
    """The purpose, and below it who takes part, as a text: naming attendees would make programs invite them."""
    from icalendar import vText

    lines = [
        f"{_(label)}: {', '.join(title for title, _uid in ties[name])}"
        for name, label in (("partners", N_("Partners")), ("contacts", N_("People")))
        if ties[name]
    ]
    trailer = "\n".join(lines)
    if purpose or trailer:
        event.add("description", "\n\n".join(filter(None, (purpose, trailer))))
    if trailer:
        event.add(TRAILER, vText(trailer))


def _deadline(one: Deadline) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{one.uid}-{one.what.replace(' ', '-')}")
    event.add("summary", _("{what}: {title}").format(what=_(one.what).capitalize(), title=one.title))
    event.add("dtstart", one.due_on)
    event.add("transp", "TRANSPARENT")  # a deadline keeps nobody's day busy
    event.add("status", "CANCELLED" if one.settled else "CONFIRMED")
    if one.about:
        event.add("description", one.about)
    event.add(DEADLINE, one.what)
    return event


def deadlines(session: Reading, noun: type[Entity], wanted: Sequence[int]) -> Iterator[Deadline]:
    """The days of some records: commitments, agreements' ends and notices, disclosures, reviews."""
    chosen = set(wanted)
    found = [record for record in records(session, noun) if record.id in chosen]
    partners = titles(session, Partner, {getattr(record, "partner_id", None) or 0 for record in found})
    for record in found:
        match record:
            case Commitment() if record.due_on:
                about = " · ".join(
                    filter(None, (partners.get(record.partner_id), _(record.side.value), record.owner))
                )
                yield Deadline(
                    record.uid, N_("commitment"), record.text, record.due_on, about, not record.status.is_open
                )
            case Agreement() if record.expires_on:
                over = record.status not in IN_FORCE
                yield Deadline(
                    record.uid, N_("end of an agreement"), record.title, record.expires_on, settled=over
                )
                if record.notice_days:
                    notice = record.expires_on - timedelta(days=record.notice_days)
                    yield Deadline(
                        record.uid, N_("notice of an agreement"), record.title, notice, settled=over
                    )
            case Gift() if record.disclosure_due_on:
                yield Deadline(
                    record.uid,
                    N_("gift disclosure"),
                    record.description,
                    record.disclosure_due_on,
                    partners.get(record.partner_id, ""),
                    bool(record.disclosed_on),
                )
            case Answer() if record.review_on:
                title = titles(session, Answer, [record.id])[record.id]
                yield Deadline(record.uid, N_("answer to review"), title, record.review_on)
