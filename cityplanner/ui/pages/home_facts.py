"""What the home page says, read in a worker: what needs attention, the office at a glance, what happened last."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from zoneinfo import ZoneInfo

from cityplanner.model.agreement import IN_FORCE, Agreement
from cityplanner.model.engagement import Engagement
from cityplanner.model.initiative import Initiative
from cityplanner.model.partner import Partner
from cityplanner.planning import agenda, coverage
from cityplanner.planning.gathering import PlanFacts, gather
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing
from cityplanner.store.queries.records import fields, held_between, newest_between

MOST_URGENT = 10
MOST_RECENT = 6
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Encounter:
    """An engagement of the past."""

    id: int
    title: str
    day: dt.date
    format: str


@dataclass(frozen=True, slots=True)
class ThemeCoverage:
    """How far a theme's supported recommendations are covered; None where none is supported."""

    theme: str
    share: Fraction | None
    supported: int


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """Everything on the home page, as of a day."""

    today: dt.date
    urgent: tuple[agenda.AgendaItem, ...]
    more_urgent: tuple[tuple[agenda.AgendaKind, int], ...]
    overdue: int
    partners: int
    countries: int
    agreements_in_force: int
    engagements: int
    initiatives: int
    recommendations: int
    supported: int
    scenario: str
    coverage: Fraction | None
    themes: tuple[ThemeCoverage, ...]
    recent: tuple[Encounter, ...]


def read_home(plan: Plan, today: dt.date, zone: str) -> HomeFacts:
    """Read and calculate what the home page shows."""
    facts = gather(plan, today)
    found = agenda.agenda(facts.agenda, today)
    adopted = facts.adopted()
    covered = coverage.measure(facts.office, adopted.decisions if adopted else {})
    with plan.reading() as session:
        countries = fields(session, Partner, "country")
        agreements = fields(session, Agreement, "status")
        end = dt.datetime.combine(today + dt.timedelta(days=1), dt.time(), ZoneInfo(zone))
        return HomeFacts(
            today=today,
            urgent=found[:MOST_URGENT],
            more_urgent=tuple(Counter(item.kind for item in found[MOST_URGENT:]).most_common()),
            overdue=sum(item.overdue for item in found),
            partners=len(countries),
            countries=len({country for (country,) in countries if country}),
            agreements_in_force=sum(status in IN_FORCE for (status,) in agreements),
            engagements=held_between(session, end - YEAR, end),
            initiatives=listing.count(session, Initiative),
            recommendations=len(facts.office.recommendations),
            supported=sum(one.supported for one in facts.office.recommendations),
            scenario=adopted.name if adopted else "",
            coverage=covered.office.coverage,
            themes=_themes(facts, covered),
            recent=_recent(newest_between(session, end - YEAR, end, MOST_RECENT), zone),
        )


def _themes(facts: PlanFacts, covered: coverage.Coverage) -> tuple[ThemeCoverage, ...]:
    known = {one.theme for one in facts.office.recommendations}
    groups = [one for one in covered.themes if one.key in known]
    return tuple(ThemeCoverage(one.key, one.coverage, one.supported) for one in groups)


def _recent(newest: list[Engagement], zone: str) -> tuple[Encounter, ...]:
    return tuple(
        Encounter(one.id, one.title, one.starts_at.astimezone(ZoneInfo(zone)).date(), one.format)
        for one in newest
    )
