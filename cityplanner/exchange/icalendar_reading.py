"""iCalendar as a table of engagements: one row an appointment, whatever calendar wrote it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.exchange.cell_texts import join, safe
from cityplanner.exchange.content_lines import one_line, printable, unescaped
from cityplanner.exchange.sheet import MOST_ROWS, Hints, Sheet, Told
from cityplanner.exchange.vcards import LONGEST_UID, OURS, stable_uid
from cityplanner.model.codes import zones

COLUMNS = ("uid", "title", "starts_at", "minutes", "zone", "place", "purpose", "contacts")
DEADLINE, TRAILER = f"{OURS}DEADLINE", f"{OURS}TRAILER"
FIELDS = ("format", "mode", "status", "sector")
TIES = ("partners", "contacts", "initiatives")
"""What an appointment of this application says besides, in properties of its own."""
OWN_COLUMNS = (*FIELDS, "partners", "initiatives", *(f"{tie} uid" for tie in TIES))
MOST_MINUTES = 60 * 24 * 60
_EVENT = re.compile(rb"^BEGIN:VEVENT[ \t]*$.*?^END:VEVENT[ \t]*$", re.DOTALL | re.MULTILINE | re.IGNORECASE)
_ZONE = re.compile(
    rb"^BEGIN:VTIMEZONE[ \t]*$.*?^END:VTIMEZONE[ \t]*$", re.DOTALL | re.MULTILINE | re.IGNORECASE
)
_NAMED = re.compile(rb'TZID="?([^":;\n]+)')
_ERRORS = (
    ValueError,
    AttributeError,
    KeyError,
    IndexError,
    TypeError,
    OverflowError,
    RecursionError,
    NotImplementedError,
    OSError,  # the name of a zone is looked up as a file, and may be no file's name
)


def read_icalendar(data: bytes, name: str, hints: Hints) -> Generator[Told, None, Sheet]:
    """A table of engagements out of the bytes of a calendar; one broken appointment spoils no other."""
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    own_zones = b"\n".join(_ZONE.findall(data))
    left_out: Counter[str] = Counter()
    seen: set[str] = set()
    read: list[tuple[int, dict[str, str]]] = []
    for number, text in enumerate(_EVENT.findall(data), 1):
        if number > MOST_ROWS:
            raise UserError(
                _("“{name}” has more than {n} appointments.").format(name=name, n=MOST_ROWS),
                _("Split it into several files and import them one by one."),
            )
        cells = _cells(own_zones, text, left_out)
        if cells is not None:
            if cells["uid"] in seen:  # one date of a series that was moved
                cells["uid"] = ""
            seen.add(cells["uid"])
            read.append((number, cells))
    if not read:
        raise UserError(
            _("“{name}” has no appointments that can be read.").format(name=name),
            _("Export them as iCalendar (.ics) from their program and import that."),
        )
    own = OWN_COLUMNS if any(_is_own(cells) for _number, cells in read) else ()
    columns = (*COLUMNS, *own)
    for number, cells in read:
        yield number, tuple(safe(cells.get(column, "")) for column in columns), ""
    return Sheet(name, columns, table="engagement", notes=_told(left_out), keep_unknown=True)


def _is_own(cells: dict[str, str]) -> bool:
    return any(cells.get(column) for column in OWN_COLUMNS)


def _told(left_out: Counter[str]) -> tuple[str, ...]:
    say = current()
    words = {
        "broken": ("{n} appointment could not be read.", "{n} appointments could not be read."),
        "deadlines": ("{n} deadline of this application was left out.",
                      "{n} deadlines of this application were left out."),
        "cancelled": ("{n} cancelled appointment was left out.", "{n} cancelled appointments were left out."),
        "series": ("{n} appointment repeats; only its first date is taken.",
                   "{n} appointments repeat; only their first dates are taken."),
    }  # fmt: skip
    return tuple(say.plural(*words[what], count) for what, count in left_out.items() if count)


def _cells(own_zones: bytes, text: bytes, left_out: Counter[str]) -> dict[str, str] | None:
    """What an appointment says, by column; None for one that is left out."""
    try:
        event = _event(own_zones, text)
        if event.get(DEADLINE):
            left_out["deadlines"] += 1
            return None
        if event.get("STATUS", "").upper() == "CANCELLED" and not event.get(own_name("status")):
            left_out["cancelled"] += 1
            return None
        if event.get("RRULE"):
            left_out["series"] += 1
        return _row(event)
    except _ERRORS:
        left_out["broken"] += 1
        return None


def _event(own_zones: bytes, text: bytes) -> Any:
    from icalendar import Calendar

    if all(name.decode("latin-1").strip() in zones() for name in _NAMED.findall(text)):
        own_zones = b""  # the zones of the file are only needed where they are of its own making
    lines = b"\r\n".join((b"BEGIN:VCALENDAR", b"VERSION:2.0", own_zones, text, b"END:VCALENDAR", b""))
    calendar: Any = Calendar.from_ical(
        lines.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n").decode("utf-8", "replace")
    )
    return calendar.walk("VEVENT")[0]


def _row(event: Any) -> dict[str, str]:
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if event.get("DTEND") else None
    lasts = event["DURATION"].dt if event.get("DURATION") else None
    cells = {
        "uid": _uid(str(event.get("UID", ""))),
        "title": one_line(_text(event, "SUMMARY")) or _("Appointment"),
        "starts_at": _moment(start),
        "zone": _zone(start, str(event["DTSTART"].params.get("TZID", ""))),
        "place": one_line(_text(event, "LOCATION")),
        "purpose": _purpose(event),
        "contacts": join(tuple(dict.fromkeys(_attendees(event)))),
    }
    own = {column: _own(event, own_name(column)) for column in (*OWN_COLUMNS, "contacts", "zone")}
    cells |= {column: text for column, text in own.items() if text}
    minutes = _minutes(start, end, lasts)
    if minutes is not None:
        cells["minutes"] = str(minutes)
    return cells


def own_name(column: str) -> str:
    """The property in which a column of this application's own appointments stands."""
    return OURS + column.upper().replace(" ", "-")


