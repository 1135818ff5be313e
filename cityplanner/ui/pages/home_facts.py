"""What the home page says, read in a worker: first what an index tells, then what has to be calculated."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from cityplanner.planning import agenda, coverage
from cityplanner.planning.gathering import PlanFacts, gather
from cityplanner.store.glance import Glance, glance
from cityplanner.store.plan_file import Plan
from cityplanner.store.sqlite import driver

MOST_URGENT = 10


@dataclass(frozen=True, slots=True)
class ThemeCoverage:
    """How far a theme's supported recommendations are covered; None where none is supported."""

    theme: str
    share: Fraction | None
    supported: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What presses and what is covered, as of a day."""

    urgent: tuple[agenda.AgendaItem, ...]
    more_urgent: tuple[tuple[agenda.AgendaKind, int], ...]
    overdue: int
    supported: int
    scenario: str
    coverage: Fraction | None
    themes: tuple[ThemeCoverage, ...]


def read_glance(plan: Plan, today: dt.date) -> Glance:
    """The office by numbers, and what happened last."""
    with plan.reading() as session:
        return glance(driver(session.connection()), plan.path, today)


def read_outlook(plan: Plan, today: dt.date) -> Outlook:
    """Read everything that planning takes, and calculate what presses and what is covered."""
    facts = gather(plan, today)
    found = agenda.agenda(facts.agenda, today)
    adopted = facts.adopted()
    covered = coverage.measure(facts.office, adopted.decisions if adopted else {})
    return Outlook(
        urgent=found[:MOST_URGENT],
        more_urgent=tuple(Counter(item.kind for item in found[MOST_URGENT:]).most_common()),
        overdue=sum(item.overdue for item in found),
        supported=sum(one.supported for one in facts.office.recommendations),
        scenario=adopted.name if adopted else "",
        coverage=covered.office.coverage,
        themes=_themes(facts, covered),
    )


def _themes(facts: PlanFacts, covered: coverage.Coverage) -> tuple[ThemeCoverage, ...]:
    known = {one.theme for one in facts.office.recommendations}
    groups = [one for one in covered.themes if one.key in known]
    return tuple(ThemeCoverage(one.key, one.coverage, one.supported) for one in groups)
