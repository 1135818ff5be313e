"""Edits faster than they are written: in order, refused ones told, none lost when the plan closes."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cityplanner.base.errors import UserError
from cityplanner.ui.context import Context
from cityplanner.ui.parts.edit_queue import EditQueue


def test_edits_are_written_in_the_order_they_were_made(qtbot: QtBot, context: Context) -> None:
    queue, done = EditQueue(context, context), list[int]()

    def edit(number: int) -> None:
        time.sleep(0.002 * (5 - number))
        done.append(number)

    with qtbot.waitSignal(queue.settled):
        for number in range(5):
            queue.put(partial(edit, number))
        assert queue.busy
    assert done == [0, 1, 2, 3, 4]
    assert not queue.busy


def test_a_refused_edit_is_told_and_the_next_still_goes_on(qtbot: QtBot, context: Context) -> None:
    queue, done, said = EditQueue(context, context), list[str](), list[str]()
    context.message.connect(lambda text, _undoable: said.append(text))

    def refuse() -> None:
        raise UserError("Not so.", "Do it otherwise.")

    with qtbot.waitSignals([queue.refused, queue.settled]):
        queue.put(refuse)
        queue.put(lambda: done.append("after"))
    assert said == ["Not so. Do it otherwise."]
    assert done == ["after"]


def test_what_waits_is_written_when_the_plan_closes(qtbot: QtBot, context: Context) -> None:
    owner = QObject()
    queue, done = EditQueue(context, owner), list[int]()
    for number in range(20):
        queue.put(partial(done.append, number))

    context.close()

    assert done == list(range(20))
