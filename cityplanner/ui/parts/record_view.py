"""A record with what hangs on it: side by side, one above the other, or as tabs, as the room allows.

A noun may have an overview: a tab before the others that shows everything about the record at a glance.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabBar, QVBoxLayout, QWidget

from cityplanner.base.language import _, current
from cityplanner.model.agreement import Agreement
from cityplanner.model.attachment import Attachment
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Engagement
from cityplanner.model.entity import Entity
from cityplanner.store.queries.related import related
from cityplanner.ui.context import Context
from cityplanner.ui.parts.agreement_strip import AgreementStrip
from cityplanner.ui.parts.attachments import AttachmentsPanel
from cityplanner.ui.parts.engagement_notes import EngagementNotes
from cityplanner.ui.parts.engagement_strip import EngagementStrip
from cityplanner.ui.parts.person_actions import PersonActions
from cityplanner.ui.parts.record import Shown
from cityplanner.ui.parts.record_form import RecordForm
from cityplanner.ui.parts.related import RelatedPanel
from cityplanner.ui.parts.status_strip import StatusStrip

BESIDE_CHARACTERS = 125
ABOVE_LINES = 30
_STRIPS: dict[type[Entity], type[StatusStrip]] = {Agreement: AgreementStrip, Engagement: EngagementStrip}
_FORM, _RELATED, _OVERVIEW = "form", "related", "overview"


class Overview(Protocol):
    """What shows a record at a glance; a widget."""

    def show_record(self, record_id: int | None) -> None: ...


class MakesOverview(Protocol):
    """Makes an overview inside a parent."""

    def __call__(self, context: Context, parent: QWidget) -> Overview: ...


class RecordView(QWidget):
    """Overview, form and related records of one record."""

    def __init__(
        self,
        context: Context,
        noun: type[Entity],
        parent: QWidget | None = None,
        *,
        overview: MakesOverview | None = None,
    ) -> None:
        super().__init__(parent)
        self._tabs = QTabBar(self)
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName(_("Parts of the record"))
        labels = {_OVERVIEW: _("Overview"), _FORM: _("Details"), _RELATED: _("Related")}
        for key in list(labels)[0 if overview else 1 :]:
            self._tabs.setTabData(self._tabs.addTab(labels[key]), key)
        self._splitter = QSplitter(self)
        self._relations = related(noun)
        self.form = RecordForm(context, noun, self._splitter)
        self._side = QWidget(self._splitter)
        self.strip = _STRIPS[noun](context, self._side) if noun in _STRIPS else None
        self.notes = EngagementNotes(context, self.form) if noun is Engagement else None
        self.related = RelatedPanel(context, noun, self._side)
        self.files = AttachmentsPanel(context, noun, self._side) if noun is not Attachment else None
        if self.files is not None:
            self.files.pointed_at.connect(self.show_files)
        self.person = PersonActions(context, self._side) if noun is Contact else None
        self._lay_out_side()
        self.overview = overview(context, self) if overview else None
        self._tabs.currentChanged.connect(lambda: self._arrange())
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        if isinstance(self.overview, QWidget):
            column.addWidget(self.overview, 1)
        column.addWidget(self._splitter, 1)
        self.related.counted.connect(self._count)
        self._arrange()

    def _lay_out_side(self) -> None:
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.strip is not None:
            column.addWidget(self.strip)
        column.addWidget(self.related, 1)
        if self.files is not None:
            column.addWidget(self.files)
        if self.person is not None:
            column.addWidget(self.person)
        if not self._relations:
            self.related.hide()
            column.addStretch(1)

    def show_record(self, shown: Shown) -> None:
        """Show a record, new or saved."""
        self.form.show_record(shown)
        self.show_around(shown.id, shown.title)

    def show_around(self, record_id: int | None, title: str) -> None:
        """Show what is around the form of a record: its overview and its related records."""
        self.related.show_record(record_id, title)
        for panel in (self.strip, self.files, self.notes, self.person):
            if panel is not None:
                panel.show_record(record_id, title)
        if self.overview is not None:
            self.overview.show_record(record_id)
        self._arrange()

    def show_details(self) -> None:
        """Make sure that the form is in sight."""
        self._tabs.setCurrentIndex(self._place(_FORM))

    def show_overview(self) -> None:
        """Make sure that the overview is in sight, where there is one."""
        self._tabs.setCurrentIndex(max(self._place(_OVERVIEW), 0))

    def show_files(self) -> None:
        """Make sure that the files are in sight."""
        related = self._place(_RELATED)
        self._tabs.setCurrentIndex(related if self._tabs.isTabVisible(related) else self._place(_FORM))

    def _place(self, key: str) -> int:
        return next((at for at in range(self._tabs.count()) if self._tabs.tabData(at) == key), -1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew where the room asks for it."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """A larger font needs more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        metrics = self.fontMetrics()
        beside = self.width() >= BESIDE_CHARACTERS * metrics.averageCharWidth()
        # Nothing can hang on a record that is not saved yet; on some only files can, which need little room.
        alone = self.form.shown.id is None or not (self._relations or self.files)
        beside = beside and bool(self._relations)
        tabbed = not alone and not beside and self.height() < ABOVE_LINES * metrics.lineSpacing()
        direction = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._splitter.orientation() is not direction:
            self._splitter.setOrientation(direction)
            room = self.width() if beside else self.height()
            some = room * 2 // 5 if self._relations else room // 5
            self._splitter.setSizes([room - some, some])
        chosen = self._tabs.tabData(self._tabs.currentIndex())
        overview = isinstance(self.overview, QWidget) and self.form.shown.id is not None
        if not tabbed and chosen == _RELATED:
            chosen = _FORM
        self._tabs.setVisible(tabbed or overview)
        self._tabs.setTabVisible(self._place(_RELATED), tabbed)
        if isinstance(self.overview, QWidget):
            self.overview.setVisible(overview and chosen == _OVERVIEW)
        self._splitter.setHidden(overview and chosen == _OVERVIEW)
        self.form.setHidden(tabbed and chosen == _RELATED)
        self._side.setHidden(alone or (tabbed and chosen != _RELATED))

    def _count(self, count: int) -> None:
        self._tabs.setTabText(self._place(_RELATED), _("Related ({n})").format(n=current().number(count)))
