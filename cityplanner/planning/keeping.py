"""A plan that was found or adjusted, kept as a scenario like any other, in one change."""

from __future__ import annotations

from dataclasses import replace

from cityplanner.base.language import _
from cityplanner.planning.best import single_changes
from cityplanner.planning.facts import FundChange, OfficeFacts, ScenarioFact
from cityplanner.planning.optimum import supply
from cityplanner.planning.optimum.problem import Problem
from cityplanner.store import scenarios
from cityplanner.store.plan_file import Plan


def keep(plan: Plan, office: OfficeFacts, scenario: ScenarioFact, title: str) -> tuple[int, str]:
    """Copy the scenario of its id with its decisions and fund changes as given; the new id and name."""
    with plan.edit(_("Keep the plan “{name}”").format(name=title)) as edit:
        free = scenarios.free_title(edit, title)
        made = scenarios.copy(edit, scenario.id, free)
        levels: dict[int, int | None] = {one.id: None for one in office.initiatives}
        scenarios.decide(edit, made, levels | dict(scenario.decisions))
        changes = {one.fund_id: one for one in single_changes(office, scenario)}
        for fund in office.funds:
            change = changes.get(fund.id, FundChange(fund.id))
            scenarios.change_fund(edit, made, fund.id, change.percent or None, change.amount or None)
    return made, free


def at_budget(problem: Problem, total: int) -> ScenarioFact:
    """The scenario with its funds brought to a total in proportion, as a point of the frontier has them."""
    scenario = problem.scenario
    offers = supply.scaled(supply.amounts(problem), total)
    changes = []
    for fund in problem.office.funds:
        by = offers[fund.id] - fund.amounts.get(scenario.fiscal_year, 0)
        if by:
            changes.append(FundChange(fund.id, amount=by))
    return replace(scenario, fund_changes=tuple(changes))


def differences(office: OfficeFacts, before: ScenarioFact, after: ScenarioFact) -> dict[int, int | None]:
    """The initiatives that another scenario gives another level, with that level."""
    return {
        one.id: after.decisions.get(one.id)
        for one in office.initiatives
        if before.decisions.get(one.id) != after.decisions.get(one.id)
    }


def save_changes(plan: Plan, office: OfficeFacts, before: ScenarioFact, after: ScenarioFact) -> None:
    """Write what differs between two states of one scenario, as one change named after it."""
    levels = differences(office, before, after)
    with plan.edit(_label(office, after, levels)) as edit:
        scenarios.decide(edit, after.id, levels)
        then = {one.fund_id: one for one in before.fund_changes}
        now = {one.fund_id: one for one in after.fund_changes}
        for fund_id in sorted({*then, *now}):
            change = now.get(fund_id, FundChange(fund_id))
            if change != then.get(fund_id):
                scenarios.change_fund(edit, after.id, fund_id, change.percent or None, change.amount or None)
        if before.frozen_position_ids != after.frozen_position_ids:
            scenarios.freeze(edit, after.id, after.frozen_position_ids)
        if (before.furlough_days, before.cost_growth) != (after.furlough_days, after.cost_growth):
            scenarios.assume(
                edit, after.id, furlough_days=int(after.furlough_days), cost_growth=after.cost_growth
            )


def _label(office: OfficeFacts, scenario: ScenarioFact, levels: dict[int, int | None]) -> str:
    if len(levels) != 1:
        return _("Change “{name}”").format(name=scenario.name)
    titles = {one.id: one.title for one in office.initiatives}
    return _("Change the level of “{initiative}” in “{name}”").format(
        initiative=titles[next(iter(levels))], name=scenario.name
    )
