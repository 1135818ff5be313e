"""The facts of the executive briefing, read once from the plan and frozen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from cityplanner.base.language import language
from cityplanner.model.agreement import IN_FORCE, Agreement
from cityplanner.model.engagement import Commitment, Engagement, Format
from cityplanner.model.ledger import Aid, AidStatus, Direction
from cityplanner.model.office import Office
from cityplanner.model.partner import Partner
from cityplanner.model.roundtable import Roundtable
from cityplanner.planning import agenda, best, coverage, priority
from cityplanner.planning.gathering import PlanFacts
from cityplanner.planning.gathering import gather as gather_plan
from cityplanner.reports.briefings.months import Month, months
from cityplanner.reports.briefings.planned import Compared, Seen, compared
from cityplanner.reports.choices import Choices, instants
from cityplanner.reports.kind import office_of
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import Reading, engagements_between, partners_between, records

NOTABLE = (Format.SIGNING, Format.INBOUND, Format.OUTBOUND, Format.CONFERENCE, Format.CEREMONY, Format.STUDY)
MOST_NOTABLE = 6
MOST_URGENT = 6
MOST_COMMITMENTS = 5


@dataclass(frozen=True, slots=True)
class Encounter:
    """An engagement as a briefing names it."""

    day: dt.date
    title: str
    format: Format
    partners: tuple[str, ...]
    result: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment as a briefing names it."""

    text: str
    partner: str
    owner: str
    side: str
    due_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Year:
    """What the log says of the period: the twelve months up to the briefing unless another is chosen."""

    begin: dt.date
    end: dt.date
    engagements: int
    months: tuple[Month, ...]
    formats: tuple[tuple[Format, int], ...]
    participants_in_person: int
    participants_online: int
    partners_met: int
    notable: tuple[Encounter, ...]
    commitments_kept: int
    commitments_open: int
    overdue: tuple[Promise, ...]
    overdue_count: int
    aid_received: int
    aid_given: int
    aid_received_value: int
    aid_given_value: int


@dataclass(frozen=True, slots=True)
class ExecutiveFacts:
    """Everything the executive briefing says."""

    office: Office
    today: dt.date
    plan: PlanFacts
    holding: Compared | None
    compared: tuple[Compared, ...]
    coverage: coverage.Coverage
    priorities: tuple[priority.Priority, ...]
    agenda: tuple[agenda.AgendaItem, ...]
    partners: int
    countries: int
    agreements_in_force: int
    roundtables: tuple[Roundtable, ...]
    year: Year
    withheld: int


def gather(plan: Plan, choices: Choices, today: dt.date) -> ExecutiveFacts:
    """Read the plan as it stands; raises `UserError` where it has no office yet."""
    office = office_of(plan)
    facts = gather_plan(plan, today)
    ranking = best.priorities(facts)
    with plan.reading() as session:
        partners = records(session, Partner)
        agreements = records(session, Agreement)
        seen = choices.audience.may_see
        public = {partner.id: partner for partner in partners if seen(partner.sensitivity)}
        year, withheld = _year(session, office, choices, today, public)
        shown = frozenset(one.id for one in agreements if seen(one.sensitivity))
        holding, side_by_side = compared(
            facts,
            {one.initiative_id: one.quartile for one in ranking},
            choices.scenarios,
            Seen(frozenset(public), shown),
        )
        return ExecutiveFacts(
            office=office,
            today=today,
            plan=facts,
            holding=holding,
            compared=side_by_side,
            coverage=coverage.measure(facts.office, holding.scenario.decisions if holding else {}),
            priorities=ranking,
            agenda=agenda.agenda(
                _open_agenda(facts.agenda, public, shown),
                today,
                limit=MOST_URGENT,
                language=language(choices.language),
            ),
            partners=len(partners),
            countries=len({partner.country for partner in partners if partner.country}),
            agreements_in_force=sum(agreement.status in IN_FORCE for agreement in agreements),
            roundtables=tuple(records(session, Roundtable)),
            year=year,
            withheld=withheld + len(partners) - len(public),
        )


def _open_agenda(
    found: agenda.AgendaFacts, public: Mapping[int, Partner], agreements: frozenset[int]
) -> agenda.AgendaFacts:
    """What is to be done, without what the audience may not see."""
    return agenda.AgendaFacts(
        partners=tuple(one for one in found.partners if one.id in public),
        agreements=tuple(one for one in found.agreements if one.id in agreements),
        gifts=found.gifts,
        answers=found.answers,
    )


def _year(
    session: Reading, office: Office, choices: Choices, today: dt.date, public: Mapping[int, Partner]
) -> tuple[Year, int]:
    zone = ZoneInfo(office.zone)
    begin, end = choices.period(today)
    start, stop = instants(begin, end, zone)
    log = engagements_between(session, start, stop)
    present = partners_between(session, start, stop)
    commitments = records(session, Commitment)
    late = sorted(
        (one for one in commitments if one.is_overdue(today)), key=lambda one: (one.due_on or today, one.id)
    )
    aid = [one for one in records(session, Aid) if begin <= one.occurred_on <= end and _came(one)]
    shown = [one for one in log if choices.audience.may_see(one.sensitivity)]
    made = Year(
        begin=begin,
        end=end,
        engagements=len(log),
        months=months(log, begin, end, zone),
        formats=tuple(Counter(one.format for one in log).most_common()),
        participants_in_person=sum(one.in_person or 0 for one in log),
        participants_online=sum(one.online or 0 for one in log),
        partners_met=len({partner for met in present.values() for partner in met}),
        notable=_notable(shown, present, public, zone),
        commitments_kept=sum(
            bool(one.completed_on and begin <= one.completed_on <= end) for one in commitments
        ),
        commitments_open=sum(one.status.is_open for one in commitments),
        overdue=tuple(_promise(one, public) for one in late if one.partner_id in public)[:MOST_COMMITMENTS],
        overdue_count=len(late),
        aid_received=sum(one.direction is Direction.RECEIVED for one in aid),
        aid_given=sum(one.direction is Direction.GIVEN for one in aid),
        aid_received_value=sum(one.value or 0 for one in aid if one.direction is Direction.RECEIVED),
        aid_given_value=sum(one.value or 0 for one in aid if one.direction is Direction.GIVEN),
    )
    return made, len(log) - len(shown)


def _came(aid: Aid) -> bool:
    return aid.status in (AidStatus.SHIPPED, AidStatus.RECEIVED)


def _notable(
    log: Iterable[Engagement], present: Mapping[int, list[int]], public: Mapping[int, Partner], zone: ZoneInfo
) -> tuple[Encounter, ...]:
    ranked = sorted(log, key=lambda one: (_rank(one), -one.starts_at.timestamp()))[:MOST_NOTABLE]
    return tuple(
        Encounter(
            one.starts_at.astimezone(zone).date(),
            one.title,
            one.format,
            tuple(public[key].name for key in present.get(one.id, ()) if key in public),
            one.result or one.decisions,
        )
        for one in sorted(ranked, key=lambda one: one.starts_at)
    )


def _rank(one: Engagement) -> int:
    return NOTABLE.index(one.format) if one.format in NOTABLE else len(NOTABLE)


def _promise(one: Commitment, public: Mapping[int, Partner]) -> Promise:
    return Promise(one.text, public[one.partner_id].name, one.owner, one.side, one.due_on)
