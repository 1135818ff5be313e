"""How a briefing speaks: its own language, the office's money and clock, and how a coverage is to be taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from cityplanner.base.language import N_, Language
from cityplanner.model.entity import Entity, field_of
from cityplanner.model.office import Office
from cityplanner.model.wording import choice_label, show, show_partial_date
from cityplanner.planning import coverage
from cityplanner.reports.charts.description import Tone

WELL_COVERED = Fraction(3, 4)
HALF_COVERED = Fraction(1, 2)
NOTHING = "–"
"""What stands where a table has nothing to say."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The language of the briefing, the office's currency and its time zone."""

    say: Language
    currency: str
    zone: str

    def t(self, message: str, **values: object) -> str:
        """A text in the language of the briefing, its places filled."""
        text = self.say.text(message)
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The right plural form with `{n}` as the count, its other places filled."""
        text = self.say.plural(one, many, count)
        return text.format(**values) if values else text

    def choice(self, member: StrEnum | str | None) -> str:
        """A choice as a person reads it, or a dash."""
        return choice_label(member, self.say) if member else NOTHING

    def value(self, record: Entity, name: str) -> str:
        """A field of a record with its unit, or a dash for nothing; for fields that are no links."""
        field = field_of(type(record), name)
        shown = show(field, getattr(record, name), self.say, self.currency, self.zone)
        return " ".join(filter(None, (shown, self.say.text(field.unit)))) if shown else NOTHING

    def label(self, noun: type[Entity], name: str) -> str:
        """The label of a field."""
        return self.say.text(field_of(noun, name).label)

    def share(self, share: Fraction | None) -> str:
        """A coverage in words."""
        return coverage.words(share, self.say)

    def number(self, value: float | Decimal, places: int | None = None) -> str:
        """A number in the briefing's language."""
        return self.say.number(value, places)

    def money(self, minor: int | None) -> str:
        """An amount in whole units, or a dash."""
        return NOTHING if minor is None else self.say.money(minor, self.currency)

    def day(self, day: dt.date | None, form: str = "medium") -> str:
        """A date, or a dash."""
        return self.say.date(day, form) if day else NOTHING

    def month(self, day: dt.date) -> str:
        """Month and year, short."""
        return self.say.tick(day, "month")

    def opened(self, text: str) -> str:
        """A text as a heading begins, with a capital: many languages write months and weekdays small."""
        return text[:1].upper() + text[1:]

    def partial(self, day: str | None) -> str:
        """A date of which perhaps only the year is known, or a dash."""
        return show_partial_date(day, self.say) if day else NOTHING

    def moment(self, moment: dt.datetime, zone: str | None = None) -> str:
        """Date and time in the office's zone, or another one."""
        local = moment.astimezone(ZoneInfo(zone or self.zone))
        return self.t(N_("{date}, {time}"), date=self.say.date(local.date()), time=self.say.time(local))

    def period(self, begin: dt.date, end: dt.date) -> str:
        """A span of days."""
        return self.t(
            N_("{begin} to {end}"), begin=self.say.date(begin, "long"), end=self.say.date(end, "long")
        )

    def joined(self, items: Iterable[str]) -> str:
        """Texts as an enumeration of the language, or a dash for none."""
        from babel.lists import format_list

        listed = list(items)
        return str(format_list(listed, locale=self.say.locale)) if listed else NOTHING


def voice_of(office: Office, language: Language) -> Voice:
    """The voice of an office in a language."""
    return Voice(language, office.currency, office.zone)


def tone_of(share: Fraction | None) -> Tone:
    """How a coverage is to be taken; the figure beside it says the same."""
    if share is None:
        return "quiet"
    return "good" if share >= WELL_COVERED else "caution" if share >= HALF_COVERED else "bad"
