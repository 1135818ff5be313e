"""A backup is whole or not there, and the right ones are kept."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from cityplanner.base.errors import UserError
from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.sheet import Row, Sheet
from cityplanner.model.partner import Partner
from cityplanner.store import backups
from cityplanner.store.backups import Backup, Keep, backup, kept_of, why_kept
from cityplanner.store.comparing import compare
from cityplanner.store.plan_file import Plan
from cityplanner.store.rescue import is_sound, newest_good, rehearse
from tests.faults.other import die_after, killed
from tests.faults.sizes import size
from tests.store.content import content, raw
from tests.store.test_backups import START, named

KILLS = size(10, 200)
LONGEST = 0.12
"""Seconds; in this time a process makes a backup or two."""


def back_up_for_ever(said: Connection, path: Path) -> None:
    """Make backups one after the other, until death."""
    said.send("ready")
    die_after(said.recv())
    while True:
        backup(path)


def test_a_death_in_the_middle_leaves_the_older_backups_and_nothing_partial_under_a_name(plan: Plan) -> None:
    with plan.edit("Many") as edit:
        edit.insert_many(Partner, [Partner(name=f"Partner {n}", notes="word " * 400) for n in range(600)])
    plan.close()
    older = backup(plan.path, now=datetime.now(UTC) - timedelta(hours=1))
    before, dice, half = older.read_bytes(), random.Random(5), 0
    for _ in range(KILLS):
        killed(back_up_for_ever, plan.path, dice, LONGEST)
        for left in list(backups.folder_of(plan.path).glob("*.tmp*")):
            half += left.suffix == ".tmp"
            left.unlink()
        for one in backups.backups(plan.path):
            assert is_sound(one.path)
            assert compare(plan.path, one.path).same
            if one.path != older:
                one.path.unlink()
    assert half, "deaths that miss the work prove nothing"
    assert older.read_bytes() == before
    made = backup(plan.path)
    assert content(made) == content(plan.path)
    print(f"{KILLS} kills, {half} in the middle of a backup, 0 partial backups under a name")


def test_a_copy_that_is_not_sound_is_never_named_a_backup(plan: Plan) -> None:
    plan.close()
    with raw(plan.path) as connection:  # it can be read and copied without complaint
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("INSERT INTO agreement_partner (uid, agreement_id, partner_id) VALUES ('u', 7, 7)")

    with pytest.raises(UserError, match="could not be written"):
        backup(plan.path)
    assert list(backups.folder_of(plan.path).iterdir()) == []


def test_one_is_made_before_an_import_and_what_a_restore_replaces_is_kept(plan: Plan) -> None:
    named(plan, "A")
    before = content(plan.path)
    sheet = Sheet("list.csv", ("Name", "Kind", "Country"), (Row(2, ("Nagoya", "city", "JP")),))
    apply(plan, preview(plan, sheet, Partner, match(sheet.headers, Partner)))
    imported = content(plan.path)

    (made,) = backups.backups(plan.path)
    assert made.reason == "import"
    assert content(made.path) == before
    plan.close()
    aside = backups.restore(plan.path, made.path)
    assert aside is not None
    assert (content(plan.path), content(aside)) == (before, imported)


def test_what_a_killed_backup_left_goes_after_a_day(plan: Plan) -> None:
    folder = backup(plan.path).parent
    for name in ("a.cityplan.tmp", "a.cityplan.tmp-journal", "b.cityplan.tmp"):
        (folder / name).write_bytes(b"half")
    for name in ("a.cityplan.tmp", "a.cityplan.tmp-journal"):
        os.utime(folder / name, (0, 0))

    backup(plan.path)
    assert [path.name for path in folder.glob("*.tmp*")] == ["b.cityplan.tmp"]


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


def test_each_kept_backup_has_its_reason() -> None:
    made = listed(*(timedelta(hours=6 * n) for n in range(4 * 365 * 3)))
    old = listed(timedelta(days=4000), reason="upgrade")
    why = why_kept([*made, *old])

    assert set(why.values()) == set(Keep)
    assert why[made[0]] is Keep.RECENT
    assert why[old[0]] is Keep.UPGRADE
    assert sum(reason is Keep.RECENT for reason in why.values()) == backups.RECENT


def test_a_restore_is_tried_out_without_touching_anything(plan: Plan) -> None:
    named(plan, "A")
    made = backup(plan.path)
    named(plan, "B")
    before = made.read_bytes(), plan.path.read_bytes()

    assert [finding.what for finding in rehearse(made) if not finding.ok] == []

    assert (made.read_bytes(), plan.path.read_bytes()) == before
    assert sorted(path.name for path in made.parent.iterdir()) == [made.name]


def test_a_backup_that_went_bad_is_found_by_trying_and_passed_over(plan: Plan) -> None:
    good = backup(plan.path, now=START)
    bad = backup(plan.path, now=START + timedelta(hours=1))
    bad.write_bytes(bad.read_bytes()[: bad.stat().st_size // 2])

    with pytest.raises(UserError, match="not a whole backup"):
        rehearse(bad)
    found = newest_good(plan.path)
    assert found is not None
    assert found.path == good
    good.unlink()
    assert newest_good(plan.path) is None
