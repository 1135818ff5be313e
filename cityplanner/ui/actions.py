"""Menus as data: every command with its words, keys and icon, and the actions made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from cityplanner.base import session
from cityplanner.base.language import N_, _
from cityplanner.ui import icons


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can do. Texts are untranslated; `group` makes it one choice out of several."""

    name: str
    text: str
    tip: str
    shortcut: str = ""
    icon: str = ""
    needs_plan: bool = True
    writes: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Submenu:
    """A menu within a menu whose entries are made while the program runs."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of the menu bar by its name in the window's frame; None draws a line."""

    name: str
    entries: tuple[Command | Submenu | None, ...]


def _anytime(name: str, text: str, tip: str, shortcut: str = "", icon: str = "", group: str = "") -> Command:
    return Command(name, text, tip, shortcut, icon, needs_plan=False, group=group)


MENUS = (
    Menu(
        "file",
        (
            _anytime("new", N_("&New plan…"), N_("Start a plan for an office."), "Ctrl+Alt+N", "file-plus"),
            _anytime("open", N_("&Open…"), N_("Open another plan file."), "Ctrl+O", "folder-open"),
            Submenu("recent", N_("Open &recent")),
            _anytime("sample", N_("Open the sa&mple plan"), N_("Look around in an invented city's plan.")),
            None,
            Command(
                "save_copy", N_("Save a &copy…"), N_("Write a copy of the plan to another file."), icon="save"
            ),
            Command(
                "back_up",
                N_("&Back up now"),
                N_("Keep a checked copy beside the plan."),
                icon="database-backup",
            ),
            Command(
                "backups",
                N_("Bac&kups…"),
                N_("Which backups there are, what changed since, and how to put something back."),
                "Ctrl+Shift+B",
            ),
            None,
            Command(
                "import",
                N_("&Import…"),
                N_("Read partners, contacts and others from a table, cards or a calendar."),
                "Ctrl+Shift+I",
                "file-up",
                writes=True,
            ),
            Command(
                "export",
                N_("&Export list…"),
                N_("Write the records of this page to a table."),
                "Ctrl+Shift+E",
                "file-down",
            ),
            Command(
                "export_bundle",
                N_("Export the &whole plan…"),
                N_("Write everything to one JSON file, of which a plan can be made again."),
            ),
            _anytime(
                "restore",
                N_("New plan from a b&undle…"),
                N_("Make a plan of a JSON file that a whole plan was exported to."),
            ),
            None,
            Command("office", N_("O&ffice…"), N_("City, currency, fiscal year and languages."), writes=True),
            Command(
                "retention",
                N_("Re&tention…"),
                N_("How long records are kept, what is past its time, and legal holds."),
            ),
            _anytime(
                "preferences",
                N_("&Preferences…"),
                N_("Language, colors, text size, paper."),
                "Ctrl+,",
                "settings",
            ),
            None,
            _anytime(
                "quit", N_("&Quit"), N_("Close the window; everything is already saved."), "Ctrl+Q", "log-out"
            ),
        ),
    ),
    Menu(
        "edit",
        (
            Command("undo", N_("&Undo"), N_("Take the last change back."), "Ctrl+Z", "undo-2", writes=True),
            Command("redo", N_("&Redo"), N_("Make the change again."), "Ctrl+Shift+Z", "redo-2", writes=True),
            None,
            Command(
                "record_new",
                N_("&New record"),
                N_("Add a record to this list."),
                "Ctrl+N",
                "plus",
                writes=True,
            ),
            Command(
                "log_engagement",
                N_("&Log engagement…"),
                N_("Enter a meeting, visit or call with its people, promises and gifts."),
                "Ctrl+L",
                "messages-square",
                writes=True,
            ),
            Command(
                "repeat_engagement",
                N_("&Repeat engagement…"),
                N_("Plan the engagement you are looking at again: monthly, quarterly or yearly."),
                icon="repeat",
                writes=True,
            ),
            Command("record_save", N_("&Save"), N_("Save what you typed."), "Ctrl+S", "check", writes=True),
            Command(
                "record_delete",
                N_("&Delete"),
                N_("Delete the selected records; you can undo it."),
                icon="trash-2",
                writes=True,
            ),
            Command(
                "capture",
                N_("&Quick capture…"),
                N_("Type a line or paste a signature and agree to the draft."),
                "Ctrl+Shift+N",
                writes=True,
            ),
            Command(
                "duplicates",
                N_("Find &duplicates…"),
                N_("Compare and merge partners or contacts that may be the same."),
                "Ctrl+Shift+D",
                writes=True,
            ),
            Command(
                "job_change",
                N_("&Job change…"),
                N_("End a position, begin the next and name the successor."),
                "Ctrl+J",
                writes=True,
            ),
            Command("record_filter", N_("Fi&lter list"), N_("Narrow the list by words."), "Ctrl+F", "funnel"),
            None,
            _anytime(
                "find", N_("&Find…"), N_("Find a record, a page or a command."), "Ctrl+K", icon="search"
            ),
            Command(
                "history", N_("&History…"), N_("What changed, who changed it and when."), "Ctrl+H", "history"
            ),
        ),
    ),
    Menu(
        "view",
        (
            Submenu("pages", N_("&Pages")),
            None,
            Command("back", N_("&Back"), N_("Go to the place before."), "Alt+Left", "arrow-left"),
            Command("forward", N_("&Forward"), N_("Go to the place after."), "Alt+Right", "arrow-right"),
            None,
            _anytime(
                "theme_system",
                N_("Colors of the &system"),
                N_("Light or dark as the system is."),
                group="theme",
            ),
            _anytime("theme_light", N_("&Light colors"), N_("Dark text on a light ground."), group="theme"),
            _anytime("theme_dark", N_("&Dark colors"), N_("Light text on a dark ground."), group="theme"),
            None,
            _anytime("zoom_in", N_("Larger &text"), N_("Make all text larger."), "Ctrl++", "zoom-in"),
            _anytime("zoom_out", N_("S&maller text"), N_("Make all text smaller."), "Ctrl+-", "zoom-out"),
            _anytime("zoom_normal", N_("&Normal text size"), N_("Show text at 100 %."), "Ctrl+0"),
        ),
    ),
    Menu("reports", (Submenu("reports", N_("&Briefings")),)),
    Menu(
        "help",
        (
            _anytime("help", N_("&Help"), N_("How CityPlanner works."), "F1", "circle-help"),
            _anytime(
                "shortcuts", N_("&Keyboard shortcuts"), N_("Every command by its keys."), "Ctrl+?", "keyboard"
            ),
            None,
            _anytime(
                "fault_reports",
                N_("&Reports of faults…"),
                N_("What was kept when something went wrong inside CityPlanner, without names or records."),
            ),
            _anytime("about", N_("&About CityPlanner"), N_("Version, licenses and files."), icon="info"),
        ),
    ),
)
ON_RECORDS = ("record_new", "record_save", "record_delete", "record_filter")
"""What makes sense only where records are listed."""
OF_THEIR_OWN = frozenset({"undo", "redo", "back", "forward", *ON_RECORDS})
"""What is enabled by something else than whether a plan is open."""
AT_ONCE = frozenset({"back", "forward", "undo", "redo"})
"""What shows its icon in the top bar; menus draw theirs once the window is painted."""
ALSO = {"redo": ("Ctrl+Y",), "zoom_in": ("Ctrl+=",)}


