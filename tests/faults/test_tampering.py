"""The history cannot be altered unnoticed, nor a record past it, nor its end cut off."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from cityplanner.base.errors import UserError
from cityplanner.exchange.checking import check_whole
from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.planning.retention import Cut
from cityplanner.reports.report import write_report
from cityplanner.store import backups
from cityplanner.store.checks import Finding, check_content, check_database
from cityplanner.store.plan_file import Plan, create_plan, open_plan
from cityplanner.store.pruning import prune
from cityplanner.store.queries.history import head
from tests.builders import make
from tests.conftest import NOW, make_office
from tests.faults.sizes import size
from tests.store.content import raw

HISTORY, RECORDED, BACKUPS, HEAD = 0, 1, 4, 5


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with a record of every noun and some history, made once."""
    path = tmp_path_factory.mktemp("used") / "used.cityplan"
    with create_plan(path, make_office(), user="tester", clock=lambda: NOW) as plan:
        for some in (["partner"], ["gift"], list(nouns())):
            with plan.edit("Make") as edit:
                for table in some:
                    make(edit, nouns()[table])
        plan.undo()
        plan.redo()
    return path


@pytest.fixture
def used(made: Path, tmp_path: Path) -> Iterator[Plan]:
    """A copy of it, open."""
    with open_plan(shutil.copyfile(made, tmp_path / "used.cityplan"), user="tester") as opened:
        yield opened


def tamper(path: Path, script: str) -> None:
    """Change the file past everything that guards it, as somebody with its password to the disk can."""
    with raw(path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.executescript(script)


def checked(path: Path) -> list[Finding]:
    """What the checks of the file and of its content find."""
    found = check_database(path)
    with open_plan(path, read_only=True) as opened:
        return [*found, *check_content(opened)]


def faults(findings: list[Finding]) -> list[str]:
    """What is wrong, in words."""
    return [finding.detail for finding in findings if not finding.ok]


REFUSED = [
    "UPDATE change SET label = 'x'",
    "UPDATE changed_row SET after = NULL",
    "DELETE FROM change",
    "DELETE FROM changed_row",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_history_can_only_be_added_to(plan: Plan, statement: str) -> None:
    with raw(plan.path) as connection, pytest.raises(sqlite3.IntegrityError, match="only be added to"):
        connection.execute(statement)


ALTERED = {
    "a row was altered": "UPDATE changed_row SET after = replace(after, 'Word', 'Ward') WHERE change_id = 3",
    "a row was added": "INSERT INTO changed_row (change_id, \"table\", record_id) VALUES (3, 'partner', 1)",
    "a row was deleted": "DELETE FROM changed_row WHERE change_id = 3",
    "a row was given to another change": "UPDATE changed_row SET change_id = 4 WHERE change_id = 3",
    "a row was given to another record": "UPDATE changed_row SET record_id = 99 WHERE change_id = 3",
    "two rows changed places": (
        "UPDATE changed_row SET id = -1 WHERE id = (SELECT min(id) FROM changed_row WHERE change_id = 4);"
        "UPDATE changed_row SET id = (SELECT max(id) + 1 FROM changed_row) WHERE id = -1"
    ),
    "two changes changed places": (
        "PRAGMA foreign_keys = OFF; UPDATE change SET id = 99 WHERE id = 3; UPDATE change SET id = 3 WHERE id = 2;"
        "UPDATE change SET id = 2 WHERE id = 99;"
        "UPDATE changed_row SET change_id = 5 - change_id WHERE change_id IN (2, 3)"
    ),
    "a label was altered": "UPDATE change SET label = 'x' WHERE id = 3",
    "a name was altered": "UPDATE change SET made_by = 'x' WHERE id = 3",
    "a time was altered": "UPDATE change SET made_at = '2001-01-01T00:00:00Z' WHERE id = 3",
    "a kind was altered": "UPDATE change SET kind = 'undo', target_id = 2 WHERE id = 3",
    "a hash was altered": "UPDATE change SET hash = hex(hash) WHERE id = 3",
    "a change was cut out": "DELETE FROM changed_row WHERE change_id = 3; DELETE FROM change WHERE id = 3",
}


@pytest.mark.parametrize("what", ALTERED)
def test_a_history_that_was_altered_is_found_where_it_begins(used: Plan, what: str) -> None:
    tamper(used.path, ALTERED[what])

    history = check_content(used)[HISTORY]

    assert not history.ok
    assert history.detail in [f"Change {number} was altered afterwards." for number in (2, 3, 4)]


CUT = "DELETE FROM changed_row WHERE change_id > 4; DELETE FROM change WHERE id > 4"


def test_a_cut_end_is_found_by_a_backup_and_by_a_head_that_was_noted(used: Plan) -> None:
    with used.reading() as session:
        noted = str(head(session))
    backups.backup(used.path)
    assert faults(check_content(used, noted)) == []
    tamper(used.path, CUT)

    found = check_content(used, noted)

    assert found[HISTORY].ok  # what is left is a history without a fault
    assert "holds change 6, which is not in the plan" in found[BACKUPS].detail
    assert not found[HEAD].ok


def noted_in(path: Path) -> str:
    """The head among the keywords of a PDF."""
    with pikepdf.open(path) as pdf:
        words = str(pdf.docinfo["/Keywords"])
    return words[words.index("plan head") :]


def test_a_head_is_noted_in_every_pdf(used: Plan, tmp_path: Path) -> None:
    first, again, later = (tmp_path / f"{name}.pdf" for name in "abc")
    write_report("recommendations", used, first, today=SAMPLE_TODAY)
    write_report("recommendations", used, again, today=SAMPLE_TODAY)
    assert first.read_bytes() == again.read_bytes()
    with used.edit("Add") as edit:
        edit.add(Partner(name="Nagoya"))
    write_report("recommendations", used, later, today=SAMPLE_TODAY)

    assert check_whole(used.path, noted_in(first)).sound  # what came later does not matter
    assert check_whole(used.path, noted_in(later)).sound
    last = "(SELECT max(id) FROM change)"
    tamper(
        used.path,
        f"DELETE FROM partner WHERE name = 'Nagoya'; DELETE FROM changed_row WHERE change_id = {last};"
        f"DELETE FROM change WHERE id = {last}",
    )
    assert check_whole(used.path, noted_in(first)).sound
    assert [one.ok for one in check_whole(used.path, noted_in(later)).findings].count(False) == 1


@pytest.mark.parametrize("words", ["x", "12345", "plan head", "0123456789ag", "' OR 1=1 --%"])
def test_what_is_no_head_is_told_from_a_head_that_is_missing(plan: Plan, words: str) -> None:
    if words == "plan head":
        assert check_whole(plan.path, words).sound
        return
    with pytest.raises(UserError, match="not the head of a history"):
        check_whole(plan.path, words)


def test_a_restored_plan_is_sound_while_the_replaced_one_lies_beside_it(used: Plan) -> None:
    early = backups.backup(used.path, now=datetime(2026, 11, 3, tzinfo=UTC))
    used.undo()
    backups.backup(used.path, now=datetime(2026, 11, 4, tzinfo=UTC))
    used.close()
    aside = backups.restore(used.path, early)
    assert aside is not None
    with open_plan(used.path) as restored:
        assert check_content(restored)[BACKUPS].ok
        aside.unlink()
        assert not check_content(restored)[BACKUPS].ok


def test_a_backup_of_another_office_under_the_same_name_accuses_nobody(used: Plan, tmp_path: Path) -> None:
    made = backups.backup(used.path)
    with raw(made) as connection:
        connection.execute("UPDATE office SET uid = uid || '-'")
        connection.execute(
            "INSERT INTO change SELECT 99, label, kind, made_at, made_by, NULL, 'x' FROM change LIMIT 1"
        )
    assert check_content(used)[BACKUPS].ok


def test_a_record_that_was_changed_past_the_history_is_named_with_its_fields(used: Plan) -> None:
    tamper(used.path, "UPDATE partner SET name = 'Somebody else', city = 'Elsewhere' WHERE id = 1")

    found = check_content(used)

    assert found[HISTORY].ok
    assert found[RECORDED].detail == "partner “Somebody else” was changed: Name, City"


def test_a_record_that_was_removed_past_the_history_is_named_by_what_it_was(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="Nagoya"))
    tamper(plan.path, "DELETE FROM partner")
    assert faults(check_content(plan)) == ["partner “Nagoya” was removed"]


def test_a_record_that_was_added_past_the_history_is_named(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="Nagoya"))
    with raw(plan.path) as connection:
        names = [
            row[1] for row in connection.execute("PRAGMA table_info(partner)") if row[1] not in ("id", "uid")
        ]
    columns = ", ".join(f'"{name}"' for name in names)
    tamper(plan.path, f"INSERT INTO partner (id, uid, {columns}) SELECT 7, 'u', {columns} FROM partner")
    assert faults(check_content(plan)) == ["partner “Nagoya” was added"]


