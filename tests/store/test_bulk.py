"""One field of many records: previewed, done in one step, refused as a whole."""

from __future__ import annotations

import pytest

from cityplanner.base.errors import UserError
from cityplanner.model.contact import Contact
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store.bulk import Setting, Way, apply, preview, settable, ways
from cityplanner.store.plan_file import Plan


@pytest.fixture
def ids(plan: Plan) -> list[int]:
    """Three partners with tags."""
    made = [Partner(name=name, tags=tags) for name, tags in (("A", ("x",)), ("B", ("x", "y")), ("C", ()))]
    with plan.edit("Make") as edit:
        edit.add_all(made)
    return [partner.id for partner in made]


def tags(plan: Plan, ids: list[int]) -> list[tuple[str, ...]]:
    """The tags of the partners."""
    with plan.reading() as session:
        return [session.get_one(Partner, number).tags for number in ids]


def test_a_field_is_set_in_all_of_them_and_undone_in_one_step(plan: Plan, ids: list[int]) -> None:
    setting = Setting("kind", PartnerKind.UNIVERSITY)
    assert len(preview(plan, Partner, ids, setting).changed) == 3
    change = apply(plan, Partner, ids, setting)
    assert change is not None
    assert change.label == "Change Kind of 3 partners"
    assert len(change.rows) == 3
    again = preview(plan, Partner, ids, setting)
    assert (again.changed, again.same) == ((), 3)
    plan.undo()
    with plan.reading() as session:
        assert {session.get_one(Partner, number).kind for number in ids} == {PartnerKind.CITY}


def test_tags_come_and_go_and_the_others_stay(plan: Plan, ids: list[int]) -> None:
    outcome = preview(plan, Partner, ids, Setting("tags", ("y", "z"), Way.ADD))
    assert len(outcome.changed) == 3
    apply(plan, Partner, ids, Setting("tags", ("y",), Way.ADD))
    assert tags(plan, ids) == [("x", "y"), ("x", "y"), ("y",)]
    apply(plan, Partner, ids, Setting("tags", ("X",), Way.REMOVE))
    assert tags(plan, ids) == [("y",), ("y",), ("y",)]


def test_one_that_refuses_is_named_and_nothing_changes(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        edit.add_all([Contact(given="Ana", family="Reyes"), Contact(family="Sato")])
    setting = Setting("family", "")
    outcome = preview(plan, Contact, [1, 2], setting)
    assert [refused.title for refused in outcome.refused] == ["Sato"]
    with pytest.raises(UserError, match="nothing changes") as caught:
        apply(plan, Contact, [1, 2], setting)
    assert "Sato" in caught.value.remedy
    with plan.reading() as session:
        assert session.get_one(Contact, 1).family == "Reyes"
    assert plan.undoable() == "Make"


def test_setting_what_is_there_already_changes_nothing(plan: Plan, ids: list[int]) -> None:
    assert apply(plan, Partner, ids, Setting("kind", PartnerKind.CITY)) is None


def test_what_must_differ_cannot_be_set_at_once() -> None:
    from cityplanner.model.initiative import Initiative

    assert "code" not in {field.name for field in settable(Initiative)}
    by_name = {field.name: field for field in settable(Partner)}
    assert ways(by_name["tags"]) == (Way.SET, Way.ADD, Way.REMOVE)
    assert ways(by_name["kind"]) == (Way.SET,)
