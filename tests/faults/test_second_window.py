"""One writer per plan, whoever holds it, and nobody for ever."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from cityplanner.base.errors import UserError
from cityplanner.model.partner import Partner
from cityplanner.store.errors import LockedPlanError, ReadOnlyError, UnlockableError
from cityplanner.store.lock import PlanLock
from cityplanner.store.plan_file import Plan, open_plan
from tests.faults import other


def note(path: Path) -> Path:
    """The file that names the holder."""
    return Path(f"{path}.holder")


def test_a_plan_open_in_another_process_is_refused_with_its_holder(plan: Plan) -> None:
    plan.close()
    process = other.start(other.HOLD, plan.path)
    try:
        with pytest.raises(LockedPlanError) as refused:
            open_plan(plan.path)
        with pytest.raises(LockedPlanError):  # a living holder on this computer is not overridden
            open_plan(plan.path, take_over=True)
    finally:
        process.communicate("\n")

    holder = refused.value.holder
    assert (holder.user, holder.host, holder.pid) == ("other", socket.gethostname(), process.pid)
    assert holder.since in str(refused.value)
    open_plan(plan.path).close()


def test_a_plan_open_elsewhere_can_be_read_meanwhile(plan: Plan) -> None:
    plan.close()
    process = other.start(other.HOLD, plan.path)
    try:
        with open_plan(plan.path, read_only=True) as reader:
            assert reader.read_only
            assert reader.office() is not None
            with pytest.raises(ReadOnlyError), reader.edit("No"):
                pass
            with pytest.raises(ReadOnlyError):
                reader.undo()
            assert reader.undoable() is None
    finally:
        process.communicate("\n")


def test_a_second_opening_in_this_process_is_refused_too(plan: Plan) -> None:
    with pytest.raises(LockedPlanError):
        open_plan(plan.path)
    with plan.edit("Still ours") as edit:
        edit.add(Partner(name="A"))


def test_a_killed_holder_holds_nothing(plan: Plan) -> None:
    plan.close()
    other.end(other.start(other.HOLD, plan.path))
    assert note(plan.path).exists()

    with open_plan(plan.path, user="me") as opened:
        assert json.loads(note(plan.path).read_text("utf-8"))[0] == "me"
        assert not opened.read_only


def test_a_holder_on_another_computer_is_only_overridden_on_request(plan: Plan) -> None:
    plan.close()
    note(plan.path).write_text(json.dumps(["dana", "another-computer", 7, "2026-11-02 15:00"]), "utf-8")

    with pytest.raises(LockedPlanError, match="another-computer by dana since 2026-11-02 15:00"):
        open_plan(plan.path)
    assert "another-computer" in note(plan.path).read_text("utf-8")
    with open_plan(plan.path, take_over=True, user="me") as opened:
        assert not opened.read_only
    open_plan(plan.path).close()


@pytest.mark.parametrize("text", ["", "{", "[]", '["a"]', '"x"', "[1,2,3,null]", "\0"])
def test_a_damaged_note_locks_nobody_out(plan: Plan, text: str) -> None:
    plan.close()
    note(plan.path).write_text(text, "utf-8")

    open_plan(plan.path).close()


def test_closing_leaves_neither_lock_nor_note_nor_journal(plan: Plan) -> None:
    plan.close()
    plan.close()

    assert [path.name for path in plan.path.parent.iterdir()] == [plan.path.name]


def test_a_closed_plan_takes_no_more_edits(plan: Plan) -> None:
    plan.close()
    with pytest.raises(ReadOnlyError), plan.edit("Late"):
        pass


def test_the_same_plan_through_a_link_is_the_same_plan(plan: Plan, tmp_path: Path) -> None:
    link = tmp_path / "link.cityplan"
    link.symlink_to(plan.path)

    with pytest.raises(LockedPlanError):
        open_plan(link)


def test_a_folder_that_takes_no_lock_is_told_in_words(plan: Plan) -> None:
    plan.close()
    Path(f"{plan.path}.lock").mkdir()

    with pytest.raises(UserError):
        open_plan(plan.path)
    open_plan(plan.path, read_only=True).close()


def test_a_note_that_cannot_be_written_gives_the_lock_back(plan: Plan) -> None:
    plan.close()
    note(plan.path).mkdir()
    with pytest.raises(UnlockableError):
        open_plan(plan.path)

    note(plan.path).rmdir()
    open_plan(plan.path).close()


def test_of_many_who_try_at_once_one_gets_it(tmp_path: Path) -> None:
    locks = [PlanLock(tmp_path / "a.cityplan", str(number)) for number in range(20)]
    winners = []
    for lock in locks:
        try:
            lock.take()
            winners.append(lock)
        except LockedPlanError:
            continue

    assert len(winners) == 1
    winners[0].release()
    assert os.listdir(tmp_path) == []
    locks[-1].take()
    locks[-1].release()
