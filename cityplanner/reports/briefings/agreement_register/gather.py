"""The facts of the agreement register: what is signed with whom, what falls due, and what has gone quiet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cityplanner.base.language import language
from cityplanner.model.agreement import (
    IN_FORCE,
    Agreement,
    AgreementPartner,
    Deliverable,
    DeliverableStatus,
)
from cityplanner.model.office import Office
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.planning import renewals
from cityplanner.planning.dormancy import Review
from cityplanner.planning.gathering import agreement_fact
from cityplanner.planning.reviewing import read_reviews
from cityplanner.reports.choices import Choices
from cityplanner.reports.kind import office_of
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records

_OPEN = (DeliverableStatus.PENDING, DeliverableStatus.PROGRESS)


@dataclass(frozen=True, slots=True)
class Registered:
    """An agreement with its sides, its term and what it is to deliver."""

    agreement: Agreement
    sides: tuple[str, ...]
    renewal: renewals.Renewal
    deliverables: tuple[Deliverable, ...]

    @property
    def in_force(self) -> bool:
        """Whether its status says that it binds."""
        return self.agreement.status in IN_FORCE


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What the agreement register says."""

    office: Office
    today: dt.date
    agreements: tuple[Registered, ...]
    """By title."""
    reviews: tuple[Review, ...]
    """Of those in force, the quietest first."""
    memberships: tuple[Partner, ...]
    """City networks with what they cost and bring."""
    withheld: int

    def due(self) -> tuple[Registered, ...]:
        """Those in force that end or ask for notice, by the day that comes first."""
        found = [one for one in self.agreements if one.in_force and one.renewal.expires_on is not None]
        return tuple(sorted(found, key=lambda one: (_first(one.renewal), one.agreement.id)))


def gather(plan: Plan, choices: Choices, today: dt.date) -> RegisterFacts:
    """Read the agreements of the partners chosen (all, where none is) that the audience may see."""
    office = office_of(plan)
    seen = choices.audience.may_see
    with plan.reading() as session:
        partners = {one.id: one for one in records(session, Partner)}
        sides: dict[int, list[int]] = {}
        for tie in records(session, AgreementPartner):
            sides.setdefault(tie.agreement_id, []).append(tie.partner_id)
        agreements = [
            one
            for one in records(session, Agreement)
            if not choices.partners or set(choices.partners) & set(sides.get(one.id, ()))
        ]
        deliverables: dict[int, list[Deliverable]] = {}
        for each in records(session, Deliverable):
            deliverables.setdefault(each.agreement_id, []).append(each)
    shown = [one for one in agreements if seen(one.sensitivity)]
    keys = {one.id for one in shown}
    reviews = read_reviews(plan, today, language(choices.language))
    return RegisterFacts(
        office=office,
        today=today,
        agreements=tuple(
            Registered(
                one,
                tuple(partners[key].name for key in sides.get(one.id, ()) if seen(partners[key].sensitivity)),
                renewals.renewal(agreement_fact(one), today),
                tuple(deliverables.get(one.id, ())),
            )
            for one in sorted(shown, key=lambda one: (one.title.casefold(), one.id))
        ),
        reviews=tuple(one for one in reviews if one.agreement_id in keys),
        memberships=tuple(
            one
            for one in partners.values()
            if one.kind is PartnerKind.NETWORK
            and seen(one.sensitivity)
            and (not choices.partners or one.id in choices.partners)
        ),
        withheld=len(agreements) - len(shown),
    )


def is_open(one: Deliverable) -> bool:
    """Whether a deliverable is still to come."""
    return one.status in _OPEN


def _first(renewal: renewals.Renewal) -> dt.date:
    return min(filter(None, (renewal.notice_on, renewal.expires_on)), default=dt.date.max)
