"""Pictures of what a user meets when something is wrong: `python -m tests.screenshots --only troubles`."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from cityplanner.base import crash
from cityplanner.base.places import Place
from cityplanner.base.traces import trace
from cityplanner.model.contact import Contact
from cityplanner.model.partner import Partner
from cityplanner.store.backups import backup, backups
from cityplanner.store.errors import DamagedPlanError, Holder, LockedPlanError, NewerPlanError
from cityplanner.store.rescue import Rescue
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.backups import BackupsDialog
from cityplanner.ui.dialogs.compare_backup import CompareDialog
from cityplanner.ui.dialogs.fault_reports import ReportsDialog, show_fault
from cityplanner.ui.dialogs.history import HistoryDialog
from cityplanner.ui.dialogs.trouble import DamagedDialog, LockedDialog, NewerDialog
from cityplanner.ui.dialogs.unclean import UncleanDialog
from cityplanner.ui.dialogs.unsafe_place import UnsafePlaceDialog
from cityplanner.ui.dialogs.verify import VerifyDialog
from cityplanner.ui.parts.record_form import RecordForm
from cityplanner.ui.parts.unfinished import unfinished
from tests.faults.full import full_plan

if TYPE_CHECKING:
    from tests.screenshots import Camera

PLAN = Path("Riverton.cityplan")
START = datetime(2026, 10, 30, 9, 0, tzinfo=UTC)
T = TypeVar("T", bound=QDialog)


def take_troubles(camera: Camera, scheme: str) -> None:
    """Take a picture of every situation, on a plan that may be changed."""
    for take in (_locked, _folders, _damaged, _newer, _full_disk, _unclean, _crash, _backups, _history):
        context = camera.shell.desk.context
        assert context is not None
        take(camera, context, scheme)


def _box(camera: Camera, name: str, box: QDialog) -> None:
    """A dialog that asks for nothing else; it is gone afterwards."""
    box.show()
    camera.take(name, box)
    box.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _shown(camera: Camera, kind: type[T], open_it: Callable[[], object]) -> T:
    """A dialog that the window opens."""
    open_it()
    camera.settle()
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def _locked(camera: Camera, _context: Context, scheme: str) -> None:
    for name, host in (("elsewhere", "desk-4"), ("here", socket.gethostname())):
        holder = Holder("Deputy", host, 7, "2026-11-02 09:00")
        _box(camera, f"dialog-locked-{name}-{scheme}", LockedDialog(LockedPlanError(PLAN, holder), PLAN))


def _folders(camera: Camera, _context: Context, scheme: str) -> None:
    for name, place in (("synced", Place("OneDrive")), ("share", Place())):
        _box(camera, f"dialog-{name}-folder-{scheme}", UnsafePlaceDialog(PLAN, place))


def _damaged(camera: Camera, context: Context, scheme: str) -> None:
    error = DamagedPlanError(PLAN, "database disk image is malformed")
    kept = backup(context.plan.path, now=START)
    found = next(one for one in backups(context.plan.path) if one.path == kept)
    for name, rescue, is_open in (
        ("damaged", Rescue(found, 3), False),
        ("damaged-open", Rescue(found, 1), True),
        ("damaged-unread", Rescue(found, None), False),
        ("damaged-alone", None, False),
    ):
        _box(camera, f"dialog-{name}-{scheme}", DamagedDialog(error, PLAN, rescue, is_open=is_open))


def _newer(camera: Camera, _context: Context, scheme: str) -> None:
    _box(camera, f"dialog-newer-{scheme}", NewerDialog(NewerPlanError(PLAN, readable=True)))


def _form(camera: Camera) -> RecordForm:
    """The form of a new partner with something typed into it."""
    camera.shell.window.begin_record("partner")
    camera.settle()
    form = next(form for form in camera.shell.window.findChildren(RecordForm) if form.isVisible())
    form.form.row("name").editor.set_typed("Port of Elm Harbor")
    return form


def _full_disk(camera: Camera, context: Context, scheme: str) -> None:
    form = _form(camera)
    form.form.row("notes").editor.set_typed("Wants to exchange port planners. " * 500)
    with full_plan(context.plan):
        form.save()
        camera.settle()
        camera.take(f"full-disk-{scheme}")
    form.discard()


def _unclean(camera: Camera, context: Context, scheme: str) -> None:
    form = _form(camera)
    form.keep_draft()
    context.drafts.keep(
        "quick capture", None, {"text": "Call with the port of Lima on Friday", "edits": "{}"}
    )
    dialog = UncleanDialog(unfinished(context), None, camera.shell.window)
    _box(camera, f"dialog-killed-{scheme}", dialog)
    _box(camera, f"dialog-killed-nothing-typed-{scheme}", UncleanDialog([], None, camera.shell.window))
    context.drafts.forget("quick capture", None)
    camera.reopen()
    camera.shell.window.begin_record("partner")
    camera.take(f"killed-form-is-back-{scheme}")
    next(form for form in camera.shell.window.findChildren(RecordForm) if form.isVisible()).discard()


def _crash(camera: Camera, context: Context, scheme: str) -> None:
    steps = ["started", "page home", "page partners", "record_new"]

    def report() -> Path | None:
        try:
            context.plan.search("x", limit=-1 // 0)
        except ZeroDivisionError as error:
            return crash.write(trace(error), steps, ["Qt 6"], START + timedelta(days=3))
        return None

    window = camera.shell.window
    box = _shown(camera, QMessageBox, lambda: show_fault(window, report()))
    _box(camera, f"dialog-fault-{scheme}", box)
    _box(camera, f"dialog-crashed-{scheme}", UncleanDialog([], report(), window))
    _box(camera, f"dialog-report-{scheme}", ReportsDialog(window))
    for path in crash.reports():
        path.unlink()
    _box(camera, f"dialog-no-reports-{scheme}", ReportsDialog(window))


def _backups(camera: Camera, context: Context, scheme: str) -> None:
    plan, window = context.plan, camera.shell.window
    for reason, days in (("upgrade", 1), ("import", 2)):
        backup(plan.path, reason=reason, now=START - timedelta(days=days * 20))
    with plan.edit("Change") as edit:
        partner = edit.get(Partner, 1)
        assert partner is not None
        partner.notes = "Asked for a port planner."
        edit.add(Partner(name="Port of Elm Harbor"))
    dialog = BackupsDialog(context, window)
    dialog.open()
    camera.take(f"backups-{scheme}", dialog)
    dialog.test.click()
    camera.take(f"backups-tested-{scheme}", dialog)
    question = _shown(camera, QMessageBox, dialog.restore.click)
    _box(camera, f"backups-restore-{scheme}", question)
    compared = _shown(camera, CompareDialog, dialog.compare.click)
    compared.list.expandAll()
    _box(camera, f"backups-compare-{scheme}", compared)
    dialog.close()
    _box(camera, f"backups-in-a-backup-{scheme}", BackupsDialog(context, window, backup_of=plan.path))
    plan.undo()
    for one in backups(plan.path):
        one.path.unlink()
    _box(camera, f"backups-none-{scheme}", BackupsDialog(context, window))


def _history(camera: Camera, context: Context, scheme: str) -> None:
    with context.plan.edit("Change contact") as edit:
        contact = edit.get(Contact, 1)
        assert contact is not None
        contact.notes = f"{contact.notes} Prefers to be called before noon."
    dialog = HistoryDialog(context, camera.shell.window)
    dialog.open()
    camera.settle()
    dialog.list.expandItem(dialog.list.topLevelItem(0))
    camera.take(f"history-{scheme}", dialog)
    _box(camera, f"history-verified-{scheme}", VerifyDialog(context, dialog))
    dialog.close()
    context.plan.undo()
