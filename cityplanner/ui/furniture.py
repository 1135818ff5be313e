"""What stands around the pages: the commands in their menus, the rail, the top bar, messages and the palette."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAction, QKeySequence

from cityplanner.ui import icons
from cityplanner.ui.actions import OF_THEIR_OWN, ON_RECORDS, Actions, escaped
from cityplanner.ui.finder import Finder
from cityplanner.ui.navigation import Rail, Trail
from cityplanner.ui.parts.messages import MessageBar
from cityplanner.ui.top_bar import TopBar

if TYPE_CHECKING:
    from cityplanner.ui.frame import Frame
    from cityplanner.ui.page import Pages
    from cityplanner.ui.theme import Theme

NUMBERED = 9
MENUS_MS = 300


class Furniture(QObject):
    """Made for a window that was painted already; the rail and the bar are hidden until they are wanted."""

    def __init__(
        self,
        window: Frame,
        theme: Theme,
        pages: Pages,
        go: Callable[[str], object],
        handlers: Mapping[str, Callable[[], object]],
    ) -> None:
        super().__init__(window)
        self._window, self._theme, self._pages, self._go = window, theme, pages, go
        window.setWindowIcon(icons.app_icon())
        self.trail = Trail(self)
        self.commands = Actions(window, handlers)
        self.commands.fill(window.menus)
        self.bar = TopBar(self.commands)
        self.rail = Rail()
        self.messages = MessageBar()
        self.messages.setObjectName("message_bar")
        self.finder = Finder(window, self.commands, go, self._icon_of)
        self.show_around(False)
        window.put_around(before=self.rail, above=self.bar, below=self.messages)
        self._fill_pages_menu()
        self.allow(plan=False, writing=False)
        self.rail.chosen.connect(go)
        self.bar.search_requested.connect(handlers["find"])
        self.trail.moved.connect(self._show_ways)
        theme.changed.connect(self._redress)
        # What no one sees before a menu opens is drawn last.
        QTimer.singleShot(MENUS_MS, self, lambda: icons.redress_in_turns(window))

    def show_around(self, shown: bool) -> None:
        """Show or hide the rail and the bar."""
        self.rail.setVisible(shown)
        self.bar.setVisible(shown)

    def allow(self, *, plan: bool, writing: bool) -> None:
        """Enable what makes sense without a plan, with one, and with one that may be changed."""
        self.commands.allow(plan=plan, writing=writing)
        for name in OF_THEIR_OWN:
            self.commands[name].setEnabled(False)
        self._mark_scheme()

    def allow_on_records(self, *, listed: bool, writing: bool) -> None:
        """Enable what makes sense where records are listed."""
        for name in ON_RECORDS:
            self.commands[name].setEnabled(listed if name == "record_filter" else listed and writing)

    def follow(self, event: QEvent) -> None:
        """Turn the icons round with the window."""
        if event.type() is QEvent.Type.LayoutDirectionChange:
            icons.redress(self._window)

    def _icon_of(self, table: str) -> str:
        name = self._pages.page_of(table)
        return next((stop.icon for stop in self._pages.stops() if stop.name == name), "file-text")

    def _show_ways(self) -> None:
        self.commands["back"].setEnabled(self.trail.can_go_back)
        self.commands["forward"].setEnabled(self.trail.can_go_forward)

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
            action.triggered.connect(lambda _checked=False, name=stop.name: self._go(name))
            menu.addAction(action)
            self._window.addAction(action)
        self.rail.label_keys(keys)

    def _mark_scheme(self) -> None:
        self.commands[f"theme_{self._theme.scheme}"].setChecked(True)

    def _redress(self) -> None:
        icons.redress(self._window)
        self._mark_scheme()
