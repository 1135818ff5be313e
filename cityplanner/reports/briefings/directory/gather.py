"""The facts of the directory: partners with the people in position there today, and the consular corps in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from cityplanner.model.contact import Contact, Position
from cityplanner.model.group import GroupOf
from cityplanner.model.office import Office
from cityplanner.model.partner import Partner
from cityplanner.reports.briefings.narrowing import Members, members
from cityplanner.reports.briefings.partner_profile.gather import Person, places
from cityplanner.reports.choices import Choices
from cityplanner.reports.kind import office_of
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records


@dataclass(frozen=True, slots=True)
class Entry:
    """A partner and the people in position there, the head first."""

    partner: Partner
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class DirectoryFacts:
    """What the directory says."""

    office: Office
    today: dt.date
    internal: bool
    entries: tuple[Entry, ...]
    """By kind as they are declared, then by name."""
    corps: tuple[Entry, ...]
    """The consular posts in the order of precedence."""
    withheld: int


def gather(plan: Plan, choices: Choices, today: dt.date) -> DirectoryFacts:
    """Read the partners and people that the choices and the audience leave."""
    office = office_of(plan)
    with plan.reading() as session:
        group = members(plan, session, choices.group, today)
        partners = records(session, Partner)
        contacts = {one.id: one for one in records(session, Contact)}
        held = [one for one in records(session, Position) if one.ends_on is None or one.ends_on >= today]
    wanted = [one for one in partners if not choices.partners or one.id in choices.partners]
    if group is not None:
        held = [one for one in held if _in(group, one)]
        there = {one.partner_id for one in held}
        wanted = [one for one in wanted if one.id in (group.ids if group.of is GroupOf.PARTNER else there)]
    shown = [one for one in wanted if choices.audience.may_see(one.sensitivity)]
    by_partner = _people(held, contacts, {one.id: one.head_id for one in partners})
    order = places(partners)
    entries = {one.id: Entry(one, tuple(by_partner.get(one.id, ()))) for one in shown}
    return DirectoryFacts(
        office=office,
        today=today,
        internal=choices.audience.internal,
        entries=tuple(
            sorted(entries.values(), key=lambda one: (one.partner.name.casefold(), one.partner.id))
        ),
        corps=tuple(entries[key] for key in order if key in entries),
        withheld=len(wanted) - len(shown),
    )


def _in(group: Members, position: Position) -> bool:
    """Whether a position belongs to a group of partners, people or positions."""
    keys = {GroupOf.PARTNER: position.partner_id, GroupOf.CONTACT: position.contact_id}
    return keys.get(group.of, position.id) in group.ids


def _people(
    held: list[Position], contacts: Mapping[int, Contact], heads: Mapping[int, int | None]
) -> dict[int, list[Person]]:
    """The people by partner, the head first, then by name."""
    found: dict[int, list[Person]] = {}
    for one in held:
        head = heads.get(one.partner_id) == one.contact_id
        found.setdefault(one.partner_id, []).append(Person(contacts[one.contact_id], one, head))
    for people in found.values():
        people.sort(key=lambda one: (not one.head, one.contact.family.casefold(), one.contact.id))
    return found
