"""A page with a tab for each noun and view of its section; a tab is made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from cityplanner.base.language import _
from cityplanner.model.nouns import nouns
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.pages.records import RecordPage
from cityplanner.ui.pages.registry import Section
from cityplanner.ui.pages.views import make_view
from cityplanner.ui.parts.plain import capitalized, caption


@runtime_checkable
class Filtered(Protocol):
    """A list or view that can be narrowed by words."""

    def focus_filter(self) -> None: ...


class SectionPage(QWidget):
    """Shows the nouns of one section. `visited` tells which record of which noun is looked at, or which view."""

    visited = Signal(str, int)

    def __init__(
        self,
        context: Context,
        section: Section,
        parent: QWidget | None = None,
        make: Callable[..., RecordPage] = RecordPage,
    ) -> None:
        super().__init__(parent)
        self._context, self._section, self._make = context, section, make
        self.setAccessibleName(_(section.label))
        self._pages: dict[str, RecordPage] = {}
        self._views: dict[str, QWidget] = {}
        # The tabs in their order: the keys of views and the tables of nouns.
        self._order = (
            *(view.key for view in section.views),
            *section.tables,
            *(view.key for view in section.more_views),
        )
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(_(section.label))
        if len(self._order) == 1:
            self.tabs.hide()
        self.stack = QStackedWidget(self)
        labels = {view.key: _(view.label) for view in (*section.views, *section.more_views)}
        for key in self._order:
            self.tabs.addTab(caption(labels.get(key) or capitalized(_(nouns()[key].__plural__))))
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
    def key(self) -> str:
        """The tab shown now: the key of a view or the table of a noun."""
        return self._order[max(self.tabs.currentIndex(), 0)]

    @property
    def table(self) -> str:
        """The noun shown now; empty on a view."""
        return self.key if self.key in self._section.tables else ""

    @property
    def page(self) -> RecordPage:
        """The list and form shown now; raises KeyError on a view."""
        return self._pages[self.table]

    @property
    def view(self) -> QWidget | None:
        """The view shown now; None on a list."""
        return self._views.get(self.key)

    @property
    def view_key(self) -> str:
        """The view shown now; empty on a list."""
        return "" if self.table else self.key

    def turn_to(self, key: str) -> None:
        """Show a tab by the key of its view or the table of its noun."""
        self.tabs.setCurrentIndex(self._order.index(key))

    def return_to(self, key: str) -> None:
        """Show a tab again; without a key, the view that the section begins with, where it has one."""
        if key in self._order:
            self.turn_to(key)
        elif self._section.views:
            self.turn_to(self._order[0])

    def show_record(self, table: str, record_id: int) -> None:
        """Show a record of one of the nouns."""
        self.turn_to(table)
        self.page.show_record(record_id)

    def new_record(self, table: str = "") -> None:
        """Begin a new record of the noun shown, or of the one named; on a view, of the section's first."""
        self.turn_to(table or self.table or self._section.tables[0])
        self.page.new_record()

    def save(self) -> None:
        """Save what was typed; a view saves every cell by itself."""
        if self.table:
            self.page.save()

    def delete_selected(self) -> None:
        """Delete the selected records of the list; a view has keys of its own."""
        if self.table:
            self.page.delete_selected()

    def focus_filter(self) -> None:
        """Go to the filter of the list or view."""
        shown = self.page if self.table else self.view
        if isinstance(shown, Filtered):
            shown.focus_filter()

    def keep_draft(self) -> None:
        """Keep what is half-typed on any of the tabs."""
        for page in self._pages.values():
            page.keep_draft()

    def _turn(self, index: int) -> None:
        key = self._order[max(index, 0)]
        if key not in self._section.tables:
            if key not in self._views:
                self._views[key] = make_view(key, self._context, self.stack)
                self.stack.addWidget(self._views[key])
            self.stack.setCurrentWidget(self._views[key])
            self.visited.emit(key, 0)
            return
        if key not in self._pages:
            page = self._make(self._context, nouns()[key], self.stack)
            self._pages[key] = page
            self.stack.addWidget(page)
            page.shown.connect(lambda record_id, table=key: self.visited.emit(table, record_id))
        self.stack.setCurrentWidget(self._pages[key])
