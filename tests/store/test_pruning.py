"""A pruned history is gone from the file, says so, is still proof of what came after, and lets nobody alter it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cityplanner.exchange.history_words import tell
from cityplanner.exchange.retention import cut_of
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Engagement
from cityplanner.model.partner import Partner
from cityplanner.model.retention import LegalHold
from cityplanner.planning.retention import Cut, Reason, Why
from cityplanner.store import backups
from cityplanner.store.checks import Finding, check_content, check_database
from cityplanner.store.personal.erasing import erase
from cityplanner.store.plan_file import Plan, create_plan, open_plan
from cityplanner.store.pruning import prune
from cityplanner.store.queries.history import head, history
from cityplanner.store.queries.holds import standing
from cityplanner.store.queries.stubs import ERASED, PRUNED, pruning, stubs
from tests.builders import make
from tests.conftest import make_office
from tests.store.content import content, raw

TODAY = date(2026, 11, 2)
LONG = "An old secret that nobody may read any more. " * 200


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2010, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def aged(tmp_path: Path, clock: Clock) -> Iterator[Plan]:
    """A plan that was worked on from 2010 to 2026; changes 1 to 13 are older than seven years."""
    with create_plan(tmp_path / "aged.cityplan", make_office(), user="Ana", clock=clock) as plan:
        with plan.edit("Begin") as edit:
            edit.add(Partner(name="Nagoya"))
            edit.add(Partner(name="Untouched"))
            make(edit, Contact)
        for year in range(2011, 2020):
            clock.now = datetime(year, 5, 1, tzinfo=UTC)
            with plan.edit(f"Note of {year}") as edit:
                partner = edit.get(Partner, 1)
                assert partner is not None
                partner.notes = f"{year}: {LONG}"[:15_000]
        plan.undo()
        plan.redo()
        for year in (2020, 2024):
            clock.now = datetime(year, 5, 1, tzinfo=UTC)
            with plan.edit(f"Visit {year}") as edit:
                make(edit, Engagement)
                partner = edit.get(Partner, 1)
                assert partner is not None
                partner.notes = "short"
        yield plan


def cut(plan: Plan, years: int = 7) -> Cut:
    with plan.reading() as session:
        return cut_of(session, years, TODAY, standing(session))


def faults(plan: Plan) -> list[Finding]:
    found = [*check_database(plan.path), *check_content(plan)]
    return [finding for finding in found if not finding.ok]


def test_what_is_older_goes_in_whole_changes_and_leaves_a_stub(aged: Plan) -> None:
    before = content(aged.path)
    assert cut(aged) == Cut(13, 13)

    assert prune(aged, cut(aged), "Seven years") is not None

    with aged.reading() as session:
        assert [change.id for change in history(session)] == [16, 15, 14, 13]
        stub = pruning(session)
    assert stub is not None
    assert (stub.change_id, stub.why) == (13, PRUNED)
    assert "13 changes, made up to May 1, 2019, were pruned by Ana" in stub.text
    assert content(aged.path) == before
    assert faults(aged) == []
    assert "under the rule “Seven years”" in check_content(aged)[0].what


def test_the_history_tells_of_the_pruning_in_words(aged: Plan) -> None:
    prune(aged, cut(aged), "Seven years")
    newest, *_middle, oldest = tell(aged, "USD", "UTC")
    assert newest.label == "Prune the history up to May 1, 2019: Seven years"
    assert newest.rows[0].title.startswith("13 changes, made up to")
    assert oldest.label == newest.label
    assert "Partner added: Untouched" in [row.title for row in oldest.rows]


def test_the_text_is_gone_from_the_file_and_the_file_shrinks(aged: Plan) -> None:
    size = aged.path.stat().st_size
    assert b"2015: An old secret" in aged.path.read_bytes()
    prune(aged, cut(aged), "Seven years")
    left = [path.read_bytes() for path in aged.path.parent.glob("aged.cityplan*")]
    for year in range(2011, 2019):
        assert not any(f"{year}: An old secret".encode() in data for data in left)
    assert not any(b"Note of 2012" in data for data in left)
    assert aged.path.stat().st_size < size - 100_000


def test_the_file_contents_that_nothing_names_any_more_go_too(aged: Plan) -> None:
    with raw(aged.path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("INSERT INTO file_content VALUES ('digest', 3, x'616263')")
    prune(aged, cut(aged), "Seven years")
    with raw(aged.path) as connection:
        assert connection.execute("SELECT count(*) FROM file_content").fetchone() == (0,)


REFUSED = (
    "UPDATE change SET label = 'x'",
    "DELETE FROM changed_row",
    "DELETE FROM change WHERE id = 13",
    "UPDATE changed_row SET after = NULL WHERE change_id = 13",
)


@pytest.mark.parametrize("statement", REFUSED)
def test_the_history_can_only_be_added_to_afterwards(aged: Plan, statement: str) -> None:
    prune(aged, cut(aged), "Seven years")
    with raw(aged.path) as connection, pytest.raises(sqlite3.IntegrityError, match="only be added to"):
        connection.execute(statement)


def test_a_pruning_that_fails_leaves_everything_as_it_was(
    aged: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = aged.path.read_bytes()

    def fail(*_given: object) -> str:
        raise RuntimeError("power cut")

    monkeypatch.setattr("cityplanner.store.pruning.content_hash", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        prune(aged, cut(aged), "Seven years")
    assert aged.path.read_bytes() == before
    with raw(aged.path) as connection, pytest.raises(sqlite3.IntegrityError, match="only be added to"):
        connection.execute(REFUSED[0])


def tampered(plan: Plan, script: str) -> list[Finding]:
    with raw(plan.path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.executescript(script)
    return faults(plan)


ROW_OF_STUB = "(SELECT id FROM changed_row WHERE \"table\" = 'change')"
HARM = {
    "the stub's words": f"UPDATE changed_row SET after = replace(after, '13 ch', '12 ch') WHERE id = {ROW_OF_STUB}",
    "the stub's digest": (
        "UPDATE changed_row SET after = json_set(after, '$.digest', 'x') WHERE id = " + ROW_OF_STUB
    ),
    "the stub taken away": f"DELETE FROM changed_row WHERE id = {ROW_OF_STUB}",
    "a state that was kept": (
        "UPDATE changed_row SET after = replace(after, 'Untouched', 'Touched') WHERE change_id = 13;"
        "UPDATE partner SET name = 'Touched' WHERE id = 2"
    ),
    "a state taken away": "DELETE FROM changed_row WHERE change_id = 13 AND \"table\" = 'contact'",
    "who pruned": "UPDATE change SET made_by = 'Ben' WHERE id = 13",
    "the hash it goes on from": "UPDATE change SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE id = 13",
    "the first kept change": "UPDATE change SET label = 'x' WHERE id = 14",
    "a row of the first kept change": "UPDATE changed_row SET before = NULL WHERE change_id = 14",
    "the first kept change cut out": "DELETE FROM changed_row WHERE change_id = 14; DELETE FROM change WHERE id = 14",
    "what was pruned cut off too": "DELETE FROM changed_row WHERE change_id = 13; DELETE FROM change WHERE id = 13",
}


@pytest.mark.parametrize("what", HARM)
def test_whoever_alters_the_stub_or_what_was_kept_is_found(aged: Plan, what: str) -> None:
    prune(aged, cut(aged), "Seven years")
    assert tampered(aged, HARM[what])


def test_a_record_that_nobody_touched_since_is_still_held_against_the_history(aged: Plan) -> None:
    prune(aged, cut(aged), "Seven years")
    (found,) = tampered(aged, "UPDATE partner SET city = 'Elsewhere' WHERE name = 'Untouched'")
    assert found.detail == "partner “Untouched” was changed: City"


def test_backups_and_heads_of_before_and_after_accuse_nobody(aged: Plan, clock: Clock) -> None:
    backups.backup(aged.path)  # its head is change 15
    with aged.reading() as session:
        noted = str(head(session))
    clock.now = datetime(2026, 11, 2, tzinfo=UTC)
    prune(aged, cut(aged), "Seven years")
    assert faults(aged) == []
    assert all(finding.ok for finding in check_content(aged, noted))
    with aged.edit("Go on") as edit:
        edit.add(Partner(name="Osaka"))
    assert cut(aged, 2) == Cut(15, 3)
    prune(aged, cut(aged, 2), "Two years")
    assert faults(aged) == []  # the head of the backup is the last that was pruned now
    with aged.reading() as session:
        later = cut_of(session, 2, date(2034, 11, 2), standing(session))
    assert later.last_id > 15
    prune(aged, later, "Two years")
    assert faults(aged) == []  # and now it is among what was pruned, where nobody can tell any more
    assert "may also be older than what was pruned" in check_content(aged, "0123456789ab")[-1].detail


def test_a_cut_end_is_found_after_a_pruning(aged: Plan) -> None:
    prune(aged, cut(aged), "Seven years")
    with aged.edit("Go on") as edit:
        edit.add(Partner(name="Osaka"))
    backups.backup(aged.path)
    found = tampered(
        aged,
        "DELETE FROM partner WHERE name = 'Osaka'; DELETE FROM changed_row WHERE change_id = 17;"
        "DELETE FROM change WHERE id = 17",
    )
    assert len(found) == 1
    assert "which is not in the plan" in found[0].detail


def test_nothing_before_a_pruning_is_undone_and_what_comes_after_is(aged: Plan) -> None:
    assert aged.undoable() == "Visit 2024"
    prune(aged, cut(aged), "Seven years")
    assert (aged.undoable(), aged.redoable()) == (None, None)
    with aged.edit("Go on") as edit:
        edit.add(Partner(name="Osaka"))
    assert aged.undo() is not None
    assert (aged.undoable(), aged.redoable()) == (None, "Go on")
    assert aged.redo() is not None
    assert faults(aged) == []


def test_pruned_once_more_the_newer_stub_stands_for_both(aged: Plan, clock: Clock) -> None:
    prune(aged, cut(aged), "Seven years")
    assert cut(aged) == Cut(0, 0)
    assert prune(aged, cut(aged), "Seven years") is None
    clock.now = datetime(2026, 11, 2, tzinfo=UTC)
    with aged.edit("Go on") as edit:
        edit.add(Partner(name="Osaka"))
    prune(aged, cut(aged, 5), "Five years")
    with aged.reading() as session:
        stub = pruning(session)
    assert stub is not None
    assert stub.change_id == 14
    assert faults(aged) == []


def test_a_person_can_be_erased_before_and_after_a_pruning(aged: Plan, clock: Clock) -> None:
    with aged.edit("More") as edit:
        other = Contact(given="Ana", family="Ito", email="ana.ito@example.org")
        edit.add(other)
    erase(aged, 1)  # the change that made it is pruned next
    assert faults(aged) == []
    prune(aged, cut(aged), "Seven years")
    assert faults(aged) == []
    clock.now = datetime(2034, 11, 2, tzinfo=UTC)
    with aged.edit("Go on") as edit:
        edit.add(Partner(name="Osaka"))
    with aged.reading() as session:
        late = cut_of(session, 7, date(2034, 11, 2), standing(session))
    assert late.count > 1
    prune(aged, late, "Seven years")
    assert b"ana.ito@example.org" in aged.path.read_bytes()
    erase(aged, other.id)  # it stands among what the last pruning kept
    assert faults(aged) == []
    assert b"ana.ito@example.org" not in aged.path.read_bytes()
    with aged.reading() as session:
        assert [one.why for one in stubs(session)] == [PRUNED, ERASED]


def test_a_hold_keeps_every_change_of_what_it_covers(aged: Plan) -> None:
    with aged.edit("Hold") as edit:
        edit.add(LegalHold(title="Audit", since=TODAY, partner_id=1))
    assert cut(aged) == Cut(1, 1, Reason(Why.HELD, "Audit", date(2010, 1, 1)))
    with aged.edit("Hold") as edit:
        edit.add(LegalHold(title="Court", since=TODAY))
    assert cut(aged).count == 0


def test_a_plan_that_was_pruned_opens_again_and_can_be_restored(aged: Plan) -> None:
    prune(aged, cut(aged), "Seven years")
    made = backups.backup(aged.path)
    aged.close()
    backups.restore(aged.path, made)
    with open_plan(aged.path) as again:
        assert [one.what for one in faults(again)] == []
