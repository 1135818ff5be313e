"""Edits faster than they are written: in order, refused ones told, none lost when the plan closes."""

from __future__ import annotations

import threading
import time
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cityplanner.base.errors import UserError
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context


def refuse() -> None:
    raise UserError("Not so.", "Do it otherwise.")


def said_in(context: Context) -> list[str]:
    said: list[str] = []
    context.message.connect(lambda text, _undoable: said.append(text))
    return said


def test_edits_are_written_in_the_order_they_were_made(qtbot: QtBot, context: Context) -> None:
    queue, done = context.edits, list[int]()

    def edit(number: int) -> None:
        time.sleep(0.002 * (5 - number))
        done.append(number)

    with qtbot.waitSignal(queue.settled):
        for number in range(5):
            queue.put(partial(edit, number))
        assert queue.busy
    assert done == [0, 1, 2, 3, 4]
    assert not queue.busy


def test_each_is_told_of_its_own_edit_on_the_threads_of_the_window(qtbot: QtBot, context: Context) -> None:
    told: list[tuple[int, bool]] = []
    here = threading.get_ident()

    def made(number: int) -> int:
        assert threading.get_ident() != here
        return number

    with qtbot.waitSignal(context.edits.settled):
        for number in range(3):
            context.edits.put(
                partial(made, number), lambda found: told.append((found, threading.get_ident() == here))
            )
    assert told == [(0, True), (1, True), (2, True)]


def test_a_refused_edit_is_told_and_the_next_still_goes_on(qtbot: QtBot, context: Context) -> None:
    done, said, heard = list[str](), said_in(context), list[UserError]()

    with qtbot.waitSignal(context.edits.settled):
        context.edits.put(refuse)
        context.edits.put(refuse, failed=heard.append)
        context.edits.put(lambda: done.append("after"))
    assert said == ["Not so. Do it otherwise."]
    assert [str(error) for error in heard] == said
    assert done == ["after"]


def test_a_refusal_is_said_even_where_who_waited_for_it_is_gone(qtbot: QtBot, context: Context) -> None:
    said, heard, owner = said_in(context), list[UserError](), QObject()
    with qtbot.waitSignal(context.edits.settled):
        context.edits.put(refuse, failed=heard.append, owner=owner)
        owner.deleteLater()
        del owner
    qtbot.waitUntil(lambda: bool(said or heard))
    assert len(said) + len(heard) == 1


def test_a_fault_of_ours_is_shown_and_holds_up_nothing(
    qtbot: QtBot, context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    faults, heard, done = list[object](), list[UserError](), list[str]()
    context.failed.connect(faults.append)

    with qtbot.waitSignal(context.edits.settled):
        context.edits.put(lambda: 1 // 0, failed=heard.append)
        context.edits.put(lambda: done.append("after"))
    assert isinstance(faults[0], ZeroDivisionError)
    assert len(heard) == 1
    assert done == ["after"]


def test_what_waits_is_written_and_told_when_the_plan_closes(context: Context) -> None:
    done, told = list[int](), list[int]()

    def edit(number: int) -> int:
        time.sleep(0.001)
        done.append(number)
        return number

    for number in range(20):
        context.edits.put(partial(edit, number), told.append)

    context.close()

    assert done == told == list(range(20))


def test_closing_waits_for_a_slow_commit_and_for_what_stands_behind_it(context: Context, plan: Plan) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with plan.edit("Slow") as edit:
            edit.add(Partner(name="First"))
            begun.set()
            go_on.wait(10)

    def quick() -> None:
        with plan.edit("Quick") as edit:
            edit.add(Partner(name="Second"))

    context.edits.put(slow)
    context.edits.put(quick)
    assert begun.wait(10)
    threading.Timer(0.1, go_on.set).start()

    context.close()

    assert [hit.title for hit in plan.search("first")] == ["First"]
    assert plan.undoable() == "Quick"


def test_pages_hear_of_a_change_after_who_made_it(qtbot: QtBot, context: Context, plan: Plan) -> None:
    heard: list[str] = []
    context.changed.connect(lambda change: heard.append(change.label))

    def add(name: str) -> str:
        with plan.edit(f"Add {name}") as edit:
            edit.add(Partner(name=name))
        return f"told of {name}"

    with qtbot.waitSignal(context.edits.settled):
        context.edits.put(partial(add, "one"), heard.append)
        context.edits.put(partial(add, "two"), heard.append)
    qtbot.waitUntil(lambda: len(heard) == 4)
    assert [heard.index(f"told of {name}") < heard.index(f"Add {name}") for name in ("one", "two")] == [
        True
    ] * 2


def test_undo_takes_back_what_was_still_being_written(qtbot: QtBot, context: Context, plan: Plan) -> None:
    def add(name: str) -> None:
        with plan.edit(f"Add {name}") as edit:
            edit.add(Partner(name=name))

    taken: list[str] = []
    with qtbot.waitSignal(context.edits.settled):
        context.edits.put(partial(add, "one"))
        context.edits.put(partial(add, "two"))
        context.edits.put(plan.undo, lambda change: taken.append(change.label if change else ""))
    assert taken == ["Add two"]
    assert plan.undoable() == "Add one"


def test_long_tasks_do_not_hold_up_an_edit(qtbot: QtBot, context: Context) -> None:
    go_on = threading.Event()
    for _ in range(8):
        context.jobs.start(lambda _progress: go_on.wait(10), lambda _none: None, owner=context)
    done: list[str] = []

    with qtbot.waitSignal(context.edits.settled):
        context.edits.put(lambda: done.append("written"))
    assert done == ["written"]
    go_on.set()
    qtbot.waitUntil(lambda: not context.jobs.busy)
