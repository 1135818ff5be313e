"""A plan of every version that was ever released opens, is brought up to date, and loses nothing."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from cityplanner.model.nouns import nouns
from cityplanner.store import sqlite
from cityplanner.store.checks import check_content, check_database
from cityplanner.store.plan_file import open_plan
from cityplanner.store.queries.listing import count

PLANS = Path(__file__).parents[1] / "data" / "plans"
RELEASED = sorted(PLANS.glob("*.cityplan.gz"))
LATER_NOUNS: dict[str, frozenset[str]] = {"0.1.0": frozenset()}
"""The nouns that a version did not have yet."""


def version_of(packed: Path) -> str:
    return packed.name.removesuffix(".cityplan.gz")


@pytest.fixture(params=RELEASED, ids=version_of)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A plan as that version left it, under the version's name."""
    path = tmp_path / f"{version_of(request.param)}.cityplan"
    with gzip.open(request.param) as packed, path.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return path


def rows(path: Path) -> dict[str, int]:
    connection = sqlite.connect(path, read_only=True)
    try:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        known = [name for name in names if name in nouns() or name in ("change", "changed_row")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in known}
    finally:
        connection.close()


def test_there_is_a_plan_of_every_released_version() -> None:
    assert {version_of(path) for path in RELEASED} == set(LATER_NOUNS)


def test_it_opens_sound_with_every_row_and_its_history(released: Path) -> None:
    before = rows(released)
    with open_plan(released, user="tester") as plan:
        with plan.reading() as session:
            empty = {table for table, noun in nouns().items() if count(session, noun) == 0}
        assert empty == LATER_NOUNS[released.stem]
        assert [finding.what for finding in check_content(plan) if not finding.ok] == []
        assert plan.search("Riverton") != []
        assert plan.redo() is not None
        assert plan.undo() is not None
    assert all(finding.ok for finding in check_database(released))
    after = rows(released)
    grown = {"change", "changed_row"}
    assert {table: after[table] for table in before.keys() - grown} == {
        table: before[table] for table in before.keys() - grown
    }
