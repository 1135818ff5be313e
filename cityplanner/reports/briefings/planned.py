"""What several briefings say of the plan's initiatives and scenarios: the ranking, and scenarios with their losses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cityplanner.planning import losses, priority, scenarios
from cityplanner.planning.facts import ScenarioFact
from cityplanner.planning.gathering import PlanFacts

MOST_SCENARIOS = 5


@dataclass(frozen=True, slots=True)
class Compared:
    """A scenario with its result and what it loses against the one that holds."""

    scenario: ScenarioFact
    outcome: scenarios.Outcome
    lost: losses.Losses | None


def ranked(facts: PlanFacts) -> tuple[priority.Priority, ...]:
    """The initiatives in the order of their priority."""
    office = facts.office
    fit = priority.recommendation_fit(office.initiatives, office.recommendations, office.contributions)
    return priority.prioritize(office.initiatives, facts.weights, facts.scores, fit)


def compared(
    facts: PlanFacts, quartiles: Mapping[int, int | None], wanted: tuple[int, ...] = ()
) -> tuple[Compared, ...]:
    """The scenarios wanted (all, where none is named), each against the one that holds."""
    adopted = facts.adopted()
    results = [(one, scenarios.outcome(facts.office, one, quartiles)) for one in facts.scenarios]
    base = next((result for one, result in results if adopted and one.id == adopted.id), None)
    return tuple(
        Compared(
            one, result, losses.losses(facts.office, base, result) if base and result is not base else None
        )
        for one, result in results
        if not wanted or one.id in wanted
    )
