"""A plan of a newer version is refused in words, can be looked into where it is known, and never changes by a byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cityplanner.exchange.bundle import export_bundle
from cityplanner.model.partner import Partner
from cityplanner.store import schema
from cityplanner.store.backups import backup, restore
from cityplanner.store.checks import check_content, check_database
from cityplanner.store.comparing import compare
from cityplanner.store.errors import NewerPlanError, ReadOnlyError
from cityplanner.store.plan_file import Plan, open_plan
from tests.faults.sizes import is_long
from tests.store.content import raw

NEXT = f"{int(schema.CURRENT) + 1:04}"
VERSIONS = [NEXT, "9999", *([f"{int(schema.CURRENT) + 2:04}", "0099"] if is_long() else [])]
WAYS: dict[str, Callable[[Path], object]] = {
    "to write": open_plan,
    "to write, looking into newer ones": lambda path: open_plan(path, newer=True),
    "to read": lambda path: open_plan(path, read_only=True),
    "to take over": lambda path: open_plan(path, take_over=True),
    "to check": check_database,
    "to compare": lambda path: compare(path, path),
}
ADDED = {
    "nothing": "SELECT 1",
    "a column": "ALTER TABLE partner ADD COLUMN fax TEXT NOT NULL DEFAULT 'x'",
    "a table": "CREATE TABLE fax (id INTEGER PRIMARY KEY, partner_id INTEGER REFERENCES partner (id))",
    "a trigger": "CREATE TRIGGER t BEFORE UPDATE ON partner BEGIN SELECT RAISE(ABORT, 'no'); END",
}
TAKEN = {
    "a column": "ALTER TABLE partner DROP COLUMN website",
    "a table": "DROP TABLE fund_change",
}


def newer(plan: Plan, version: str, *statements: str) -> bytes:
    """Make a plan one of a newer version; its bytes."""
    with plan.edit("Add") as edit:
        edit.add(Partner(name="Nagoya"))
    plan.close()
    with raw(plan.path) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    return plan.path.read_bytes()


def untouched(path: Path, before: bytes) -> bool:
    """Whether a plan is as it was and stands alone."""
    return path.read_bytes() == before and [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("way", WAYS)
def test_it_is_refused_in_words_and_left_as_it_is(plan: Plan, version: str, way: str) -> None:
    before = newer(plan, version)

    with pytest.raises(NewerPlanError, match="newer version") as refused:
        WAYS[way](plan.path)

    assert refused.value.remedy
    assert refused.value.readable
    assert untouched(plan.path, before)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("what", ADDED)
def test_it_can_be_looked_into_without_changing_a_byte(
    plan: Plan, tmp_path: Path, version: str, what: str
) -> None:
    before = newer(plan, version, ADDED[what])

    with open_plan(plan.path, read_only=True, newer=True) as opened:
        assert opened.read_only
        assert [hit.title for hit in opened.search("nago")] == ["Nagoya"]
        assert opened.office() is not None
        check_content(opened)
        with pytest.raises(ReadOnlyError), opened.edit("No"):
            pass
        bundle = tmp_path / "out.json"
        export_bundle(opened, bundle)
        bundle.unlink()

    assert untouched(plan.path, before)


@pytest.mark.parametrize("what", TAKEN)
def test_one_that_lacks_what_is_read_here_cannot_be_looked_into(plan: Plan, what: str) -> None:
    before = newer(plan, NEXT, TAKEN[what])

    with pytest.raises(NewerPlanError) as refused:
        open_plan(plan.path, read_only=True, newer=True)

    assert not refused.value.readable
    assert untouched(plan.path, before)


def test_a_backup_of_a_newer_version_is_refused(plan: Plan) -> None:
    made = backup(plan.path)
    plan.close()
    with raw(made) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(NewerPlanError):
        restore(plan.path, made)
