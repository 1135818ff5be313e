"""The recipients of a mailing: the people of a group, with what a letter needs; never who asked not to be contacted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model.addressing import addressed
from cityplanner.model.contact import Contact
from cityplanner.model.entity import Entity, field_of
from cityplanner.model.group import OF_PEOPLE, GroupOf, SmartGroup, group_of
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.model.rules import fault
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import groups, listing
from cityplanner.store.queries.records import Reading

_FIELDS = (
    *("salutation", "address_form", "given", "family", "own_name", "languages", "country", "email"),
    "do_not_contact",
)
_AT = ("name", "languages", "city", "country")


def members_of(plan: Plan, noun: type[Entity], title: str) -> list[int]:
    """The ids of the records of a group of a noun, in the order of its list; raises `NotFoundError`."""
    with plan.reading() as session:
        group = groups.named(session, title, group_of(noun.__tablename__))
        asked = groups.Asked(group.words, group.conditions)
        return list(groups.members(session, noun, asked, now=now(plan), index=plan.index))


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person to write to; city and country are where the partner is, or the person where nothing is known.

    `salutation` is what is recorded, or, where `is_filled` says so, made of form of address, rank or position,
    and name. `language` is the first the person speaks, or else the partner's.
    """

    contact_id: int
    salutation: str
    address_form: str
    given: str
    family: str
    own_name: str
    language: str
    position: str
    partner: str
    city: str
    country: str
    email: str
    is_filled: bool = False

    @property
    def name(self) -> str:
        """Given and family name, or the name in own script."""
        return full_name(self.given, self.family, self.own_name)


def full_name(given: str, family: str, own_name: str) -> str:
    """Given and family name, or the name in own script."""
    return f"{given} {family}".strip() or own_name


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
    def filled(self) -> int:
        """How many salutations were made, because none is recorded."""
        return sum(person.is_filled for person in self.people)

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
    places = sorted({position.partner_id for position in first.values()})
    partners = dict(zip(places, listing.rows(session, Partner, _AT, places), strict=True))
    ids = [number for number in listing.ids(session, Contact) if number in wanted]
    people: list[Recipient] = []
    refused = 0
    for number, (*known, refuses) in zip(ids, listing.rows(session, Contact, _FIELDS, ids), strict=True):
        at = first.get(number)
        if refuses:
            refused += 1
        else:
            people.append(_recipient(number, known, at, partners[at.partner_id] if at else _NOWHERE))
    return Recipients(group.title, tuple(people), refused)


_NOWHERE: tuple[Any, ...] = ("", (), "", None)


def _recipient(
    number: int, known: Sequence[Any], at: groups.Held | None, partner: Sequence[Any]
) -> Recipient:
    salutation, form, given, family, own, spoken, country, email = known
    name, languages, city, seat = partner
    title, rank = (at.title, at.rank) if at else ("", "")
    whole = full_name(given, family, own)
    dear = addressed(form, family, position=title, rank=rank, name=whole)
    return Recipient(
        contact_id=number,
        salutation=salutation or _("Dear {name}:").format(name=dear),
        address_form=form,
        given=given,
        family=family,
        own_name=own,
        language=next(iter((*spoken, *languages)), ""),
        position=title,
        partner=name,
        city=city,
        country=seat or country or "",
        email=email or (at.email if at else None) or "",
        is_filled=not salutation,
    )
