"""What a damaged plan can fall back on, and whether a plan is damaged at all."""

from __future__ import annotations

import gzip
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cityplanner.base.errors import UserError
from cityplanner.store import schema, sqlite
from cityplanner.store.backups import backup
from cityplanner.store.checks import Finding
from cityplanner.store.errors import OlderPlanError
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.store.rescue import brought_up, damage, is_sound, newest_good, rehearse, rescue
from tests.store.content import raw
from tests.store.test_backups import START, named

OLD = Path(__file__).parents[1] / "data" / "plans" / "0.1.0.cityplan.gz"


def harm(path: Path) -> None:
    """Overwrite all but the first pages of a file."""
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))


def test_the_changes_that_would_be_missing_are_counted_while_they_can_be_read(plan: Plan) -> None:
    made = backup(plan.path, now=START)
    named(plan, "A")
    named(plan, "B")
    found = rescue(plan.path)
    assert found is not None
    assert found.backup.path == made
    assert found.lost == 2
    plan.close()
    harm(plan.path)
    harmed = rescue(plan.path)
    assert harmed is not None
    assert harmed.backup == found.backup
    assert harmed.lost in (2, None)
    plan.path.unlink()
    gone = rescue(plan.path)
    assert gone is not None
    assert gone.lost is None
    assert not plan.path.exists()


def test_without_a_good_backup_there_is_no_rescue(plan: Plan) -> None:
    assert rescue(plan.path) is None
    harm(backup(plan.path, now=START))
    assert rescue(plan.path) is None


def test_a_good_backup_behind_bad_ones_is_found(plan: Plan) -> None:
    good = backup(plan.path, now=START)
    for hours, data in enumerate((b"", b"no plan", good.read_bytes()[:9000]), 1):
        backup(plan.path, now=START + timedelta(hours=hours)).write_bytes(data)
    found = newest_good(plan.path)
    assert found is not None
    assert found.path == good


def test_a_backup_of_a_newer_version_is_none_to_fall_back_on(plan: Plan) -> None:
    made = backup(plan.path, now=START)
    with raw(made) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert not is_sound(made)


def test_a_rehearsal_finds_a_history_that_was_tampered_with(plan: Plan) -> None:
    named(plan, "A")
    made = backup(plan.path, now=START)
    with raw(made) as connection:
        connection.execute("UPDATE partner SET name = 'Another'")
    wrong = [finding for finding in rehearse(made) if not finding.ok]
    assert [finding.what for finding in wrong] == ["Every record is as the history left it."]
    assert isinstance(wrong[0], Finding)


def test_a_rehearsal_of_a_backup_of_an_older_version_brings_it_up_to_date_elsewhere(tmp_path: Path) -> None:
    made = tmp_path / "Old.cityplan"
    made.write_bytes(gzip.decompress(OLD.read_bytes()))
    before = made.read_bytes()
    assert [finding for finding in rehearse(made) if not finding.ok] == []
    assert made.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [made.name]


def test_a_backup_of_an_older_version_is_read_in_a_copy(tmp_path: Path) -> None:
    folder = tmp_path / "Old backups"
    folder.mkdir()
    made = folder / "Old.20261030T090000Z.manual.cityplan"
    made.write_bytes(gzip.decompress(OLD.read_bytes()))
    before = made.read_bytes()
    with pytest.raises(OlderPlanError):
        open_plan(made, read_only=True)
    (tmp_path / "aside").mkdir()
    copy = brought_up(made, tmp_path / "aside")
    assert (copy.parent.name, copy.name) == (made.parent.name, made.name)
    assert not schema.is_older(copy)
    with open_plan(copy, read_only=True) as opened:
        assert opened.office() is not None
    assert made.read_bytes() == before


def test_only_what_is_damaged_is_called_damaged(plan: Plan, tmp_path: Path) -> None:
    assert damage(plan.path) == ""
    assert damage(tmp_path / "gone.cityplan") == ""
    plan.close()
    harm(plan.path)
    assert damage(plan.path) != ""
    text = tmp_path / "text.cityplan"
    text.write_text("Dear mayor " * 100, "utf-8")
    assert "not a database" in damage(text)


def test_a_link_to_a_record_that_is_not_there_is_damage(plan: Plan) -> None:
    plan.close()
    with raw(plan.path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            "INSERT INTO contribution (initiative_id, source_item_id, kind, note, uid) VALUES (99, 99, '', '', 'x')"
        )
    assert "contribution" in damage(plan.path)


def test_looking_for_damage_keeps_nobody_from_saving(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 50)
    looked: list[list[str]] = []
    faults = sqlite.faults

    def save_meanwhile(connection: sqlite3.Connection, *, quick: bool = False) -> list[str]:
        rows = connection.execute("SELECT name FROM sqlite_master")  # in the middle of reading
        rows.fetchone()
        other = sqlite.connect(plan.path)
        try:
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE office SET name = name")
            other.execute("COMMIT")
        finally:
            other.close()
        looked.append(faults(connection, quick=quick))
        return looked[-1]

    monkeypatch.setattr(sqlite, "faults", save_meanwhile)
    assert damage(plan.path) == ""
    assert looked == [[]]


def test_what_a_change_under_way_looks_like_is_not_called_damage(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [["Tree 7 page 12: btreeInitPage() returns error code 11"], []]
    monkeypatch.setattr(sqlite, "faults", lambda _connection, quick: answers.pop(0))
    assert damage(plan.path) == ""
    assert answers == []


def test_refusals_of_a_rehearsal_are_meant_to_be_read(plan: Plan) -> None:
    made = backup(plan.path, now=datetime(2026, 10, 30, tzinfo=UTC))
    harm(made)
    with pytest.raises(UserError, match="not a whole backup"):
        rehearse(made)
