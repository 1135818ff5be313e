"""The one model of all lists: ids in the order of the list, and a few pages of rows read as they are shown.

Sorting and filtering are done by the plan in a worker; a row that was not read yet shows dots.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from cityplanner.base.language import _
from cityplanner.model.entity import Entity, field_of
from cityplanner.model.field import Kind
from cityplanner.ui.context import Context
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.list_reading import (
    Ids,
    Listed,
    Query,
    Row,
    Steps,
    Wording,
    places,
    read_first,
    read_list,
    read_rows,
    tables_shown,
)
from cityplanner.ui.parts.plain import tool_tip

PAGE = 64
MOST_PAGES_AT_ONCE = 6
MOST_ROWS = 3_000
NOT_READ = "…"
ID = Qt.ItemDataRole.UserRole
VALUE = Qt.ItemDataRole.UserRole + 1
"""What the list is sorted by: the value itself."""
ROW = Qt.ItemDataRole.UserRole + 2
_TRAILING = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.PERCENT, Kind.MONEY})
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class TableModel(QAbstractTableModel):
    """The records of a noun in chosen columns."""

    listed = Signal(int, int)
    """The list was read: how many records it shows, out of how many."""

    def __init__(self, context: Context, noun: type[Entity], names: Sequence[str], query: Query) -> None:
        super().__init__()
        self.context = context
        self.noun = noun
        self._names = tuple(names)
        self._query = query
        self._default_order = query.order
        self._ids: Ids = array("q")
        self._places: tuple[Ids, dict[int, int]] = (self._ids, {})
        self._held: list[Callable[[], Iterable[int]]] = []
        self._generation = 0
        self._version = 0
        self._rows: OrderedDict[int, tuple[int, Row]] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._reading: set[int] = set()
        self._job: Job | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._read_wanted)

    # --- what it shows ---

    @property
    def names(self) -> tuple[str, ...]:
        """The fields shown, column by column."""
        return self._names

    @property
    def query(self) -> Query:
        """What it was asked for last."""
        return self._query

    @property
    def ids(self) -> Ids:
        """The ids in the order of the list."""
        return self._ids

    @property
    def tables(self) -> frozenset[str]:
        """The tables whose changes it shows."""
        return tables_shown(self.noun, self._names)

    @property
    def wording(self) -> Wording:
        """How values are shown."""
        return Wording(self.context.language, self.context.currency, self.context.zone)

    def row_of(self, record_id: int) -> int:
        """The row of a record, -1 where the list does not show it; at once for those that are held."""
        if self._places[0] is not self._ids:
            self._places = (self._ids, {})
        rows = self._places[1]
        if record_id not in rows:  # to look it up takes long in a list of a million
            try:
                rows[record_id] = self._ids.index(record_id)
            except ValueError:
                rows[record_id] = -1
        return rows[record_id]

    def hold(self, held: Callable[[], Iterable[int]]) -> None:
        """Have the rows of these ids looked up in the worker whenever the list is read."""
        self._held.append(held)

    def set_names(self, names: Sequence[str]) -> None:
        """Show other columns."""
        if tuple(names) == self._names or not names:
            return
        self.beginResetModel()
        self._names = tuple(names)
        self._rows.clear()
        self._version += 1
        self.endResetModel()

    def ask(self, query: Query) -> None:
        """Show another order or selection of records."""
        if query != self._query:
            self._query = query
            self.reload()

    def reload(self) -> None:
        """Read the list anew; what is shown stays until the answer comes."""
        if self._job is not None:
            self._job.drop()
        self._version += 1
        plan, noun, names, old = self.context.plan, self.noun, self._names, self._ids
        query, wording, version = self._query, self.wording, self._version
        held = frozenset(number for each in self._held for number in each())
        if not old and not query.words and not query.group:
            self.context.jobs.start(
                lambda _progress: read_first(plan, noun, query, names, wording, PAGE),
                lambda rows: self._begin(rows, names, version),
                owner=self,
            )
        self._job = self.context.jobs.start(
            lambda _progress: read_list(plan, noun, query, names, wording, old, PAGE, held),
            lambda listed: self._take(listed, names, old),
            owner=self,
        )

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by none: in the order the noun has of itself."""
        if not 0 <= column < len(self._names):
            chosen = self._default_order
        else:
            name = self._names[column]
            chosen = (name if order is Qt.SortOrder.AscendingOrder else f"-{name}",)
        self.ask(replace(self._query, order=chosen))

    # --- Qt's questions ---

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many records the list has."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns are shown."""
        return 0 if parent.isValid() else len(self._names)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The label and help of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._names):
            return None
        field = field_of(self.noun, self._names[section])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _(field.label)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(" ".join(filter(None, (_(field.help), _(field.unit)))))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; asks for its page where it was not read yet."""
        if not index.isValid() or index.row() >= len(self._ids) or index.column() >= len(self._names):
            return None
        if role == ID:
            return self._ids[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            field = field_of(self.noun, self._names[index.column()])
            side = (
                Qt.AlignmentFlag.AlignTrailing if field.kind in _TRAILING else Qt.AlignmentFlag.AlignLeading
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in _ASKED:
            return None
        row = self._row(index.row())
        if row is None:
            return NOT_READ if role == Qt.ItemDataRole.DisplayRole else None
        return self._cell(row, index.column(), role)

    def _cell(self, row: Row, column: int, role: int) -> Any:
        text = row.texts[column]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(field_of(self.noun, self._names[column]).label)}: {text}" if text else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(text)
        return row if role == ROW else row.values[column]

    # --- rows as they are shown ---

    def _row(self, place: int) -> Row | None:
        number = self._ids[place]
        version, row = self._rows.get(number, (-1, None))
        if version == self._version:
            self._rows.move_to_end(number)
        else:
            self._want(place // PAGE)
        return row

    def _want(self, page: int) -> None:
        if page not in self._reading:
            self._wanted[page] = None
            self._wanted.move_to_end(page)
            if not self._timer.isActive():
                self._timer.start()

    def _read_wanted(self) -> None:
        """Read the pages asked for last; those scrolled past in the meantime are asked for again if seen."""
        pages = list(self._wanted)[-MOST_PAGES_AT_ONCE:]
        self._wanted.clear()
        ids = array("q")
        for page in pages:
            ids.extend(self._ids[page * PAGE : (page + 1) * PAGE])
        if not ids:
            return
        self._reading.update(pages)
        plan, noun, names, wording = self.context.plan, self.noun, self._names, self.wording
        seen = (self._generation, self._version)
        self.context.jobs.start(
            lambda _progress: read_rows(plan, noun, names, ids, wording),
            lambda rows: self._keep(rows, pages, seen, names),
            owner=self,
        )

    def _keep(self, rows: list[Row], pages: list[int], seen: tuple[int, int], names: tuple[str, ...]) -> None:
        self._reading.difference_update(pages)
        generation, version = seen
        if names != self._names or not self._ids:
            return
        self._store(rows, version)
        if generation == self._generation:
            for page in pages:
                self._announce(page * PAGE, (page + 1) * PAGE - 1)
        else:
            self._announce(0, len(self._ids) - 1)

    def _store(self, rows: list[Row], version: int) -> None:
        for row in rows:
            if self._rows.get(row.id, (-1, row))[0] <= version:
                self._rows[row.id] = (version, row)
                self._rows.move_to_end(row.id)
        while len(self._rows) > MOST_ROWS:
            self._rows.popitem(last=False)

    def _announce(self, first: int, last: int) -> None:
        last = min(last, len(self._ids) - 1)
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._names) - 1))

    # --- a new order ---

    def _begin(self, rows: list[Row], names: tuple[str, ...], version: int) -> None:
        """Show the first page of a list while the whole of it is read."""
        if self._job is None or version != self._version or names != self._names or self._ids or not rows:
            return
        self._store(rows, version)
        self.beginResetModel()
        self._ids = array("q", (row.id for row in rows))
        self.endResetModel()

    def _take(self, listed: Listed, names: tuple[str, ...], old: Ids) -> None:
        self._job = None
        if names == self._names:
            self._store(listed.first, self._version)
        self._generation += 1
        steps = listed.steps if old is self._ids else _grown(self._ids, listed.ids)
        self._places = (listed.ids, listed.places)
        if steps.anew:
            self.beginResetModel()
            self._ids = listed.ids
            self.endResetModel()
        elif steps.moved:
            self._rearrange(listed.ids)
        else:
            self._step(steps, listed.ids)
        self._announce(0, len(self._ids) - 1)
        self.listed.emit(len(self._ids), listed.total)

    def _step(self, steps: Steps, wanted: Ids) -> None:
        ids, known = array("q", self._ids), self._places
        for first, last in steps.removed:
            self.beginRemoveRows(QModelIndex(), first, last)
            del ids[first : last + 1]
            self._ids = array("q", ids)
            self.endRemoveRows()
        for first, last in steps.inserted:
            self.beginInsertRows(QModelIndex(), first, last)
            ids[first:first] = wanted[first : last + 1]
            self._ids = array("q", ids)
            self.endInsertRows()
        self._ids, self._places = wanted, known

    def _rearrange(self, ids: Ids) -> None:
        """The same records in another order: whatever holds on to one keeps it."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        numbers = [self._ids[index.row()] for index in held]
        rows = self._places[1] if self._places[1].keys() >= set(numbers) else places(ids, numbers)
        self._ids = ids
        moved = [
            self.index(rows[number], index.column()) for number, index in zip(numbers, held, strict=True)
        ]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()


def _grown(first: Ids, whole: Ids) -> Steps:
    """How a list gets from its first page to the whole of it."""
    if whole[: len(first)] != first:
        return Steps(anew=True)
    return Steps(inserted=((len(first), len(whole) - 1),) if len(whole) > len(first) else ())


_ASKED = frozenset(
    {
        int(role)
        for role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.EditRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
            VALUE,
            ROW,
        )
    }
)
