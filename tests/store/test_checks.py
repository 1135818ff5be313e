"""Checking tells a sound plan from one that was harmed or tampered with."""

from __future__ import annotations

import pytest

from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store.checks import check_content, check_database
from cityplanner.store.plan_file import Plan
from tests.builders import make
from tests.store.content import raw


@pytest.fixture
def used(plan: Plan) -> Plan:
    """A plan with a record of every noun and some history."""
    for some in (["partner"], ["gift"], list(nouns())):
        with plan.edit("Make") as edit:
            for table in some:
                make(edit, nouns()[table])
    plan.undo()
    plan.redo()
    return plan


def test_a_plan_in_use_is_sound(used: Plan) -> None:
    assert all(finding.ok for finding in [*check_database(used.path), *check_content(used)])


def test_a_history_that_cannot_be_read_is_a_finding_and_no_crash(used: Plan) -> None:
    with raw(used.path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE change SET kind = 'nonsense' WHERE id = 3")

    assert [finding.ok for finding in check_content(used)] == [False, True, True, True, True]


def test_a_record_that_breaks_a_rule_is_named_with_its_field(used: Plan) -> None:
    with raw(used.path) as connection:
        connection.execute("UPDATE partner SET country = 'ZZ' WHERE id = 1")

    records = check_content(used)[2]
    assert not records.ok
    assert "partner “Word" in records.detail
    assert "Country" in records.detail


@pytest.mark.parametrize(
    "harm", ["kind = 'nonsense'", "languages = '{'", "rank_since = '2020-99-99'", "contact_hours = 'x'"]
)
def test_a_value_that_is_none_is_a_finding_and_no_crash(used: Plan, harm: str) -> None:
    with raw(used.path) as connection:
        connection.execute(f"UPDATE partner SET {harm} WHERE id = 1")

    records = check_content(used)[2]
    assert not records.ok
    assert records.detail


def test_a_link_to_nothing_is_found_in_the_file(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="A"))
    with raw(plan.path) as connection:
        connection.execute("UPDATE partner SET head_id = 99")

    (finding,) = check_database(plan.path)
    assert not finding.ok
    assert "partner" in finding.detail
