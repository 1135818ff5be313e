"""The baseline is the model, and an upgrade happens entirely or not at all."""

from __future__ import annotations

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex

from cityplanner.model.entity import Base
from cityplanner.store import schema, sqlite
from cityplanner.store.plan_file import Plan
from tests.store.content import raw

VERSIONS = schema.SCRIPTS / "versions"
OTHERS = ("search", "searched", "alembic_version", "sqlite_sequence")


# What neither can compare is compared in a test of its own.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_the_migrations_make_exactly_the_model(plan: Plan) -> None:
    engine = sqlite.engine(plan.path)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, kind, _parents: (
                    kind != "table" or not str(name).startswith(OTHERS)
                ),
            },
        )
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()

    assert differences == []


def test_every_table_gives_ids_only_once_as_the_model_says(plan: Plan) -> None:
    with raw(plan.path) as connection:
        made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))

    for name, table in Base.metadata.tables.items():
        assert ("AUTOINCREMENT" in made[name]) == bool(table.dialect_options["sqlite"]["autoincrement"])


def test_an_index_of_expressions_is_made_as_the_model_says(plan: Plan) -> None:
    with raw(plan.path) as connection:
        made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))

    for table in Base.metadata.tables.values():
        for index in table.indexes:
            said = str(CreateIndex(index).compile(dialect=dialect()))
            assert _bare(made[str(index.name)]) == _bare(said)


def _bare(sql: str) -> str:
    return re.sub(r"[()\s]+", " ", sql).replace(" ,", ",").strip()


def test_links_are_checked_at_the_end_of_a_change_as_the_model_says(plan: Plan) -> None:
    with raw(plan.path) as connection:
        for name, table in Base.metadata.tables.items():
            sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
            deferred = sum(1 for key in table.foreign_key_constraints if key.deferrable)
            assert len(re.findall("DEFERRABLE INITIALLY DEFERRED", sql)) == deferred


def test_the_newest_migration_is_the_current_version_and_none_is_left_out() -> None:
    numbers = sorted(path.name[:4] for path in VERSIONS.glob("[0-9]*.py"))

    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    assert numbers[-1] == schema.CURRENT


def test_no_migration_imports_the_model() -> None:
    assert not [path.name for path in VERSIONS.glob("*.py") if "cityplanner" in path.read_text("utf-8")]


def test_a_plan_is_older_only_before_it_is_upgraded(plan: Plan) -> None:
    plan.close()
    assert not schema.is_older(plan.path)
    with raw(plan.path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    assert schema.is_older(plan.path)
