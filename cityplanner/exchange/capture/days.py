"""Days as people write them in a line: today, next Tuesday, in 3 days, March 3, 3/3/2027, by Friday."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DAY_NAMES = "|".join(
    f"{name[:3]}(?:{name[3:]})?" for name in _WEEKDAYS if name[:3] not in ("tue", "wed", "thu")
)
_WEEKDAY = rf"(?P<weekday>{_DAY_NAMES}|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?)\b\.?"
_MONTH = (
    "(?P<month>"
    + "|".join(f"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in _MONTHS)
    + r"|sept)\b\.?"
)
_COUNT = r"(?P<count>\d{1,3}|a|an|" + "|".join(_NUMBERS[1:]) + ")"
_LEAD = r"(?:\b(?P<lead>by|until|till|before|on|due|no later than)\s+)?"
_PATTERNS = tuple(
    re.compile(_LEAD + pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<iso>\d{4}-\d{1,2}-\d{1,2})\b",
        r"\b(?P<slashed>\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d{2}))?)\b",
        r"\b(?P<dotted>\d{1,2}\.\d{1,2}\.(?:\d{4})?)(?!\d)",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<year>\d{{4}})\b)?",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}})\b)?",
        rf"\bin\s+{_COUNT}\s+(?P<unit>day|week|month)s?\b",
        r"\b(?P<word>the day after tomorrow|day after tomorrow|today|tonight|tomorrow|yesterday)\b",
        r"\b(?P<span>(?:the\s+)?end of (?:the |this )?(?:week|month)|next week|next month)\b",
        rf"\b(?:(?P<which>next|this|last|coming)\s+)?{_WEEKDAY}",
    )
)
_DUE = ("by", "until", "till", "before", "due", "no later than")


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day in a text: where it stands, and whether it is the last day of something (`by Friday`)."""

    day: date
    start: int
    end: int
    is_due: bool


def find_days(text: str, today: date, *, day_first: bool = False) -> list[FoundDay]:
    """The days that a text names, in its order; `3/4` is April 3 where the day comes first.

    A day without a year is the next one from `today` on.
    """
    found: list[FoundDay] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            day = _day(match, today, day_first)
            if day is not None:
                lead = (match["lead"] or "").lower()
                found.append(FoundDay(day, match.start(), match.end(), lead in _DUE))
    return sorted(found, key=lambda one: one.start)


def _day(match: re.Match[str], today: date, day_first: bool) -> date | None:
    parts = match.groupdict()
    try:
        if parts.get("iso"):
            return date(*(int(part) for part in parts["iso"].split("-")))
        if parts.get("slashed"):
            return _slashed([int(part) for part in parts["slashed"].split("/")], today, day_first)
        if parts.get("dotted"):
            day, month, *rest = [int(part) for part in parts["dotted"].split(".") if part]
            return _yearly(month, day, rest[0] if rest else None, today)
        if parts.get("month"):
            year = int(parts["year"]) if parts["year"] else None
            return _yearly(_month(parts["month"]), int(parts["day"]), year, today)
        return _from_today(parts, today)
    except (ValueError, OverflowError):
        return None


def _slashed(numbers: list[int], today: date, day_first: bool) -> date:
    month, day = numbers[1::-1] if day_first or numbers[0] > 12 else numbers[:2]
    year = numbers[2] if len(numbers) > 2 else None
    return _yearly(month, day, 2000 + year if year is not None and year < 100 else year, today)


def _yearly(month: int, day: int, year: int | None, today: date) -> date:
    if year is not None:
        return date(year, month, day)
    for ahead in range(9):  # February 29 may be eight years away
        try:
            found = date(today.year + ahead, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError("no such day")


def _month(word: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(word.lower()[:3]))


def _from_today(parts: dict[str, str | None], today: date) -> date | None:
    if parts.get("count"):
        return _ahead(today, _number(parts["count"] or ""), (parts["unit"] or "").lower())
    if parts.get("word"):
        word = (parts["word"] or "").lower().removeprefix("the ")
        days = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}.get(word, 2)
        return today + timedelta(days=days)
    if parts.get("span"):
        return _span((parts["span"] or "").lower(), today)
    if parts.get("weekday"):
        return _weekday((parts["weekday"] or "").lower(), (parts["which"] or "").lower(), today)
    return None


def _number(word: str) -> int:
    word = word.lower()
    if word.isdecimal():
        return int(word)
    return 1 if word in ("a", "an") else _NUMBERS.index(word)


def _ahead(today: date, count: int, unit: str) -> date:
    if unit != "month":
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, _last(year, month + 1)))


def _last(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def _span(words: str, today: date) -> date:
    """The end of a week is its Friday; next week begins on its Monday, next month on its first."""
    if "end of" in words:
        if words.endswith("month"):
            return today.replace(day=_last(today.year, today.month))
        return today + timedelta(days=(4 - today.weekday()) % 7)
    if words == "next week":
        return today + timedelta(days=7 - today.weekday())
    return _ahead(today.replace(day=1), 1, "month")


def _weekday(word: str, which: str, today: date) -> date:
    """`Tuesday` is the coming one, today not among them; `next Tuesday` that of the week after this one."""
    number = next(n for n, name in enumerate(_WEEKDAYS) if name.startswith(word[:3]))
    ahead = (number - today.weekday()) % 7
    if which == "last":
        return today - timedelta(days=(today.weekday() - number) % 7 or 7)
    if which == "next":
        return today + timedelta(days=7 - today.weekday() + number)
    if which == "this" and ahead == 0:
        return today
    return today + timedelta(days=ahead or 7)
