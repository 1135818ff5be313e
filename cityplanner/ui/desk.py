"""The plan on the desk: opened, made, copied and closed in the background, with words when it fails.

The store is imported in a worker while the window paints; nothing here imports it before that.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from cityplanner.base import paths
from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.base.settings import Settings
from cityplanner.ui.desk_work import first_sight, import_lists, import_store, make_sample, readable, told_by
from cityplanner.ui.parts.jobs import Job, Jobs, Progress

if TYPE_CHECKING:
    from cityplanner.model.office import Office
    from cityplanner.store.glance import Glance
    from cityplanner.store.plan_file import Plan
    from cityplanner.store.rescue import Rescue
    from cityplanner.ui.context import Context

SAMPLE_NAME = "Sample city"
CHECKED_AFTER_MS = 4000


def sample_plan() -> Path:
    """Where the sample plan is kept once it was built."""
    return paths.data_folder() / f"{SAMPLE_NAME}{paths.PLAN_SUFFIX}"


class Desk(QObject):
    """Holds the one open plan. Every method returns at once; the signals tell how it went."""

    opened = Signal(object)
    """A `Context`: the plan is open."""
    closing = Signal()
    """The plan is about to be let go; its pages must close."""
    working = Signal(str)
    progressed = Signal(int, int, str)
    refused = Signal(object, object)
    """A `UserError`, and the `Path` of the plan that could not be opened (or None)."""
    failed = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._jobs = Jobs(self)
        self._jobs.failed.connect(self.failed)
        self._job: Job | None = None
        self._reading: tuple[Path, list[TemporaryDirectory[str]]] | None = None
        self.context: Context | None = None

    @property
    def is_idle(self) -> bool:
        """Whether no plan is open nor about to be."""
        return self._job is None and self.context is None

    def warm(self, done: Callable[[], None]) -> None:
        """Import what plans need in the background, then call `done`."""
        self._jobs.start(import_store, lambda _ready: done(), owner=self)

    def look(self, path: Path, done: Callable[[Glance | None], None]) -> None:
        """Read in the background what a plan says at first sight, before the store is imported, then call `done`."""
        self._jobs.start(lambda _progress: first_sight(path), done, owner=self)

    def open(
        self, path: Path, *, read_only: bool = False, take_over: bool = False, newer: bool = False
    ) -> None:
        """Open a plan file in place of the one that is open; a backup is only ever read."""
        path = path.absolute()
        if paths.plan_of(path) is not None:
            self._open_backup(path, newer=newer)
            return
        if self.context is not None and self.context.plan.path == path and not self.context.read_only:
            self.opened.emit(self.context)
            return
        user = self._settings.user_name()

        def work(_progress: Progress) -> Plan:
            from cityplanner.store.plan_file import open_plan

            import_store()
            return open_plan(path, read_only=read_only, take_over=take_over, newer=newer, user=user)

        self._begin(_("Opening {name}…").format(name=path.stem), work, path)

    def _open_backup(self, path: Path, *, newer: bool) -> None:
        """Open a backup to be read: one of an older version in a copy that is brought up to date."""
        folders: list[TemporaryDirectory[str]] = []

        def work(_progress: Progress) -> Plan:
            import_store()
            from cityplanner.store.errors import OlderPlanError
            from cityplanner.store.plan_file import open_plan
            from cityplanner.store.rescue import brought_up

            try:
                return open_plan(path, read_only=True, newer=newer)
            except OlderPlanError:
                folders.append(TemporaryDirectory(prefix="cityplanner-", ignore_cleanup_errors=True))
                try:
                    return open_plan(brought_up(path, Path(folders[0].name)), read_only=True)
                except BaseException:
                    folders.pop().cleanup()
                    raise

        def then() -> None:
            self._reading = (path, folders)

        self._begin(_("Opening {name}…").format(name=path.stem), work, path, then)

    @property
    def backup_of(self) -> Path | None:
        """The plan of which a backup is open; None where the plan itself is, or none."""
        return paths.plan_of(self._reading[0]) if self._reading is not None else None

    def open_copy(self, path: Path, target: Path) -> None:
        """Copy a plan that somebody else may have open to a new file, and open that."""
        user = self._settings.user_name()

        def work(_progress: Progress) -> Plan:
            from cityplanner.store.plan_file import open_plan

            import_store()
            with open_plan(path, read_only=True) as original:
                original.save_copy(target)
            return open_plan(target, user=user)

        self._begin(_("Copying {name}…").format(name=path.stem), work, target)

    def create(self, path: Path, office: Office) -> None:
        """Make a new plan for an office, with the shipped catalog in it, and open it."""
        user = self._settings.user_name()

        def work(progress: Progress) -> Plan:
            from cityplanner.exchange.catalogue import install_catalogue
            from cityplanner.model.change import ChangeKind
            from cityplanner.planning.catalogue import read_catalogue
            from cityplanner.store.plan_file import create_plan

            plan = create_plan(path, office, user=user)
            try:
                progress.report(0, 0, _("Putting the recommendations in place…"))
                install_catalogue(plan, read_catalogue(), kind=ChangeKind.SETUP)
            except BaseException:
                plan.close()
                path.unlink(missing_ok=True)
                raise
            return plan

        self._begin(_("Making {name}…").format(name=path.stem), work, path)

    def restore(self, bundle: Path, target: Path) -> None:
        """Make a new plan out of a bundle, and open it."""
        user = self._settings.user_name()

        def work(progress: Progress) -> Plan:
            from cityplanner.exchange.bundle import restore_bundle

            import_store()
            return restore_bundle(bundle, target, user=user, progress=told_by(progress))

        self._begin(_("Making {name}…").format(name=target.stem), work, target)

    def find_backup(self, path: Path, done: Callable[[Rescue | None], None]) -> Job:
        """Look for the newest good backup of a damaged plan."""

        def work(_progress: Progress) -> Rescue | None:
            from cityplanner.store.rescue import rescue

            return rescue(path)

        return self._jobs.start(work, done, owner=self, failed=lambda error: self._refused(error, None))

    def bring_back(self, path: Path, backup: Path, done: Callable[[Path | None], None]) -> None:
        """Put a backup in the place of a plan and open it; `done` hears where what was there is kept.

        Where that is refused, a plan that was open is open again as it was.
        """
        if self._job is not None:
            return
        was_open = self.context is not None and self.context.plan.path == path
        if was_open:
            self._put_away()
        user = self._settings.user_name()
        kept: list[Path | None] = []
        refused: list[UserError] = []

        def work(_progress: Progress) -> Plan:
            from cityplanner.store.backups import restore
            from cityplanner.store.plan_file import open_plan

            try:
                kept.append(restore(path, backup))
            except UserError as error:
                if not was_open:
                    raise
                refused.append(error)
            return open_plan(path, user=user)

        def then() -> None:
            if refused:
                self._refused(refused[0], None)
            else:
                done(kept[0])

        self._begin(_("Putting {name} back…").format(name=path.stem), work, path, then)

    def export_bundle(self, target: Path, done: Callable[[Path], None]) -> None:
        """Write the whole open plan as a bundle."""
        if self.context is None:
            return
        plan = self.context.plan

        def work() -> Path:
            from cityplanner.exchange.bundle import export_bundle

            export_bundle(plan, target)
            return target

        self._quietly(work, done)

    def open_sample(self) -> None:
        """Open the sample plan, building it the first time."""
        path, user = sample_plan(), self._settings.user_name()

        def work(progress: Progress) -> Plan:
            from cityplanner.store.plan_file import open_plan

            if not path.exists():
                make_sample(path, progress)
            return open_plan(path, user=user)

        self._begin(_("Opening the sample plan…"), work, path)

    def cancel(self) -> None:
        """Stop what is under way."""
        if self._job is not None:
            self._job.cancel()

    def save_copy(self, target: Path, done: Callable[[Path], None]) -> None:
        """Write a verified copy of the open plan."""
        if self.context is not None:
            plan = self.context.plan
            self._quietly(lambda: plan.save_copy(target), done)

    def back_up(self, done: Callable[[Path], None]) -> None:
        """Make a backup of the open plan."""
        if self.context is None:
            return
        path = self.context.plan.path

        def work() -> Path:
            from cityplanner.store.backups import backup

            return backup(path)

        self._quietly(work, done)

    def close(self) -> None:
        """Let the plan and all work go."""
        self._put_away()
        self._jobs.close()

    def _begin(
        self,
        what: str,
        work: Callable[[Progress], Plan],
        path: Path,
        then: Callable[[], None] | None = None,
    ) -> None:
        if self._job is not None:
            return
        self.working.emit(what)
        self._job = self._jobs.start(
            lambda progress: readable(work(progress)),
            lambda plan: self._arrived(plan, then),
            owner=self,
            failed=lambda error: self._refused(error, path),
            progress=self.progressed.emit,
        )
        self._job.finished.connect(self._ended)

    def _ended(self) -> None:
        self._job = None

    def _arrived(self, plan: Plan, then: Callable[[], None] | None) -> None:
        from cityplanner.ui.context import Context

        self._put_away()
        self.context = Context(plan, self._settings, current(), self)
        self.context.failed.connect(self.failed)
        if plan.path != sample_plan() and paths.plan_of(plan.path) is None:
            self._settings.remember_plan(plan.path)
        # In a turn of its own, so that the window does not stand still for the sum of both.
        QTimer.singleShot(0, self, lambda: self._announce(then))

    def _announce(self, then: Callable[[], None] | None) -> None:
        if self.context is not None:
            self.opened.emit(self.context)
            self._jobs.start(import_lists, lambda _pages: None, owner=self)
            path = self.context.plan.path
            QTimer.singleShot(CHECKED_AFTER_MS, self.context, lambda: self._check(path))
            if then is not None:
                then()

    def _check(self, path: Path) -> None:
        """Look over a plan that was opened, in the background: damage is better found before more is entered."""

        def work(_progress: Progress) -> str:
            from cityplanner.store.rescue import damage

            return damage(path)

        def told(fault: str) -> None:
            from cityplanner.store.errors import DamagedPlanError

            if fault and self.context is not None and self.context.plan.path == path:
                self._refused(DamagedPlanError(path, fault), path)

        self._jobs.start(work, told, owner=self)

    def _refused(self, error: UserError, path: Path | None) -> None:
        self.refused.emit(error, path)

    def _put_away(self) -> None:
        if self.context is not None:
            self.closing.emit()
            context, self.context = self.context, None
            context.close()
            context.plan.close()
            context.deleteLater()
        if self._reading is not None:
            for folder in self._reading[1]:
                folder.cleanup()
            self._reading = None

    def _quietly(self, work: Callable[[], Path], done: Callable[[Path], None]) -> None:
        self._jobs.start(
            lambda _progress: work(), done, owner=self, failed=lambda error: self._refused(error, None)
        )
