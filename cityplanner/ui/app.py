"""The application: everything is made here and handed to what needs it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from cityplanner.base import language, paths, session
from cityplanner.base.errors import Cancelled, UserError
from cityplanner.base.language import _
from cityplanner.base.settings import LANGUAGE, Settings
from cityplanner.ui.desk import Desk
from cityplanner.ui.faults import Faults
from cityplanner.ui.frame import APP_NAME
from cityplanner.ui.main_window import MainWindow
from cityplanner.ui.pages.atlas import Atlas
from cityplanner.ui.sweeping import Sweeper
from cityplanner.ui.theme import STYLE, Theme

if TYPE_CHECKING:
    from cityplanner.store.glance import Glance
    from cityplanner.ui.aftermath import Aftermath
    from cityplanner.ui.context import Context
    from cityplanner.ui.errands import Errands
    from cityplanner.ui.opening import Opening

log = logging.getLogger(__name__)
TURN_MS = 10
"""How long the window is left to itself between the first steps."""
TURN_S = 0.0005
"""How long a worker may compute while the window waits to: ten times less than Python would let it."""


def run(plan_path: Path | None = None, painted: Callable[[], object] = lambda: None) -> int:
    """Show the window on a plan, on the default plan, or on the welcome page; returns the exit code.

    `painted` is called once the window was painted and what follows has begun.
    """
    qt = QApplication.instance()
    application = qt if isinstance(qt, QApplication) else QApplication([*sys.argv[:1], "-style", STYLE])
    set_up(application)
    ends = session.begin()
    try:
        shell = Shell(application, Settings(), ends)
        shell.faults.install()
        shell.start(plan_path)
        shell.window.painted.connect(painted)
        return application.exec()
    finally:
        session.close()


def set_up(application: QApplication) -> None:
    """Give the application its name, under which the desktop knows it, and the window its turn before workers."""
    sys.setswitchinterval(TURN_S)
    application.setApplicationName(APP_NAME)
    application.setApplicationDisplayName(APP_NAME)
    application.setDesktopFileName("cityplanner")
    application.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, False)


class Shell(QObject):
    """Ties the window, the plan on the desk, the settings and the dialogs together."""

    def __init__(
        self, application: QApplication, settings: Settings, ends: Sequence[session.End] = ()
    ) -> None:
        super().__init__(application)
        self.settings = settings
        self._sweeper = Sweeper(self)
        language.use(settings.get(LANGUAGE))
        mirrored = language.current().right_to_left
        direction = Qt.LayoutDirection
        application.setLayoutDirection(direction.RightToLeft if mirrored else direction.LeftToRight)
        self.theme = Theme(application, settings)
        self.desk = Desk(settings, self)
        self.window = MainWindow(settings, self.theme, Atlas())
        self.faults = Faults(self.window)
        self._ends = ends
        self._connect()

    @cached_property
    def opening(self) -> Opening:
        """What asks about a plan as it is opened."""
        from cityplanner.ui.opening import Opening  # late, for a fast start

        return Opening(self.desk, self.window, self.settings)

    @cached_property
    def aftermath(self) -> Aftermath:
        """What tells how the window before ended."""
        from cityplanner.ui.aftermath import Aftermath  # late, for a fast start

        return Aftermath(self.window, self._ends)

    @cached_property
    def errands(self) -> Errands:
        """What opens the dialogs of the plan."""
        from cityplanner.ui.errands import Errands  # late, for a fast start

        made = Errands(self.desk, self.window)
        made.bundle_chosen.connect(self._restore)
        return made

    def _connect(self) -> None:
        window, desk = self.window, self.desk
        desk.opened.connect(self._opened)
        desk.opened.connect(lambda context: self.opening.opened(context))
        desk.closing.connect(window.leave_plan)
        desk.working.connect(window.show_busy)
        desk.progressed.connect(window.busy.show_progress)
        desk.refused.connect(self._refused)
        desk.failed.connect(self._failed)
        self.faults.refused.connect(lambda error: self._refused(error, self._open_path))
        window.busy.cancelled.connect(desk.cancel)
        window.requested.connect(self.perform)
        window.closed.connect(desk.close)
        window.plan_chosen.connect(lambda path: desk.open(Path(path)))
        window.furnished.connect(self._furnished)

    def _furnished(self) -> None:
        menus = self.window.commands.submenus
        menus["recent"].aboutToShow.connect(self._fill_recent)
        menus["reports"].aboutToShow.connect(self._fill_reports)

    def start(self, plan_path: Path | None) -> None:
        """Show the window; the plan is opened once it was painted."""
        path = plan_path or paths.default_plan()
        wanted = plan_path is not None or path.is_file()
        if wanted:
            self.window.show_busy(_("Opening {name}…").format(name=path.stem))
        else:
            self.window.show_welcome()
        self.window.painted.connect(lambda: self._begin(path if wanted else None))
        self.window.show()

    @property
    def _open_path(self) -> Path | None:
        """The plan that is open."""
        return self.desk.context.plan.path if self.desk.context is not None else None

    def _begin(self, path: Path | None) -> None:
        if path is None:
            self.desk.warm(self._welcomed)
            return

        def seen(found: Glance | None) -> None:
            if self.desk.is_idle:
                self._in_turns(
                    self.window.furnish,
                    lambda: self.window.show_glance(found) if found is not None else None,
                    lambda: self.desk.open(
                        path
                    ),  # once that is painted: importing the store would slow it down
                )

        self.desk.look(path, seen)

    def _in_turns(self, *steps: Callable[[], object]) -> None:
        """Take each step in a turn of its own, and let the window paint in between."""
        if steps:
            steps[0]()
            QTimer.singleShot(TURN_MS, self, lambda: self._in_turns(*steps[1:]))

    def _welcomed(self) -> None:
        from cityplanner.ui import fonts  # late, for a fast start

        fonts.load()
        self.aftermath.tell(None)

    def perform(self, name: str) -> None:
        """Do what a command asks for that the window itself cannot."""
        own = getattr(self, f"_do_{name}", None)
        (own or self.errands.of(name))()

    # Plans

    def _do_new(self) -> None:
        self.desk.warm(self._ask_for_office)

    def _ask_for_office(self) -> None:
        from cityplanner.ui.dialogs.office_form import NewPlanDialog

        dialog = NewPlanDialog(self.settings, self.window)
        dialog.made.connect(self.desk.create)
        dialog.open()

    def _do_open(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # late, for a fast start

        path, _kind = QFileDialog.getOpenFileName(
            self.window, _("Open a plan"), str(paths.data_folder()), _plan_files()
        )
        if path:
            self.desk.open(Path(path))

    def _do_restore(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        path, _kind = QFileDialog.getOpenFileName(
            self.window, _("Choose a bundle"), str(Path.home()), f"{_('Bundles')} (*.json)"
        )
        if path:
            self._restore(Path(path))

    def _restore(self, bundle: Path) -> None:
        """Ask where the plan of a bundle is to be kept, make it there and open it."""
        from PySide6.QtWidgets import QFileDialog

        suggested = paths.data_folder() / f"{bundle.stem}{paths.PLAN_SUFFIX}"
        path, _kind = QFileDialog.getSaveFileName(
            self.window, _("Keep the new plan as"), str(suggested), _plan_files()
        )
        if path:
            self.desk.restore(bundle, Path(path).with_suffix(paths.PLAN_SUFFIX))

    def _do_export_bundle(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        context = self.desk.context
        if context is None:
            return
        suggested = Path.home() / f"{context.plan.path.stem}.json"
        path, _kind = QFileDialog.getSaveFileName(
            self.window, _("Export the whole plan"), str(suggested), f"{_('Bundles')} (*.json)"
        )
        if path:
            target = Path(path) if Path(path).suffix else Path(path).with_suffix(".json")
            self.desk.export_bundle(target, lambda made: self._say(_("Exported to {path}."), made))

    def _do_sample(self) -> None:
        self.desk.open_sample()

    def _do_save_copy(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        context = self.desk.context
        if context is None:
            return
        suggested = context.plan.path.with_stem(_("{name} copy").format(name=context.plan.path.stem))
        path, _kind = QFileDialog.getSaveFileName(
            self.window, _("Save a copy"), str(suggested), _plan_files()
        )
        if path:
            target = Path(path).with_suffix(paths.PLAN_SUFFIX)
            self.desk.save_copy(target, lambda made: self._say(_("Copied to {path}."), made))

    def _do_back_up(self) -> None:
        self.desk.back_up(lambda made: self._say(_("Backed up to {path}."), made))

    def _do_backups(self) -> None:
        self.opening.ask_for_backups()

    def _say(self, text: str, path: Path) -> None:
        self.window.messages.show_message(text.format(path=path))

    def _opened(self, context: Context) -> None:
        self.window.show_plan(context)
        context.briefing_asked.connect(self._brief, Qt.ConnectionType.UniqueConnection)
        from cityplanner.ui import fonts  # late, for a fast start

        fonts.load()
        self.aftermath.tell(context)

    def _refused(self, error: UserError, path: Path | None) -> None:
        from cityplanner.store.errors import (
            DamagedPlanError,
            LockedPlanError,
            NewerPlanError,
            NoSuchPlanError,
            NotAPlanError,
        )
        from cityplanner.ui.dialogs.trouble import show_error

        self.window.show_again()
        if isinstance(error, LockedPlanError) and path is not None:
            self.opening.ask_about_lock(error, path)
        elif isinstance(error, (DamagedPlanError, NotAPlanError, NoSuchPlanError)) and path is not None:
            self.opening.offer_backup(error, path)
        elif isinstance(error, NewerPlanError) and error.readable and path is not None:
            self.opening.offer_reading(error, path)
        elif not isinstance(error, Cancelled):
            log.info("refused: %s", type(error).__name__)
            show_error(self.window, error)

    def _failed(self, error: BaseException) -> None:
        self.window.show_again()
        self.faults.tell(error)

    def _fill_recent(self) -> None:
        from cityplanner.base.settings import RECENT_PLANS
        from cityplanner.ui.actions import escaped

        menu = self.window.commands.submenus["recent"]
        menu.clear()
        plans = [Path(path) for path in self.settings.get(RECENT_PLANS)]
        for path in filter(Path.is_file, plans):
            action = menu.addAction(escaped(path.stem))
            action.setStatusTip(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self.desk.open(path))
        if menu.isEmpty():
            menu.addAction(_("No plans yet")).setEnabled(False)

    def _fill_reports(self) -> None:
        from cityplanner.reports.kinds import kinds

        menu = self.window.commands.submenus["reports"]
        menu.clear()
        for name, kind in kinds().items():
            action = menu.addAction(f"{_(kind.label)}…")
            action.setStatusTip(_(kind.description))
            action.triggered.connect(lambda _checked=False, name=name: self._prepare_report(name))

    def _prepare_report(self, name: str) -> None:
        from cityplanner.ui.pages.reports.page import ReportsPage

        self.window.go("reports")
        page = self.window.page
        if isinstance(page, ReportsPage):
            page.choose(name)

    @Slot(str, int)
    def _brief(self, table: str, record_id: int) -> None:
        from cityplanner.ui.pages.reports.page import ReportsPage

        self.window.go("reports")
        page = self.window.page
        if isinstance(page, ReportsPage):
            page.brief(table, record_id)

    # Settings and help

    def _do_preferences(self) -> None:
        from cityplanner.ui.dialogs.preferences import PreferencesDialog

        PreferencesDialog(self.settings, self.theme, self.window).open()

    def _do_help(self) -> None:
        from cityplanner.ui.dialogs.help import HelpDialog

        HelpDialog(self.window).show()

    def _do_shortcuts(self) -> None:
        from cityplanner.ui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self.window.commands, Atlas().stops(), self.window).open()

    def _do_fault_reports(self) -> None:
        from cityplanner.ui.dialogs.fault_reports import ReportsDialog

        ReportsDialog(self.window).open()

    def _do_about(self) -> None:
        from cityplanner.ui.dialogs.about import AboutDialog

        AboutDialog(self.window).open()


def _plan_files() -> str:
    return _("CityPlanner plans") + f" (*{paths.PLAN_SUFFIX})"
