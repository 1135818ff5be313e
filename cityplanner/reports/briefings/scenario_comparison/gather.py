"""The facts of the scenario comparison: outcomes, losses, the best plan for one scenario, and the years ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cityplanner.model.agreement import Agreement
from cityplanner.model.office import Office
from cityplanner.model.partner import Partner
from cityplanner.model.scenario import Scenario, ScenarioKind
from cityplanner.planning.best import priorities, problem_of
from cityplanner.planning.closing import Closing, closing
from cityplanner.planning.facts import ScenarioFact
from cityplanner.planning.gathering import PlanFacts, level_titles
from cityplanner.planning.gathering import gather as gather_plan
from cityplanner.planning.optimum.problem import Problem
from cityplanner.planning.study import Study, study_in_child
from cityplanner.planning.years import Year, chain, usual_growth
from cityplanner.reports.briefings.planned import Compared, Seen, compared
from cityplanner.reports.choices import Choices
from cityplanner.reports.kind import office_of
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records

BEST, WHY = "best", "why"
"""The sections that the search is for; with both left out nothing is searched."""
YEARS = 4


@dataclass(frozen=True, slots=True)
class Searched:
    """What the search for the best plan of a scenario came to."""

    problem: Problem
    study: Study


@dataclass(frozen=True, slots=True)
class ComparisonFacts:
    """Everything the scenario comparison says.

    `base` is the scenario that the best plan is sought for and the years ahead begin with. `closing` are levels
    that would close the gap of a scenario, by its id, `records` the scenarios with the day of their adoption.
    """

    office: Office
    today: dt.date
    plan: PlanFacts
    holding: Compared | None
    compared: tuple[Compared, ...]
    base: Compared | None
    closing: Mapping[int, Closing]
    records: Mapping[int, Scenario]
    level_titles: Mapping[int, str]
    searched: Searched | None
    years: tuple[Year, ...]
    growth: float
    withheld: int


def gather(plan: Plan, choices: Choices, today: dt.date) -> ComparisonFacts:
    """Read the plan and search as far as its sections are wanted; raises `UserError` for more than five scenarios."""
    office = office_of(plan)
    facts = gather_plan(plan, today)
    quartiles = {one.initiative_id: one.quartile for one in priorities(facts)}
    with plan.reading() as session:
        seen = Seen(_open(records(session, Partner), choices), _open(records(session, Agreement), choices))
        known = {one.id: one for one in records(session, Scenario)}
    holding, side_by_side = compared(facts, quartiles, choices.scenarios, seen)
    base = _base(side_by_side, holding)
    ways = ((one.scenario.id, closing(facts.office, one.scenario, one.outcome)) for one in side_by_side)
    return ComparisonFacts(
        office=office,
        today=today,
        plan=facts,
        holding=holding,
        compared=side_by_side,
        base=base,
        closing={key: way for key, way in ways if way is not None},
        records=known,
        level_titles=level_titles(plan),
        searched=_searched(facts, base, office.currency, choices.left_out),
        years=_years(facts, holding, base, office, quartiles),
        growth=float(usual_growth(facts.scenarios)),
        withheld=len({lost for one in side_by_side for lost in one.hidden()}),
    )


def _open(found: Iterable[Partner | Agreement], choices: Choices) -> frozenset[int]:
    return frozenset(one.id for one in found if choices.audience.may_see(one.sensitivity))


def _base(side_by_side: Sequence[Compared], holding: Compared | None) -> Compared | None:
    """The first reduction, else the first that does not hold already, else the first."""
    held = holding.scenario.id if holding else None
    others = [one for one in side_by_side if one.scenario.id != held]
    cuts = [one for one in others if one.scenario.kind == ScenarioKind.REDUCTION]
    return next(iter((*cuts, *others, *side_by_side)), None)


def _searched(
    facts: PlanFacts, base: Compared | None, currency: str, left_out: frozenset[str]
) -> Searched | None:
    if base is None or not facts.office.initiatives or {BEST, WHY} <= left_out:
        return None
    problem = problem_of(facts, base.scenario)
    return Searched(problem, study_in_child(problem, currency, why=WHY not in left_out))


def _years(
    facts: PlanFacts,
    holding: Compared | None,
    base: Compared | None,
    office: Office,
    quartiles: Mapping[int, int | None],
) -> tuple[Year, ...]:
    """The year that holds where it comes right before, the scenario's own year, and it carried forward."""
    if base is None:
        return ()
    first: ScenarioFact = base.scenario
    following: list[ScenarioFact | None] = [None] * (YEARS - 1)
    if holding is not None and holding.scenario.fiscal_year == first.fiscal_year - 1:
        first, following = holding.scenario, [first, *following[1:]]
    growth = usual_growth(facts.scenarios)
    return chain(facts.office, first, following, growth, office.fiscal_year_start, quartiles=quartiles)
