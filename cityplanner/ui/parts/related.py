"""What hangs on a record: each relation a section of a tree, each entry one click from its own page.

Relations show on both sides, so that a chain of records can be walked either way.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _, current
from cityplanner.model.entity import Entity
from cityplanner.store.queries.likeness import APART
from cityplanner.store.queries.related import Related, related
from cityplanner.ui import icons, theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts import related_reading
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.list_reading import Wording
from cityplanner.ui.parts.picker import Picker
from cityplanner.ui.parts.plain import caption, tool_tip
from cityplanner.ui.parts.record_dialog import RecordDialog
from cityplanner.ui.parts.related_reading import Item, Section, label, read_related

KEPT_APART = frozenset(APART.values())
"""What the search for duplicates was told: shown where there is any, never asked for here."""
ITEM = Qt.ItemDataRole.UserRole
RELATION = Qt.ItemDataRole.UserRole + 1


class RelatedPanel(QWidget):
    """The related records of one record."""

    counted = Signal(int)
    """How many records hang on it, in all."""

    def __init__(self, context: Context, noun: type[Entity], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.noun = noun
        self._relations = related(noun)
        self._id: int | None = None
        self._title = ""
        self._most = related_reading.MOST
        self._sections: list[Section] = []
        self._closed: set[int] = set()
        self._job: Job | None = None
        self.tree = _Tree(self)
        self.tree.setAccessibleName(_("Related records"))
        self.tree.opened.connect(self._open)
        self.tree.removal_asked.connect(self._remove)
        self.tree.addition_asked.connect(self._add_at)
        self.tree.menu_asked.connect(self._offer)
        self.tree.itemCollapsed.connect(lambda item: self._closed.add(item.data(0, RELATION)))
        self.tree.itemExpanded.connect(lambda item: self._closed.discard(item.data(0, RELATION)))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.NARROW)
        column.addLayout(self._head())
        column.addWidget(self.tree, 1)

    @property
    def sections(self) -> list[Section]:
        """What it shows."""
        return self._sections

    def show_record(self, record_id: int | None, title: str = "") -> None:
        """Show what hangs on a record; nothing for one that is not saved yet."""
        if record_id != self._id:
            self._most = related_reading.MOST
            self.tree.clear()
        self._id, self._title = record_id, title
        self._add.setEnabled(record_id is not None and not self.context.read_only)
        self.refresh()

    def refresh(self) -> None:
        """Read anew."""
        if self._job is not None:
            self._job.drop()
            self._job = None
        if self._id is None:
            self._show([])
            return
        context, plan, noun, record_id, most = (
            self.context,
            self.context.plan,
            self.noun,
            self._id,
            self._most,
        )
        wording = Wording(context.language, context.currency, context.zone)
        self._job = context.jobs.start(
            lambda _progress: read_related(plan, noun, record_id, wording, most), self._show, owner=self
        )

    # --- showing ---

    def _show(self, sections: list[Section]) -> None:
        self._job = None
        self._sections = sections
        at = self.tree.place()
        self.tree.setUpdatesEnabled(False)
        self.tree.blockSignals(True)
        self.tree.clear()
        for number, section in enumerate(sections):
            if section.count or section.relation.noun not in KEPT_APART:
                self._show_section(number, section)
        self.tree.blockSignals(False)
        self.tree.go_to(at)
        self.tree.setUpdatesEnabled(True)
        self.counted.emit(sum(section.count for section in sections))

    def _show_section(self, number: int, section: Section) -> None:
        text = f"{label(self.noun, section.relation)} ({current().number(section.count)})"
        head = QTreeWidgetItem(self.tree, [text, ""])
        head.setData(0, RELATION, number)
        font = head.font(0)
        font.setBold(bool(section.count))
        head.setFont(0, font)
        if not section.count:
            head.setForeground(0, self.palette().placeholderText())
        for item in section.items:
            entry = QTreeWidgetItem(head, [item.title, item.facts])
            entry.setData(0, RELATION, number)
            entry.setData(0, ITEM, item)
            entry.setForeground(0, self.palette().link())
            entry.setForeground(1, self.palette().placeholderText())
            entry.setToolTip(0, tool_tip(item.title))
            entry.setToolTip(1, tool_tip(item.facts))
        if section.count > len(section.items):
            rest = QTreeWidgetItem(head, [_("Show all {n}").format(n=current().number(section.count)), ""])
            rest.setData(0, RELATION, number)
            rest.setForeground(0, self.palette().link())
        head.setExpanded(number not in self._closed)
        head.setFirstColumnSpanned(True)

    def changeEvent(self, event: QEvent) -> None:
        """Colors are the palette's."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._sections:
            self._show(self._sections)

    # --- acting ---

    def _open(self, node: QTreeWidgetItem) -> None:
        item, relation = node.data(0, ITEM), self._relations[node.data(0, RELATION)]
        if isinstance(item, Item):
            self.context.open_record(relation.shows.__tablename__, item.record_id)
        elif node.parent() is not None:
            self._most = 10**9
            self.refresh()

    def _add_at(self, node: QTreeWidgetItem) -> None:
        self.add(self._relations[node.data(0, RELATION)])

    def add(self, relation: Related) -> None:
        """Add to a relation: pick records to pair with, or fill in a new one."""
        if self._id is None or self.context.read_only:
            return
        if related_reading.needs_form(relation):
            dialog = RecordDialog(
                self.context, relation.noun, given={relation.link.name: self._id}, parent=self.window()
            )
            dialog.open()
            return
        section = next((one for one in self._sections if one.relation == relation), None)
        tied = section.tied if section else frozenset()
        same = {self._id} if relation.shows is self.noun else set()
        picker = Picker(self.context, relation.shows, tied | same, self.window())
        record_id, title = self._id, self._title
        picker.picked.connect(
            lambda ids: self._do(
                lambda: related_reading.tie(self.context.plan, relation, record_id, ids, title)
            )
        )
        picker.open()

    def _remove(self, node: QTreeWidgetItem) -> None:
        item, relation = node.data(0, ITEM), self._relations[node.data(0, RELATION)]
        if not isinstance(item, Item) or self.context.read_only:
            return
        if not related_reading.can_untie(relation):
            self.context.say(
                _("“{title}” always belongs to one. Open it to choose another, or to delete it.").format(
                    title=item.title
                )
            )
            return
        self._do(lambda: related_reading.untie(self.context.plan, relation, item.row_id, item.title))

    def _edit_tie(self, relation: Related, item: Item) -> None:
        RecordDialog(self.context, relation.noun, item.row_id, parent=self.window()).open()

    def _do(self, edit: Callable[[], str]) -> None:
        self.context.edits.put(
            edit, lambda text: self.context.say(_("{change}: done.").format(change=text), undoable=True)
        )

    def _offer(self, node: QTreeWidgetItem, place: QPoint) -> None:
        item, relation = node.data(0, ITEM), self._relations[node.data(0, RELATION)]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        writable = not self.context.read_only
        if isinstance(item, Item):
            menu.addAction(_("Open"), lambda: self._open(node))
            if relation.other_link is not None and related_reading.needs_form(relation):
                menu.addAction(_("Edit link"), lambda: self._edit_tie(relation, item)).setEnabled(writable)
            can = writable and related_reading.can_untie(relation)
            menu.addAction(_("Remove"), lambda: self._remove(node)).setEnabled(can)
            menu.addSeparator()
        menu.addAction(self._addition(relation), lambda: self.add(relation)).setEnabled(writable)
        menu.popup(place)

    def _addition(self, relation: Related) -> str:
        return caption(_("Add to {section}").format(section=label(self.noun, relation)))

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(theme.text_label(_("Related"), theme.Role.HEADING))
        line.addStretch(1)
        self._add = QToolButton()
        icons.wear(self._add, "plus")
        self._add.setText(_("Add"))
        self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._add.setAccessibleName(_("Add a related record"))
        self._add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._add.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self._add)
        for relation in (one for one in self._relations if one.noun not in KEPT_APART):
            menu.addAction(caption(label(self.noun, relation)), partial(self.add, relation))
        self._add.setMenu(menu)
        self._add.setEnabled(False)
        line.addWidget(self._add)
        return line


