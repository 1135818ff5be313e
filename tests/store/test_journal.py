"""Every noun goes through the door: made, edited, deleted, undone and redone, with the whole plan compared."""

# ruff: noqa: PT012 - an edit and what fails in it belong together

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, insert, text, update

from cityplanner.base.errors import UserError
from cityplanner.model.agreement import Agreement
from cityplanner.model.change import ChangeKind
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Engagement
from cityplanner.model.entity import Entity, InvalidRecordError, field_of, fields, links
from cityplanner.model.initiative import ServiceLevel
from cityplanner.model.nouns import nouns
from cityplanner.model.office import Office
from cityplanner.model.partner import Partner
from cityplanner.model.scenario import Decision
from cityplanner.store.journal import BypassError
from cityplanner.store.plan_file import Plan, open_plan
from tests.builders import make, values_for
from tests.store.content import content, history, raw

NOUNS = list(nouns().values())


def through_undo_and_redo(plan: Plan, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Undo and redo the last change, twice, and compare everything each time."""
    assert before != after
    for _ in range(2):
        assert plan.undo() is not None
        assert content(plan.path) == before
        assert plan.redo() is not None
        assert content(plan.path) == after


@pytest.mark.parametrize("full", [True, False], ids=["full", "bare"])
@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__tablename__)
def test_a_record_is_made_undone_and_redone(plan: Plan, noun: type[Entity], full: bool) -> None:
    before = content(plan.path)
    with plan.edit("Make") as edit:
        make(edit, noun, full=full)

    through_undo_and_redo(plan, before, content(plan.path))


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__tablename__)
def test_each_field_of_a_record_is_edited_undone_and_redone(plan: Plan, noun: type[Entity]) -> None:
    with plan.edit("Make") as edit:
        number = make(edit, noun).id
    with plan.edit("Others to point to") as edit:
        others = {field.name: make(edit, nouns()[field.target]).id for field in links(noun)}
        if noun is Decision:
            others["initiative_id"] = edit.get_one(ServiceLevel, others["service_level_id"]).initiative_id
    before = content(plan.path)
    with plan.edit("Edit") as edit:
        record = edit.get_one(noun, number)
        values = values_for(noun, 500) | others
        if isinstance(record, Agreement | Engagement):
            values["status"] = record.status  # goes its own way, a step at a time: see the tests of its noun
        for name, value in values.items():
            setattr(record, name, value)

    assert edit.change is not None
    assert {(row.table, row.record_id) for row in edit.change.rows} == {(noun.__tablename__, number)}
    through_undo_and_redo(plan, before, content(plan.path))


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__tablename__)
def test_a_record_is_deleted_undone_and_redone(plan: Plan, noun: type[Entity]) -> None:
    with plan.edit("Make") as edit:
        number = make(edit, noun).id
    before = content(plan.path)
    with plan.edit("Delete") as edit:
        record = edit.get(noun, number)
        assert record is not None
        edit.remove(record)

    through_undo_and_redo(plan, before, content(plan.path))


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__tablename__)
def test_what_is_kept_is_what_was_given(plan: Plan, noun: type[Entity]) -> None:
    with plan.edit("Make") as edit:
        made = make(edit, noun)
    given = {field.name: getattr(made, field.name) for field in fields(noun)}

    with plan.reading() as session:
        kept = session.get(noun, made.id)
        assert {field.name: getattr(kept, field.name) for field in fields(noun)} == given


def test_a_record_can_be_used_after_its_edit(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        partner = Partner(name="Nagoya")
        edit.add(partner)

    assert (partner.id, partner.name) == (1, "Nagoya")


def test_a_long_history_is_undone_to_the_beginning_and_redone_to_the_end(plan: Plan) -> None:
    states = [content(plan.path)]
    for noun in NOUNS:
        with plan.edit(f"Make {noun.__label__}") as edit:
            make(edit, noun)
        states.append(content(plan.path))

    for state in reversed(states[:-1]):
        plan.undo()
        assert content(plan.path) == state
    for state in states[1:]:
        plan.redo()
        assert content(plan.path) == state
    assert plan.redo() is None


def test_undo_and_redo_survive_a_restart(plan: Plan) -> None:
    empty = content(plan.path)
    with plan.edit("Add") as edit:
        make(edit, Partner)
    full = content(plan.path)
    plan.close()

    with open_plan(plan.path) as again:
        assert again.undoable() == "Add"
        again.undo()
        assert content(plan.path) == empty
    with open_plan(plan.path) as again:
        assert again.redoable() == "Add"
        again.redo()
        assert content(plan.path) == full


def named(plan: Plan, *names: str) -> None:
    """One edit for each name."""
    for name in names:
        with plan.edit(name) as edit:
            edit.add(Partner(name=name))


def test_undo_and_redo_walk_back_and_forth_in_order(plan: Plan) -> None:
    named(plan, "A", "B", "C")
    labels = [
        change.label for step in "uuruuurrru" if (change := plan.undo() if step == "u" else plan.redo())
    ]

    assert labels == ["C", "B", "B", "B", "A", "A", "B", "C", "C"]
    assert (plan.undoable(), plan.redoable()) == ("B", "C")


def test_what_a_plan_begins_with_is_not_undone_nor_what_is_before_it(plan: Plan) -> None:
    named(plan, "A")
    with plan.edit("Begin anew", kind=ChangeKind.SETUP) as edit:
        edit.add(Partner(name="B"))
    before = content(plan.path)

    assert plan.undoable() is None
    assert plan.undo() is None
    assert content(plan.path) == before


def test_a_new_edit_ends_what_could_be_redone_but_not_what_can_be_undone(plan: Plan) -> None:
    named(plan, "A", "B")
    plan.undo()
    named(plan, "C")

    assert plan.redo() is None
    assert [change.label for _ in range(2) if (change := plan.undo())] == ["C", "A"]
    assert plan.undo() is None


def test_undo_and_redo_are_changes_themselves(plan: Plan) -> None:
    named(plan, "A")
    plan.undo()
    plan.redo()

    assert history(plan.path)[1:] == [(2, "A", "edit", None), (3, "A", "undo", 2), (4, "A", "redo", 2)]


def test_a_record_touched_many_times_in_one_edit_is_indexed_as_it_ends(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="Kept", notes="one"))
    before = content(plan.path)
    with plan.edit("Touch") as edit:
        kept, brief = edit.get_one(Partner, 1), Partner(name="Brief")
        edit.add(brief)
        for word in ("two", "three"):
            kept.notes = word
            brief.name = word
            edit.flush()
        edit.remove(brief)
    after = content(plan.path)

    assert {word for word, record, _column in after["(index)"] if record & 0xFFFF == 1} >= {"kept", "three"}
    assert not {"one", "two", "brief"} & {word for word, _record, _column in after["(index)"]}
    through_undo_and_redo(plan, before, after)


def test_an_edit_that_changes_nothing_is_no_change(plan: Plan) -> None:
    named(plan, "A")
    with plan.edit("Nothing") as edit:
        partner = edit.get(Partner, 1)
        assert partner is not None
        partner.name = "A"

    assert edit.change is None
    assert plan.undoable() == "A"


def test_ids_are_never_given_twice(plan: Plan) -> None:
    named(plan, "A")
    plan.undo()
    named(plan, "B")

    with plan.reading() as session:
        assert session.get(Partner, 1) is None
        assert session.get_one(Partner, 2).name == "B"


def test_undo_refuses_where_the_record_is_no_longer_as_it_was(plan: Plan) -> None:
    named(plan, "A")
    with raw(plan.path) as connection:
        connection.execute("UPDATE partner SET name = 'somebody else'")
    before = content(plan.path)

    with pytest.raises(UserError, match="changed since"):
        plan.undo()
    assert content(plan.path) == before


@pytest.mark.parametrize("trouble", [ValueError, KeyboardInterrupt, SystemExit, UserError, GeneratorExit])
def test_an_exception_leaves_no_trace(plan: Plan, trouble: type[BaseException]) -> None:
    before, changes = content(plan.path), history(plan.path)

    with pytest.raises(trouble), plan.edit("Fail") as edit:
        make(edit, nouns()["decision"])
        raise trouble("stop")

    assert content(plan.path) == before
    assert history(plan.path) == changes
    named(plan, "The door still opens")


def test_an_invalid_record_is_refused_with_its_fields_and_leaves_no_trace(plan: Plan) -> None:
    before = content(plan.path)

    with pytest.raises(InvalidRecordError) as refused, plan.edit("Fail") as edit:
        edit.add(Partner(name="Good"))
        edit.add(Partner(name=" ", country="Japan"))

    assert {problem.field for problem in refused.value.problems} == {"name", "country"}
    assert content(plan.path) == before


def test_an_edit_that_makes_a_record_invalid_is_refused(plan: Plan) -> None:
    named(plan, "A")
    with pytest.raises(InvalidRecordError), plan.edit("Fail") as edit:
        edit.get_one(Partner, 1).name = ""


def test_a_duplicate_is_refused_in_words_and_leaves_no_trace(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        make(edit, nouns()["initiative"], code="I1")
    before = content(plan.path)

    with pytest.raises(UserError, match="Another initiative has the same Code"), plan.edit("Fail") as edit:
        make(edit, nouns()["initiative"], code="I1")
    assert content(plan.path) == before


def test_a_link_to_nothing_is_refused_in_words(plan: Plan) -> None:
    before = content(plan.path)
    with pytest.raises(UserError, match="a record that does not exist"), plan.edit("Fail") as edit:
        make(edit, nouns()["gift"], partner_id=99)
    assert content(plan.path) == before


def test_going_on_after_a_refused_flush_keeps_nothing(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        make(edit, nouns()["fund"], code="F1")
    before = content(plan.path)

    with pytest.raises(Exception, match=r"transaction|already"), plan.edit("Fail") as edit:
        try:
            make(edit, nouns()["fund"], code="F1")
        except Exception:  # noqa: BLE001 - whatever it was, somebody swallows it
            edit.add(Partner(name="After"))

    assert content(plan.path) == before


BYPASSES = {
    "core insert": lambda session: session.execute(insert(Partner).values(name="X", uid="x")),
    "core update": lambda session: session.execute(update(Partner.__table__).values(name="X")),
    "core delete": lambda session: session.execute(delete(Partner.__table__)),
    "orm bulk update": lambda session: session.execute(
        update(Partner).where(Partner.id == 1).values(name="X")
    ),
    "orm bulk insert": lambda session: session.execute(insert(Partner), [{"name": "X", "uid": "x"}]),
    "query update": lambda session: session.query(Partner).update({"name": "X"}),
    "bulk save": lambda session: session.bulk_save_objects([Partner(name="X")]),
    "text": lambda session: session.execute(text("UPDATE partner SET name = 'X'")),
    "text behind a comment": lambda session: session.execute(text("/* hi */ -- ho\n DELETE FROM partner")),
    "text behind a with": lambda session: session.execute(
        text("WITH a AS (SELECT 1) INSERT INTO searched (noun) SELECT 'x' FROM a")
    ),
    "driver": lambda session: session.connection().exec_driver_sql("REPLACE INTO searched VALUES (1, 'x')"),
    "table": lambda session: session.execute(text("DROP TABLE partner")),
    "savepoint": lambda session: session.begin_nested().commit(),
}


@pytest.mark.parametrize("name", BYPASSES)
def test_nothing_gets_past_the_record_inside_an_edit(plan: Plan, name: str) -> None:
    named(plan, "A")
    before = content(plan.path)

    with pytest.raises(BypassError), plan.edit("Bypass") as edit:
        edit.add(Partner(name="B"))
        edit.flush()
        BYPASSES[name](edit)

    assert content(plan.path) == before


@pytest.mark.parametrize("name", sorted(set(BYPASSES) - {"savepoint"}))
def test_nothing_is_written_while_reading(plan: Plan, name: str) -> None:
    named(plan, "A")
    before = content(plan.path)

    with pytest.raises(BypassError), plan.reading() as session:
        BYPASSES[name](session)
        session.commit()

    assert content(plan.path) == before


def test_a_record_changed_while_reading_is_not_kept(plan: Plan) -> None:
    named(plan, "A")
    with pytest.raises(BypassError), plan.reading() as session:
        session.get_one(Partner, 1).name = "B"
        session.commit()
    with pytest.raises(BypassError), plan.reading() as session:
        session.add(Partner(name="C"))
        session.commit()


def test_rolling_back_inside_an_edit_keeps_nothing(plan: Plan) -> None:
    before = content(plan.path)
    with pytest.raises(Exception, match="transaction"), plan.edit("Roll back") as edit:
        make(edit, Partner)
        edit.rollback()

    assert content(plan.path) == before


def test_an_edit_inside_an_edit_is_refused_instead_of_waiting_for_ever(plan: Plan) -> None:
    with pytest.raises(BypassError), plan.edit("Outer"), plan.edit("Inner"):
        pass
    with pytest.raises(BypassError), plan.edit("Outer"):
        plan.undo()
    named(plan, "The door still opens")


def test_an_import_is_one_change_and_is_undone_as_one(plan: Plan) -> None:
    before = content(plan.path)
    with plan.edit("Import") as edit:
        edit.insert_many(Partner, [Partner(name=f"Partner {n}", tags=("a",)) for n in range(500)])
    after = content(plan.path)

    assert edit.change is not None
    assert len(edit.change.rows) == 500
    assert len(plan.search("partner", limit=1000)) == 500
    through_undo_and_redo(plan, before, after)


def test_an_import_goes_on_counting_ids_and_mixes_with_single_records(plan: Plan) -> None:
    named(plan, "A")
    with plan.edit("Import") as edit:
        edit.add(Partner(name="B"))
        many = [Partner(name="C"), Partner(name="D")]
        edit.insert_many(Partner, many)
        last = make(edit, Partner)

    assert [record.id for record in many] == [3, 4]
    assert last.id == 5


def test_an_import_with_one_bad_record_keeps_none(plan: Plan) -> None:
    before = content(plan.path)
    with pytest.raises(InvalidRecordError), plan.edit("Import") as edit:
        edit.insert_many(Partner, [Partner(name="A"), Partner(name="")])
    assert content(plan.path) == before

    same = Partner(name="A")
    with pytest.raises(UserError, match="same identifier"), plan.edit("Import") as edit:
        edit.insert_many(Partner, [same, Partner(name="B", uid=same.uid)])
    assert content(plan.path) == before


def test_an_import_of_nothing_is_no_change(plan: Plan) -> None:
    with plan.edit("Import") as edit:
        edit.insert_many(Partner, [])
    assert edit.change is None


def test_listeners_hear_of_each_change_after_it_is_kept(plan: Plan) -> None:
    heard: list[tuple[str, frozenset[str], str | None]] = []
    plan.listeners.append(lambda change: heard.append((change.label, change.tables, plan.undoable())))
    named(plan, "A")
    plan.undo()

    assert heard == [
        ("A", frozenset({"partner"}), "A"),
        ("A", frozenset({"partner"}), None),
    ]


def test_a_change_says_who_when_and_what(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="A"))
    change = edit.change

    assert change is not None
    assert (change.made_by, f"{change.made_at:%Y-%m-%dT%H:%M%z}") == ("tester", "2026-11-02T15:00+0000")
    (row,) = change.rows
    assert (row.table, row.record_id, row.before) == ("partner", 1, None)
    assert row.after is not None
    assert row.after["name"] == "A"


def test_the_office_can_be_changed(plan: Plan) -> None:
    with plan.edit("Move") as edit:
        edit.get_one(Office, 1).city = "Elsewhere"
    office = plan.office()

    assert office is not None
    assert office.city == "Elsewhere"
    assert field_of(Office, "city").required


def test_a_field_that_was_not_given_can_be_set_in_the_same_edit(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        contact, partner = make(edit, Contact), make(edit, Partner)
        partner.head_id = contact.id
    assert plan.undo() is not None
    assert plan.redo() is not None
    with plan.reading() as session:
        assert session.get_one(Partner, partner.id).head_id == contact.id
