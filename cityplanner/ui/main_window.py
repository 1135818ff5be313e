"""The window: rail, top bar, pages and message bar, and the ways between the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from cityplanner.base import paths, session
from cityplanner.base.language import _
from cityplanner.base.settings import RECENT_PLANS, Settings
from cityplanner.ui.frame import APP_NAME, Frame
from cityplanner.ui.page import (
    EditsRecords,
    KeepsTyped,
    LeadsElsewhere,
    Pages,
    PreparesPlan,
    ShowsRecords,
    TellsVisits,
    place_on,
    show_place,
)
from cityplanner.ui.places import Place
from cityplanner.ui.theme import Scheme, Theme

if TYPE_CHECKING:
    from cityplanner.store.glance import Glance
    from cityplanner.ui.actions import Actions
    from cityplanner.ui.context import Context
    from cityplanner.ui.dialogs.welcome import WelcomePage
    from cityplanner.ui.finder import Finder
    from cityplanner.ui.furniture import Furniture
    from cityplanner.ui.navigation import Rail, Trail
    from cityplanner.ui.parts.messages import MessageBar
    from cityplanner.ui.parts.palette import Entry
    from cityplanner.ui.top_bar import TopBar
    from cityplanner.ui.undoing import Undoing


class MainWindow(Frame):
    """The one window. What concerns files and settings it leaves to the application: `requested`."""

    requested = Signal(str)
    """The name of a command that is not the window's own business."""
    plan_chosen = Signal(str)
    """A recent plan was chosen: its path."""
    furnished = Signal()
    """The commands and all that stands around the pages are there."""

    def __init__(self, settings: Settings, theme: Theme, pages: Pages) -> None:
        super().__init__(settings)
        self._theme, self._pages = theme, pages
        self._context: Context | None = None
        self._undoing: Undoing | None = None
        self._furniture: Furniture | None = None
        self._shown: dict[str, QWidget] = {}
        self._wanted = ""

    @property
    def furniture(self) -> Furniture:
        """All that stands around the pages; made when it is first needed, which is after the first paint."""
        if self._furniture is None:
            from cityplanner.ui.furniture import Furniture  # late, for a fast start

            self._furniture = Furniture(self, self._theme, self._pages, self.go, self._handlers())
            self._furniture.messages.undo_requested.connect(self._undo)
            self.furnished.emit()
        return self._furniture

    def furnish(self) -> None:
        """Make what stands around the pages, unless it is there."""
        assert self.furniture is not None

    @property
    def trail(self) -> Trail:
        """The places visited."""
        return self.furniture.trail

    @property
    def commands(self) -> Actions:
        """Every command of the menus."""
        return self.furniture.commands

    @property
    def bar(self) -> TopBar:
        """The bar above the pages."""
        return self.furniture.bar

    @property
    def rail(self) -> Rail:
        """The list of pages."""
        return self.furniture.rail

    @property
    def messages(self) -> MessageBar:
        """The line below the pages that says what happened."""
        return self.furniture.messages

    @property
    def finder(self) -> Finder:
        """What opens the palette and answers it."""
        return self.furniture.finder

    # What the commands do

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        from cityplanner.ui.actions import commands  # late, for a fast start

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
        return {one.name: own.get(one.name, partial(self.requested.emit, one.name)) for one in commands()}

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
    def is_open(self) -> bool:
        """Whether the pages of a plan are shown that can be worked in."""
        return self._context is not None

    @cached_property
    def welcome(self) -> WelcomePage:
        """The welcome page; made when it is first needed, which with a plan to open is never."""
        from cityplanner.ui.dialogs.welcome import WelcomePage  # late, for a fast start

        made = WelcomePage()
        self.stack.addWidget(made)
        for name in ("new", "open", "sample"):
            getattr(made, f"{name}_requested").connect(partial(self.requested.emit, name))
        made.plan_chosen.connect(self.plan_chosen)
        return made

    def show_welcome(self) -> None:
        """Show the welcome page; nothing is open."""
        self.welcome.show_recent(self._settings.get(RECENT_PLANS))
        self._frame(plan=False)
        self.stack.setCurrentWidget(self.welcome)
        self.welcome.new.setFocus()

    def show_busy(self, text: str) -> None:
        """Show that a plan is being opened; the first page of one is left as it is, if it is there already."""
        self.busy.start(text)
        if self._context is not None or self.page is None:
            self.stack.setCurrentWidget(self.busy)

    def show_again(self) -> None:
        """Return from being busy to where the user was."""
        here = self.trail.here
        if self._context is None or here is None:
            self._let_pages_go()
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
        from cityplanner.ui.undoing import Undoing  # late, for a fast start

        self._undoing = Undoing(context, self.commands, self.bar)
        self._show_title()
        wanted, self._wanted = self._wanted, ""
        first = self._pages.stops()[0].name
        early = self._shown.get(first)
        self.go(first)
        if isinstance(early, PreparesPlan):
            early.take(context)
        if wanted:
            self.go(wanted)

    def prepare(self) -> None:
        """Make the first page of a plan that is about to be opened."""
        first = self._pages.stops()[0].name
        if first not in self._shown:
            self._add_page(first, self._pages.first(self.stack))

    def show_glance(self, glance: Glance) -> None:
        """Show the first page before the plan is open; where one goes from there waits until it is."""
        self.prepare()
        first = self._pages.stops()[0].name
        page = self._shown[first]
        if isinstance(page, PreparesPlan):
            page.show_glance(glance)
        self._frame(plan=False, early=True)
        self.setWindowTitle(f"{glance.office} – {APP_NAME}")
        self.rail.select(first)
        self.stack.setCurrentWidget(page)

    def leave_plan(self) -> None:
        """Close all pages of the plan; what was half-typed is kept."""
        self.keep_typed()
        self._let_pages_go()
        self._undoing = self._context = None
        self.trail.clear()
        self.messages.hide()
        self.show_welcome()

    def _let_pages_go(self) -> None:
        for page in self._shown.values():
            self.stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._shown.clear()
        self._wanted = ""

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
        """Show a page, as soon as the plan is open."""
        if self._context is not None:
            self._show_page(name)
            self.trail.visit(place_on(name, self._shown[name]))
        else:
            self._wanted = name

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
            self._add_page(name, self._pages.make(name, self._context, self.stack))
        session.step(f"page {name}")
        page = self._shown[name]
        self.stack.setCurrentWidget(page)
        self.rail.select(name)
        self.furniture.allow_on_records(
            listed=isinstance(page, EditsRecords), writing=not self._context.read_only
        )

    def _add_page(self, name: str, page: QWidget) -> None:
        self._shown[name] = page
        self.stack.addWidget(page)
        if isinstance(page, LeadsElsewhere):
            page.page_requested.connect(self.go)
        if isinstance(page, TellsVisits):
            page.visited.connect(lambda table, record_id: self._visited(name, table, record_id))

    def _visited(self, name: str, table: str, record_id: int) -> None:
        if self._shown.get(name) is self.stack.currentWidget():
            self.trail.visit(Place(name, table, record_id))

    def _return_to(self, place: Place | None) -> None:
        if place is None:
            return
        self._show_page(place.page)
        show_place(self._shown.get(place.page), place)

    # Looks

    def _frame(self, *, plan: bool, early: bool = False) -> None:
        """Around a plan, one that is not open yet (`early`), or none."""
        self.furniture.show_around(plan or early)
        self.furniture.allow(plan=plan, writing=self._context is not None and not self._context.read_only)
        if not plan and not early:
            self.setWindowTitle(APP_NAME)

    def _show_title(self) -> None:
        if self._context is not None:
            office = self._context.office
            name = office.name if office else self._context.plan.path.stem
            path = self._context.plan.path
            kind = _("(backup, read-only)") if paths.plan_of(path) is not None else _("(read-only)")
            note = f" {kind}" if self._context.read_only else ""
            self.setWindowTitle(f"{name}{note} – {APP_NAME}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        furniture = getattr(self, "_furniture", None)  # the first change comes before it is asked for
        if furniture is not None:
            furniture.follow(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep_typed()
        super().closeEvent(event)
