"""An adopted scenario is locked, with all that belongs to it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from cityplanner.model.entity import Entity
from cityplanner.model.nouns import nouns
from cityplanner.model.scenario import Decision, FrozenPosition, FundChange, Scenario
from cityplanner.store.errors import LockedScenarioError
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan
from tests.builders import make
from tests.store.content import content

ADOPTED = datetime(2026, 6, 1, tzinfo=UTC)
PARTS: list[type[Entity]] = [FundChange, FrozenPosition, Decision]


@pytest.fixture
def adopted(plan: Plan) -> Plan:
    """A plan with scenario 1 adopted, with parts, and scenario 2 open, with parts."""
    with plan.edit("Make") as edit:
        for title in ("Adopted", "Open"):
            scenario = make(edit, Scenario, title=title)
            for part in PARTS:
                make(edit, part, scenario_id=scenario.id)
    with plan.edit("Adopt") as edit:
        edit.get_one(Scenario, 1).adopted_at = ADOPTED
    return plan


def refuse(plan: Plan, step: object) -> None:
    """Whatever `step` does is refused and leaves no trace."""
    before = content(plan.path)
    with pytest.raises(LockedScenarioError, match="Adopted"), plan.edit("Change") as edit:
        step(edit)  # type: ignore[operator]
    assert content(plan.path) == before


def test_adopting_is_an_edit_that_can_be_undone(adopted: Plan) -> None:
    adopted.undo()
    with adopted.edit("Change") as edit:
        edit.get_one(Scenario, 1).title = "Changed"
    assert edit.change is not None


def test_a_scenario_may_change_while_it_is_adopted_in_the_same_edit(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        make(edit, FundChange, scenario_id=make(edit, Scenario).id)
    with plan.edit("Adopt") as edit:
        scenario = edit.get_one(Scenario, 1)
        scenario.title, scenario.adopted_at = "Final", ADOPTED
        edit.get_one(FundChange, 1).percent = Decimal(-5)
    assert edit.change is not None


@pytest.mark.parametrize(
    "change",
    [{"title": "X"}, {"notes": "X"}, {"adopted_at": None}, {"adopted_at": datetime(2026, 7, 1, tzinfo=UTC)}],
)
def test_the_scenario_itself_cannot_change(adopted: Plan, change: dict[str, object]) -> None:
    def step(edit: Editing) -> None:
        scenario = edit.get_one(Scenario, 1)
        for name, value in change.items():
            setattr(scenario, name, value)

    refuse(adopted, step)


def test_the_scenario_itself_cannot_be_deleted(adopted: Plan) -> None:
    refuse(adopted, lambda edit: edit.remove(edit.get_one(Scenario, 1)))
    refuse(adopted, lambda edit: edit.delete(edit.get_one(Scenario, 1)))


@pytest.mark.parametrize("part", PARTS)
def test_no_part_can_be_changed_added_moved_or_deleted(adopted: Plan, part: type[Entity]) -> None:
    def change(edit: Editing) -> None:
        record = edit.get_one(part, 1)
        record.uid = "another"

    refuse(adopted, change)
    refuse(adopted, lambda edit: make(edit, part, scenario_id=1))
    refuse(adopted, lambda edit: setattr(edit.get_one(part, 1), "scenario_id", 2))
    refuse(adopted, lambda edit: setattr(edit.get_one(part, 2), "scenario_id", 1))
    refuse(adopted, lambda edit: edit.remove(edit.get_one(part, 1)))


def test_no_part_can_be_imported(adopted: Plan) -> None:
    def step(edit: Editing) -> None:
        fund = make(edit, nouns()["fund"])
        edit.insert_many(FundChange, [FundChange(scenario_id=1, fund_id=fund.id, percent=Decimal(1))])

    refuse(adopted, step)


def test_what_a_part_needs_cannot_be_deleted_from_under_it(adopted: Plan) -> None:
    with adopted.reading() as session:
        initiative = session.get_one(Decision, 1).initiative_id
    refuse(adopted, lambda edit: edit.remove(edit.get_one(nouns()["initiative"], initiative)))


def test_saving_a_part_without_a_change_is_no_offence(adopted: Plan) -> None:
    with adopted.edit("Nothing") as edit:
        record = edit.get_one(FundChange, 1)
        record.percent = record.percent
        scenario = edit.get_one(Scenario, 1)
        scenario.title = "Adopted"
    assert edit.change is None


def test_another_scenario_stays_open(adopted: Plan) -> None:
    with adopted.edit("Change") as edit:
        edit.get_one(Scenario, 2).title = "Changed"
        edit.remove(edit.get_one(FundChange, 2))
    assert edit.change is not None
