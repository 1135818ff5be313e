"""The overview of a record: everything about it in one scrolled page, read in a worker, in headed sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QListWidget, QPushButton, QScrollArea, QVBoxLayout, QWidget

from cityplanner.base.language import _, current
from cityplanner.ui import icons, theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.two_lines import Row, TwoLines
from cityplanner.ui.theme import Role, text_label

WAIT_MS = 150
MOST = 8


class OverviewPage(QScrollArea):
    """Read again after changes while it is shown; a page says what it reads and how it shows that."""

    table = ""
    """The noun that it is about."""
    tables: frozenset[str] = frozenset()
    """The tables whose changes it shows."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._id: int | None = None
        self._job: Job | None = None
        self._stale = False
        self.facts: Any = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Overview"))
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.refresh)
        self.title = text_label("", Role.TITLE, wrap=True)
        self.lines = text_label("", Role.MUTED, wrap=True)
        self.sections: dict[str, Section] = {}
        context.changed.connect(self._hear)

    # --- what a page says ---

    def reader(self, record_id: int) -> Callable[[], Any]:
        """What reads the facts of a record; it is called in a worker and gives None where it is gone."""
        raise NotImplementedError

    def show_facts(self, facts: Any) -> None:
        """Show what was read; `self.facts` still holds what was shown before."""
        raise NotImplementedError

    # --- what it does ---

    def show_record(self, record_id: int | None) -> None:
        """Show a record; nothing for one that is not saved yet."""
        if record_id != self._id:
            self.facts = None
            for section in self.sections.values():
                section.fold()
            self.verticalScrollBar().setValue(0)
        self._id = record_id
        self._stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the record again, in a worker."""
        if self._job is not None:
            self._job.drop()
            self._job = None
        self._timer.stop()
        self._stale = False
        if self._id is None:
            return
        read = self.reader(self._id)
        self._job = self.context.jobs.start(lambda _progress: read(), self._show, owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def add_section(self, name: str, heading: str) -> Section:
        """Make a section whose rows lead to their records."""
        section = self.sections[name] = Section(heading)
        section.list.opened.connect(self.context.open_record)
        self.watch(section.list)
        return section

    def watch(self, rows: QListWidget) -> None:
        """The lists do not scroll: what the keys go to is brought into sight here."""
        rows.currentItemChanged.connect(lambda item: self._bring(rows, item and rows.visualItemRect(item)))

    def ask_briefing(self) -> None:
        """Ask for the briefing about the record shown."""
        if self._id is not None:
            self.context.ask_briefing(self.table, self._id)

    def page(self) -> QVBoxLayout:
        """The column of the page, to be filled from the top."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        self.setWidget(page)
        return column

    def _show(self, facts: Any) -> None:
        self._job = None
        if facts is not None:
            self.show_facts(facts)
            self.facts = facts

    def _hear(self, change: object) -> None:
        if self.tables & getattr(change, "tables", frozenset()):
            self._stale = True
            if self.isVisible():
                self._timer.start()

    def _bring(self, rows: QListWidget, place: QRect | None) -> None:
        page = self.widget()
        if place is not None and page is not None:
            middle = rows.viewport().mapTo(page, place.center())
            self.ensureVisible(page.width() // 2, middle.y(), 0, place.height())


class Section(QWidget):
    """A heading, rows and a line of words; at first a few rows, all of them on request."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._all = False
        self.list = TwoLines(heading)
        self._words = text_label("", Role.MUTED, wrap=True)
        self.more = QPushButton(_("Show all"))
        self.more.setAccessibleDescription(heading)
        self.more.hide()
        self.more.clicked.connect(self._show_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.NARROW)
        column.addWidget(text_label(heading, Role.HEADING))
        for widget in (self._words, self.list, self.more):
            column.addWidget(widget)

    def fold(self) -> None:
        """Show only the first rows again."""
        self._all, self._rows = False, ()

    def show_rows(self, rows: Sequence[Row], hint: str) -> None:
        """Show rows; without any the hint, and without that nothing at all."""
        if rows != self._rows:
            self._rows = rows
            self._fill()
        self.say("" if rows else hint)
        self.list.setVisible(bool(rows))
        self.setVisible(bool(rows or hint))

    def say(self, words: str) -> None:
        """Show a line of words below the heading."""
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def _show_all(self) -> None:
        self._all = True
        self._fill()
        self.list.setCurrentRow(MOST)
        self.list.setFocus()

    def _fill(self) -> None:
        shown = self._rows if self._all else self._rows[:MOST]
        self.list.show_rows(shown)
        self.more.setText(_("Show all {n}").format(n=current().number(len(self._rows))))
        self.more.setVisible(len(shown) < len(self._rows))


def briefing_button(page: OverviewPage) -> QPushButton:
    """A button that leads to the briefing about the record of a page."""
    button = QPushButton(_("Briefing…"))
    icons.wear(button, "file-down")
    button.setToolTip(_("Make a briefing about this record."))
    button.clicked.connect(page.ask_briefing)
    return button


def card(*widgets: QWidget) -> QFrame:
    """A card around widgets below each other."""
    frame = QFrame()
    theme.set_card(frame)
    column = QVBoxLayout(frame)
    column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
    column.setSpacing(theme.NARROW)
    for widget in widgets:
        column.addWidget(widget)
    return frame
