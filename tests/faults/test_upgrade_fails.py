"""A plan of every version that was ever released is brought up to date entirely or not at all."""

from __future__ import annotations

import gzip
import os
import random
import shutil
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from cityplanner.base.errors import UserError
from cityplanner.model.nouns import nouns
from cityplanner.store import schema, sqlite
from cityplanner.store.backups import backups
from cityplanner.store.checks import check_content, check_database
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.store.queries.listing import count
from tests.faults.other import begin
from tests.faults.recorder import digest
from tests.faults.sizes import size
from tests.store.content import content, raw

VERSIONS = schema.SCRIPTS / "versions"
REVISIONS = [path.name[:4] for path in sorted(VERSIONS.glob("[0-9]*.py"))]
NEXT = f"{int(REVISIONS[-1]) + 1:04}"
KILLS = size(8, 200)
"""In each migration."""
LONGEST = 0.15
"""Seconds; in this time a process begins and ends a migration."""
PLANS = Path(__file__).parents[1] / "data" / "plans"
RELEASED = sorted(PLANS.glob("*.cityplan.gz"))
LATER_NOUNS: dict[str, frozenset[str]] = {"0.1.0": frozenset({"legal_hold", "retention_rule"})}
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


STEP = f'''"""A step that changes many rows and makes a table."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{REVISIONS[-1]}"


def upgrade():
    op.execute(sa.text("ALTER TABLE partner ADD COLUMN fax TEXT"))
    op.execute(sa.text("UPDATE partner SET fax = 'x', notes = notes || hex(zeroblob(4000))"))
    op.create_table("fax", sa.Column("id", sa.Integer, primary_key=True))
    op.execute(sa.text("INSERT INTO fax (id) SELECT id FROM contact"))
    op.execute(sa.text("DELETE FROM score"))
    {{last}}
'''


def scripts(folder: Path, until: str, last: str = "pass") -> Path:
    """The migrations up to one; the one that is still to come is a step that ends as given."""
    shutil.copytree(schema.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (folder / "versions").glob("[0-9]*.py"):
        if path.name[:4] > until:
            path.unlink()
    if until == NEXT:
        (folder / "versions" / f"{NEXT}_fax.py").write_text(STEP.format(last=last), "utf-8")
    return folder


def version(path: Path) -> str:
    with raw(path) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if "alembic_version" not in tables:
            return ""
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def before(revision: str, folder: Path) -> Path:
    """A plan that has every migration but this one: the newest released one that can be, or an empty file."""
    path = folder / "before.cityplan"
    for packed in reversed(RELEASED):
        with gzip.open(packed) as packed_file, path.open("wb") as plain:
            shutil.copyfileobj(packed_file, plain)
        if version(path) < revision:
            break
        path.unlink()
    else:
        sqlite.create_file(path)
    earlier = f"{int(revision) - 1:04}"
    if version(path) < earlier and earlier in REVISIONS:
        schema.upgrade(path, scripts(folder / "earlier", earlier))
    return path


def upgrade_and_die(said: Connection, job: Path) -> None:
    """Bring a plan up to date and die before a certain statement, or where the parent kills."""
    plan, steps, at = Path(f"{job}.plan"), Path(f"{job}.steps"), int(Path(f"{job}.at").read_text("utf-8"))
    sqlite.CACHE_KIBIBYTES = 1  # so that half of it reaches the file
    met = 0

    def count_down(*_all: object) -> None:
        nonlocal met
        met += 1
        if met == at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count_down)
    said.send("ready")
    schema.upgrade(plan, steps)
    said.send(met)


