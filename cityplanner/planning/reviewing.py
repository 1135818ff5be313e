"""What the dormancy review goes by, read from a plan: agreements in force, their contacts, people and money."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from cityplanner.base.language import Language
from cityplanner.model.agreement import IN_FORCE, Agreement, AgreementPartner, AgreementStatus
from cityplanner.model.partner import Partner
from cityplanner.planning import scenarios
from cityplanner.planning.dormancy import DORMANT_DAYS, AgreementActivity, Review, first_day, reviews
from cityplanner.planning.gathering import gather
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.agreements import Contacts, contacts_under
from cityplanner.store.queries.records import records
from cityplanner.store.queries.titles import titles


def read_reviews(plan: Plan, today: dt.date, language: Language | None = None) -> tuple[Review, ...]:
    """The verdicts on all agreements in force, on a day; words in `language` (by default the window's)."""
    facts = gather(plan, today)
    adopted = facts.adopted()
    running = frozenset(scenarios.outcome(facts.office, adopted).running_ids) if adopted else None
    until = dt.datetime.combine(today, dt.time.max, dt.UTC)
    with plan.reading() as session:
        contacts = contacts_under(session, until - dt.timedelta(days=DORMANT_DAYS), until)
        names = titles(session, Partner, {one.partner_id for one in records(session, AgreementPartner)})
        sides: defaultdict[int, list[str]] = defaultdict(list)
        for one in records(session, AgreementPartner):
            sides[one.agreement_id].append(names.get(one.partner_id, ""))
        in_force = [one for one in records(session, Agreement) if one.status in IN_FORCE]
    linked: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for initiative in facts.office.initiatives:
        for key in initiative.agreement_ids:
            linked[key].append((initiative.id, initiative.title))
    return reviews(
        tuple(
            _activity(
                agreement, sides[agreement.id], contacts.get(agreement.id), linked[agreement.id], running
            )
            for agreement in in_force
        ),
        today,
        language,
    )


def _activity(
    agreement: Agreement,
    sides: list[str],
    contact: Contacts | None,
    linked: list[tuple[int, str]],
    running: frozenset[int] | None,
) -> AgreementActivity:
    return AgreementActivity(
        id=agreement.id,
        title=agreement.title,
        sides=tuple(sides),
        last_contact_on=contact.last_on if contact else None,
        other_contact_on=contact.other_on if contact else None,
        signed_on=first_day(agreement.signed_on),
        engagements=contact.engagements if contact else 0,
        participants=contact.participants if contact else 0,
        initiatives=tuple(title for _id, title in linked),
        funded=None if running is None else tuple(title for key, title in linked if key in running),
        is_dormant=agreement.status is AgreementStatus.DORMANT,
    )