class _Roomy(QStyledItemDelegate):
    """Rows high enough to be hit."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), size.height() + theme.SMALL)


class _Tree(QTreeWidget):
    """Enter and a click open an entry, Delete removes it, Insert adds to its section."""

    opened = Signal(QTreeWidgetItem)
    removal_asked = Signal(QTreeWidgetItem)
    addition_asked = Signal(QTreeWidgetItem)
    menu_asked = Signal(QTreeWidgetItem, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setTabKeyNavigation(False)
        self.setIndentation(theme.LARGE)
        self.setExpandsOnDoubleClick(True)
        self.setItemDelegate(_Roomy(self))
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self.itemClicked.connect(lambda item: self.opened.emit(item) if item.parent() else None)

    def place(self) -> tuple[int, int] | None:
        """Where the user is: section and entry."""
        item = self.currentItem()
        if item is None:
            return None
        head = item.parent()
        if head is None:
            return self.indexOfTopLevelItem(item), -1
        return self.indexOfTopLevelItem(head), head.indexOfChild(item)

    def go_to(self, place: tuple[int, int] | None) -> None:
        """Go back to where the user was, as near as there is."""
        head = self.topLevelItem(place[0]) if place is not None else None
        if head is None or place is None:
            return
        child = head.child(min(place[1], head.childCount() - 1)) if place[1] >= 0 else None
        self.setCurrentItem(child or head)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.opened if item.parent() else self.addition_asked).emit(item)
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit(item)
        elif event.key() == Qt.Key.Key_Insert:
            self.addition_asked.emit(item)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.setColumnWidth(0, int(self.viewport().width() * 0.6))

    def _ask_for_menu(self, place: QPoint) -> None:
        item = self.itemAt(place) or self.currentItem()
        if item is not None:
            self.menu_asked.emit(item, self.viewport().mapToGlobal(place))
