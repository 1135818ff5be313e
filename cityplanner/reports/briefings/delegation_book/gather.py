"""The facts of a delegation book: the programme of a visit, and profiles of everyone it meets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Engagement
from cityplanner.model.office import Office
from cityplanner.model.partner import Partner
from cityplanner.reports.briefings.partner_profile.gather import Profile, places, profile
from cityplanner.reports.choices import Choices, instants
from cityplanner.reports.kind import office_of
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.dossier import people_at
from cityplanner.store.queries.records import (
    Reading,
    by_id,
    engagements_between,
    partners_between,
    records,
)

USUAL_DAYS = 14
"""How many days a programme has unless its end is chosen."""


@dataclass(frozen=True, slots=True)
class Guest:
    """A person at an engagement and in what role."""

    contact: Contact
    role: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """One engagement of the programme, with whom, and the zone of its place."""

    engagement: Engagement
    day: dt.date
    """The day by the clock of the place."""
    partners: tuple[Partner, ...]
    guests: tuple[Guest, ...]


@dataclass(frozen=True, slots=True)
class DelegationFacts:
    """What the delegation book says."""

    office: Office
    today: dt.date
    begin: dt.date
    end: dt.date
    internal: bool
    programme: tuple[Appointment, ...]
    profiles: tuple[Profile, ...]
    withheld: int


def gather(plan: Plan, choices: Choices, today: dt.date) -> DelegationFacts:
    """Read the programme of the period and a profile of each partner chosen or met."""
    office = office_of(plan)
    begin, end = _days(choices, today)
    with plan.reading() as session:
        partners = {one.id: one for one in records(session, Partner)}
        open_ones = {key for key, one in partners.items() if choices.audience.may_see(one.sensitivity)}
        start, stop = instants(begin, end, ZoneInfo(office.zone))
        log = engagements_between(session, start, stop)
        present = partners_between(session, start, stop)
        if choices.partners:
            log = [one for one in log if set(choices.partners) & set(present.get(one.id, ()))]
        shown = [one for one in log if choices.audience.may_see(one.sensitivity)]
        programme = _programme(session, shown, present, {key: partners[key] for key in open_ones})
        met = {one.id for each in programme for one in each.partners}
        wanted = [key for key in (choices.partners or sorted(met)) if key in open_ones]
        order = places(partners.values())
        # A profile's history ends where the programme begins: what is to come stands in the programme.
        before = replace(choices, begin=None, end=today)
        profiles = tuple(
            profile(session, partners[key], before, today, office, order) for key in dict.fromkeys(wanted)
        )
    hidden = len([key for key in choices.partners if key in partners and key not in open_ones])
    return DelegationFacts(
        office=office,
        today=today,
        begin=begin,
        end=end,
        internal=choices.audience.internal,
        programme=programme,
        profiles=profiles,
        withheld=len(log) - len(shown) + hidden + sum(one.withheld for one in profiles),
    )


def _days(choices: Choices, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day: from today for a fortnight unless chosen."""
    begin = choices.begin or min(today, choices.end or today)
    end = choices.end or begin + dt.timedelta(days=USUAL_DAYS - 1)
    return replace(choices, begin=begin, end=end).period(today)


def _programme(
    session: Reading,
    log: Collection[Engagement],
    present: Mapping[int, list[int]],
    partners: Mapping[int, Partner],
) -> tuple[Appointment, ...]:
    there = people_at(session, [one.id for one in log])
    contacts = by_id(session, Contact, [one.contact_id for found in there.values() for one in found])
    return tuple(
        Appointment(
            engagement=one,
            day=one.starts_at.astimezone(ZoneInfo(one.zone)).date(),
            partners=tuple(partners[key] for key in present.get(one.id, ()) if key in partners),
            guests=tuple(Guest(contacts[who.contact_id], who.role) for who in there.get(one.id, ())),
        )
        for one in log
    )
