"""A plan's best plan: the problem as the records state it, other budgets, and everything said about what is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cityplanner.base.language import N_, Language, current
from cityplanner.model.priority import Criterion
from cityplanner.planning import priority
from cityplanner.planning.facts import FundChange, OfficeFacts, ScenarioFact
from cityplanner.planning.gathering import PlanFacts
from cityplanner.planning.optimum.frontier import Point, budgets, total_budget
from cityplanner.planning.optimum.problem import USUAL, Effort, Problem
from cityplanner.planning.optimum.process import in_child
from cityplanner.planning.optimum.reasons import Reason, reasons
from cityplanner.planning.optimum.result import Solution
from cityplanner.planning.optimum.solve import Stop, never
from cityplanner.planning.optimum.worth import Least, Worth, least_more, worth_of_more
from cityplanner.planning.scenarios import fund_amount

LOWEST, HIGHEST = (6, 10), (11, 10)
"""Between which shares of a scenario's budget its frontier is drawn."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person asks of a best plan beyond the scenario's own limits; nothing by itself.

    `blend` is the part of coverage in a blend with priority (None: coverage first), floors are shares 0-1, and
    with `in_touch` staff have the hours left that keeping in touch with every partner takes.
    """

    blend: Fraction | None = None
    theme_floors: Mapping[str, Fraction] = field(default_factory=dict)
    equity_floor: Fraction = Fraction(0)
    in_touch: bool = False


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why what is left out is, what one more unit of each limit buys, and the least more that raises coverage."""

    reasons: tuple[Reason, ...]
    worth: tuple[Worth, ...]
    least: tuple[Least, ...]


def priorities(facts: PlanFacts) -> tuple[priority.Priority, ...]:
    """The priority of every initiative by the office's weights and scores, best first."""
    office = facts.office
    fit = priority.recommendation_fit(office.initiatives, office.recommendations, office.contributions)
    return priority.prioritize(office.initiatives, facts.weights, facts.scores, fit)


def equity_scores(facts: PlanFacts) -> dict[int, int]:
    """What each initiative that is scored on equity scores there, 0-4."""
    return {
        key: of_one[Criterion.EQUITY] for key, of_one in facts.scores.items() if Criterion.EQUITY in of_one
    }


def problem_of(facts: PlanFacts, scenario: ScenarioFact, wishes: Wishes = NO_WISHES) -> Problem:
    """The best plan asked for: coverage first, then priority, then cost, within the scenario's limits.

    `wishes` may blend coverage with priority, and add limits.
    """
    known = {one.initiative_id: one.result for one in priorities(facts) if one.result is not None}
    return Problem(
        facts.office,
        scenario,
        known,
        blend=wishes.blend,
        theme_floors=wishes.theme_floors,
        equity=equity_scores(facts) if wishes.equity_floor else {},
        equity_floor=wishes.equity_floor,
        contact=Fraction(wishes.in_touch),
    )


def with_budget(office: OfficeFacts, scenario: ScenarioFact, percent: Decimal) -> ScenarioFact:
    """The scenario with every fund changed by per cent on top of what it changes already."""
    more = tuple(FundChange(fund.id, percent) for fund in office.funds)
    return replace(scenario, fund_changes=(*scenario.fund_changes, *more))


def single_changes(office: OfficeFacts, scenario: ScenarioFact) -> tuple[FundChange, ...]:
    """Its changes with one for each fund, as records hold them; several on a fund become an amount."""
    found = []
    for fund in office.funds:
        of_fund = [one for one in scenario.fund_changes if one.fund_id == fund.id]
        if len(of_fund) == 1 and not (of_fund[0].percent and of_fund[0].amount):
            found.append(of_fund[0])
        elif of_fund:
            year = scenario.fiscal_year
            by = fund_amount(fund, year, of_fund) - fund.amounts.get(year, 0)
            found.append(FundChange(fund.id, amount=by))
    return tuple(found)


def totals(problem: Problem, count: int) -> tuple[int, ...]:
    """The budgets of a frontier, in minor units: equally far apart, with the scenario's own one among them."""
    own = total_budget(problem)
    plain = total_budget(replace(problem, scenario=replace(problem.scenario, fund_changes=())))
    low, high = own * LOWEST[0] // LOWEST[1], max(own * HIGHEST[0] // HIGHEST[1], plain)
    steps = budgets(low, high, count)
    nearest = min(steps[1:-1] or steps, key=lambda step: abs(step - own))
    return tuple(sorted({*steps} - {nearest} | {own}))


def rising(points: Iterable[Point]) -> list[Point]:
    """The points that have a plan, lowest budget first; where a cheaper plan is as good or better, it stands.

    A point is only found to within its gap, and a plan of a lower budget still holds at a higher one.
    """
    found: list[Point] = []
    for point in sorted(points, key=lambda one: one.budget):
        if point.value is None:
            continue
        best = found[-1] if found else point
        if best.value is not None and best.value > point.value:
            point = replace(point, value=best.value, decisions=best.decisions)
        found.append(point)
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """A point of a frontier, and the initiatives that keep more or less of their result than one point below."""

    point: Point
    up_ids: tuple[int, ...] = ()
    down_ids: tuple[int, ...] = ()


def steps(office: OfficeFacts, points: Iterable[Point]) -> tuple[Step, ...]:
    """What changes from each point of a frontier to the next that has a plan."""
    shares = {level.id: level.result_share for level in office.levels}
    found: list[Step] = []
    below: Mapping[int, int | None] | None = None
    for point in points:
        now, then = point.decisions, below
        if now is None:
            found.append(Step(point))
            continue
        below = now
        by = {
            one.id: 0
            if then is None
            else shares.get(now.get(one.id) or 0, 0) - shares.get(then.get(one.id) or 0, 0)
            for one in office.initiatives
        }
        up, down = (tuple(key for key, more in by.items() if more * way > 0) for way in (1, -1))
        found.append(Step(point, up, down))
    return tuple(found)


def step_words(office: OfficeFacts, step: Step, language: Language | None = None) -> str:
    """What changes from the budget below, by code; nothing where nothing does."""
    say, codes = language or current(), {one.id: one.code for one in office.initiatives}
    return say.parted(
        say.text(text).format(codes=say.listed(codes[key] for key in keys))
        for text, keys in ((N_("more of {codes}"), step.up_ids), (N_("less of {codes}"), step.down_ids))
        if keys
    )


def certainty_words(point: Point, language: Language | None = None) -> str:
    """How much better a plan could be at most, in points of coverage; nothing where that is not known."""
    say = language or current()
    if point.value is None or point.bound is None:
        return ""
    if point.proven:
        return say.text(N_("proven"))
    more = say.percent(float(point.bound - point.value), 2)
    return say.text(N_("at most {share}")).format(share=more)


def explain(
    problem: Problem, found: Solution, currency: str, effort: Effort = USUAL, stop: Stop = never
) -> Explanation:
    """Everything about a plan; `effort` is for each of the three questions."""
    return Explanation(
        reasons(problem, found, None, effort, stop),
        worth_of_more(problem, found, currency, effort, stop),
        least_more(problem, found, effort, stop),
    )


def explain_in_child(
    problem: Problem, found: Solution, currency: str, effort: Effort = USUAL, stop: Stop = never
) -> Explanation:
    """`explain` in a process of its own; `stop` is asked every 50 ms and ends it at once (`Cancelled`)."""
    return in_child(_explain, (problem, found, currency, effort), lambda _told: None, stop)


def _explain(
    problem: Problem, found: Solution, currency: str, effort: Effort, _tell: Callable[[Any], None]
) -> Explanation:
    return explain(problem, found, currency, effort)
