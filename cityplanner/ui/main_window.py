"""The window: rail, top bar, pages and message bar, and the ways between the pages."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base import paths, session
from cityplanner.base.language import _
from cityplanner.base.settings import RECENT_PLANS, WINDOW, Settings
from cityplanner.ui import icons
from cityplanner.ui.actions import OF_THEIR_OWN, ON_RECORDS, Actions, commands, escaped
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.welcome import WelcomePage
from cityplanner.ui.finder import Finder
from cityplanner.ui.navigation import Place, Rail, Trail
from cityplanner.ui.page import (
    EditsRecords,
    KeepsTyped,
    LeadsElsewhere,
    Pages,
    ShowsRecords,
    TellsVisits,
    place_on,
    show_place,
)
from cityplanner.ui.parts.busy import BusyPage
from cityplanner.ui.parts.messages import MessageBar
from cityplanner.ui.theme import Scheme, Theme
from cityplanner.ui.top_bar import TopBar
from cityplanner.ui.undoing import Undoing

if TYPE_CHECKING:
    from cityplanner.ui.parts.palette import Entry

SMALLEST = QSize(760, 480)
USUAL = QSize(1280, 800)
NUMBERED = 9
MENUS_MS = 300
APP_NAME = "CityPlanner"


class MainWindow(QMainWindow):
    """The one window. What concerns files and settings it leaves to the application: `requested`."""

    requested = Signal(str)
    """The name of a command that is not the window's own business."""
    plan_chosen = Signal(str)
    """A recent plan was chosen: its path."""
    painted = Signal()
    """The window was painted for the first time."""
    closed = Signal()

    def __init__(self, settings: Settings, theme: Theme, pages: Pages) -> None:
        super().__init__()
        self._settings, self._theme, self._pages = settings, theme, pages
        self._context: Context | None = None
        self._undoing: Undoing | None = None
        self._shown: dict[str, QWidget] = {}
        self._was_painted = False
        self.setWindowTitle(APP_NAME)
        self.setWindowIcon(icons.app_icon())
        self.setMinimumSize(SMALLEST)
        self.trail = Trail(self)
        self.commands = Actions(self, self._handlers())
        self.commands.fill(self.menuBar())
        self.bar = TopBar(self.commands)
        self.rail = Rail()
        self.stack = QStackedWidget()
        self.messages = MessageBar()
        self.messages.setObjectName("message_bar")
        self._welcome: WelcomePage | None = None
        self.busy = BusyPage()
        self.finder = Finder(self, self.commands, self.go, self._icon_of)
        self._lay_out()
        self._connect()
        self._fill_pages_menu()
        self._restore_geometry()
        self._frame(plan=False)

    def _lay_out(self) -> None:
        self._body = QWidget()
        self.stack.addWidget(self.busy)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        column.addWidget(self.messages)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setCentralWidget(self._body)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.bar.search_requested.connect(self.open_palette)
        self.messages.undo_requested.connect(self._undo)
        self.trail.moved.connect(self._show_ways)
        self._theme.changed.connect(self._redress)

    # What the commands do

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        own: dict[str, Callable[[], object]] = {
            "quit": self.close,
            "undo": self._undo,
            "redo": self._redo,
            "find": self.open_palette,
            "record_new": lambda: self._on_records(lambda page: page.new_record()),
            "record_save": lambda: self._on_records(lambda page: page.save()),
            "record_delete": lambda: self._on_records(lambda page: page.delete_selected()),
            "record_filter": lambda: self._on_records(lambda page: page.focus_filter()),
            "back": lambda: self._return_to(self.trail.back()),
            "forward": lambda: self._return_to(self.trail.forward()),
            "theme_system": lambda: self._theme.choose(Scheme.SYSTEM),
            "theme_light": lambda: self._theme.choose(Scheme.LIGHT),
            "theme_dark": lambda: self._theme.choose(Scheme.DARK),
            "zoom_in": lambda: self._theme.step(1),
            "zoom_out": lambda: self._theme.step(-1),
            "zoom_normal": lambda: self._theme.magnify(100),
        }
        return {command.name: own.get(command.name, self._asking(command.name)) for command in commands()}

    def _asking(self, name: str) -> Callable[[], None]:
        return lambda: self.requested.emit(name)

    def _undo(self) -> None:
        if self._undoing is not None:
            self._undoing.undo()

    def _redo(self) -> None:
        if self._undoing is not None:
            self._undoing.redo()

    def _on_records(self, act: Callable[[EditsRecords], object]) -> None:
        page = self.page
        if isinstance(page, EditsRecords):
            act(page)

    def open_palette(self) -> None:
        """Open the field that finds everything."""
        self.finder.open(self._context, self._pages.stops(), self._beginnings())

    def begin_record(self, table: str) -> None:
        """Begin a new record of a noun on its page."""
        name = self._pages.page_of(table)
        self.go(name)
        page = self._shown.get(name)
        if isinstance(page, EditsRecords):
            page.new_record(table)

    def _beginnings(self) -> list[Entry]:
        """The palette's lines that begin a new record."""
        if self._context is None or self._context.read_only:
            return []
        from cityplanner.ui.parts.palette import Entry  # late, for a fast start

        return [
            Entry(text, _("New record"), "plus", partial(self.begin_record, table))
            for table, text in self._pages.beginnings()
        ]

    # Without and with a plan

    @property
    def welcome(self) -> WelcomePage:
        """The welcome page; made when it is first needed, which with a plan to open is never."""
        if self._welcome is None:
            self._welcome = WelcomePage()
            self.stack.addWidget(self._welcome)
            self._welcome.new_requested.connect(self._asking("new"))
            self._welcome.open_requested.connect(self._asking("open"))
            self._welcome.sample_requested.connect(self._asking("sample"))
            self._welcome.plan_chosen.connect(self.plan_chosen)
        return self._welcome

    def show_welcome(self) -> None:
        """Show the welcome page; nothing is open."""
        self.welcome.show_recent(self._settings.get(RECENT_PLANS))
        self._frame(plan=False)
        self.stack.setCurrentWidget(self.welcome)
        self.welcome.new.setFocus()

    def show_busy(self, text: str) -> None:
        """Show that a plan is being opened."""
        self.busy.start(text)
        self.stack.setCurrentWidget(self.busy)

    def show_again(self) -> None:
        """Return from being busy to where the user was."""
        here = self.trail.here
        if self._context is None or here is None:
            self.show_welcome()
        else:
            self._show_page(here.page)

    def show_plan(self, context: Context) -> None:
        """Show the pages of a plan that was just opened."""
        if context is self._context:
            self.show_again()
            return
        self._context = context
        context.message.connect(self.messages.show_message)
        context.opened.connect(self.open_record)
        context.changed.connect(lambda _change: self._show_title())
        self._frame(plan=True)
        self._undoing = Undoing(context, self.commands, self.bar)
        self._show_title()
        self.go(self._pages.stops()[0].name)

    def leave_plan(self) -> None:
        """Close all pages of the plan; what was half-typed is kept."""
        self.keep_typed()
        for page in self._shown.values():
            self.stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._shown.clear()
        self._undoing = self._context = None
        self.trail.clear()
        self.messages.hide()
        self.show_welcome()

    def keep_typed(self) -> None:
        """Have every page keep what was typed and not saved."""
        for page in self._shown.values():
            if isinstance(page, KeepsTyped):
                page.keep_draft()

    # Ways

    def has_page(self, table: str) -> bool:
        """Whether the records of a noun have a page of their own."""
        return bool(self._pages.page_of(table))

    def go(self, name: str) -> None:
        """Show a page."""
        if self._context is not None:
            self._show_page(name)
            self.trail.visit(place_on(name, self._shown[name]))

    def open_record(self, table: str, record_id: int) -> None:
        """Show a record on the page of its noun."""
        name = self._pages.page_of(table)
        if self._context is None:
            return
        if not name:
            self._open_beside(self._context, table, record_id)
            return
        self._show_page(name)
        self.trail.visit(Place(name, table, record_id))
        page = self._shown[name]
        if isinstance(page, ShowsRecords):
            page.show_record(table, record_id)

    def _open_beside(self, context: Context, table: str, record_id: int) -> None:
        """Show a record that has no page, such as what ties two others together, in a window of its own."""
        # Imported late: the first window needs none of it.
        from cityplanner.model.nouns import nouns
        from cityplanner.ui.parts.record_dialog import RecordDialog

        RecordDialog(context, nouns()[table], record_id, parent=self).open()

    @property
    def page(self) -> QWidget | None:
        """The page of the plan that is shown now."""
        current = self.stack.currentWidget()
        return current if current in self._shown.values() else None

    def _show_page(self, name: str) -> None:
        if self._context is None:
            return
        if name not in self._shown:
            page = self._pages.make(name, self._context)
            self._shown[name] = page
            self.stack.addWidget(page)
            if isinstance(page, LeadsElsewhere):
                page.page_requested.connect(self.go)
            if isinstance(page, TellsVisits):
                page.visited.connect(lambda table, record_id: self._visited(name, table, record_id))
        session.step(f"page {name}")
        page = self._shown[name]
        self.stack.setCurrentWidget(page)
        self.rail.select(name)
        self._allow_record_commands(page)

    def _allow_record_commands(self, page: QWidget | None) -> None:
        listed = self._context is not None and isinstance(page, EditsRecords)
        writing = listed and self._context is not None and not self._context.read_only
        for name in ON_RECORDS:
            self.commands[name].setEnabled(listed if name == "record_filter" else writing)

    def _visited(self, name: str, table: str, record_id: int) -> None:
        if self._shown.get(name) is self.stack.currentWidget():
            self.trail.visit(Place(name, table, record_id))

    def _return_to(self, place: Place | None) -> None:
        if place is None:
            return
        self._show_page(place.page)
        show_place(self._shown.get(place.page), place)

    def _show_ways(self) -> None:
        self.commands["back"].setEnabled(self.trail.can_go_back)
        self.commands["forward"].setEnabled(self.trail.can_go_forward)

    def _icon_of(self, table: str) -> str:
        name = self._pages.page_of(table)
        return next((stop.icon for stop in self._pages.stops() if stop.name == name), "file-text")

    # Looks

    def _frame(self, *, plan: bool) -> None:
        self.rail.setVisible(plan)
        self.bar.setVisible(plan)
        writing = self._context is not None and not self._context.read_only
        self.commands.allow(plan=plan, writing=writing)
        for name in OF_THEIR_OWN:
            self.commands[name].setEnabled(False)
        self._mark_scheme()
        if not plan:
            self.setWindowTitle(APP_NAME)

    def _show_title(self) -> None:
        if self._context is not None:
            office = self._context.office
            name = office.name if office else self._context.plan.path.stem
            path = self._context.plan.path
            kind = _("(backup, read-only)") if paths.plan_of(path) is not None else _("(read-only)")
            note = f" {kind}" if self._context.read_only else ""
            self.setWindowTitle(f"{name}{note} – {APP_NAME}")

    def _fill_pages_menu(self) -> None:
        stops = self._pages.stops()
        self.rail.fill(stops)
        menu, keys = self.commands.submenus["pages"], {}
        for number, stop in enumerate(stops, 1):
            action = QAction(escaped(stop.label), menu)
            icons.wear(action, stop.icon, later=True)
            if number <= NUMBERED:
                action.setShortcut(QKeySequence(f"Ctrl+{number}"))
                keys[stop.name] = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.triggered.connect(lambda _checked=False, name=stop.name: self.go(name))
            menu.addAction(action)
            self.addAction(action)
        self.rail.label_keys(keys)

    def _mark_scheme(self) -> None:
        self.commands[f"theme_{self._theme.scheme}"].setChecked(True)

    def _redress(self) -> None:
        icons.redress(self)
        self._mark_scheme()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)
            QTimer.singleShot(MENUS_MS, self, lambda: icons.redress(self))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            icons.redress(self)

    def _restore_geometry(self) -> None:
        try:
            kept = base64.b64decode(self._settings.get(WINDOW), validate=True)
        except (binascii.Error, ValueError):
            kept = b""
        if not (kept and self.restoreGeometry(QByteArray(kept))):
            screen = QApplication.primaryScreen().availableGeometry().size()
            self.resize(USUAL.boundedTo(screen))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep_typed()
        self._settings.set(WINDOW, base64.b64encode(self.saveGeometry().data()).decode())
        self.closed.emit()
        super().closeEvent(event)
