"""Restoring brings back exactly what was kept, and nothing that was there is lost."""

from __future__ import annotations

import os
import random
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.store import backups
from cityplanner.store.backups import backup, restore
from cityplanner.store.checks import check_database
from cityplanner.store.errors import LockedPlanError
from cityplanner.store.plan_file import Plan, open_plan
from tests.faults import other
from tests.faults.other import die_after, killed
from tests.faults.recorder import digest
from tests.faults.sizes import is_long, size
from tests.store.content import content
from tests.store.test_backups import named

KILLS = size(8, 200)
LONGEST = 0.06
"""Seconds; in this time a process restores a plan once or twice."""


def restore_for_ever(said: Connection, path: Path) -> None:
    """Restore a plan from the backup beside it again and again."""
    said.send("ready")
    die_after(said.recv())
    while True:
        restore(path, path.with_name("kept.cityplan"))


def test_a_death_in_the_middle_leaves_the_old_plan_or_the_restored_one(plan: Plan, tmp_path: Path) -> None:
    named(plan, "A")
    kept = plan.save_copy(tmp_path / "kept.cityplan")
    named(plan, "B")
    plan.close()
    old = plan.path.read_bytes()
    later, wanted = digest(plan.path), digest(kept)
    dice, found = random.Random(11), []
    for _ in range(KILLS):
        killed(restore_for_ever, plan.path, dice, LONGEST)
        asides = asides_of(plan)
        if plan.path.exists():
            found.append(digest(plan.path))
            assert found[-1] in (wanted, later)
            assert all(finding.ok for finding in check_database(plan.path))
        else:  # between the two renames: the plan stands aside, whole
            found.append("aside")
        assert later in (found[-1], *map(digest, asides))
        restore(plan.path, kept)
        assert digest(plan.path) == wanted
        for path in (plan.path, *asides_of(plan)):
            path.unlink()
        plan.path.write_bytes(old)
    assert len(set(found)) > 1 or not is_long(), "deaths that miss the work prove nothing"
    figures = f"{found.count(later)} before, {found.count('aside')} between, {found.count(wanted)} after"
    print(f"{KILLS} kills: {figures}, 0 lost")


def asides_of(plan: Plan) -> list[Path]:
    """The plans that a restore put aside."""
    return list(plan.path.parent.glob("test before restore *.cityplan"))


def restore_up_to_the_name(said: Connection, path: Path) -> None:
    """Restore a plan and die when everything is done but for the last name."""
    said.send("ready")
    said.recv()
    rename = os.replace
    backups.os.replace = lambda old, new: os._exit(9) if new == path else rename(old, new)
    restore(path, path.with_name("kept.cityplan"))


def test_a_death_between_the_names_leaves_the_plan_aside_whole(plan: Plan, tmp_path: Path) -> None:
    named(plan, "A")
    kept = plan.save_copy(tmp_path / "kept.cityplan")
    named(plan, "B")
    later = digest(plan.path)
    plan.close()

    process, said = other.begin(restore_up_to_the_name, plan.path)
    with said:
        said.recv()
        said.send("go")
        process.join(60)

    assert process.exitcode == 9
    assert not plan.path.exists()
    assert [digest(path) for path in asides_of(plan)] == [later]
    restore(plan.path, kept)
    assert digest(plan.path) == digest(kept)


def test_the_restored_file_equals_the_backup_in_its_history_and_index_too(plan: Plan) -> None:
    named(plan, "A", "B", "C")
    plan.undo()
    made = backup(plan.path)
    named(plan, "D")
    plan.close()

    restore(plan.path, made)

    assert digest(plan.path) == digest(made)


def test_restoring_brings_back_exactly_what_was_kept_and_moves_the_rest_aside(plan: Plan) -> None:
    named(plan, "A")
    made = backup(plan.path)
    kept = content(plan.path)
    named(plan, "B")
    later = content(plan.path)
    plan.close()

    aside = restore(plan.path, made)

    assert content(plan.path) == kept
    assert aside is not None
    assert content(aside) == later
    with open_plan(plan.path) as opened:
        assert opened.undoable() == "A"
        assert opened.search("A")


def test_restoring_beside_a_journal_of_a_killed_writer_is_not_undone_by_it(plan: Plan) -> None:
    named(plan, "A")
    made = backup(plan.path)
    kept = content(plan.path)
    plan.close()
    other.end(other.start(other.HALF_WAY, plan.path))
    assert Path(f"{plan.path}-journal").stat().st_size

    restore(plan.path, made)

    assert content(plan.path) == kept
    assert not Path(f"{plan.path}-journal").exists()


@pytest.mark.parametrize("what", ["restore", "copy", "new"])
def test_a_journal_left_of_a_deleted_plan_is_not_played_into_a_new_file_of_its_name(
    plan: Plan, tmp_path: Path, what: str
) -> None:
    from cityplanner.store.plan_file import create_plan

    named(plan, "A")
    made = backup(plan.path)
    victim = plan.save_copy(tmp_path / "victim.cityplan")
    other.end(other.start(other.HALF_WAY, victim))
    victim.unlink()
    assert Path(f"{victim}-journal").stat().st_size

    if what == "restore":
        restore(victim, made)
    elif what == "copy":
        plan.save_copy(victim)
    else:
        create_plan(victim).close()

    assert content(victim)["partner"] == (content(made)["partner"] if what != "new" else [])
    open_plan(victim).close()


def test_a_plan_that_is_open_is_not_replaced(plan: Plan) -> None:
    made = backup(plan.path)
    named(plan, "A")
    before = content(plan.path)

    with pytest.raises(LockedPlanError):
        restore(plan.path, made)
    assert content(plan.path) == before


def test_what_is_no_whole_backup_is_refused_and_changes_nothing(plan: Plan, tmp_path: Path) -> None:
    made = backup(plan.path)
    plan.close()
    before = plan.path.read_bytes()
    for name, harmed in {
        "text": b"not a plan",
        "empty": b"",
        "cut": made.read_bytes()[: made.stat().st_size // 2],
        "flipped": made.read_bytes()[:8192] + b"\xff" * 4096 + made.read_bytes()[12288:],
    }.items():
        source = tmp_path / f"{name}.cityplan"
        source.write_bytes(harmed)
        with pytest.raises(UserError):
            restore(plan.path, source)
        assert source.read_bytes() == harmed
    with pytest.raises(NotFoundError):
        restore(plan.path, tmp_path / "nowhere.cityplan")

    assert plan.path.read_bytes() == before


def test_a_plan_that_is_gone_is_restored_too(plan: Plan) -> None:
    made = backup(plan.path)
    plan.close()
    kept = content(plan.path)
    plan.path.unlink()

    assert restore(plan.path, made) is None
    assert content(plan.path) == kept
