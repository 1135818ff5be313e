"""A page with a tab for each noun of its section; a tab's list is made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from cityplanner.base.language import _
from cityplanner.model.nouns import nouns
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.pages.records import RecordPage
from cityplanner.ui.pages.registry import Section
from cityplanner.ui.parts.plain import capitalized, caption


class SectionPage(QWidget):
    """Shows the nouns of one section. `visited` tells which record of which noun is looked at."""

    visited = Signal(str, int)

    def __init__(
        self, context: Context, section: Section, make: Callable[..., RecordPage] = RecordPage
    ) -> None:
        super().__init__()
        self._context, self._section, self._make = context, section, make
        self.setAccessibleName(_(section.label))
        self._pages: dict[str, RecordPage] = {}
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(_(section.label))
        if len(section.tables) == 1:
            self.tabs.hide()
        self.stack = QStackedWidget()
        for table in section.tables:
            self.tabs.addTab(caption(capitalized(_(nouns()[table].__plural__))))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QVBoxLayout()
        row.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, 0)
        row.addWidget(self.tabs)
        column.addLayout(row)
        column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._turn)
        self._turn(0)

    @property
    def table(self) -> str:
        """The noun shown now."""
        return self._section.tables[max(self.tabs.currentIndex(), 0)]

    @property
    def page(self) -> RecordPage:
        """The list and form shown now."""
        return self._pages[self.table]

    def show_record(self, table: str, record_id: int) -> None:
        """Show a record of one of the nouns."""
        self.tabs.setCurrentIndex(self._section.tables.index(table))
        self.page.show_record(record_id)

    def new_record(self, table: str = "") -> None:
        """Begin a new record of the noun shown, or of the one named."""
        if table:
            self.tabs.setCurrentIndex(self._section.tables.index(table))
        self.page.new_record()

    def save(self) -> None:
        """Save what was typed."""
        self.page.save()

    def delete_selected(self) -> None:
        """Delete the selected records of the list."""
        self.page.delete_selected()

    def focus_filter(self) -> None:
        """Go to the filter of the list."""
        self.page.focus_filter()

    def keep_draft(self) -> None:
        """Keep what is half-typed on any of the tabs."""
        for page in self._pages.values():
            page.keep_draft()

    def _turn(self, index: int) -> None:
        table = self._section.tables[max(index, 0)]
        if table not in self._pages:
            page = self._make(self._context, nouns()[table], self.stack)
            self._pages[table] = page
            self.stack.addWidget(page)
            page.shown.connect(lambda record_id, table=table: self.visited.emit(table, record_id))
        self.stack.setCurrentWidget(self._pages[table])
