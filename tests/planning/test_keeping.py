"""Plans kept as scenarios: what is written, under which label, and at which budget."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cityplanner.planning.best import problem_of, with_budget
from cityplanner.planning.facts import FundChange
from cityplanner.planning.gathering import PlanFacts, gather
from cityplanner.planning.keeping import at_budget, differences, keep, save_changes
from cityplanner.planning.scenarios import outcome
from cityplanner.store.plan_file import Plan

TODAY = date(2026, 11, 2)


@pytest.fixture
def facts(sample: Plan) -> PlanFacts:
    return gather(sample, TODAY)


def test_what_is_kept_comes_to_the_same_and_one_undo_takes_it_back(sample: Plan, facts: PlanFacts) -> None:
    office, cut = facts.office, with_budget(facts.office, facts.scenarios[-1], Decimal(-3))
    decisions = dict(list(cut.decisions.items())[5:])

    number, name = keep(sample, office, replace(cut, decisions=decisions), "Kept")

    made = next(one for one in gather(sample, TODAY).scenarios if one.id == number)
    assert made.name == name == "Kept"
    assert made.decisions == {key: level for key, level in decisions.items() if level}
    assert outcome(office, made).funds == outcome(office, replace(cut, decisions=decisions)).funds
    assert sample.undoable() == "Keep the plan “Kept”"
    sample.undo()
    assert gather(sample, TODAY).scenarios == facts.scenarios


def test_a_level_is_named_in_its_change_and_others_are_not_touched(sample: Plan, facts: PlanFacts) -> None:
    office, cut = facts.office, facts.scenarios[-1]
    key = office.initiatives[0].id
    after = replace(cut, decisions={one: level for one, level in cut.decisions.items() if one != key})
    assert differences(office, cut, after) == {key: None}

    save_changes(sample, office, cut, after)

    assert sample.undoable() == f"Change the level of “{office.initiatives[0].title}” in “{cut.name}”"
    assert next(one for one in gather(sample, TODAY).scenarios if one.id == cut.id) == after


def test_levers_are_written_together(sample: Plan, facts: PlanFacts) -> None:
    office, cut = facts.office, facts.scenarios[-1]
    after = replace(
        cut,
        fund_changes=(FundChange(2, Decimal(-10)), FundChange(3, amount=-5000)),
        furlough_days=Decimal(2),
        cost_growth=Decimal("4.25"),
        frozen_position_ids=frozenset({1}),
    )

    save_changes(sample, office, cut, after)

    now = next(one for one in gather(sample, TODAY).scenarios if one.id == cut.id)
    assert replace(now, fund_changes=()) == replace(after, fund_changes=())
    assert set(now.fund_changes) == set(after.fund_changes)
    sample.undo()
    assert gather(sample, TODAY).scenarios == facts.scenarios


def test_a_scenario_at_another_budget_has_its_funds_in_proportion(facts: PlanFacts) -> None:
    problem = problem_of(facts, facts.scenarios[-1])
    before = outcome(facts.office, facts.scenarios[-1]).funds

    moved = outcome(facts.office, at_budget(problem, sum(fund.amount for fund in before) // 2)).funds

    assert [fund.amount for fund in moved] == [pytest.approx(fund.amount / 2, abs=1) for fund in before]
