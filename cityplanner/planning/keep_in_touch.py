"""Who is to be contacted when, what it takes in staff hours, and whether the hours are there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from cityplanner.base.language import N_, Language
from cityplanner.planning.agenda import when
from cityplanner.planning.capacity import DAYS_PER_YEAR
from cityplanner.planning.facts import PartnerFact
from cityplanner.planning.health import NextContact, next_contact

DAYS_SOON = 30
HORIZONS = (30, 90)


class Urgency(StrEnum):
    """How pressing a contact is."""

    OVERDUE = N_("overdue")
    SOON = N_("soon")
    LATER = N_("later")


@dataclass(frozen=True, slots=True)
class ContactDue:
    """A partner's next contact: when, how many days from today (negative: overdue), and the hours it takes."""

    partner_id: int
    name: str
    last_contact_on: date | None
    interval_days: int
    due_on: date
    days: int
    hours: Fraction
    urgency: Urgency
    when: str


@dataclass(frozen=True, slots=True)
class HoursAhead:
    """Staff hours the contacts of the next `days` take, and those that are left for them (None: unknown)."""

    days: int
    contacts: int
    needed: Fraction
    left: Fraction | None

    @property
    def short(self) -> Fraction:
        """Hours that are missing; none where it is not known what is left."""
        return Fraction(0) if self.left is None else max(Fraction(0), self.needed - self.left)


@dataclass(frozen=True, slots=True)
class KeepInTouch:
    """All next contacts, the most urgent first, the hours ahead, and how many partners have no interval."""

    dues: tuple[ContactDue, ...]
    ahead: tuple[HoursAhead, ...]
    without_interval: int


def keep_in_touch(
    partners: Iterable[PartnerFact],
    today: date,
    hours_left_a_year: Fraction | None = None,
    horizons: Iterable[int] = HORIZONS,
    language: Language | None = None,
    others: int = 0,
) -> KeepInTouch:
    """Next contacts by day and name; `hours_left_a_year` is what `capacity.Capacity.hours_left` says.

    `others` is how many partners without an interval there are beside those given.
    """
    known = tuple(partners)
    found = [(one, due) for one in known if (due := next_contact(one, today)) is not None]
    found.sort(key=lambda pair: (pair[1].due_on, pair[0].name, pair[0].id))
    return KeepInTouch(
        dues=tuple(_due(one, due, language) for one, due in found),
        ahead=tuple(_ahead(found, today, days, hours_left_a_year) for days in horizons),
        without_interval=len(known) - len(found) + others,
    )


def urgency(days: int) -> Urgency:
    """Overdue once the day has passed, soon within thirty days."""
    if days < 0:
        return Urgency.OVERDUE
    return Urgency.SOON if days <= DAYS_SOON else Urgency.LATER


def contacts_within(due_on: date, interval_days: int, today: date, days: int) -> int:
    """How often a partner is to be contacted in the next `days`: what is overdue counts once, as of today."""
    first, until = max(due_on, today), today + timedelta(days=days)
    return 0 if first > until else 1 + (until - first).days // interval_days


def _due(one: PartnerFact, due: NextContact, language: Language | None) -> ContactDue:
    return ContactDue(
        partner_id=one.id,
        name=one.name,
        last_contact_on=one.last_contact_on,
        interval_days=one.interval_days or 0,
        due_on=due.due_on,
        days=due.days,
        hours=Fraction(one.hours_per_contact),
        urgency=urgency(due.days),
        when=when(due.days, language),
    )


def _ahead(
    found: Iterable[tuple[PartnerFact, NextContact]], today: date, days: int, a_year: Fraction | None
) -> HoursAhead:
    contacts, needed = 0, Fraction(0)
    for one, due in found:
        times = contacts_within(due.due_on, one.interval_days or 1, today, days)
        contacts += times
        needed += times * Fraction(one.hours_per_contact)
    left = None if a_year is None else a_year * days / DAYS_PER_YEAR
    return HoursAhead(days, contacts, needed, left)
