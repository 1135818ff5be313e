"""Everything a plan knows of one partner, for whoever meets it; the delegation book gathers several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.base.language import _, language
from cityplanner.model.agreement import Agreement
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, Engagement, Side
from cityplanner.model.initiative import Initiative
from cityplanner.model.ledger import Aid, Gift
from cityplanner.model.office import Office
from cityplanner.model.partner import CONSULAR, Partner
from cityplanner.model.practice import Practice
from cityplanner.planning import health, renewals
from cityplanner.planning.gathering import agreement_fact, partner_fact
from cityplanner.planning.precedence import Post, precedence
from cityplanner.reports.choices import Choices, instants
from cityplanner.reports.kind import office_of
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import timeline
from cityplanner.store.queries.dossier import engagements_of, positions_at
from cityplanner.store.queries.records import Reading, by_id, records


@dataclass(frozen=True, slots=True)
class Person:
    """A person with the position held at the partner."""

    contact: Contact
    position: Position
    head: bool
    """Whether this is the head of the post."""


@dataclass(frozen=True, slots=True)
class Bond:
    """An agreement with how its end stands."""

    agreement: Agreement
    renewal: renewals.Renewal


@dataclass(frozen=True, slots=True)
class Profile:
    """One partner and all that hangs on it, as far as the audience may see."""

    partner: Partner
    internal: bool
    """Whether contact details, notes and protocol may be printed."""
    place: int | None
    """Its place in the order of precedence, counted from 1."""
    posts: int
    people: tuple[Person, ...]
    former: int
    agreements: tuple[Bond, ...]
    engagements: tuple[Engagement, ...]
    """Those of the period, newest first."""
    engagements_before: int
    commitments: tuple[Commitment, ...]
    """The open ones of both sides."""
    kept: int
    gifts: tuple[Gift, ...]
    aid: tuple[Aid, ...]
    initiatives: tuple[Initiative, ...]
    practices: tuple[Practice, ...]
    health: health.Health
    withheld: int

    def side(self, side: Side) -> tuple[Commitment, ...]:
        """The open commitments of one side."""
        return tuple(one for one in self.commitments if one.side is side)


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """What the partner profile says."""

    office: Office
    today: dt.date
    begin: dt.date
    end: dt.date
    profile: Profile

    @property
    def withheld(self) -> int:
        """Records the audience may not see."""
        return self.profile.withheld


def gather(plan: Plan, choices: Choices, today: dt.date) -> ProfileFacts:
    """Read one partner; raises `UserError` where none or several are chosen or the audience may not see it."""
    office = office_of(plan)
    if len(choices.partners) != 1:
        raise UserError(_("A partner profile is about one partner."), _("Choose the partner."))
    begin, end = choices.period(today)
    with plan.reading() as session:
        partner = session.get(Partner, choices.partners[0])
        if partner is None:
            raise NotFoundError(_("The partner is no longer in the plan."), _("Choose another one."))
        if not choices.audience.may_see(partner.sensitivity):
            raise UserError(
                _("{partner} is not marked public.").format(partner=partner.name),
                _("Make the briefing for internal use, or choose another partner."),
            )
        found = profile(session, partner, choices, today, office, places(records(session, Partner)))
    return ProfileFacts(office, today, begin, end, found)


def places(partners: Collection[Partner]) -> tuple[int, ...]:
    """The ids of the consular posts in their order of precedence."""
    return precedence(
        Post(one.id, one.kind, one.head_rank, one.rank_since, one.head_status)
        for one in partners
        if one.kind in CONSULAR
    )


def profile(
    session: Reading,
    partner: Partner,
    choices: Choices,
    today: dt.date,
    office: Office,
    order: tuple[int, ...],
) -> Profile:
    """One partner as far as the audience may see it; `order` is the order of precedence."""
    audience = choices.audience
    promised = timeline.commitments(session, partner.id)
    until = dt.datetime.combine(today, dt.time.max, dt.UTC)
    fact = partner_fact(partner, timeline.touch(session, partner.id, until), promised, today)
    log = engagements_of(session, partner.id)
    start, stop = instants(*choices.period(today), ZoneInfo(office.zone))
    agreements = timeline.agreements(session, partner.id)
    held = positions_at(session, partner.id)
    contacts = by_id(session, Contact, [one.contact_id for one in held])
    people, former = _people(partner, held, contacts, today)
    shown = [one for one in log if audience.may_see(one.sensitivity)]
    bonds = [one for one in agreements if audience.may_see(one.sensitivity)]
    return Profile(
        partner=partner,
        internal=audience.internal,
        place=order.index(partner.id) + 1 if partner.id in order else None,
        posts=len(order),
        people=people,
        former=former,
        agreements=tuple(Bond(one, renewals.renewal(agreement_fact(one), today)) for one in bonds),
        engagements=tuple(one for one in shown if start <= one.starts_at < stop),
        engagements_before=sum(one.starts_at < start for one in shown),
        commitments=tuple(one for one in promised if one.status.is_open),
        kept=fact.commitments_kept,
        gifts=tuple(timeline.gifts(session, partner.id)),
        aid=tuple(timeline.aid(session, partner.id)),
        initiatives=tuple(timeline.initiatives(session, partner.id)),
        practices=tuple(one for one in records(session, Practice) if one.partner_id == partner.id),
        health=health.assess(fact, today, language(choices.language)),
        withheld=len(log) - len(shown) + len(agreements) - len(bonds),
    )


def _people(
    partner: Partner, held: Collection[Position], contacts: Mapping[int, Contact], today: dt.date
) -> tuple[tuple[Person, ...], int]:
    current = [one for one in held if one.ends_on is None or one.ends_on >= today]
    people = [Person(contacts[one.contact_id], one, one.contact_id == partner.head_id) for one in current]
    people.sort(key=lambda one: (not one.head, one.contact.family.casefold(), one.contact.id))
    return tuple(people), len(held) - len(current)
