"""After a person was erased the history verifies, tampering is found, and nothing brings them back."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from cityplanner.base.errors import UserError
from cityplanner.model.partner import Partner
from cityplanner.planning.retention import Cut
from cityplanner.store import backups
from cityplanner.store.personal.erasing import erase
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.store.pruning import prune
from cityplanner.store.putting_back import Past, put_back
from cityplanner.store.queries.history import newest
from tests.faults.other import begin
from tests.faults.sizes import size
from tests.faults.someone import PEOPLE, Someone, enter, found_in
from tests.faults.test_tampering import checked, faults, tamper
from tests.store.content import content, raw


@pytest.fixture(params=PEOPLE[: size(2, len(PEOPLE))], ids=lambda one: one.given)
def someone(request: pytest.FixtureRequest) -> Someone:
    """One person of several scripts."""
    one: Someone = request.param
    return one


def test_nothing_brings_an_erased_person_back(plan: Plan, someone: Someone, tmp_path: Path) -> None:
    entered = enter(plan, someone, tmp_path)
    erase(plan, entered.contact_id)

    assert (plan.undoable(), plan.redoable(), plan.undo(), plan.redo()) == (None, None, None, None)
    with raw(plan.path) as connection:
        changes = connection.execute(
            "SELECT DISTINCT change_id FROM changed_row WHERE \"table\" = 'contact' AND record_id = ?",
            (entered.contact_id,),
        ).fetchall()
    for (change,) in changes:
        for after in (False, True):
            with pytest.raises(UserError):
                put_back(plan, Past(change, "contact", entered.contact_id, after=after))
    with plan.edit("Go on") as edit:
        edit.get_one(Partner, entered.partner_id).notes = "New"
    assert plan.undo() is not None
    assert found_in(tmp_path, someone) == []
    assert faults(checked(plan.path)) == []


REWRITTEN = {
    "a rewritten row": "UPDATE changed_row SET after = replace(after, '[erased]', 'Somebody')",
    "an emptied row": "UPDATE changed_row SET after = '{\"given\":\"X\"}' WHERE after = '{}'",
    "a rewritten label": "UPDATE change SET label = 'x' WHERE label LIKE '%[erased]%'",
    "the stub": "UPDATE changed_row SET after = replace(after, 'erased by', 'changed by') WHERE \"table\" = 'change'",
    "the stub's digest": (
        'UPDATE changed_row SET after = replace(after, \'"digest":"\', \'"digest":"0\') WHERE "table" = \'change\''
    ),
    "a stub that is no stub": "UPDATE changed_row SET after = after || 'x' WHERE \"table\" = 'change'",
    "a stub of other words": "UPDATE changed_row SET after = '{\"x\":1}' WHERE \"table\" = 'change'",
    "a stub that is gone": "DELETE FROM changed_row WHERE \"table\" = 'change'",
    "the time of the erasure": "UPDATE change SET made_at = '2001-01-01T00:00:00Z' WHERE label LIKE 'Erase%'",
}


@pytest.mark.parametrize("what", REWRITTEN)
def test_tampering_is_still_found_after_an_erasure(plan: Plan, what: str, tmp_path: Path) -> None:
    entered = enter(plan, PEOPLE[0], tmp_path)
    erase(plan, entered.contact_id)
    assert faults(checked(plan.path)) == []
    tamper(plan.path, REWRITTEN[what])
    assert faults(checked(plan.path)) != []


def test_any_value_of_the_history_is_still_guarded_after_an_erasure(plan: Plan, tmp_path: Path) -> None:
    """One value of the history, drawn at random, of every change before and after."""
    entered = enter(plan, PEOPLE[1], tmp_path)
    erase(plan, entered.contact_id)
    plan.close()
    chance, missed = random.Random(6), []
    with raw(plan.path) as connection:
        cells = [
            (table, column, key)
            for table in ("change", "changed_row")
            for _at, column, *_rest in connection.execute(f'PRAGMA table_info("{table}")').fetchall()
            if (table, column) != ("changed_row", "id")  # which says no more than the order of the rows
            for (key,) in connection.execute(f'SELECT id FROM "{table}"').fetchall()
        ]
    for table, column, key in chance.sample(cells, min(size(8, 600), len(cells))):
        copy = tmp_path / "copy.cityplan"
        shutil.copyfile(plan.path, copy)
        tamper(
            copy,
            f'PRAGMA foreign_keys = OFF; UPDATE "{table}" SET "{column}" = CASE WHEN "{column}" IS NULL THEN 12345'
            f' WHEN typeof("{column}") = \'integer\' THEN "{column}" + 1000 ELSE "{column}" || \'x\' END'
            f" WHERE id = {key}",
        )
        if all(finding.ok for finding in checked(copy)):
            missed.append((table, column, key))
    assert missed == []


def test_a_backup_made_before_still_belongs_to_the_history(plan: Plan, tmp_path: Path) -> None:
    """Who keeps the old backups keeps a history that can be held against them."""
    entered = enter(plan, PEOPLE[0], tmp_path)
    backups.backup(plan.path)
    erase(plan, entered.contact_id)
    assert faults(checked(plan.path)) == []


def test_a_failure_in_the_middle_erases_nothing(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered = enter(plan, PEOPLE[0], tmp_path)
    before = content(plan.path)
    monkeypatch.setattr("cityplanner.store.personal.erasing.rewrite", _fail)
    with pytest.raises(sqlite3.Error):
        erase(plan, entered.contact_id)
    assert content(plan.path) == before
    assert faults(checked(plan.path)) == []
    with raw(plan.path) as connection, pytest.raises(sqlite3.IntegrityError, match="only be added to"):
        connection.execute("DELETE FROM changed_row")


def _fail(*_all: object) -> None:
    raise sqlite3.OperationalError("the power is gone")


def test_a_plan_of_an_erased_person_opens_and_copies(plan: Plan, tmp_path: Path) -> None:
    entered = enter(plan, PEOPLE[0], tmp_path)
    erase(plan, entered.contact_id)
    copy = plan.save_copy(tmp_path / "copy.cityplan")
    with open_plan(copy) as opened:
        assert faults(checked(copy)) == []
        assert opened.search("tea") == []


def test_the_history_can_be_pruned_before_and_after_an_erasure(plan: Plan, tmp_path: Path) -> None:
    entered = enter(plan, PEOPLE[1], tmp_path)
    prune(plan, Cut(5, 5), "Log")
    erase(plan, entered.contact_id)
    assert found_in(tmp_path, PEOPLE[1]) == []
    assert faults(checked(plan.path)) == []
    with plan.reading() as session:
        last = newest(session)
    prune(plan, Cut(last - 1, last - 5), "Log")
    assert found_in(tmp_path, PEOPLE[1]) == []
    assert faults(checked(plan.path)) == []
    tamper(plan.path, "UPDATE changed_row SET after = replace(after, '[erased]', 'Somebody')")
    assert faults(checked(plan.path)) != []


def erase_and_die(said: Connection, path: Path) -> None:
    """Erase the person of number 1 and die before a certain statement; it says how many there were."""
    met, at = 0, int(Path(f"{path}.at").read_text("utf-8"))

    def count(*_all: object) -> None:
        nonlocal met
        met += 1
        if met == at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    with open_plan(path, user="other") as opened:
        erase(opened, 1)
        said.send(met)


@pytest.mark.skipif(os.name == "nt", reason="processes are killed by a signal")
def test_a_death_in_the_middle_erases_all_or_nothing(plan: Plan, tmp_path: Path) -> None:
    entered = enter(plan, PEOPLE[0], tmp_path)
    plan.close()
    was, copy = content(plan.path), tmp_path / "copy" / "copy.cityplan"
    copy.parent.mkdir()
    dice, statements, erased = random.Random(3), 0, 0
    for number in range(size(3, 100)):
        shutil.copyfile(plan.path, copy)
        at = dice.randint(1, statements) if number else 0
        Path(f"{copy}.at").write_text(str(at), "utf-8")
        process, said = begin(erase_and_die, copy)
        with said:
            with suppress(EOFError):
                statements = int(said.recv())
            process.join()
        gone = found_in(copy.parent, PEOPLE[0]) == []
        erased += gone
        assert gone or content(copy) == was
        assert faults(checked(copy)) == []
        with open_plan(copy) as again:
            if not gone:
                erase(again, entered.contact_id)
        assert found_in(copy.parent, PEOPLE[0]) == []
    print(f"{size(3, 100)} deaths among {statements} statements: {erased} after the end, 0 between")
    assert erased >= 1