def commands() -> Iterator[Command]:
    """Every command of every menu."""
    for menu in MENUS:
        yield from (entry for entry in menu.entries if isinstance(entry, Command))


def plain(text: str) -> str:
    """A menu's text without the mark of its key and without dots."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")


def escaped(text: str) -> str:
    """A text whose `&` is shown in a menu instead of marking a key."""
    return text.replace("&", "&&")


class Actions(QObject):
    """The actions of a window, each tied to what it does; menus are filled from them."""

    def __init__(self, window: QWidget, handlers: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self.submenus: dict[str, QMenu] = {}
        for command in commands():
            self._actions[command.name] = self._made(command, handlers[command.name])
        window.addActions(list(self._actions.values()))

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def _made(self, command: Command, handler: Callable[[], object]) -> QAction:
        action = QAction(_(command.text), self)
        action.setObjectName(command.name)
        tip = _(command.tip)
        keys = [QKeySequence(key) for key in (command.shortcut, *ALSO.get(command.name, ())) if key]
        action.setShortcuts(keys)
        action.setStatusTip(tip)
        action.setToolTip(with_keys(tip, action))
        if command.icon:
            icons.wear(action, command.icon, later=command.name not in AT_ONCE)
        if command.group:
            action.setCheckable(True)
            group = self._groups.setdefault(command.group, QActionGroup(self))
            group.addAction(action)
        action.triggered.connect(lambda _checked=False: _do(command.name, handler))
        return action

    def fill(self, menus: Mapping[str, QMenu]) -> None:
        """Put the commands into the menus of the window."""
        for menu in MENUS:
            made = menus[menu.name]
            made.setToolTipsVisible(True)
            for entry in menu.entries:
                if entry is None:
                    made.addSeparator()
                elif isinstance(entry, Submenu):
                    self.submenus[entry.name] = made.addMenu(_(entry.text))
                else:
                    made.addAction(self._actions[entry.name])

    def allow(self, *, plan: bool, writing: bool) -> None:
        """Enable what makes sense without a plan, with one, and with one that may be changed."""
        for command in commands():
            if command.name not in OF_THEIR_OWN:
                allowed = (plan or not command.needs_plan) and (writing or not command.writes)
                self._actions[command.name].setEnabled(allowed)
        for name in ("pages", "reports"):
            if name in self.submenus:
                self.submenus[name].setEnabled(plan)


def _do(name: str, handler: Callable[[], object]) -> None:
    session.step(name)
    handler()


def with_keys(tip: str, action: QAction) -> str:
    """A tool tip with the keys that do the same."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{tip} ({keys})" if keys else tip