def _own(event: Any, name: str) -> str:
    """A property that only this application knows: the library leaves its escapes in it."""
    return printable(unescaped(str(event.get(name, ""))))


def _purpose(event: Any) -> str:
    """The description, without what this application put below it."""
    text, trailer = _text(event, "DESCRIPTION"), _own(event, TRAILER)
    return text.removesuffix(trailer).rstrip() if trailer else text


def _uid(uid: str) -> str:
    return uid if len(uid) <= LONGEST_UID and uid.isprintable() else stable_uid(uid)


def _text(event: Any, name: str) -> str:
    text = event.get(name, "")
    text = text[0] if isinstance(text, list) else text
    return printable(str(text)).strip()


def _moment(start: date) -> str:
    if not isinstance(start, datetime):
        return start.isoformat()
    if start.tzinfo is None:
        return start.isoformat(timespec="seconds")
    return start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _zone(start: date, named: str) -> str:
    """The zone of a start, where it is one that every computer knows; empty: the office's."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    if not isinstance(start, datetime) or start.tzinfo is None:
        return ""
    key = WINDOWS_TO_OLSON.get(named, named) or str(getattr(start.tzinfo, "key", ""))
    return key if key in zones() and key not in ("UTC", "Etc/UTC") else ""


def _minutes(start: date, end: date | None, lasts: timedelta | None) -> int | None:
    if lasts is None:
        if end is None or isinstance(end, datetime) is not isinstance(start, datetime):
            return None
        lasts = end - start
    minutes = int(lasts.total_seconds() // 60)
    return minutes if 0 <= minutes <= MOST_MINUTES else None


def _attendees(event: Any) -> Iterator[str]:
    found = event.get("ATTENDEE", [])
    for one in found if isinstance(found, list) else [found]:
        address = re.sub("^mailto:", "", str(one), flags=re.IGNORECASE).strip()
        if "@" in address:
            yield one_line(printable(address))
