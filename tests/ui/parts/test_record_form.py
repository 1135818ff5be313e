"""Saving a form while one types on: nothing is lost, nothing clobbered, and what is said is true."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.parts import record
from cityplanner.ui.parts.record_form import RecordForm
from tests.ui.conftest import add_partners, saved


@pytest.fixture
def first(plan: Plan) -> int:
    return add_partners(plan, ["Athens", "Berlin"])[0]


@pytest.fixture
def form(qtbot: QtBot, context: Context, plan: Plan, first: int) -> RecordForm:
    made = RecordForm(context, Partner)
    qtbot.addWidget(made)
    show(made, plan, first)
    made.show()
    return made


def show(form: RecordForm, plan: Plan, number: int) -> None:
    shown = record.load(plan, Partner, number)
    assert shown is not None
    form.show_record(shown)


def line(form: RecordForm, name: str) -> QLineEdit:
    box = form.form.row(name).editor.input
    assert isinstance(box, QLineEdit)
    return box


def kept(plan: Plan, number: int) -> Partner:
    with plan.reading() as session:
        return session.get_one(Partner, number)


def hold_up(context: Context) -> Callable[[], None]:
    """Let nothing be written, since an edit that takes its time stands before all others; what ends it."""
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        go_on.wait(10)

    context.edits.put(slow)
    assert begun.wait(10)
    return go_on.set


def test_the_window_goes_on_while_a_form_is_written(qtbot: QtBot, form: RecordForm, context: Context) -> None:
    heard: list[int] = []
    form.saved.connect(heard.append)
    line(form, "city").setText("Piraeus")
    go_on = hold_up(context)
    form.save()
    assert form.is_writing
    assert form._state.text() == "Not saved"
    qtbot.waitUntil(lambda: form._state.text() == "Saving…")
    assert heard == []
    go_on()
    qtbot.waitUntil(lambda: bool(heard))
    assert not form.is_writing
    assert form._state.text() == ""


def test_what_is_typed_meanwhile_stays_with_its_cursor_and_is_saved_next(
    qtbot: QtBot, form: RecordForm, context: Context, plan: Plan, first: int
) -> None:
    city, own = line(form, "city"), line(form, "own_name")
    city.setText("Piraeus")
    go_on = hold_up(context)
    form.save()
    own.setFocus()
    qtbot.keyClicks(own, "Aena")
    qtbot.keyClick(own, Qt.Key.Key_Left)
    city.setText("Piraeus Harbor")
    with qtbot.waitSignal(form.saved):
        go_on()

    assert (own.text(), own.cursorPosition()) == ("Aena", 3)
    assert form.form.focusWidget() is own
    assert city.text() == "Piraeus Harbor"
    assert set(form.form.typed()) == {"own_name", "city"}
    assert kept(plan, first).city == "Piraeus"
    saved(qtbot, form)
    assert (kept(plan, first).city, kept(plan, first).own_name) == ("Piraeus Harbor", "Aena")


def test_what_is_selected_stays_selected_when_the_plan_changes_under_it(
    form: RecordForm, plan: Plan, first: int
) -> None:
    city = line(form, "city")
    city.setFocus()
    city.setSelection(5, -3)
    with plan.edit("Elsewhere") as edit:
        edit.get_one(Partner, first).own_name = "Αθήνα"
    show(form, plan, first)

    assert (city.selectedText(), city.cursorPosition()) == ("hen", 2)
    assert line(form, "own_name").text() == "Αθήνα"


def test_saving_twice_saves_what_was_typed_between(
    qtbot: QtBot, form: RecordForm, context: Context, plan: Plan, first: int
) -> None:
    heard: list[int] = []
    form.saved.connect(heard.append)
    line(form, "city").setText("Piraeus")
    go_on = hold_up(context)
    form.save()
    line(form, "own_name").setText("Two")
    form.save()
    go_on()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert (kept(plan, first).city, kept(plan, first).own_name) == ("Piraeus", "Two")


def test_a_new_record_that_is_saved_twice_is_one(
    qtbot: QtBot, context: Context, plan: Plan, form: RecordForm
) -> None:
    form.show_record(record.begin(plan, Partner, {}, context.zone))
    line(form, "name").setText("Milan")
    go_on = hold_up(context)
    form.save()
    form.save()
    go_on()
    qtbot.waitUntil(lambda: not (form.is_writing or context.edits.busy))
    assert [hit.title for hit in plan.search("milan")] == ["Milan"]
    assert context.drafts.all() == []


def left_while_written(
    form: RecordForm, context: Context, plan: Plan, first: int
) -> tuple[list[str], Callable[[], None]]:
    """Save a city and show the next record before it is written; what the window says, and what lets it be written."""
    said: list[str] = []
    context.message.connect(lambda text, _undoable: said.append(text))
    line(form, "city").setText("Piraeus")
    go_on = hold_up(context)
    form.save()
    show(form, plan, first + 1)
    return said, go_on


def test_another_record_can_be_shown_before_the_first_is_written(
    qtbot: QtBot, form: RecordForm, context: Context, plan: Plan, first: int
) -> None:
    said, go_on = left_while_written(form, context, plan, first)
    line(form, "city").setText("Half")
    go_on()
    qtbot.waitUntil(lambda: not form.is_writing)

    assert said == ["Saved “Athens”."]
    assert (form.shown.id, line(form, "city").text()) == (first + 1, "Half")
    assert context.drafts.get("partner", first) == {}
    assert kept(plan, first).city == "Piraeus"


def test_what_is_refused_after_another_record_is_shown_is_said_and_kept(
    qtbot: QtBot, form: RecordForm, context: Context, plan: Plan, first: int
) -> None:
    said, go_on = left_while_written(form, context, plan, first)
    with plan.edit("Gone") as edit:
        edit.remove(edit.get_one(Partner, first))
    go_on()
    qtbot.waitUntil(lambda: not form.is_writing)

    assert said == ["This partner was deleted in the meantime. Undo the deletion to get it back."]
    assert context.drafts.get("partner", first) == {"city": "Piraeus"}
    assert form.notice == ""


def test_an_edit_that_fails_leaves_the_form_as_it_is_and_the_next_goes_on(
    qtbot: QtBot, form: RecordForm, context: Context, plan: Plan, first: int
) -> None:
    done: list[str] = []
    line(form, "city").setText("Piraeus")
    go_on = hold_up(context)
    form.save()
    context.edits.put(lambda: done.append("the next"))
    with plan.edit("Gone") as edit:
        edit.remove(edit.get_one(Partner, first))
    go_on()
    qtbot.waitUntil(lambda: not context.edits.busy)

    assert "deleted in the meantime" in form.notice
    assert line(form, "city").text() == "Piraeus"
    assert form._state.text() == "Not saved"
    assert done == ["the next"]


def test_a_plan_that_closes_has_written_the_form_and_keeps_no_draft_of_it(
    form: RecordForm, context: Context, plan: Plan, first: int
) -> None:
    line(form, "city").setText("Piraeus")
    go_on = hold_up(context)
    form.save()
    threading.Timer(0.1, go_on).start()

    context.close()

    assert kept(plan, first).city == "Piraeus"
    assert context.drafts.all() == []


def test_what_is_not_written_yet_is_a_draft_should_the_window_be_killed(
    form: RecordForm, context: Context, first: int
) -> None:
    line(form, "city").setText("Piraeus")
    go_on = hold_up(context)
    form.save()
    again = type(context.drafts)(context.plan.path, context.drafts.path.parent)
    go_on()

    assert again.get("partner", first) == {"city": "Piraeus"}
