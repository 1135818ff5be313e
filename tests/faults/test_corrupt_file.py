"""A damaged plan crashes nothing and overwrites nothing; the newest good backup of it is found and brought back."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cityplanner.base.errors import UserError
from cityplanner.model.partner import Partner
from cityplanner.store.backups import backup, folder_of, restore
from cityplanner.store.checks import check_content, check_database
from cityplanner.store.comparing import changes_lost
from cityplanner.store.errors import DamagedPlanError
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.store.rescue import is_sound, newest_good
from tests.faults.recorder import digest
from tests.faults.sizes import size
from tests.store.content import raw

FLIPS = size(15, 300)
CUTS = size(15, 300)


def use_everything(path: Path) -> bool:
    """Open, read, search, check and change a plan: whether it could; only errors meant for people may come of it."""
    try:
        check_database(path)
        with open_plan(path) as opened:
            opened.office()
            opened.search("partner")
            check_content(opened)
            with opened.edit("Add") as edit:
                edit.add(Partner(name="One more"))
            opened.undo()
    except UserError:
        return False
    return True


def many_partners(plan: Plan) -> bytes:
    """A plan with some pages, closed; its bytes."""
    with plan.edit("Import") as edit:
        edit.insert_many(Partner, [Partner(name=f"Partner {n}", notes="word " * 40) for n in range(100)])
    plan.close()
    return plan.path.read_bytes()


def flipped(whole: bytes) -> Iterator[bytes]:
    """Copies with bits turned over."""
    dice = random.Random(3)
    for _ in range(FLIPS):
        harmed = bytearray(whole)
        for _ in range(dice.choice([1, 1, 1, 20])):
            harmed[dice.randrange(len(harmed))] ^= 1 << dice.randrange(8)
        yield bytes(harmed)


def cut(whole: bytes) -> Iterator[bytes]:
    """Copies that end too early."""
    for number in range(CUTS):
        yield whole[: number * 40 if number < 5 else number * (len(whole) - 1) // (CUTS - 1)]


HARMS: dict[str, Callable[[bytes], Iterator[bytes]]] = {"flipped": flipped, "cut": cut}


@pytest.mark.parametrize("name", HARMS)
def test_using_a_harmed_plan_crashes_nothing_and_spares_its_backup(plan: Plan, name: str) -> None:
    whole = many_partners(plan)
    kept = backup(plan.path)
    good, told = kept.read_bytes(), 0
    for harmed in HARMS[name](whole):
        plan.path.write_bytes(harmed)
        told += not use_everything(plan.path)
        assert kept.read_bytes() == good
    print(f"{name}: {FLIPS if name == 'flipped' else CUTS} harmed plans, {told} refused in words, 0 crashes")
    assert told


@pytest.mark.parametrize("name", HARMS)
def test_the_newest_good_backup_comes_back_and_the_harmed_file_is_kept(plan: Plan, name: str) -> None:
    whole = many_partners(plan)
    good = backup(plan.path)
    wanted, damaged = digest(good), 0
    for number, harmed in enumerate(HARMS[name](whole)):
        plan.path.write_bytes(harmed)
        if is_sound(plan.path):
            continue
        damaged += 1
        if number % 5 == 0:  # a newer backup that is as bad
            folder_of(plan.path).joinpath("test.29991231T000000Z.close.cityplan").write_bytes(harmed)
        with pytest.raises(UserError):
            backup(plan.path)
        assert changes_lost(plan.path, good) in (0, None)
        found = newest_good(plan.path)
        assert found is not None
        assert found.path == good
        aside = restore(plan.path, found.path)
        assert aside is not None
        assert aside.read_bytes() == harmed
        assert digest(plan.path) == wanted
        aside.unlink()
        folder_of(plan.path).joinpath("test.29991231T000000Z.close.cityplan").unlink(missing_ok=True)
    print(f"{name}: {damaged} damaged plans, every one kept and its newest good backup brought back")
    assert damaged


def test_damage_that_is_no_text_is_told_in_words(plan: Plan) -> None:
    whole = many_partners(plan)
    good = backup(plan.path)
    assert whole.count(b"CREATE TABLE partner (") == 1
    plan.path.write_bytes(whole.replace(b"CREATE TABLE partner (", b"CREATE TABL\xd4 partner ("))

    with pytest.raises(DamagedPlanError):
        open_plan(plan.path)
    with pytest.raises(UserError):
        backup(plan.path)
    assert not is_sound(plan.path)
    restore(plan.path, good)
    assert plan.path.read_bytes() == good.read_bytes()


def test_a_plan_that_lost_its_version_is_damaged_and_not_upgraded(plan: Plan) -> None:
    plan.close()
    with raw(plan.path) as connection:
        connection.execute("DELETE FROM alembic_version")
    before = plan.path.read_bytes()

    with pytest.raises(DamagedPlanError):
        open_plan(plan.path)
    assert plan.path.read_bytes() == before
