"""The baseline is the model, and an upgrade happens entirely or not at all."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from cityplanner.base.errors import UserError
from cityplanner.model.entity import Base
from cityplanner.store import schema, sqlite
from cityplanner.store.plan_file import Plan
from tests.store.content import content, raw

VERSIONS = schema.SCRIPTS / "versions"
OTHERS = ("search", "searched", "alembic_version", "sqlite_sequence")


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


STEP = '''"""A step."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.execute(sa.text("ALTER TABLE partner ADD COLUMN fax TEXT"))
    op.execute(sa.text("UPDATE partner SET fax = 'x'"))
    op.create_table("fax", sa.Column("id", sa.Integer, primary_key=True))
    {last}
'''


def scripts(folder: Path, last: str) -> Path:
    """The migrations with one more, which ends as given."""
    shutil.copytree(schema.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0002_fax.py").write_text(STEP.format(last=last), "utf-8")
    return folder


def test_a_step_that_succeeds_is_kept(plan: Plan, tmp_path: Path) -> None:
    plan.close()
    schema.upgrade(plan.path, scripts(tmp_path / "with 100% more", "pass"))

    with raw(plan.path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)
        assert connection.execute("SELECT count(*) FROM fax").fetchone() == (0,)


@pytest.mark.parametrize(
    ("last", "trouble"),
    [
        ("raise ValueError('a bug in a step')", ValueError),
        ("raise KeyboardInterrupt", KeyboardInterrupt),
        ("op.execute(sa.text('SELECT * FROM nowhere'))", UserError),
    ],
)
def test_a_step_that_fails_leaves_the_plan_as_it_was(
    plan: Plan, tmp_path: Path, last: str, trouble: type[BaseException]
) -> None:
    plan.close()
    before = content(plan.path)

    with pytest.raises(trouble):
        schema.upgrade(plan.path, scripts(tmp_path / "more", last))

    assert content(plan.path) == before
    with raw(plan.path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_plan_is_older_only_before_it_is_upgraded(plan: Plan) -> None:
    plan.close()
    assert not schema.is_older(plan.path)
    with raw(plan.path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    assert schema.is_older(plan.path)
