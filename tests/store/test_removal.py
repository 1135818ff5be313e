"""Deleting: what is owned goes along, what mentions forgets, what needs refuses."""

from __future__ import annotations

import pytest

from cityplanner.model.entity import Entity
from cityplanner.model.field import Field, OnDelete
from cityplanner.model.nouns import nouns, references
from cityplanner.store.errors import InUseError
from cityplanner.store.plan_file import Plan
from tests.builders import make
from tests.store.content import content

LINKS = [
    pytest.param(nouns()[t], r.noun, r.field, id=f"{r.noun.__tablename__}.{r.field.name}")
    for t in nouns()
    for r in references(t)
]


@pytest.mark.parametrize(("target", "user", "link"), LINKS)
def test_deleting_what_a_link_points_to_follows_the_links_rule(
    plan: Plan, target: type[Entity], user: type[Entity], link: Field
) -> None:
    with plan.edit("Make") as edit:
        needed = make(edit, target)
        holder = make(edit, user, **{link.name: needed.id})
    before = content(plan.path)

    if link.on_delete is OnDelete.KEEP:
        with pytest.raises(InUseError, match="it is used by 1 "), plan.edit("Delete") as edit:
            edit.remove(edit.get_one(target, needed.id))
        assert content(plan.path) == before
        return
    with plan.edit("Delete") as edit:
        edit.remove(edit.get_one(target, needed.id))
    with plan.reading() as session:
        left = session.get(user, holder.id)
        assert session.get(target, needed.id) is None
        if link.on_delete is OnDelete.OWN:
            assert left is None
        else:
            assert left is not None
            assert getattr(left, link.name) is None
    plan.undo()
    assert content(plan.path) == before


def test_a_whole_tree_goes_and_comes_back_as_one_change(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        table = make(edit, nouns()["roundtable"])
        section = make(edit, nouns()["section"], roundtable_id=table.id)
        items = [make(edit, nouns()["source_item"], section_id=section.id) for _ in range(3)]
        make(edit, nouns()["item_link"], from_id=items[0].id, to_id=items[1].id)
        make(edit, nouns()["answer"], source_item_id=items[0].id)
        initiative = make(edit, nouns()["initiative"])
        make(edit, nouns()["contribution"], initiative_id=initiative.id, source_item_id=items[2].id)
    before = content(plan.path)
    with plan.edit("Delete") as edit:
        edit.remove(edit.get_one(nouns()["roundtable"], table.id))

    assert edit.change is not None
    assert {row.table for row in edit.change.rows} == {
        "roundtable", "section", "source_item", "item_link", "answer", "contribution",
    }  # fmt: skip
    after = content(plan.path)
    plan.undo()
    assert content(plan.path) == before
    plan.redo()
    assert content(plan.path) == after


def test_what_needs_something_deep_inside_refuses_for_the_whole(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        partner = make(edit, nouns()["partner"])
        make(edit, nouns()["position"], partner_id=partner.id)
        make(edit, nouns()["gift"], partner_id=partner.id)
        make(edit, nouns()["commitment"], partner_id=partner.id)
        make(edit, nouns()["commitment"], partner_id=partner.id)
    before = content(plan.path)

    with pytest.raises(InUseError) as refused, plan.edit("Delete") as edit:
        edit.remove(edit.get_one(nouns()["partner"], partner.id))

    assert "2 commitments" in str(refused.value)
    assert "1 gifts" in str(refused.value)
    assert str(partner.name) in str(refused.value)
    assert content(plan.path) == before


def test_what_needs_a_record_may_go_together_with_it(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        partner = make(edit, nouns()["partner"])
        gift = make(edit, nouns()["gift"], partner_id=partner.id)
    with plan.edit("Delete both") as edit:
        edit.remove(edit.get_one(nouns()["gift"], gift.id))
        edit.remove(edit.get_one(nouns()["partner"], partner.id))

    assert content(plan.path)["partner"] == []


def test_a_record_that_was_only_just_added_can_be_removed_again(plan: Plan) -> None:
    before = content(plan.path)
    with plan.edit("Make and delete") as edit:
        edit.remove(make(edit, nouns()["milestone"]))
        initiative = edit.query(nouns()["initiative"]).one()
        edit.remove(initiative)

    assert content(plan.path) == before
    plan.undo()
    assert content(plan.path) == before
