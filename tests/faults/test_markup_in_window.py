"""Mark-up injection in the window: whatever stands in the plan is shown as the text it is, wherever it is shown."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QGroupBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QTextBrowser,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.store.plan_file import Plan
from cityplanner.ui.app import Shell
from cityplanner.ui.dialogs.trouble import show_error
from cityplanner.ui.parts.plain import caption, tool_tip
from tests.faults.markup import HOSTILE, MARKS, fill, wrong
from tests.faults.sizes import size
from tests.faults.window import calm, shown, walk

# --- what a person sees ---

_TAG = re.compile(r"<\s*/?[A-Za-z!?][^<>]*>")
"""Where Qt may guess that a text is mark-up; it guesses so less often."""


def rendered(text: str, form: Qt.TextFormat = Qt.TextFormat.AutoText) -> str:
    """What Qt shows of a text in a format."""
    if form is Qt.TextFormat.RichText or (form is Qt.TextFormat.AutoText and _TAG.search(text)):
        document = QTextDocument()
        document.setHtml(text)
        return document.toPlainText()
    return text


def unaccelerated(text: str) -> str:
    """What a button shows of its text: a single & underlines what follows."""
    return re.sub(r"&(.)", r"\1", text)


def said(widget: QWidget) -> Iterator[tuple[str, str, str]]:
    """What a widget says: where, its source, and what is seen of it."""
    name = f"{type(widget).__name__} {widget.objectName()}"
    tip = widget.toolTip()
    yield f"{name} tool tip", tip, rendered(tip)
    match widget:
        case QLabel():
            text = rendered(widget.text(), widget.textFormat())
            yield name, widget.text(), unaccelerated(text) if widget.buddy() else text
        case QAbstractButton():
            yield name, widget.text(), unaccelerated(widget.text())
        case QGroupBox():
            yield name, widget.title(), unaccelerated(widget.title())
        case QTabBar():
            for at in range(widget.count()):
                yield name, widget.tabText(at), unaccelerated(widget.tabText(at))
                yield f"{name} tool tip", widget.tabToolTip(at), rendered(widget.tabToolTip(at))
        case QTextBrowser():
            yield name, widget.toHtml(), widget.toPlainText()
        case QAbstractItemView() if widget.model() is not None:
            yield from _cells(name, widget.model(), QModelIndex())


def _cells(name: str, model: QAbstractItemModel, parent: QModelIndex) -> Iterator[tuple[str, str, str]]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(min(model.rowCount(parent), 40)):
        for column in range(columns):
            index = model.index(row, column, parent)
            text, tip = (
                str(model.data(index, role) or "")
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            )
            yield name, text, text
            yield f"{name} tool tip", tip, rendered(tip)
        first = model.index(row, 0, parent)
        if not isinstance(model, QAbstractListModel) and model.rowCount(first):
            yield from _cells(name, model, first)


def faults(root: QObject, marks: set[str]) -> list[str]:
    """What under a widget is shown otherwise than it stands in the plan; `marks` gathers the words met."""
    found: list[str] = []
    parts = (
        [root, *root.findChildren(QWidget)] if isinstance(root, QWidget) else list(root.findChildren(QWidget))
    )
    for widget in parts:
        for where, source, seen in said(widget):
            marks |= {word for word in MARKS if word in source}
            found += [f"{where}: {mark} in {source[:120]!r}" for mark in wrong(source, seen)]
    for action in root.findChildren(QAction):
        for where, source, seen in (
            ("action", action.text(), unaccelerated(action.text())),
            ("action tool tip", action.toolTip(), rendered(action.toolTip())),
        ):
            found += [f"{where}: {mark} in {source[:120]!r}" for mark in wrong(source, seen)]
    return found


@pytest.fixture
def hostile_path(plan: Plan) -> Path:
    """A plan full of mark-up, closed."""
    fill(plan)
    plan.close()
    return plan.path


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path, hostile_path: Path) -> Iterator[Shell]:
    """The window on the plan full of mark-up."""
    with shown(qapp, tmp_path / "settings.json", hostile_path) as made:
        yield made


def test_the_proof_sees_markup_where_there_is_some(qapp: QApplication) -> None:
    label = QLabel(f"<qt>{HOSTILE}</qt>")
    assert faults(label, set())
    label.setTextFormat(Qt.TextFormat.PlainText)
    assert faults(label, set()) == []
    label.setToolTip(f"<b>{HOSTILE}</b>")
    assert faults(label, set())
    label.setToolTip(tool_tip(HOSTILE))
    assert faults(label, set()) == []
    assert unaccelerated(caption(HOSTILE)) == HOSTILE


def test_every_page_and_list_shows_records_as_they_stand_in_the_plan(shell: Shell) -> None:
    met: set[str] = set()
    for place in walk(shell):
        assert faults(shell.window, met) == [], place
    assert met == set(MARKS)


def test_the_palette_shows_records_as_they_stand_in_the_plan(shell: Shell) -> None:
    met: set[str] = set()
    shell.window.commands["find"].trigger()
    calm(shell)
    for typed in ("bold7", "img7", "R&D7", "<b>"):
        box = QApplication.focusWidget()
        assert isinstance(box, QLineEdit)
        box.setText(typed)
        for _turn in range(30):
            calm(shell)
        for window in QApplication.topLevelWidgets():
            assert faults(window, met) == []
    assert met


def test_messages_and_boxes_show_what_they_are_told_as_text(shell: Shell) -> None:
    met: set[str] = set()
    assert shell.desk.context is not None
    shell.desk.context.say(HOSTILE, undoable=True)
    box = show_error(shell.window, UserError(HOSTILE, HOSTILE))
    calm(shell)
    assert faults(shell.window, met) == []
    assert faults(box, met) == []
    assert met == set(MARKS)
    box.close()


def test_deleting_and_undoing_name_the_record_as_it_stands_in_the_plan(shell: Shell) -> None:
    met: set[str] = set()
    shell.window.open_record("partner", 1)
    calm(shell)
    shell.window.page.page.delete_selected()  # type: ignore[union-attr]
    calm(shell)
    for top in QApplication.topLevelWidgets():
        assert faults(top, met) == []
    assert met


@pytest.mark.parametrize("table", ["partner", "contact"])
def test_a_word_without_end_is_shown_without_a_stall(shell: Shell, table: str) -> None:
    import time

    begin = time.monotonic()
    shell.window.open_record(table, size(2, 2))
    calm(shell)
    assert not shell.window.grab().isNull()
    assert time.monotonic() - begin < 10


def test_the_plan_of_this_proof_is_full_of_markup(hostile_path: Path, tmp_path: Path) -> None:
    copy = shutil.copyfile(hostile_path, tmp_path / "copy.cityplan")
    assert copy.read_bytes().count(b"<b>bold7</b>") > 50
