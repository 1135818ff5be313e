"""Backups are whole or not there, thinned but never lost, and restoring brings back exactly what was kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.model.partner import Partner
from cityplanner.store import backups
from cityplanner.store.backups import Backup, backup, kept_of, restore
from cityplanner.store.errors import LockedPlanError, NewerPlanError
from cityplanner.store.plan_file import Plan, open_plan
from tests.faults import other
from tests.store.content import content, raw

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


def listed(*ages: timedelta, reason: str = "manual") -> list[Backup]:
    """Backups of these ages, newest first."""
    return [Backup(Path(f"{number}"), START - age, reason, 1) for number, age in enumerate(sorted(ages))]


def test_the_ten_most_recent_are_kept() -> None:
    made = listed(*(timedelta(minutes=n) for n in range(30)))

    assert kept_of(made) == set(made[: backups.RECENT])


def test_then_one_a_day_a_week_and_a_month_is_kept() -> None:
    made = listed(*(timedelta(hours=6 * n) for n in range(4 * 365 * 3)))
    kept = sorted(b.made_at for b in kept_of(made))

    assert len({moment.date() for moment in kept if moment > START - timedelta(days=13)}) == 13 + 1
    assert len({moment.strftime("%G-%V") for moment in kept if moment > START - timedelta(weeks=7)}) == 8
    assert len({moment.strftime("%Y-%m") for moment in kept}) == backups.MONTHLY
    assert len(kept) <= backups.RECENT + backups.DAILY + backups.WEEKLY + backups.MONTHLY


def test_backups_before_an_upgrade_are_never_thinned() -> None:
    old = listed(*(timedelta(days=4000 + n) for n in range(5)), reason="upgrade")

    assert set(old) <= kept_of([*listed(*(timedelta(minutes=n) for n in range(50))), *old])


def test_old_backups_are_thinned_as_new_ones_are_made(plan: Plan) -> None:
    for minute in range(15):
        backup(plan.path, now=START + timedelta(minutes=minute))

    assert len(backups.backups(plan.path)) == backups.RECENT
    assert backups.backups(plan.path)[0].made_at == START + timedelta(minutes=14)


def test_a_clock_set_back_does_not_cost_the_backup_just_made(plan: Plan) -> None:
    for minute in range(12):
        backup(plan.path, now=START + timedelta(minutes=minute))

    assert backup(plan.path, now=START - timedelta(minutes=5)).exists()


def test_a_folder_that_cannot_be_made_is_told_in_words(plan: Plan) -> None:
    backups.folder_of(plan.path).write_text("a file is in the way", "utf-8")

    with pytest.raises(UserError, match="could not be written"):
        backup(plan.path)


def test_a_damaged_plan_gives_no_backup(plan: Plan) -> None:
    named(plan, *(f"Partner {n}" for n in range(30)))
    plan.close()
    harm = bytearray(plan.path.read_bytes())
    for place in range(4096 * 3, len(harm), 4096):
        harm[place : place + 8] = b"\xff" * 8
    plan.path.write_bytes(harm)

    with pytest.raises(UserError):
        backup(plan.path)
    assert list(backups.folder_of(plan.path).iterdir()) == []


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


def test_a_backup_of_a_newer_version_is_refused(plan: Plan) -> None:
    made = backup(plan.path)
    plan.close()
    with raw(made) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(NewerPlanError):
        restore(plan.path, made)


def test_a_plan_that_is_gone_is_restored_too(plan: Plan) -> None:
    made = backup(plan.path)
    plan.close()
    kept = content(plan.path)
    plan.path.unlink()

    assert restore(plan.path, made) is None
    assert content(plan.path) == kept


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
