"""Plans are created, opened, refused and closed without ever harming a file."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from cityplanner.base.errors import UserError
from cityplanner.model.office import Office
from cityplanner.model.partner import Partner
from cityplanner.store import sqlite
from cityplanner.store.errors import (
    NoSuchPlanError,
    NotAPlanError,
)
from cityplanner.store.journal import BypassError
from cityplanner.store.plan_file import Plan, create_plan, open_plan
from tests.conftest import make_office
from tests.store.content import content, raw


def test_a_new_plan_holds_its_office_and_nothing_else(plan: Plan) -> None:
    office = plan.office()

    assert office is not None
    assert office.city == "Riverton"
    assert plan.undoable() is None
    assert sum(len(rows) for table, rows in content(plan.path).items() if not table.startswith("(")) == 1


def test_a_plan_can_be_made_without_an_office(tmp_path: Path) -> None:
    with create_plan(tmp_path / "deep" / "folder" / "a.cityplan") as made:
        assert made.office() is None
        assert made.undoable() is None


def test_a_name_with_any_signs_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "100% é ?#& 名古屋.cityplan"
    create_plan(path, make_office()).close()

    with open_plan(path) as opened:
        assert opened.office() is not None


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.cityplan"
    path.write_bytes(b"precious")

    with pytest.raises(UserError, match="exists already"):
        create_plan(path)
    assert path.read_bytes() == b"precious"


@pytest.mark.parametrize(
    "office", [Office(name="", city=""), Office(name="A", city="B", country="US", zone="Mars")]
)
def test_an_office_that_is_refused_leaves_no_file(tmp_path: Path, office: Office) -> None:
    with pytest.raises(UserError):
        create_plan(tmp_path / "a.cityplan", office)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="could not be created"):
        create_plan(tmp_path / "file" / "a.cityplan")


def test_a_file_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPlanError):
        open_plan(tmp_path / "a.cityplan")
    with pytest.raises(NoSuchPlanError):
        open_plan(tmp_path)
    assert list(tmp_path.iterdir()) == []


def another_database(path: Path) -> None:
    """An SQLite file of some other application."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("sort", ["text", "empty", "zeros", "zip", "database"])
@pytest.mark.parametrize("read_only", [False, True])
def test_what_is_no_plan_is_refused_and_left_as_it_is(tmp_path: Path, sort: str, read_only: bool) -> None:
    path = tmp_path / "a.cityplan"
    contents = {
        "text": b"Dear all,\n" * 500,
        "empty": b"",
        "zeros": b"\0" * 9000,
        "zip": b"PK\x03\x04" + b"x" * 5000,
    }
    path.write_bytes(contents.get(sort, b""))
    if sort == "database":
        another_database(path)
    before = path.read_bytes()

    with pytest.raises(NotAPlanError):
        open_plan(path, read_only=read_only)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.cityplan"]


def test_many_threads_read_while_one_writes(plan: Plan) -> None:
    troubles: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(30):
                plan.search("partner")
                plan.office()
        except BaseException as trouble:  # noqa: BLE001 - told to the test
            troubles.append(trouble)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(30):
        with plan.edit("Add") as edit:
            edit.add(Partner(name=f"Partner {number}"))
    for thread in threads:
        thread.join()

    assert troubles == []
    assert len(plan.search("partner")) == 30


def test_edits_of_two_threads_wait_for_each_other(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="Counter", keep_in_touch=1))

    def count() -> None:
        for _ in range(50):
            with plan.edit("Count") as edit:
                counter = edit.get_one(Partner, 1)
                assert counter.keep_in_touch is not None
                counter.keep_in_touch += 1

    threads = [threading.Thread(target=count) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with plan.reading() as session:
        assert session.get_one(Partner, 1).keep_in_touch == 101


def test_closing_waits_for_the_edit_that_is_under_way(plan: Plan) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with plan.edit("Slow") as edit:
            edit.add(Partner(name="Kept"))
            edit.flush()
            begun.set()
            go_on.wait(10)

    writer, closer = threading.Thread(target=slow), threading.Thread(target=plan.close)
    writer.start()
    assert begun.wait(10)
    closer.start()
    closer.join(0.1)
    assert closer.is_alive()
    go_on.set()
    writer.join(10)
    closer.join(10)

    assert not closer.is_alive()
    with open_plan(plan.path) as again:
        assert [hit.title for hit in again.search("kept")] == ["Kept"]


def test_a_plan_is_not_closed_inside_an_edit(plan: Plan) -> None:
    with plan.edit("Close") as edit, pytest.raises(BypassError):
        plan.close()
    assert edit.change is None


def test_the_file_is_written_as_safely_as_it_is_promised(plan: Plan) -> None:
    with plan.reading() as session:
        ask = session.connection().exec_driver_sql
        got = {
            name: ask(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }

    assert got == {"journal_mode": "truncate", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with raw(plan.path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone()[0] == sqlite.APPLICATION_ID
