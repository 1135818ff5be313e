"""What a person chooses about a briefing: period, partners, scenarios, sections, language, paper, audience."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from cityplanner.base.errors import UserError
from cityplanner.base.language import N_, _
from cityplanner.model.partner import Sensitivity


class Audience(StrEnum):
    """For whom a briefing is: a public one leaves out what is marked internal or confidential, and says so."""

    PUBLIC = N_("public")
    INTERNAL = N_("internal")

    @property
    def internal(self) -> bool:
        """Whether contact details, notes and protocol may be printed."""
        return self is Audience.INTERNAL

    def may_see(self, sensitivity: Sensitivity) -> bool:
        """Whether a record so marked may be named."""
        return self is Audience.INTERNAL or sensitivity is Sensitivity.PUBLIC


class Paper(StrEnum):
    """The sizes a briefing is printed on."""

    LETTER = "Letter"
    A4 = "A4"


class Form(StrEnum):
    """The file a briefing becomes."""

    PDF = "pdf"
    HTML = "html"
    DOCX = "docx"


class Ask(StrEnum):
    """A choice that a kind of briefing offers beside language, paper, audience and sections."""

    PERIOD = N_("period")
    PARTNER = N_("partner")
    """Exactly one has to be chosen; a batch makes one briefing for each of several."""
    PARTNERS = N_("partners")
    """Any number; none means all."""
    INITIATIVE = N_("initiative")
    """Exactly one has to be chosen."""
    SCENARIOS = N_("scenarios")
    """Up to five; none means the first five."""
    GROUP = N_("group")
    """A smart group that narrows the records."""
    WORDS = N_("words")
    """Words that the records have to hold."""


@dataclass(frozen=True, slots=True)
class Choices:
    """One person's choices; what a kind does not ask for has no effect on it."""

    language: str = "en"
    paper: Paper = Paper.LETTER
    audience: Audience = Audience.PUBLIC
    begin: dt.date | None = None
    """The first day of the period; without it the period is the twelve months up to its end."""
    end: dt.date | None = None
    """The last day of the period; without it the day of the briefing."""
    partners: tuple[int, ...] = ()
    initiatives: tuple[int, ...] = ()
    scenarios: tuple[int, ...] = ()
    group: int | None = None
    words: str = ""
    left_out: frozenset[str] = frozenset()
    """The keys of the sections that are left out, so that a new section is in at first."""

    def period(self, today: dt.date) -> tuple[dt.date, dt.date]:
        """The first and the last day; raises `UserError` where the last is before the first."""
        end = self.end or today
        begin = self.begin or year_before(end)
        if begin > end:
            raise UserError(
                _("The period ends before it begins."), _("Choose a last day on or after the first one.")
            )
        return begin, end

    def as_json(self) -> dict[str, Any]:
        """The choices as plain values, to be remembered; only what differs from the defaults."""
        plain = Choices()
        chosen = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: _plain(value) for name, value in chosen.items() if value != getattr(plain, name)}

    @staticmethod
    def from_json(kept: dict[str, Any]) -> Choices:
        """Choices that were remembered; what can't be read any more is left at its default."""
        found = Choices()
        for name, read in _READERS.items():
            try:
                found = replace(found, **{name: read(kept[name])})
            except (KeyError, TypeError, ValueError):
                continue
        return found


def year_before(day: dt.date) -> dt.date:
    """The day after the same day a year ago: twelve months that end on `day`."""
    try:
        return day.replace(year=day.year - 1) + dt.timedelta(days=1)
    except ValueError:
        return dt.date(day.year - 1, 3, 1)


def instants(begin: dt.date, end: dt.date, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """The instants between which days lie in a zone; the second is not part of them."""
    first, after = (dt.datetime.combine(day, dt.time(), zone) for day in (begin, end + dt.timedelta(days=1)))
    return first, after


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _ids(value: Iterable[int]) -> tuple[int, ...]:
    return tuple(int(one) for one in value)


_READERS: dict[str, Any] = {
    "language": str,
    "paper": Paper,
    "audience": Audience,
    "begin": dt.date.fromisoformat,
    "end": dt.date.fromisoformat,
    "partners": _ids,
    "initiatives": _ids,
    "scenarios": _ids,
    "group": int,
    "words": str,
    "left_out": lambda value: frozenset(map(str, value)),
}
