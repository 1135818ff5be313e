"""What is asked about a plan as it is opened: what to do while somebody else has it, and where it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from cityplanner.base import paths
from cityplanner.base.language import _
from cityplanner.base.settings import PLACES_ACCEPTED, Settings
from cityplanner.ui.desk import Desk, sample_plan
from cityplanner.ui.main_window import MainWindow
from cityplanner.ui.parts.jobs import Progress

if TYPE_CHECKING:
    from cityplanner.base.errors import UserError
    from cityplanner.base.places import Place
    from cityplanner.store.backups import Backup
    from cityplanner.store.errors import LockedPlanError, NewerPlanError
    from cityplanner.store.rescue import Rescue
    from cityplanner.ui.context import Context
    from cityplanner.ui.dialogs.trouble import DamagedDialog


class Opening(QObject):
    """Asks in the window and does with the desk what was chosen."""

    def __init__(self, desk: Desk, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._desk, self._window, self._settings = desk, window, settings
        self._copied: tuple[Path, Path] | None = None
        self._searching = False
        self._offered: DamagedDialog | None = None
        self._left: Path | None = None

    def ask_about_lock(self, error: LockedPlanError, path: Path) -> None:
        """Name who has the plan open; read it, copy it, take it over, or leave it."""
        from cityplanner.ui.dialogs.trouble import LockedChoice, LockedDialog

        dialog = LockedDialog(error, path, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def decided() -> None:
            choice = dialog.choice()
            if choice is LockedChoice.COPY:
                self._ask_for_copy(path)
            elif choice is not LockedChoice.CANCEL:
                take = choice is LockedChoice.TAKE_OVER
                self._desk.open(path, read_only=not take, take_over=take)

        dialog.finished.connect(lambda _result: decided())
        dialog.open()

    def offer_backup(self, error: UserError, path: Path) -> None:
        """Offer the newest good backup of a plan that is damaged, or of a file that is none any more.

        While a plan is open, every page may come upon its damage: that is asked about once.
        """
        if self._searching or self._offered is not None or self._left == path:
            return
        self._searching = True
        context = self._desk.context
        if context is None or context.plan.path != path:
            self._window.show_busy(_("Looking for a good backup of {name}…").format(name=path.stem))
        search = self._desk.find_backup(path, lambda found: self._offer(error, path, found))
        search.finished.connect(self._searched)

    def _searched(self) -> None:
        self._searching = False
        self._window.show_again()

    def _offer(self, error: UserError, path: Path, found: Rescue | None) -> None:
        from cityplanner.store.errors import DamagedPlanError
        from cityplanner.ui.dialogs.trouble import DamagedDialog, show_error

        if found is None and not isinstance(error, DamagedPlanError):
            show_error(self._window, error)
            return
        context = self._desk.context
        is_open = context is not None and context.plan.path == path
        dialog = DamagedDialog(error, path, found, self._window, is_open=is_open)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def decided() -> None:
            self._offered = None
            if found is not None and dialog.clickedButton() is dialog.restore:
                self.bring_back(path, found.backup)
            elif found is not None and dialog.clickedButton() is dialog.read:
                self._desk.open(found.backup.path)
            elif is_open:
                self._left = path

        self._offered = dialog
        dialog.finished.connect(lambda _result: decided())
        dialog.open()

    def bring_back(self, path: Path, backup: Backup) -> None:
        """Put a backup in the place of a plan, and say where what was there is kept."""
        from cityplanner.ui.dialogs.trouble import moment

        def done(kept: Path | None) -> None:
            said = _("The plan is as it was on {when}.").format(when=moment(backup.made_at))
            if kept is not None:
                said += " " + _("What was there before is kept in {path}.").format(path=kept)
            self._window.messages.show_message(said)

        self._desk.bring_back(path, backup.path, done)

    def ask_for_backups(self) -> None:
        """List the backups of the plan that is open."""
        from cityplanner.ui.dialogs.backups import BackupsDialog

        context = self._desk.context
        if context is not None:
            path = context.plan.path
            dialog = BackupsDialog(context, self._window, backup_of=self._desk.backup_of)
            dialog.read_asked.connect(self._desk.open)
            dialog.plan_asked.connect(self._desk.open)
            dialog.restore_asked.connect(lambda backup: self.bring_back(path, backup))
            dialog.open()

    def offer_reading(self, error: NewerPlanError, path: Path) -> None:
        """Offer to look into a plan of a newer version."""
        from cityplanner.ui.dialogs.trouble import NewerDialog

        dialog = NewerDialog(error, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def decided() -> None:
            if dialog.clickedButton() is dialog.read:
                self._desk.open(path, read_only=True, newer=True)

        dialog.finished.connect(lambda _result: decided())
        dialog.open()

    def _ask_for_copy(self, path: Path) -> None:
        from PySide6.QtWidgets import QFileDialog  # late, for a fast start

        name = _("{name} copy").format(name=path.stem)
        suggested = paths.data_folder() / f"{name}{paths.PLAN_SUFFIX}"
        wanted, _kind = QFileDialog.getSaveFileName(
            self._window,
            _("Keep the copy as"),
            str(suggested),
            _("CityPlanner plans") + f" (*{paths.PLAN_SUFFIX})",
        )
        if wanted:
            self.open_copy(path, Path(wanted).with_suffix(paths.PLAN_SUFFIX))

    def open_copy(self, path: Path, target: Path) -> None:
        """Copy a plan and go on in the copy; the plan itself stays as it is."""
        self._copied = (path, target.absolute())
        self._desk.open_copy(path, target)

    def opened(self, context: Context) -> None:
        """Tell what there is to tell of the plan that was opened, and look at where it is kept."""
        path = context.plan.path
        self._left = None
        if self._copied is not None and self._copied[1] == path:
            said = _("You now work in the copy at {copy}. The plan at {path} stays as it was.")
            self._window.messages.show_message(said.format(copy=path, path=self._copied[0]))
        self._copied = None
        if paths.plan_of(path) is not None:
            said = _(
                "This is a backup and cannot be changed. To go back to the plan itself, choose File, Backups."
            )
            self._window.messages.show_message(said)
        if not context.read_only and path != sample_plan():
            context.jobs.start(lambda progress: _place_of(path, progress), self._warn, owner=self)

    def _warn(self, found: tuple[Path, Place | None]) -> None:
        """Tell once for each plan that its folder is not a good one."""
        path, place = found
        context = self._desk.context
        accepted = self._settings.get(PLACES_ACCEPTED)
        if place is None or str(path) in accepted or context is None or context.plan.path != path:
            return
        from cityplanner.ui.dialogs.unsafe_place import UnsafePlaceDialog

        dialog = UnsafePlaceDialog(path, place, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def decided() -> None:
            self._settings.set(PLACES_ACCEPTED, [*self._settings.get(PLACES_ACCEPTED), str(path)][-100:])
            if dialog.wants_copy:
                self._ask_for_copy(path)

        dialog.finished.connect(lambda _result: decided())
        dialog.open()


def _place_of(path: Path, _progress: Progress) -> tuple[Path, Place | None]:
    """What is doubtful about a plan's folder; asks the disk, which may be slow to answer."""
    from PySide6.QtCore import QStorageInfo

    from cityplanner.base.places import unsafe_place

    kind = QStorageInfo(str(path.parent)).fileSystemType().data()
    return path, unsafe_place(path, bytes(kind).decode("ascii", "replace"))
