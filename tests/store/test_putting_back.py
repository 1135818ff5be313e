"""A record or a field goes back to what the history knows, as one undoable change, by the rules of its noun."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cityplanner.base.errors import UserError
from cityplanner.model.agreement import Agreement, AgreementStatus
from cityplanner.model.entity import Entity, InvalidRecordError
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.model.scenario import Scenario
from cityplanner.store.checks import check_content
from cityplanner.store.errors import LockedScenarioError, ReadOnlyError
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.store.putting_back import Past, put_back
from tests.builders import make
from tests.store.content import content

NOUNS = list(nouns().values())


def add(plan: Plan, record: Entity) -> Past:
    """Add a record; the state that it was added in."""
    with plan.edit("Add") as edit:
        edit.add(record)
    assert edit.change is not None
    return Past(edit.change.id, record.__tablename__, record.id, after=True)


def change(plan: Plan, number: int, **values: object) -> int:
    """Change a partner; the number of the change."""
    with plan.edit("Change") as edit:
        for name, value in values.items():
            setattr(edit.get_one(Partner, number), name, value)
    assert edit.change is not None
    return edit.change.id


def partner(plan: Plan, number: int = 1) -> Partner:
    with plan.reading() as session:
        return session.get_one(Partner, number)


def test_one_field_goes_back_and_the_others_stay(plan: Plan) -> None:
    add(plan, Partner(name="Nagoya", city="Nagoya"))
    number = change(plan, 1, name="Wrong", city="Elsewhere")

    made = put_back(plan, Past(number, "partner", 1, field="name"))

    assert made is not None
    assert made.label == "Put Name of partner Wrong back"
    assert (partner(plan).name, partner(plan).city) == ("Nagoya", "Elsewhere")
    plan.undo()
    assert partner(plan).name == "Wrong"


def test_a_whole_record_goes_back_to_before_and_to_after_a_change(plan: Plan) -> None:
    added = add(plan, Partner(name="Nagoya", city="Nagoya", tags=("a", "b")))
    first = content(plan.path)
    number = change(plan, 1, name="Wrong", city="", tags=())
    changed = content(plan.path)

    put_back(plan, added)
    assert content(plan.path) == first
    put_back(plan, Past(number, "partner", 1, after=True))
    assert content(plan.path) == changed
    put_back(plan, Past(number, "partner", 1))
    assert content(plan.path) == first


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__tablename__)
def test_a_deleted_record_of_any_noun_comes_back_as_it_was(plan: Plan, noun: type[Entity]) -> None:
    with plan.edit("Make") as edit:
        number = make(edit, noun).id
    before = content(plan.path)
    with plan.edit("Delete") as edit:
        edit.remove(edit.get_one(noun, number))
    assert edit.change is not None

    made = put_back(plan, Past(edit.change.id, noun.__tablename__, number))

    assert made is not None
    assert content(plan.path)[noun.__tablename__] == before[noun.__tablename__]
    assert all(finding.ok for finding in check_content(plan))
    plan.undo()
    plan.redo()
    assert content(plan.path)[noun.__tablename__] == before[noun.__tablename__]


def test_what_is_so_already_is_no_change(plan: Plan) -> None:
    added = add(plan, Partner(name="Nagoya"))
    assert put_back(plan, added) is None


def test_a_link_to_what_is_gone_is_refused_with_its_field(plan: Plan) -> None:
    add(plan, Partner(name="Nagoya"))
    with plan.edit("Give") as edit:
        make(edit, nouns()["gift"], partner_id=1)
    assert edit.change is not None
    given = Past(edit.change.id, "gift", 1, after=True)
    with plan.edit("Delete") as edit:
        edit.remove(edit.get_one(nouns()["gift"], 1))
        edit.remove(edit.get_one(Partner, 1))
    before = content(plan.path)

    with pytest.raises(UserError, match="no longer there: Partner") as refused:
        put_back(plan, given)

    assert "one by one" in refused.value.remedy
    assert content(plan.path) == before


def test_a_field_of_a_deleted_record_and_a_time_before_it_are_refused_in_words(plan: Plan) -> None:
    added = add(plan, Partner(name="Nagoya"))
    with pytest.raises(UserError, match="did not exist then"):
        put_back(plan, Past(added.change_id, "partner", 1))
    with plan.edit("Delete") as edit:
        edit.remove(edit.get_one(Partner, 1))
    with pytest.raises(UserError, match="deleted since"):
        put_back(plan, Past(added.change_id, "partner", 1, after=True, field="name"))


def test_a_rule_of_the_noun_stands_in_the_way(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        make(edit, nouns()["initiative"], code="I1")
    with plan.edit("Rename") as edit:
        edit.get_one(nouns()["initiative"], 1).code = "I2"  # type: ignore[attr-defined]
    assert edit.change is not None
    with plan.edit("Take the code") as other:
        make(other, nouns()["initiative"], code="I1")

    with pytest.raises(UserError, match="Another initiative has the same Code"):
        put_back(plan, Past(edit.change.id, "initiative", 1, field="code"))


def test_a_locked_scenario_stays_as_it_is(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        make(edit, Scenario, title="Draft")
    with plan.edit("Adopt") as edit:
        scenario = edit.get_one(Scenario, 1)
        scenario.title, scenario.adopted_at = "Final", datetime(2026, 6, 1, tzinfo=UTC)
    assert edit.change is not None
    for name in ("title", ""):
        with pytest.raises(LockedScenarioError):
            put_back(plan, Past(edit.change.id, "scenario", 1, field=name))


def test_a_status_goes_back_only_where_its_noun_lets_it(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        make(edit, Agreement, status=AgreementStatus.NEGOTIATION)
    assert edit.change is not None
    made = Past(edit.change.id, "agreement", 1, after=True, field="status")
    for status in (AgreementStatus.SIGNED, AgreementStatus.ACTIVE):
        with plan.edit("Go on") as edit:
            edit.get_one(Agreement, 1).status = status
    with pytest.raises(InvalidRecordError):
        put_back(plan, made)


def test_a_plan_that_is_only_read_refuses(plan: Plan) -> None:
    added = add(plan, Partner(name="Nagoya"))
    number = change(plan, 1, name="B")
    plan.close()
    with open_plan(plan.path, read_only=True) as reader, pytest.raises(ReadOnlyError):
        put_back(reader, Past(number, "partner", added.record_id))
