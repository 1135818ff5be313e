"""Backups and copies: where they stand, what they are called, and which belong to a plan."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cityplanner.base.errors import UserError
from cityplanner.model.partner import Partner
from cityplanner.store import backups
from cityplanner.store.backups import Backup, backup
from cityplanner.store.plan_file import Plan
from tests.store.content import content

START = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)


def named(plan: Plan, *names: str) -> None:
    """One edit for each name."""
    for name in names:
        with plan.edit(name) as edit:
            edit.add(Partner(name=name))


def test_a_backup_has_the_content_of_the_plan_and_is_listed(plan: Plan) -> None:
    named(plan, "A")
    made = backup(plan.path, now=START)

    assert content(made) == content(plan.path)
    (listed,) = backups.backups(plan.path)
    assert listed == Backup(made, START, "manual", made.stat().st_size)


def test_a_backup_is_made_while_the_plan_is_open_and_read(plan: Plan) -> None:
    with plan.reading() as session:
        session.get(Partner, 1)
        backup(plan.path)
    named(plan, "After")


def test_backups_of_one_second_do_not_overwrite_each_other(plan: Plan) -> None:
    made = {backup(plan.path, now=START) for _ in range(3)}

    assert len(made) == len(backups.backups(plan.path)) == 3


def test_backups_of_a_plan_with_a_similar_name_are_not_its_own(plan: Plan) -> None:
    backup(plan.path, now=START)
    stranger = backups.folder_of(plan.path) / "other.20261102T150000Z.manual.cityplan"
    stranger.write_bytes(b"x")
    (backups.folder_of(plan.path) / "test.notes.txt").write_text("mine", "utf-8")

    assert len(backups.backups(plan.path)) == 1
    assert stranger.exists()


def test_a_folder_that_cannot_be_made_is_told_in_words(plan: Plan) -> None:
    backups.folder_of(plan.path).write_text("a file is in the way", "utf-8")

    with pytest.raises(UserError, match="could not be written"):
        backup(plan.path)


def test_a_copy_is_whole_and_never_replaces_a_file(plan: Plan, tmp_path: Path) -> None:
    named(plan, "A")
    copy = plan.save_copy(tmp_path / "copy.cityplan")
    before = copy.read_bytes()

    assert content(copy) == content(plan.path)
    with pytest.raises(UserError, match="exists already"):
        plan.save_copy(copy)
    assert copy.read_bytes() == before
    with pytest.raises(UserError, match="could not be written"):
        plan.save_copy(tmp_path / "no folder" / "copy.cityplan")
