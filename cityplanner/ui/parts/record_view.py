"""A record with what hangs on it: side by side, one above the other, or as tabs, as the room allows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabBar, QVBoxLayout, QWidget

from cityplanner.base.language import _, current
from cityplanner.model.entity import Entity
from cityplanner.store.queries.related import related
from cityplanner.ui.context import Context
from cityplanner.ui.parts.record import Shown
from cityplanner.ui.parts.record_form import RecordForm
from cityplanner.ui.parts.related import RelatedPanel

BESIDE_CHARACTERS = 125
ABOVE_LINES = 30
_FORM, _RELATED = 0, 1


class RecordView(QWidget):
    """Form and related records of one record."""

    def __init__(self, context: Context, noun: type[Entity], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = QTabBar(self)
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName(_("Parts of the record"))
        self._tabs.addTab(_("Details"))
        self._tabs.addTab(_("Related"))
        self._splitter = QSplitter(self)
        self._relations = related(noun)
        self.form = RecordForm(context, noun, self._splitter)
        self.related = RelatedPanel(context, noun, self._splitter)
        self._tabs.currentChanged.connect(lambda: self._arrange())
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(_FORM, 3)
        self._splitter.setStretchFactor(_RELATED, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._splitter, 1)
        self.related.counted.connect(self._count)
        self._arrange()

    def show_record(self, shown: Shown) -> None:
        """Show a record, new or saved."""
        self.form.show_record(shown)
        self.related.show_record(shown.id, shown.title)
        self._arrange()

    def show_details(self) -> None:
        """Make sure that the form is in sight."""
        self._tabs.setCurrentIndex(_FORM)

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
        # Nothing can hang on a record that is not saved yet, and on some never.
        alone = self.form.shown.id is None or not self._relations
        tabbed = not alone and not beside and self.height() < ABOVE_LINES * metrics.lineSpacing()
        direction = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._splitter.orientation() is not direction:
            self._splitter.setOrientation(direction)
            room = self.width() if beside else self.height()
            self._splitter.setSizes([room * 3 // 5, room * 2 // 5])
        self._tabs.setVisible(tabbed)
        chosen = self._tabs.currentIndex()
        self.form.setHidden(tabbed and chosen != _FORM)
        self.related.setHidden(alone or (tabbed and chosen != _RELATED))

    def _count(self, count: int) -> None:
        self._tabs.setTabText(_RELATED, _("Related ({n})").format(n=current().number(count)))
