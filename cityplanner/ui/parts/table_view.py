"""The one view of all lists: columns chosen and remembered, sorted by a click, copied as a table."""

from __future__ import annotations

from array import array
from dataclasses import replace
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from cityplanner.base.language import _
from cityplanner.model.entity import Entity, field_of
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts import clipboard, columns
from cityplanner.ui.parts.list_reading import Query, Row, read_rows
from cityplanner.ui.parts.plain import caption
from cityplanner.ui.parts.record import counted, heading
from cityplanner.ui.parts.table_model import TableModel

MOST_RESELECTED = 200
_NO_UPDATE_MS = 400


class TableView(QTableView):
    """A list of one noun. Enter opens, Delete asks for deletion, Ctrl+C copies, Tab goes on."""

    current_changed = Signal(int)
    """The user moved to a record: its id."""
    activated_record = Signal(int)
    """Enter or a double click on a record."""
    delete_asked = Signal()

    def __init__(self, context: Context, noun: type[Entity], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.noun = noun
        order = columns.sorting(context.settings, noun)
        self._model = TableModel(context, noun, columns.chosen(context.settings, noun), Query(order))
        self._held: list[int] = []
        self._held_all = False
        self._held_current = 0
        self._placing = False
        self._widths = QTimer(self, singleShot=True, interval=_NO_UPDATE_MS)
        self._widths.timeout.connect(self._remember_widths)
        self.setAccessibleName(heading(noun))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._prepare_header()
        self._fit_rows()
        self._model.modelAboutToBeReset.connect(self._hold)
        self._model.modelReset.connect(self._restore)
        # Connected before the selection model is, which would take hold of every selected cell one by one.
        self._model.layoutAboutToBeChanged.connect(self._hold_many)
        self._model.layoutChanged.connect(self._restore_many)
        self._model.hold(self._to_reselect)
        self.setModel(self._model)
        # The header asks its selection model whether whole columns are selected, row by row, to paint itself.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(self._model, self))
        self._place_columns()
        self.selectionModel().currentRowChanged.connect(self._moved)
        self._model.rowsRemoved.connect(self._select_neighbor)
        self.doubleClicked.connect(lambda index: self._activate(index))

    @property
    def table_model(self) -> TableModel:
        """Its model."""
        return self._model

    def current_id(self) -> int:
        """The id of the current record, 0 for none."""
        index = self.currentIndex()
        return self._model.ids[index.row()] if index.isValid() else 0

    def selected_ids(self) -> array[int]:
        """The ids of the selected records in the order of the list."""
        spans = sorted({(span.top(), span.bottom()) for span in self._selection()})
        found = array("q")
        for top, bottom in spans:
            found.extend(self._model.ids[top : bottom + 1])
        return array("q", dict.fromkeys(found))

    def select_record(self, record_id: int) -> bool:
        """Go to a record without announcing it; False where the list does not show it."""
        row = self._model.row_of(record_id)
        if row < 0:
            return False
        self._placing = True
        self.selectionModel().setCurrentIndex(
            self._model.index(row, max(self.currentIndex().column(), 0)),
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
        )
        self._placing = False
        self.scrollTo(self.currentIndex())
        return True

    def copy_selection(self) -> None:
        """Copy the selected rows with the columns as shown; read in a worker, however many there are."""
        ids = self.selected_ids()
        if not ids:
            return
        model, names = self._model, self.names_in_sight()
        plan, noun, wording = self.context.plan, self.noun, model.wording
        self.context.jobs.start(
            lambda _progress: read_rows(plan, noun, names, ids, wording),
            lambda rows: self._copied(rows, names),
            owner=self,
        )

    def names_in_sight(self) -> tuple[str, ...]:
        """The columns as the user arranged them."""
        header = self.horizontalHeader()
        return tuple(self._model.names[header.logicalIndex(place)] for place in range(header.count()))

    def fill_columns_menu(self, menu: QMenu) -> None:
        """Offer the columns, and the orders that can be chosen with the keyboard."""
        sorting = menu.addMenu(_("Sort by"))
        for place, name in enumerate(self._model.names):
            label = caption(_(field_of(self.noun, name).label))
            for order, text in (
                (Qt.SortOrder.AscendingOrder, _("{column}, upwards")),
                (Qt.SortOrder.DescendingOrder, _("{column}, downwards")),
            ):
                sorting.addAction(text.format(column=label), partial(self.sort_by, place, order))
        menu.addSeparator()
        columns.fill_menu(menu, self.noun, self._model.names, self._toggle_column)

    def sort_by(self, column: int, order: Qt.SortOrder) -> None:
        """Sort and show by what."""
        self.horizontalHeader().setSortIndicator(column, order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a list."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._activate(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Rows and columns follow the size of the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.model() is not None:
            self._fit_rows()
            self._place_columns()

    # --- columns and order ---

    def _prepare_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSectionsClickable(True)
        header.setAccessibleName(_("Columns"))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        header.sortIndicatorChanged.connect(self._sort)
        header.sectionMoved.connect(self._remember_columns)
        header.sectionResized.connect(self._resized)

    def _offer_columns(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_columns_menu(menu)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def _toggle_column(self, name: str, on: bool) -> None:
        names = [shown for shown in self.names_in_sight() if shown != name]
        self._set_names([*names, name] if on else names)

    def _set_names(self, names: list[str]) -> None:
        columns.choose(self.context.settings, self.noun, names)
        self._model.set_names(names)
        self._place_columns()

    def _place_columns(self) -> None:
        """The remembered widths; the sort mark where the order has one."""
        self._placing = True
        header = self.horizontalHeader()
        for visual in range(header.count()):
            header.moveSection(header.visualIndex(visual), visual)
        character = self.fontMetrics().averageCharWidth()
        for place, name in enumerate(self._model.names):
            header.resizeSection(
                place, columns.width(self.context.settings, self.noun, name, character) + 2 * theme.SMALL
            )
        first = next(iter(self._model.query.order), "")
        named = first.lstrip("-")
        column = self._model.names.index(named) if named in self._model.names else -1
        down = Qt.SortOrder.DescendingOrder if first.startswith("-") else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(column, down)
        self._placing = False

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if self._placing:
            return
        if column < 0:
            self._model.ask(replace(self._model.query, order=self.noun.__order__))
            columns.choose_sorting(self.context.settings, self.noun, ())
            return
        self._model.sort(column, order)
        columns.choose_sorting(self.context.settings, self.noun, self._model.query.order)

    def _remember_columns(self) -> None:
        if not self._placing:
            columns.choose(self.context.settings, self.noun, self.names_in_sight())

    def _resized(self) -> None:
        if not self._placing and self.isVisible():
            self._widths.start()

    def _remember_widths(self) -> None:
        header = self.horizontalHeader()
        character = self.fontMetrics().averageCharWidth()
        # The last one is stretched: its width is not the user's choice.
        for place in range(header.count() - 1):
            section = header.logicalIndex(place)
            name, pixels = self._model.names[section], header.sectionSize(section) - 2 * theme.SMALL
            if pixels != columns.width(self.context.settings, self.noun, name, character):
                columns.remember_width(self.context.settings, self.noun, name, pixels)

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.MEDIUM)

    # --- selection ---

    def _moved(self, current: QModelIndex) -> None:
        if not self._placing and current.isValid():
            self.current_changed.emit(self._model.ids[current.row()])

    def _select_neighbor(self) -> None:
        """The record that is shown instead of a removed one is selected, too."""
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.select_record(self.current_id())

    def _activate(self, index: QModelIndex) -> None:
        if index.isValid():
            self.activated_record.emit(self._model.ids[index.row()])

    def _selection(self) -> list[QItemSelectionRange]:
        ranges: list[QItemSelectionRange] = list(self.selectionModel().selection())  # type: ignore[call-overload]
        return ranges

    def _count_selected(self) -> int:
        return sum(span.height() for span in self._selection())

    def _hold_many(self) -> None:
        """Let go of a large selection before the rows are put in another order; all stays all."""
        self._held_all = False
        if self._count_selected() > MOST_RESELECTED:
            self._hold()
            self._placing = True
            self.selectionModel().clearSelection()
            self._placing = False

    def _restore_many(self) -> None:
        if self._held_all:
            self.selectAll()

    def _to_reselect(self) -> list[int]:
        """What stays selected in a new order."""
        selected = self.selected_ids() if self._count_selected() <= MOST_RESELECTED else ()
        return [*selected, *filter(None, (self.current_id(),))]

    def _hold(self) -> None:
        """Remember what is selected: a new order forgets it."""
        self._held_current = self.current_id()
        count = self._count_selected()
        self._held = list(self.selected_ids()) if count <= MOST_RESELECTED else []
        self._held_all = count > MOST_RESELECTED and count == self._model.rowCount()

    def _restore(self) -> None:
        if self._held_all:
            self.selectAll()
            return
        self._placing = True
        selection = QItemSelection()
        last = self._model.columnCount() - 1
        for row in filter(lambda row: row >= 0, map(self._model.row_of, self._held)):
            selection.select(self._model.index(row, 0), self._model.index(row, last))
        marks = QItemSelectionModel.SelectionFlag
        current = self._model.row_of(self._held_current) if self._held_current else -1
        if current >= 0:
            self.selectionModel().setCurrentIndex(self._model.index(current, 0), marks.NoUpdate)
            self.scrollTo(self._model.index(current, 0))
        self.selectionModel().select(selection, marks.ClearAndSelect)
        self._placing = False

    def _copied(self, rows: list[Row], names: tuple[str, ...]) -> None:
        fields = [field_of(self.noun, name) for name in names]
        body = [
            [clipboard.harmless(field, text) for field, text in zip(fields, row.texts, strict=True)]
            for row in rows
        ]
        clipboard.copy_table([[_(field.label) for field in fields], *body])
        self.context.say(_("Copied {what}.").format(what=counted(self.noun, len(rows))))
