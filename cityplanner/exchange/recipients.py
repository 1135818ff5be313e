"""The recipients of a mailing: the people of a group, with what a letter needs; never who asked not to be contacted."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.exchange.cells import join, safe
from cityplanner.exchange.tables import write_table
from cityplanner.model.contact import Contact
from cityplanner.model.entity import Entity, field_of
from cityplanner.model.group import OF_PEOPLE, GroupOf, SmartGroup, group_of
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.model.rules import fault
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import groups, listing
from cityplanner.store.queries.records import Reading
from cityplanner.store.queries.titles import titles

_FIELDS = (
    "salutation",
    "address_form",
    "given",
    "family",
    "own_name",
    "languages",
    "email",
    "do_not_contact",
)


def members_of(plan: Plan, noun: type[Entity], title: str) -> list[int]:
    """The ids of the records of a group of a noun, in the order of its list; raises `NotFoundError`."""
    with plan.reading() as session:
        group = groups.named(session, title, group_of(noun.__tablename__))
        asked = groups.Asked(group.words, group.conditions)
        return list(groups.members(session, noun, asked, now=now(plan), index=plan.index))


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person to write to."""

    contact_id: int
    salutation: str
    address_form: str
    given: str
    family: str
    own_name: str
    languages: tuple[str, ...]
    position: str
    partner: str
    email: str

    @property
    def name(self) -> str:
        """Given and family name, or the name in own script."""
        return f"{self.given} {self.family}".strip() or self.own_name


@dataclass(frozen=True, slots=True)
class Recipients:
    """The recipients of a group, and who is none of them."""

    group: str
    people: tuple[Recipient, ...]
    not_to_contact: int

    @property
    def without_email(self) -> tuple[Recipient, ...]:
        """Who has no e-mail address."""
        return tuple(person for person in self.people if not person.email)

    @property
    def invalid(self) -> tuple[Recipient, ...]:
        """Whose e-mail address cannot be right."""
        field = field_of(Contact, "email")
        return tuple(person for person in self.people if person.email and fault(field, person.email))

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses a message can go to, each once whatever its case."""
        wrong = {person.contact_id for person in self.invalid}
        good = (person.email for person in self.people if person.email and person.contact_id not in wrong)
        return tuple({address.lower(): address for address in good}.values())


def now(plan: Plan) -> datetime:
    """The time it is where the office is."""
    office = plan.office()
    return datetime.now(ZoneInfo(office.zone) if office else UTC)


def recipients(plan: Plan, group: SmartGroup, now: datetime) -> Recipients:
    """Whom a mailing to a group goes to, by family name; raises `UserError` for groups of anything but people."""
    if group.of not in OF_PEOPLE:
        raise UserError(
            _("“{group}” is a group of {nouns}, not of people.").format(group=group.title, nouns=_(group.of)),
            _("Use a group of contacts, of positions, or of the partners they are at."),
        )
    with plan.reading() as session:
        asked = groups.Asked(group.words, group.conditions)
        noun = nouns()[group.of.table]
        members = groups.members(session, noun, asked, now=now, index=plan.index)
        return _recipients(session, group, members, now.date())


def _recipients(session: Reading, group: SmartGroup, members: Sequence[int], today: date) -> Recipients:
    if group.of is GroupOf.PARTNER:
        positions = groups.held(session, today, partners=members)
        wanted = {position.contact_id for position in positions}
    elif group.of is GroupOf.POSITION:
        linked = listing.rows(session, nouns()["position"], ["contact_id"], members)
        wanted = {row[0].id for row in linked}
        positions = groups.held(session, today, contacts=sorted(wanted))
    else:
        wanted = set(members)
        positions = groups.held(session, today, contacts=members)
    first = {position.contact_id: position for position in reversed(positions)}
    named = titles(session, Partner, {position.partner_id for position in first.values()})
    ids = [number for number in listing.ids(session, Contact) if number in wanted]
    people: list[Recipient] = []
    refused = 0
    for number, row in zip(ids, listing.rows(session, Contact, _FIELDS, ids), strict=True):
        salutation, form, given, family, own, spoken, email, refuses = row
        if refuses:
            refused += 1
            continue
        at = first.get(number)
        people.append(
            Recipient(
                number,
                salutation,
                form,
                given,
                family,
                own,
                spoken,
                at.title if at else "",
                named.get(at.partner_id, "") if at else "",
                email or (at.email if at else None) or "",
            )
        )
    return Recipients(group.title, tuple(people), refused)


def headers() -> list[str]:
    """The columns of a mail merge list."""
    own = [_(field_of(Contact, name).label) for name in _FIELDS[:6]]
    return [*own, _("Position"), _("Partner"), _("E-mail")]


def rows(found: Recipients) -> Iterable[list[str]]:
    """The rows of a mail merge list, harmless in a spreadsheet."""
    for one in found.people:
        texts = (one.salutation, one.address_form, one.given, one.family, one.own_name, join(one.languages))
        yield [safe(text) for text in (*texts, one.position, one.partner, one.email)]


def write_list(found: Recipients, target: Path | TextIO) -> int:
    """Write a mail merge list as CSV, a file whole or not at all, and return how many rows it has."""
    if isinstance(target, Path):
        return write_table(target, headers(), rows(found))
    csv.writer(target).writerows([headers(), *rows(found)])
    return len(found.people)