def test_a_record_that_came_back_past_the_history_is_named(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="Nagoya"))
    with raw(plan.path) as connection:
        kept = connection.execute("SELECT * FROM partner").fetchone()
    plan.undo()
    with raw(plan.path) as connection:
        connection.execute(f"INSERT INTO partner VALUES ({', '.join('?' * len(kept))})", kept)
    assert faults(check_content(plan)) == ["partner “Nagoya” was added"]


@pytest.mark.parametrize("pruned", [False, True], ids=["whole", "pruned"])
def test_any_change_of_any_value_anywhere_is_found(used: Plan, tmp_path: Path, pruned: bool) -> None:
    """One value of one row, drawn at random, of the records, of the history and of the stub of what was pruned."""
    chance = random.Random(6)
    if pruned:
        prune(used, Cut(3, 3), "Seven years")
        assert faults(check_content(used)) == []
    used.close()
    with raw(used.path) as connection:
        cells = [
            (table, column, key)
            for table in (*nouns(), "change", "changed_row")
            for _at, column, *_rest in connection.execute(f'PRAGMA table_info("{table}")').fetchall()
            for (key,) in connection.execute(f'SELECT id FROM "{table}"').fetchall()
        ]
    missed = []
    trials = size(12, 300)
    for _trial in range(trials):
        table, column, key = chance.choice(cells)
        copy = tmp_path / "copy.cityplan"
        shutil.copyfile(used.path, copy)
        tamper(
            copy,
            "PRAGMA foreign_keys = OFF;"
            f'UPDATE "{table}" SET "{column}" = CASE WHEN "{column}" IS NULL THEN 12345'
            f' WHEN typeof("{column}") = \'integer\' THEN "{column}" + 1000 ELSE "{column}" || \'x\' END'
            f" WHERE id = {key}",
        )
        if all(finding.ok for finding in checked(copy)):
            missed.append((table, column, key))
    print(f"{trials} values changed at random of {len(cells)}: {len(missed)} missed")
    assert missed == []
