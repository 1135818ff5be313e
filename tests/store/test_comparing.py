"""A backup is compared with the plan record by record, and a record comes back as the backup has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityplanner.base.errors import UserError
from cityplanner.model.contact import Contact
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.model.scenario import Scenario
from cityplanner.store.backups import backup, restore
from cityplanner.store.comparing import Counts, changes_lost, compare, put_back
from cityplanner.store.errors import LockedScenarioError
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.store.rows import RowChange
from tests.builders import make
from tests.store.content import content, raw


def add(plan: Plan, *names: str) -> None:
    """One edit with partners of these names."""
    with plan.edit("Add") as edit:
        edit.add_all(Partner(name=name) for name in names)


def rename(plan: Plan, number: int, name: str) -> None:
    with plan.edit("Rename") as edit:
        edit.get_one(Partner, number).name = name


def remove(plan: Plan, noun: type[Partner], number: int) -> None:
    with plan.edit("Delete") as edit:
        edit.remove(edit.get_one(noun, number))


def only(plan: Plan, made: Path, table: str = "partner") -> RowChange:
    """The one record of a noun that differs."""
    (row,) = [row for row in compare(plan.path, made).rows if row.table == table]
    return row


def test_a_backup_just_made_differs_in_nothing(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        for noun in nouns().values():
            make(edit, noun)
    found = compare(plan.path, backup(plan.path))

    assert found.same
    assert found.rows == ()
    assert found.changes == 0


def test_what_was_added_changed_and_removed_is_counted_and_told(plan: Plan) -> None:
    add(plan, "Stays", "Changes", "Goes")
    made = backup(plan.path)
    rename(plan, 2, "Changed")
    remove(plan, Partner, 3)
    add(plan, "New", "Newer")

    found = compare(plan.path, made)

    assert found.counts == {"partner": Counts(added=2, changed=1, removed=1)}
    told = {
        (row.record_id, (row.before or {}).get("name"), (row.after or {}).get("name")) for row in found.rows
    }
    assert told == {(4, None, "New"), (5, None, "Newer"), (2, "Changes", "Changed"), (3, "Goes", None)}
    assert found.changes == 3


def test_what_was_undone_again_does_not_differ(plan: Plan) -> None:
    add(plan, "A")
    made = backup(plan.path)
    rename(plan, 1, "B")
    plan.undo()

    assert compare(plan.path, made).same


def test_a_record_that_took_the_number_of_another_is_not_taken_for_it(plan: Plan) -> None:
    first = backup(plan.path)
    add(plan, "Once")
    second = backup(plan.path)
    plan.close()
    restore(plan.path, first)
    with open_plan(plan.path, user="tester") as again:
        add(again, "Instead")
        found = compare(again.path, second)
        assert found.counts == {"partner": Counts(added=1, changed=0, removed=1)}
        assert found.changes is None
        gone = next(row for row in found.rows if row.after is None)
        with pytest.raises(UserError, match="taken the place"):
            put_back(again, second, gone)


def test_a_changed_record_comes_back_in_one_undoable_step(plan: Plan) -> None:
    add(plan, "Before", "Other")
    made = backup(plan.path)
    rename(plan, 1, "After")
    rename(plan, 2, "Other still")

    change = put_back(plan, made, next(r for r in compare(plan.path, made).rows if r.record_id == 1))

    assert change is not None
    assert only(plan, made).record_id == 2
    assert plan.search("before")
    assert not plan.search("after")
    plan.undo()
    assert plan.search("after")
    assert not plan.search("before")


@pytest.mark.parametrize("table", [name for name in nouns() if name != "office"])
def test_a_removed_record_of_any_noun_comes_back_with_what_it_owned(plan: Plan, table: str) -> None:
    with plan.edit("Make") as edit:
        number = make(edit, nouns()[table]).id
    before = content(plan.path)
    made = backup(plan.path)
    with plan.edit("Delete") as edit:
        edit.remove(edit.get_one(nouns()[table], number))
    gone = next(r for r in compare(plan.path, made).rows if (r.table, r.record_id) == (table, number))

    put_back(plan, made, gone)

    assert compare(plan.path, made).same
    after = content(plan.path)
    assert {name: after[name] for name in nouns()} == {name: before[name] for name in nouns()}
    assert after["(index)"] == before["(index)"]


def test_what_a_removed_record_cannot_be_without_comes_back_first(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        position = make(edit, nouns()["position"])
        contact_id, partner_id = position.contact_id, position.partner_id
    made = backup(plan.path)
    with plan.edit("Delete") as edit:
        edit.remove(edit.get_one(Contact, contact_id))
        edit.remove(edit.get_one(Partner, partner_id))
    gone = only(plan, made, "position")

    put_back(plan, made, gone)

    assert compare(plan.path, made).same


def test_an_optional_link_to_what_is_no_more_stays_empty(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        head = Contact(family="Head")
        edit.add(head)
        edit.flush()
        edit.add(Partner(name="A", head_id=head.id))
    made = backup(plan.path)
    with plan.edit("Delete") as edit:
        edit.remove(edit.get_one(Contact, 1))
    remove(plan, Partner, 1)

    put_back(plan, made, only(plan, made))

    with plan.reading() as session:
        assert session.get_one(Partner, 1).head_id is None


def test_what_was_added_since_is_not_put_back(plan: Plan) -> None:
    made = backup(plan.path)
    add(plan, "New")

    with pytest.raises(UserError, match="added after"):
        put_back(plan, made, only(plan, made))


def test_an_adopted_scenario_stays_as_it_was_adopted(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        make(edit, Scenario)
    made = backup(plan.path)
    with plan.edit("Adopt") as edit:
        edit.get_one(Scenario, 1).adopted_at = edit.now()
        edit.get_one(Scenario, 1).adopted_by = "The council"

    with pytest.raises(LockedScenarioError):
        put_back(plan, made, only(plan, made, "scenario"))


def test_a_backup_of_a_version_that_knew_less_is_compared_by_what_it_knew(plan: Plan) -> None:
    add(plan, "A", "B")
    made = backup(plan.path)
    with raw(made) as connection:
        connection.execute("ALTER TABLE partner DROP COLUMN website")
        connection.execute("DROP TABLE fund_change")
    assert compare(plan.path, made).same
    with plan.edit("Change") as edit:
        partner = edit.get_one(Partner, 1)
        partner.name, partner.website = "C", "https://example.org"

    put_back(plan, made, only(plan, made))

    with plan.reading() as session:
        partner = session.get_one(Partner, 1)
        assert (partner.name, partner.website) == ("A", "https://example.org")


def test_what_cannot_be_read_is_told_in_words(plan: Plan, tmp_path: Path) -> None:
    harmed = tmp_path / "harmed.cityplan"
    harmed.write_bytes(backup(plan.path).read_bytes()[:9000])
    with pytest.raises(UserError):
        compare(plan.path, harmed)
    with pytest.raises(UserError):
        compare(plan.path, tmp_path / "nowhere.cityplan")


def test_the_changes_a_damaged_plan_has_more_are_counted_where_they_can_be_read(plan: Plan) -> None:
    made = backup(plan.path)
    add(plan, "A")
    add(plan, "B")
    plan.close()
    assert changes_lost(plan.path, made) == 2

    plan.path.write_bytes(plan.path.read_bytes()[:5000])
    assert changes_lost(plan.path, made) is None