@pytest.mark.skipif(os.name == "nt", reason="processes are killed by a signal")
@pytest.mark.parametrize("revision", [*REVISIONS, NEXT])
def test_a_death_in_the_middle_of_a_migration_leaves_the_old_version_or_the_new(
    tmp_path: Path, revision: str
) -> None:
    old, job = before(revision, tmp_path), tmp_path / "job"
    plan, steps = Path(f"{job}.plan"), scripts(Path(f"{job}.steps"), revision)
    was, was_version = digest(old), version(old)
    statements = upgraded(job, old, at=0)
    become = digest(plan)
    assert (version(plan), become != was) == (revision, True)
    dice, outcomes = random.Random(13), []
    for number in range(KILLS):
        at = dice.randint(1, statements) if number % 2 else 0
        upgraded(job, old, at=at, seconds=None if at else dice.uniform(0, LONGEST))
        outcomes.append(version(plan))
        assert outcomes[-1] in (was_version, revision)
        assert digest(plan) == (become if outcomes[-1] == revision else was)
        assert faults(plan) == []
        schema.upgrade(plan, steps)
        assert digest(plan) == become
    print(
        f"{revision}: {KILLS} kills, {outcomes.count(revision)} after the end, 0 between, every retry succeeded"
    )
    assert was_version in outcomes


def faults(path: Path) -> list[str]:
    connection = sqlite.connect(path, read_only=True)
    try:
        return sqlite.faults(connection)
    finally:
        connection.close()


def upgraded(job: Path, old: Path, *, at: int, seconds: float | None = None) -> int:
    """Let a process bring a copy up to date and die before a statement or after a while; tells its statements."""
    Path(f"{job}.plan-journal").unlink(missing_ok=True)
    shutil.copyfile(old, f"{job}.plan")
    Path(f"{job}.at").write_text(str(at), "utf-8")
    process, said = begin(upgrade_and_die, job)
    with said:
        try:
            assert said.recv() == "ready"
            if seconds is not None:
                time.sleep(seconds)  # the moment of death, not a wait for anything
                process.kill()
            return int(said.recv())
        except EOFError:
            return 0
        finally:
            process.join()


def test_a_step_that_succeeds_is_kept(plan: Plan, tmp_path: Path) -> None:
    plan.close()
    schema.upgrade(plan.path, scripts(tmp_path / "with 100% more", NEXT))

    with raw(plan.path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (NEXT,)
        assert connection.execute("SELECT count(*) FROM fax").fetchone() == (0,)


@pytest.mark.parametrize(
    ("last", "trouble"),
    [
        ("raise ValueError('a bug in a step')", ValueError),
        ("raise KeyboardInterrupt", KeyboardInterrupt),
        ("op.execute(sa.text('SELECT * FROM nowhere'))", UserError),
    ],
)
def test_a_step_that_fails_leaves_the_plan_as_it_was_and_a_retry_succeeds(
    plan: Plan, tmp_path: Path, last: str, trouble: type[BaseException]
) -> None:
    plan.close()
    before = content(plan.path)

    with pytest.raises(trouble):
        schema.upgrade(plan.path, scripts(tmp_path / "more", NEXT, last))

    assert content(plan.path) == before
    assert version(plan.path) == REVISIONS[-1]
    assert faults(plan.path) == []
    schema.upgrade(plan.path, scripts(tmp_path / "mended", NEXT))
    assert version(plan.path) == NEXT


def test_opening_an_older_plan_keeps_a_backup_of_it_first(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_plan(released).close()
    was, older = digest(released), len(backups(released))
    monkeypatch.setattr(schema, "CURRENT", NEXT)
    failing = scripts(tmp_path / "failing", NEXT, "raise ValueError('a bug')")
    monkeypatch.setattr(schema.upgrade, "__defaults__", (failing,))
    with pytest.raises(ValueError, match="a bug"):
        open_plan(released)

    assert digest(released) == was
    made = backups(released)
    assert len(made) == older + 1
    assert made[0].reason == "upgrade"
    assert digest(made[0].path) == was
    monkeypatch.setattr(schema.upgrade, "__defaults__", (scripts(tmp_path / "mended", NEXT),))
    open_plan(released).close()
    assert version(released) == NEXT
