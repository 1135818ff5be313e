"""What is done to a scenario is one change that can be undone, and an adopted one refuses all but a copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from cityplanner.base.errors import NotFoundError
from cityplanner.model.entity import Entity
from cityplanner.model.initiative import Initiative
from cityplanner.model.scenario import Decision, FrozenPosition, Scenario
from cityplanner.model.scenario import FundChange as FundChangeRecord
from cityplanner.planning.facts import FundChange, ScenarioFact
from cityplanner.planning.gathering import gather
from cityplanner.store import bulk, scenarios
from cityplanner.store.errors import LockedScenarioError
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.listing import ids
from tests.conftest import NOW
from tests.store.content import content

LESS, ADOPTED = "Twenty-five per cent less FY 2028", "Adopted budget FY 2027"


def fact(plan: Plan, name: str) -> ScenarioFact:
    """A scenario by its name."""
    return next(one for one in gather(plan, date(2026, 11, 2)).scenarios if one.name == name)


def do(plan: Plan, step: Callable[[Editing], object]) -> None:
    """One step as one change."""
    with plan.edit("Step") as edit:
        step(edit)


def test_a_copy_has_all_that_belongs_to_the_original_and_one_undo_takes_it_back(sample: Plan) -> None:
    source, before = fact(sample, LESS), content(sample.path)

    do(sample, lambda edit: scenarios.copy(edit, source.id, "Second try"))

    made = fact(sample, "Second try")
    assert made.id != source.id
    assert made.decisions == source.decisions
    assert set(made.fund_changes) == set(source.fund_changes)
    assert made.frozen_position_ids == source.frozen_position_ids
    assert (made.furlough_days, made.cost_growth, made.fiscal_year, made.kind) == (
        source.furlough_days, source.cost_growth, source.fiscal_year, source.kind,
    )  # fmt: skip
    sample.undo()
    assert content(sample.path) == before


def test_the_name_of_a_copy_is_made_the_only_one(sample: Plan) -> None:
    source = fact(sample, LESS)

    for _turn in range(2):
        do(sample, lambda edit: scenarios.copy(edit, source.id, LESS))

    assert fact(sample, f"{LESS} 2").id != fact(sample, f"{LESS} 3").id


def test_the_copy_of_an_adopted_scenario_is_open(sample: Plan) -> None:
    source = fact(sample, ADOPTED)

    do(sample, lambda edit: scenarios.copy(edit, source.id, "Copy"))
    made = fact(sample, "Copy")
    do(sample, lambda edit: scenarios.rename(edit, made.id, "Renamed"))

    assert made.kind == "contingency"
    assert fact(sample, "Renamed").id == made.id


def test_adopting_keeps_who_and_when_and_locks_until_it_is_undone(sample: Plan) -> None:
    chosen = fact(sample, LESS)

    do(sample, lambda edit: scenarios.adopt(edit, chosen.id, "tester", NOW))

    assert fact(sample, LESS).kind == "adopted"
    with pytest.raises(LockedScenarioError):
        do(sample, lambda edit: scenarios.rename(edit, chosen.id, "Other"))
    with pytest.raises(LockedScenarioError):
        do(sample, lambda edit: scenarios.decide(edit, chosen.id, dict.fromkeys(chosen.decisions)))
    sample.undo()
    assert fact(sample, LESS) == chosen


def test_levels_are_given_changed_and_taken(sample: Plan) -> None:
    chosen = fact(sample, LESS)
    first, second, third, *_rest = sorted(chosen.decisions)
    do(sample, lambda edit: scenarios.decide(edit, chosen.id, {first: None, second: None}))
    assert not {first, second} & set(fact(sample, LESS).decisions)

    do(sample, lambda edit: scenarios.decide(edit, chosen.id, {first: chosen.decisions[first], third: None}))

    decided = fact(sample, LESS).decisions
    assert decided[first] == chosen.decisions[first]
    assert {second, third} & set(decided) == set()
    sample.undo()
    sample.undo()
    assert fact(sample, LESS).decisions == chosen.decisions


def test_a_fund_changes_by_per_cent_or_amount_or_not(sample: Plan) -> None:
    chosen = fact(sample, LESS)

    do(sample, lambda edit: scenarios.change_fund(edit, chosen.id, 1, amount=-250_000))
    do(sample, lambda edit: scenarios.change_fund(edit, chosen.id, 2))
    do(sample, lambda edit: scenarios.change_fund(edit, chosen.id, 3, percent=Decimal(-5)))
    do(sample, lambda edit: scenarios.change_fund(edit, chosen.id, 4, percent=Decimal(0)))

    assert set(fact(sample, LESS).fund_changes) == {
        FundChange(1, Decimal(0), -250_000),
        FundChange(3, Decimal(-5), 0),
    }


def test_positions_freeze_and_thaw_and_assumptions_are_set(sample: Plan) -> None:
    chosen = fact(sample, LESS)
    kept, *_given_up = sorted(chosen.frozen_position_ids)

    do(sample, lambda edit: scenarios.freeze(edit, chosen.id, {kept, 1}))
    do(
        sample,
        lambda edit: scenarios.assume(edit, chosen.id, furlough_days=12, cost_growth=Decimal("1.5")),
    )

    now = fact(sample, LESS)
    assert now.frozen_position_ids == {kept, 1}
    assert (now.furlough_days, now.cost_growth) == (Decimal(12), Decimal("1.5"))


def test_a_scenario_that_is_gone_is_named_as_such(sample: Plan) -> None:
    with pytest.raises(NotFoundError, match="does not exist any more"):
        do(sample, lambda edit: scenarios.copy(edit, 999, "Copy"))


def remove(edit: Editing, noun: type[Entity], key: int) -> None:
    """Remove a record of the plan."""
    found = edit.get(noun, key)
    assert found is not None
    edit.remove(found)


def adopted_with_parts(plan: Plan) -> int:
    """A scenario with fund changes, frozen positions and decisions, adopted."""
    chosen = fact(plan, LESS)
    do(plan, lambda edit: scenarios.adopt(edit, chosen.id, "tester", NOW))
    return chosen.id


@pytest.mark.parametrize("noun", [Decision, FundChangeRecord, FrozenPosition])
def test_what_belongs_to_an_adopted_scenario_is_neither_changed_nor_removed_nor_added_to(
    sample: Plan, noun: type[Entity]
) -> None:
    number = adopted_with_parts(sample)
    before = content(sample.path)
    other = next(one.id for one in gather(sample, date(2026, 11, 2)).scenarios if one.id != number)
    with sample.reading() as session:
        of_it = ids(session, noun, equal={"scenario_id": number})
    key = of_it[0]
    steps: tuple[Callable[[Editing], object], ...] = (
        lambda edit: remove(edit, noun, key),
        lambda edit: setattr(edit.get(noun, key), "scenario_id", other),
        lambda edit: scenarios.freeze(edit, number, ()),
        lambda edit: scenarios.change_fund(edit, number, 4, amount=100),
        lambda edit: scenarios.assume(edit, number, furlough_days=1, cost_growth=None),
        lambda edit: scenarios.adopt(edit, number, "somebody else", NOW),
    )
    for step in steps:
        with pytest.raises(LockedScenarioError):
            do(sample, step)
    assert content(sample.path) == before


def test_the_lock_holds_against_bulk_edits_and_against_removing_what_it_was_decided_on(sample: Plan) -> None:
    number = adopted_with_parts(sample)
    before = content(sample.path)
    initiative = next(iter(fact(sample, LESS).decisions))

    with pytest.raises(LockedScenarioError):
        bulk.apply(sample, Scenario, [number], bulk.Setting("furlough_days", 9))
    with pytest.raises(LockedScenarioError):
        do(sample, lambda edit: remove(edit, Scenario, number))
    with pytest.raises(LockedScenarioError):
        do(sample, lambda edit: remove(edit, Initiative, initiative))

    assert content(sample.path) == before
