"""Opening a plan: what can be done while somebody else has it, and the warning about the folder it is in."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from cityplanner.base import crash
from cityplanner.base.places import Place
from cityplanner.base.settings import PLACES_ACCEPTED, Settings
from cityplanner.model.partner import Partner
from cityplanner.store.backups import backup
from cityplanner.store.errors import DamagedPlanError, Holder, LockedPlanError
from cityplanner.store.plan_file import Plan, create_plan
from cityplanner.store.rescue import Rescue, rescue
from cityplanner.ui.app import Shell
from cityplanner.ui.dialogs.trouble import DamagedDialog, LockedDialog, NewerDialog
from cityplanner.ui.dialogs.unsafe_place import UnsafePlaceDialog
from cityplanner.ui.parts.record_form import RecordForm
from tests.conftest import make_office
from tests.faults.full import full_plan
from tests.faults.test_newer_file import ADDED, NEXT, TAKEN, newer
from tests.store.content import raw
from tests.ui.conftest import add_partners, refused, saved
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
    qtbot.waitUntil(lambda: shell.window.is_open)
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
    qtbot.waitUntil(lambda: shell.window.is_open)
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
        refused(qtbot, form)
        assert form.notice == "The disk is full; nothing was saved. Free some space and save again."
        assert form.form.typed()["name"] == "Port of Elm Harbor"
        assert context.plan.undoable() is None
    saved(qtbot, form)
    assert form.notice == ""
    calm(qtbot, shell)
    assert [hit.title for hit in context.plan.search("elm harbor")] == ["Port of Elm Harbor"]


# --- damaged plans and newer ones ------------------------------------------------------------------------


def harm(path: Path) -> bytes:
    """Overwrite all but the first pages of a plan; what it holds afterwards."""
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    return path.read_bytes()


def offered(qtbot: QtBot, qapp: QApplication) -> DamagedDialog:
    """The offer of a backup for a damaged plan."""
    qtbot.waitUntil(lambda: bool(boxes(qapp, DamagedDialog)))
    (dialog,) = boxes(qapp, DamagedDialog)
    assert isinstance(dialog, DamagedDialog)
    return dialog


@pytest.fixture
def backed_up(plan: Plan) -> tuple[Path, Path]:
    """A plan that nobody has open, with a change after its backup; both paths."""
    add_partners(plan, ["Nagoya"])
    made = backup(plan.path, now=datetime(2026, 10, 30, 9, 0, tzinfo=UTC))
    add_partners(plan, ["Lima"])
    plan.close()
    return plan.path, made


def test_for_a_damaged_plan_the_newest_good_backup_is_offered_and_put_in_its_place(
    qtbot: QtBot, qapp: QApplication, shell: Shell, backed_up: tuple[Path, Path]
) -> None:
    path, _made = backed_up
    newer = backup(path)
    newer.write_bytes(newer.read_bytes()[:9000])  # the newest is no good itself
    harmed = harm(path)
    shell.start(path)
    dialog = offered(qtbot, qapp)
    assert "“test” is damaged" in dialog.text()
    assert "Oct 30, 2026" in dialog.informativeText()
    assert "the damaged file is kept" in dialog.informativeText()
    assert path.read_bytes() == harmed
    dialog.restore.click()
    qtbot.waitUntil(lambda: shell.window.is_open)
    calm(qtbot, shell)
    context = shell.desk.context
    assert context is not None
    assert not context.read_only
    assert [hit.title for hit in context.plan.search("nagoya")] == ["Nagoya"]
    (aside,) = path.parent.glob("test before restore *.cityplan")
    assert aside.read_bytes() == harmed
    assert aside.name in shell.window.messages.text
    with context.plan.edit("Go on") as edit:
        edit.add(Partner(name="Oslo"))
    calm(qtbot, shell)


def test_what_would_be_missing_is_told_where_it_can_be_read(
    qtbot: QtBot, qapp: QApplication, shell: Shell, backed_up: tuple[Path, Path]
) -> None:
    path, _made = backed_up
    found = rescue(path)
    assert found is not None
    assert found.lost == 1
    dialog = DamagedDialog(DamagedPlanError(path, "x"), path, found)
    qtbot.addWidget(dialog)
    assert "One change made after it would be missing." in dialog.informativeText()
    other = DamagedDialog(DamagedPlanError(path, "x"), path, Rescue(found.backup, None))
    qtbot.addWidget(other)
    assert "cannot be read any more" in other.informativeText()
    third = DamagedDialog(DamagedPlanError(path, "x"), path, Rescue(found.backup, 0))
    qtbot.addWidget(third)
    assert "Nothing was changed after it." in third.informativeText()


def test_the_backup_of_a_damaged_plan_can_be_looked_at_first(
    qtbot: QtBot, qapp: QApplication, shell: Shell, backed_up: tuple[Path, Path]
) -> None:
    path, made = backed_up
    harmed = harm(path)
    shell.start(path)
    offered(qtbot, qapp).read.click()
    qtbot.waitUntil(lambda: shell.window.is_open)
    calm(qtbot, shell)
    assert shell.desk.context is not None
    assert shell.desk.context.plan.path == made
    assert path.read_bytes() == harmed
    shell.desk.open(path)  # and it is offered again
    dialog = offered(qtbot, qapp)
    assert dialog.restore.isVisible()
    dialog.leave.click()
    assert shell.desk.context.plan.path == made


@pytest.mark.parametrize("left", [b"", b"\0" * 5000, b"Dear mayor", None])
def test_a_plan_whose_file_is_none_any_more_has_its_backup_offered(
    qtbot: QtBot, qapp: QApplication, shell: Shell, backed_up: tuple[Path, Path], left: bytes | None
) -> None:
    path, _made = backed_up
    if left is None:
        path.unlink()
    else:
        path.write_bytes(left)
    shell.start(path)
    dialog = offered(qtbot, qapp)
    assert "Oct 30, 2026" in dialog.informativeText()
    dialog.restore.click()
    qtbot.waitUntil(lambda: shell.window.is_open)
    calm(qtbot, shell)
    kept = list(path.parent.glob("test before restore *.cityplan"))
    assert [one.read_bytes() for one in kept] == ([] if left is None else [left])


def test_without_a_good_backup_the_damaged_plan_is_left_as_it_is(
    qtbot: QtBot, qapp: QApplication, shell: Shell, backed_up: tuple[Path, Path]
) -> None:
    path, made = backed_up
    harmed = harm(path)
    harm(made)
    shell.start(path)
    dialog = offered(qtbot, qapp)
    assert "No good backup of it was found in" in dialog.informativeText()
    assert not dialog.restore.isVisible()
    dialog.leave.click()
    assert shell.window.stack.currentWidget() is shell.window.welcome
    assert path.read_bytes() == harmed
    assert not Path(f"{path}.holder").exists()


def test_a_damaged_backup_leads_to_another_one(
    qtbot: QtBot, qapp: QApplication, shell: Shell, backed_up: tuple[Path, Path]
) -> None:
    _path, made = backed_up
    harm(made)
    shell.start(made)
    dialog = offered(qtbot, qapp)
    assert "It is a backup. Choose another one" in dialog.informativeText()
    dialog.leave.click()


def test_damage_found_while_a_plan_is_open_is_told_once_and_the_window_goes_on(
    qtbot: QtBot, qapp: QApplication, shell: Shell, backed_up: tuple[Path, Path]
) -> None:
    path, _made = backed_up
    opened(qtbot, shell, path)
    harmed = harm(path)
    shell.desk._check(path)
    dialog = offered(qtbot, qapp)
    assert "Please enter nothing more" in dialog.informativeText()
    dialog.leave.click()
    for stop in ("partners", "contacts", "engagements"):  # every page comes upon it
        shell.window.go(stop)
        calm(qtbot, shell)
    qtbot.wait(100)
    assert [type(box).__name__ for box in boxes(qapp, QMessageBox)] == []
    assert crash.reports() == []
    assert path.read_bytes() == harmed


def test_a_plan_damaged_while_it_is_open_gives_way_to_its_backup(
    qtbot: QtBot, qapp: QApplication, shell: Shell, backed_up: tuple[Path, Path]
) -> None:
    path, _made = backed_up
    opened(qtbot, shell, path)
    before = shell.desk.context
    harmed = harm(path)
    shell.desk._check(path)
    offered(qtbot, qapp).restore.click()
    qtbot.waitUntil(lambda: shell.desk.context not in (None, before) and shell.window.is_open)
    calm(qtbot, shell)
    assert shell.desk.context is not None
    assert [hit.title for hit in shell.desk.context.plan.search("nagoya")] == ["Nagoya"]
    (aside,) = path.parent.glob("test before restore *.cityplan")
    assert aside.read_bytes() == harmed


def test_a_sound_plan_and_one_that_was_moved_are_not_called_damaged(
    qtbot: QtBot, qapp: QApplication, shell: Shell, backed_up: tuple[Path, Path]
) -> None:
    path, _made = backed_up
    opened(qtbot, shell, path)
    shell.desk._check(path)
    qtbot.waitUntil(lambda: not shell.desk._jobs.busy)
    aside = path.rename(path.with_name("moved.cityplan"))
    shell.desk._check(path)
    qtbot.waitUntil(lambda: not shell.desk._jobs.busy)
    assert boxes(qapp, QMessageBox) == []
    aside.rename(path)


def test_a_plan_of_a_newer_version_is_refused_with_a_way_to_read_it(
    qtbot: QtBot, qapp: QApplication, shell: Shell, plan: Plan
) -> None:
    before = newer(plan, NEXT, ADDED["a table"])
    shell.start(plan.path)
    qtbot.waitUntil(lambda: bool(boxes(qapp, NewerDialog)))
    (dialog,) = boxes(qapp, NewerDialog)
    assert isinstance(dialog, NewerDialog)
    assert "newer version" in dialog.text()
    assert "Install the newer version" in dialog.informativeText()
    dialog.read.click()
    qtbot.waitUntil(lambda: shell.window.is_open)
    calm(qtbot, shell)
    assert shell.desk.context is not None
    assert shell.desk.context.read_only
    assert "read-only" in shell.window.windowTitle()
    shell.desk.close()
    assert plan.path.read_bytes() == before


def test_a_newer_plan_that_cannot_be_read_here_is_refused_in_words(
    qtbot: QtBot, qapp: QApplication, shell: Shell, plan: Plan
) -> None:
    before = newer(plan, NEXT, TAKEN["a column"])
    shell.start(plan.path)
    qtbot.waitUntil(lambda: bool(boxes(qapp, QMessageBox)))
    assert not boxes(qapp, NewerDialog)
    boxes(qapp, QMessageBox)[0].close()
    assert plan.path.read_bytes() == before


def test_a_newer_backup_can_be_read_too(
    qtbot: QtBot, qapp: QApplication, shell: Shell, backed_up: tuple[Path, Path]
) -> None:
    _path, made = backed_up
    with raw(made) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (NEXT,))
    shell.start(made)
    qtbot.waitUntil(lambda: bool(boxes(qapp, NewerDialog)))
    (dialog,) = boxes(qapp, NewerDialog)
    dialog.read.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: shell.window.is_open)
    calm(qtbot, shell)
