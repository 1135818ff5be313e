"""What the history tells."""

from __future__ import annotations

from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.history import broken_link, history, next_redo, next_undo, rows_of
from tests.builders import make


def prepare(plan: Plan) -> None:
    """Partner 1 is added, renamed and the renaming undone; partner 2 is added with a gift."""
    with plan.edit("Add one") as edit:
        edit.add(Partner(name="One"))
    with plan.edit("Rename one") as edit:
        edit.get_one(Partner, 1).name = "Uno"
    plan.undo()
    with plan.edit("Add two") as edit:
        make(edit, nouns()["gift"], partner_id=make(edit, Partner).id)


def test_changes_come_newest_first_and_as_many_as_asked_for(plan: Plan) -> None:
    prepare(plan)
    with plan.reading() as session:
        changes = history(session)
        assert [(c.label, str(c.kind)) for c in changes] == [
            ("Add two", "edit"),
            ("Rename one", "undo"),
            ("Rename one", "edit"),
            ("Add one", "edit"),
            ("Set up the office", "setup"),
        ]
        assert history(session, limit=2) == changes[:2]


def test_of_a_large_change_the_first_rows_are_read_and_the_rest_counted(plan: Plan) -> None:
    with plan.edit("Add many") as edit:
        edit.add_all([Partner(name=f"Partner {number}") for number in range(5)])
    with plan.reading() as session:
        whole, part = history(session, limit=1)[0], history(session, limit=1, most=3)[0]
        assert (len(whole.rows), whole.left_out) == (5, 0)
        assert (part.rows, part.left_out) == (whole.rows[:3], 2)
        assert history(session, limit=1, most=5)[0] == whole
        (of_one,) = history(session, table="partner", record_id=2, most=3)
        assert ([row.record_id for row in of_one.rows], of_one.left_out) == ([2], 0)


def test_changes_of_a_noun_or_of_one_record_can_be_asked_for(plan: Plan) -> None:
    prepare(plan)
    with plan.reading() as session:
        assert [c.label for c in history(session, table="gift")] == ["Add two"]
        assert [c.label for c in history(session, table="partner", record_id=1)] == ["Rename one"] * 2 + [
            "Add one"
        ]
        assert history(session, table="partner", record_id=99) == []


def test_a_change_that_is_read_equals_the_one_that_was_made(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        for noun in nouns().values():
            make(edit, noun)
    with plan.reading() as session:
        assert history(session, limit=1) == [edit.change]


def test_undoing_writes_the_same_rows_backwards(plan: Plan) -> None:
    prepare(plan)
    with plan.reading() as session:
        (edited,), (undone,) = rows_of(session, 3), rows_of(session, 4)

    assert (edited.before, edited.after) == (undone.after, undone.before)


def test_what_comes_next_is_known_without_doing_it(plan: Plan) -> None:
    prepare(plan)
    with plan.reading() as session:
        target = next_undo(session)
        assert target is not None
        assert target.label == "Add two"
        assert next_redo(session) is None
        assert broken_link(session) is None
