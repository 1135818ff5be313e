"""Opening a plan: what can be done while somebody else has it, and the warning about the folder it is in."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cityplanner.base.places import Place
from cityplanner.base.settings import PLACES_ACCEPTED, Settings
from cityplanner.model.partner import Partner
from cityplanner.store.errors import Holder, LockedPlanError
from cityplanner.store.plan_file import create_plan
from cityplanner.ui.app import Shell
from cityplanner.ui.dialogs.trouble import LockedDialog
from cityplanner.ui.dialogs.unsafe_place import UnsafePlaceDialog
from cityplanner.ui.parts.record_form import RecordForm
from tests.conftest import make_office
from tests.faults.full import full_plan
from tests.ui.test_app import boxes, calm, opened


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    """The application, not started yet."""
    made = Shell(qapp, Settings(tmp_path / "settings.json"))
    yield made
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    """A plan in a folder that a service copies away."""
    path = tmp_path / "OneDrive - City of Riverton" / "Riverton.cityplan"
    create_plan(path, make_office(), user="tester").close()
    return path


def held_elsewhere(path: Path) -> Path:
    """Leave the note of somebody on another computer beside a plan."""
    note = Path(f"{path}.holder")
    note.write_text(json.dumps(["Deputy", "desk-4", 7, "2026-11-02 09:00"]), "utf-8")
    return note


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """A plan that is open on another computer."""
    path = tmp_path / "Riverton.cityplan"
    create_plan(path, make_office(), user="tester").close()
    held_elsewhere(path)
    return path


def asked(qtbot: QtBot, qapp: QApplication, shell: Shell, path: Path) -> LockedDialog:
    """The question about a plan that somebody has open."""
    shell.start(path)
    qtbot.waitUntil(lambda: bool(boxes(qapp, LockedDialog)))
    dialog = boxes(qapp, LockedDialog)[0]
    assert isinstance(dialog, LockedDialog)
    return dialog


def test_taking_over_names_user_and_computer_and_lets_write(
    qtbot: QtBot, qapp: QApplication, shell: Shell, held: Path
) -> None:
    dialog = asked(qtbot, qapp, shell, held)
    assert "desk-4, by Deputy since 2026-11-02 09:00" in dialog.text()
    assert "both change it at once" in dialog.informativeText()
    dialog.take.click()
    qtbot.waitUntil(lambda: shell.window.page is not None)
    assert shell.desk.context is not None
    assert not shell.desk.context.read_only
    calm(qtbot, shell)


def test_working_in_a_copy_leaves_the_plan_and_its_holder_alone(
    qtbot: QtBot, qapp: QApplication, shell: Shell, held: Path, tmp_path: Path
) -> None:
    before = held.read_bytes()
    dialog = asked(qtbot, qapp, shell, held)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    shell.opening.open_copy(held, tmp_path / "Mine.cityplan")
    qtbot.waitUntil(lambda: shell.window.page is not None)
    context = shell.desk.context
    assert context is not None
    assert context.plan.path == tmp_path / "Mine.cityplan"
    assert "Mine.cityplan" in shell.window.messages.text
    with context.plan.edit("Add") as edit:
        edit.add(Partner(name="Only in the copy"))
    calm(qtbot, shell)
    assert held.read_bytes() == before
    assert Path(f"{held}.holder").exists()


def test_a_copy_over_a_file_is_refused_in_words(
    qtbot: QtBot, qapp: QApplication, shell: Shell, held: Path, tmp_path: Path
) -> None:
    from PySide6.QtWidgets import QMessageBox

    asked(qtbot, qapp, shell, held).leave.click()
    shell.opening.open_copy(held, held)
    qtbot.waitUntil(lambda: bool(boxes(qapp, QMessageBox)))
    box = boxes(qapp, QMessageBox)[0]
    assert isinstance(box, QMessageBox)
    assert "exists already" in box.text()
    box.close()


def test_a_window_on_this_computer_cannot_be_taken_over(qtbot: QtBot) -> None:
    here = Holder("dana", socket.gethostname(), 7, "2026-11-02 09:00")
    dialog = LockedDialog(LockedPlanError(Path("a.cityplan"), here), Path("Riverton.cityplan"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.take.isVisible()
    assert "already open on this computer, by dana" in dialog.text()
    assert dialog.defaultButton() is dialog.read
    unknown = Holder("?", socket.gethostname(), 0, "?")
    other = LockedDialog(LockedPlanError(Path("a.cityplan"), unknown), Path("Riverton.cityplan"))
    qtbot.addWidget(other)
    assert "?" not in other.text()


def test_a_plan_in_a_watched_folder_is_warned_of_once(
    qtbot: QtBot, qapp: QApplication, shell: Shell, watched: Path
) -> None:
    opened(qtbot, shell, watched)
    qtbot.waitUntil(lambda: bool(boxes(qapp, UnsafePlaceDialog)))
    dialog = boxes(qapp, UnsafePlaceDialog)[0]
    assert isinstance(dialog, UnsafePlaceDialog)
    assert "“Riverton” is in a folder that OneDrive copies" in dialog.text()
    assert dialog.accessibleName() == dialog.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shell.settings.get(PLACES_ACCEPTED) == [str(watched)])
    assert not dialog.wants_copy
    shell.desk.close()
    shell.desk.open(watched)
    qtbot.waitUntil(lambda: shell.desk.context is not None)
    calm(qtbot, shell)
    assert not boxes(qapp, UnsafePlaceDialog)


def test_a_plan_that_is_only_read_is_not_warned_of(
    qtbot: QtBot, qapp: QApplication, shell: Shell, watched: Path
) -> None:
    shell.desk.open(watched, read_only=True)
    qtbot.waitUntil(lambda: shell.desk.context is not None)
    calm(qtbot, shell)
    assert not boxes(qapp, UnsafePlaceDialog)


def test_the_warning_about_a_share_says_so(qtbot: QtBot) -> None:
    dialog = UnsafePlaceDialog(Path("Riverton.cityplan"), Place())
    qtbot.addWidget(dialog)
    assert "on another computer" in dialog.text()
    dialog.show()
    dialog.copy.click()
    assert dialog.wants_copy


def test_a_full_disk_keeps_the_form_and_saving_works_once_there_is_space(
    qtbot: QtBot, shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "Riverton.cityplan"
    create_plan(path, make_office(), user="tester").close()
    opened(qtbot, shell, path)
    context = shell.desk.context
    assert context is not None
    shell.window.begin_record("partner")
    qtbot.waitUntil(lambda: any(form.isVisible() for form in shell.window.findChildren(RecordForm)))
    form = next(form for form in shell.window.findChildren(RecordForm) if form.isVisible())
    form.form.row("name").editor.set_typed("Port of Elm Harbor")
    form.form.row("notes").editor.set_typed("x" * 19_000)
    with full_plan(context.plan):
        assert form.save() is None
        assert form.notice == "The disk is full; nothing was saved. Free some space and save again."
        assert form.form.typed()["name"] == "Port of Elm Harbor"
        assert context.plan.undoable() is None
    assert form.save() is not None
    assert form.notice == ""
    calm(qtbot, shell)
    assert [hit.title for hit in context.plan.search("elm harbor")] == ["Port of Elm Harbor"]
