"""Dates and times as people type them."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from cityplanner.base.language import _, current
from cityplanner.model.codes import zones
from cityplanner.model.names import UnreadableError
from cityplanner.model.rules import is_partial_date

_DAY = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_MONTH = re.compile(r"^(\d{4})[-/.](\d{1,2})$")


def read_day(text: str) -> dt.date:
    """A date as ISO 8601 or as the window's language writes it; raises `UnreadableError`."""
    match = _DAY.match(text)
    try:
        if match:
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        return _date_in_language(text)
    except (ValueError, IndexError, KeyError, AttributeError, OverflowError) as error:
        raise UnreadableError(
            _("“{text}” is not a date.").format(text=text), _("Write it like 2026-03-31.")
        ) from error


def _date_in_language(text: str) -> dt.date:
    """A date as the window's language writes it, in digits or with the month's name, four-digit years only."""
    if not re.search(r"\b\d{4}\b", text):
        raise ValueError("a year needs four digits")
    for pattern in ("%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y"):
        try:
            return dt.datetime.strptime(text.replace(".", ""), pattern).date()
        except ValueError:
            continue
    from babel.dates import parse_date

    return parse_date(text, locale=current().locale, format="short")


def read_partial_date(text: str) -> str:
    """A year, a month in digits or words, or a day, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    month = _MONTH.match(text)
    candidate = f"{month[1]}-{int(month[2]):02}" if month else _month_in_words(text) or text
    return candidate if is_partial_date(candidate) else read_day(text).isoformat()


def _month_in_words(text: str) -> str:
    """`2020-04` for `April 2020`, empty for anything else."""
    for pattern in ("%B %Y", "%b %Y"):
        try:
            return f"{dt.datetime.strptime(text.replace('.', ''), pattern):%Y-%m}"
        except ValueError:
            continue
    return ""


def read_moment(text: str, zone: str | None) -> dt.datetime:
    """An instant out of `2026-03-31 14:30` (meant in `zone`) or an ISO text with an offset.

    In the hour that repeats when clocks go back the first is meant; in the one they skip, the time the
    clock shows instead.
    """
    try:
        value = _local_moment(re.sub(r"[\u00a0\u202f]", " ", text))
        if value.tzinfo is None:
            value = value.replace(tzinfo=ZoneInfo(zone) if zone in zones() and zone else dt.UTC)
        return value.astimezone(dt.UTC).replace(microsecond=0)
    except (ValueError, OverflowError, UnreadableError) as error:
        raise UnreadableError(
            _("“{text}” is not a date and time.").format(text=text), _("Write it like 2026-03-31 14:30.")
        ) from error


_CLOCK = re.compile(
    r"^(?P<day>.+?),?\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?$"
)


def _local_moment(text: str) -> dt.datetime:
    """A date and time in ISO form, or a date as `read` takes it and a time of 24 or of twice 12 hours."""
    try:
        return dt.datetime.fromisoformat(text.replace("/", "-"))
    except ValueError:
        match = _CLOCK.match(text)
        if match is None:
            raise
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError("a half day has twelve hours")
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return dt.datetime.combine(read_day(match["day"]), dt.time(hour, int(match["minute"])))
