"""The page of any noun: its list, and the record that is chosen in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cityplanner.base.language import _
from cityplanner.model.entity import Entity, links
from cityplanner.ui.context import Context
from cityplanner.ui.pages import group_actions
from cityplanner.ui.pages.overviews import overview_of
from cityplanner.ui.pages.registry import HINTS, NARROWED_BY
from cityplanner.ui.parts import record
from cityplanner.ui.parts.empty_state import EmptyState
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.list_panel import ListPanel
from cityplanner.ui.parts.record import Shown
from cityplanner.ui.parts.record_view import RecordView
from cityplanner.ui.parts.related_reading import related_tables

BESIDE_CHARACTERS = 100


class RecordPage(QWidget):
    """List and detail of one noun. The window's actions call its methods; it defines no keys of its own."""

    shown = Signal(int)
    """The user chose a record in the list, or saved a new one: its id."""

    def __init__(self, context: Context, noun: type[Entity], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.noun = noun
        self._id: int | None = None
        self._new = False
        self._wanted = 0
        self._stale = False
        self._job: Job | None = None
        table = noun.__tablename__
        self._splitter = QSplitter(self)
        self.list = ListPanel(
            context,
            noun,
            self._splitter,
            narrowed_by=NARROWED_BY.get(table, ()),
            hint=_(HINTS.get(table, "")),
        )
        self._stack = QStackedWidget(self._splitter)
        self._nothing = EmptyState(self._stack)
        self._detail: RecordView | None = None
        self._stack.addWidget(self._nothing)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 2)
        self._splitter.setStretchFactor(1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)
        self._connect()
        self._show_nothing()

    @property
    def tables(self) -> frozenset[str]:
        """The tables whose changes it shows."""
        linked = {link.target for link in links(self.noun)}
        return self.list.view.table_model.tables | related_tables(self.noun) | linked

    @property
    def detail(self) -> RecordView:
        """Form and related records; made when the first record is shown, so that the list comes at once."""
        if self._detail is None:
            overview = overview_of(self.noun.__tablename__)
            self._detail = RecordView(self.context, self.noun, self._stack, overview=overview)
            self._detail.form.saved.connect(self._saved)
            self._detail.form.discarded.connect(self._discarded)
            self._stack.addWidget(self._detail)
            # Qt puts what is made later before the list.
            self.list.order_keys()
        return self._detail

    @property
    def record_id(self) -> int | None:
        """The record shown; None for none or for one that is not saved yet."""
        return self._id

    # --- what the window asks for ---

    def show_record(self, record_id: int) -> None:
        """Show a record in list and detail."""
        self._wanted = 0 if self.list.show_record(record_id) else record_id
        self._load(record_id)

    def new_record(self, given: Mapping[str, Any] | None = None) -> None:
        """Begin a new record; what was typed for one earlier and not saved is there again."""
        if self.context.read_only:
            self.context.say(_("This plan is open read-only."))
            return
        if self._detail is not None and self._detail.form.is_writing:
            self._detail.form.when_written(lambda: self.new_record(given))
            return
        self._drop()
        self._id, self._new = None, True
        self._show(record.begin(self.context.plan, self.noun, given or {}, self.context.zone))
        self.detail.form.form.focus_first()

    def save(self) -> None:
        """Save what was typed."""
        if self._detail is not None and self._stack.currentWidget() is self._detail:
            self._detail.form.save()

    def keep_draft(self) -> None:
        """Put by what is half-typed."""
        if self._detail is not None:
            self._detail.form.keep_draft()

    def focus_filter(self) -> None:
        """Go to the filter of the list."""
        self.list.focus_filter()

    def delete_selected(self) -> None:
        """Delete the selected records; the message offers to undo it."""
        ids = list(self.list.view.selected_ids())
        if not ids or self.context.read_only:
            return
        plan, noun = self.context.plan, self.noun
        self.context.edits.put(
            lambda: record.remove(plan, noun, ids),
            lambda label: self.context.say(_("{change}: done.").format(change=label), undoable=True),
        )

    def copy_selection(self) -> None:
        """Copy the selected rows as a table."""
        self.list.view.copy_selection()

    # --- loading ---

    def _load(self, record_id: int) -> None:
        self._drop()
        self._new = False
        plan, noun = self.context.plan, self.noun
        self._job = self.context.jobs.start(
            lambda _progress: record.load(plan, noun, record_id),
            lambda shown: self._loaded(record_id, shown),
            owner=self,
        )

    def _drop(self) -> None:
        if self._job is not None:
            self._job.drop()
            self._job = None

    def _loaded(self, record_id: int, shown: Shown | None) -> None:
        self._job = None
        if shown is None:
            if self._id == record_id or self._id is None:
                self._show_nothing(str(record.gone(self.noun)))
            return
        self._id = record_id
        self._show(shown)

    def _show(self, shown: Shown) -> None:
        self.detail.show_record(shown)
        self._stack.setCurrentWidget(self.detail)
        self._stack.show()
        if shown.id is None:
            self.detail.show_details()

    def _show_nothing(self, text: str = "") -> None:
        self._id, self._new = None, False
        noun = _(self.noun.__label__)
        self._nothing.say("", text or _("Choose a {noun} in the list.").format(noun=noun))
        self._stack.setCurrentWidget(self._nothing)

    # --- what happens ---

    def _connect(self) -> None:
        view = self.list.view
        view.current_changed.connect(self._chosen)
        view.activated_record.connect(self._activated)
        view.delete_asked.connect(self.delete_selected)
        view.table_model.hold(lambda: filter(None, (self._id, self._wanted)))
        view.table_model.listed.connect(self._listed)
        self.list.new_asked.connect(lambda: self.new_record())
        group_actions.connect(self.context, self.noun, self.list)
        self.context.changed.connect(self._hear)

    def _chosen(self, record_id: int) -> None:
        self._wanted = 0
        if record_id != self._id or self._new:
            self._load(record_id)
            self.shown.emit(record_id)

    def _activated(self, record_id: int) -> None:
        if record_id != self._id:
            self._load(record_id)
        self.detail.show_details()
        self.detail.form.form.focus_first()

    def _listed(self, shown: int, total: int) -> None:
        view = self.list.view
        self._stack.setVisible(total > 0 or self._new)
        if self._wanted and view.select_record(self._wanted):
            self._wanted = 0
        elif self._id is not None and view.current_id() != self._id:
            view.select_record(self._id)
        elif self._id is None and not self._new and not self._wanted and self._job is None and shown:
            first = view.table_model.ids[0]
            view.select_record(first)
            self._load(first)

    def _saved(self, record_id: int) -> None:
        was_new, self._new = self._new, False
        self._id = record_id
        title = self.detail.form.title
        self.context.say(_("Saved “{title}”.").format(title=title), undoable=True)
        if was_new:
            self._wanted = 0 if self.list.view.select_record(record_id) else record_id
            self.detail.show_around(record_id, title)
            self._load(record_id)
            self.shown.emit(record_id)

    def _discarded(self) -> None:
        if self._new:
            self._show_nothing()
            chosen = self.list.view.current_id()
            if chosen:
                self._load(chosen)

    def _hear(self, change: object) -> None:
        if not self.tables & getattr(change, "tables", frozenset()):
            return
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    def _refresh(self) -> None:
        self._stale = False
        if self._id is not None:
            self._load(self._id)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self._refresh()

    # --- room ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and detail one above the other where they do not fit side by side."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """A larger font needs more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= BESIDE_CHARACTERS * self.fontMetrics().averageCharWidth()
        direction = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._splitter.orientation() is not direction or not any(self._splitter.sizes()):
            self._splitter.setOrientation(direction)
            room = self.width() if beside else self.height()
            self._splitter.setSizes([room * 2 // 5, room * 3 // 5])
