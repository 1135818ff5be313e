"""All pages of the window: their stops on the rail, and how each is made.

A page's module is imported when it is first shown, because some need what the first window must not wait for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cityplanner.base.language import _
from cityplanner.ui.places import Stop

if TYPE_CHECKING:
    from cityplanner.ui.context import Context
    from cityplanner.ui.pages.registry import Section


class Atlas:
    """The pages of a plan, by the sections of the registry."""

    @cached_property
    def _sections(self) -> Sequence[Section]:
        from cityplanner.ui.pages.registry import SECTIONS  # late, for a fast start

        return SECTIONS

    def stops(self) -> Sequence[Stop]:
        """The rail's entries, in order."""
        return [Stop(section.key, _(section.label), section.icon) for section in self._sections]

    def first(self, parent: QWidget) -> QWidget:
        """The page of the first stop, of a plan that is not open yet."""
        from cityplanner.ui.pages.home import HomePage

        return HomePage(parent=parent)

    def make(self, name: str, context: Context, parent: QWidget) -> QWidget:
        """The page of a section, new; made inside its parent, because what gets one later is styled once more."""
        section = next(section for section in self._sections if section.key == name)
        if name == "home":
            from cityplanner.ui.pages.home import HomePage

            return HomePage(context, parent)
        if name == "reports":
            from cityplanner.ui.pages.reports.page import ReportsPage

            return ReportsPage(context, parent)
        from cityplanner.ui.pages.section import SectionPage

        return SectionPage(context, section, parent)

    def page_of(self, table: str) -> str:
        """The section that shows a noun's records, or nothing."""
        from cityplanner.ui.pages.registry import section_of

        section = section_of(table)
        return section.key if section else ""

    def beginnings(self) -> Sequence[tuple[str, str]]:
        """Each noun that a new record can be begun of: its table, and the words to offer it with."""
        from cityplanner.model.nouns import nouns

        tables = [table for section in self._sections for table in section.tables]
        return [(table, _("New {noun}").format(noun=_(nouns()[table].__label__))) for table in tables]
