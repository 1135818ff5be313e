"""The tree of the recommendations board: items below their theme or section, answered by single keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from cityplanner.base.language import N_, _, current
from cityplanner.model.recommendation import HEAVIEST, Response
from cityplanner.model.wording import choice_label
from cityplanner.planning.board import BoardItem
from cityplanner.planning.coverage import FULL, weighted_mean
from cityplanner.ui import theme
from cityplanner.ui.parts.plain import caption, tool_tip

ID, SHARE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
COLUMNS = (
    N_("Item"),
    N_("Kind"),
    N_("Support"),
    N_("Answer"),
    N_("Weight"),
    N_("Coverage"),
    N_("Covered by"),
)
NAME, KIND, SUPPORT, ANSWER, WEIGHT, COVERAGE, COVERS = range(len(COLUMNS))
WIDTHS = (38, 16, 9, 17, 8, 16, 22)
KEYS = {
    Qt.Key.Key_S: Response.SUPPORTED,
    Qt.Key.Key_P: Response.PARTLY,
    Qt.Key.Key_N: Response.NOTED,
    Qt.Key.Key_Delete: Response.NONE,
}
Path = Callable[[BoardItem], tuple[str, ...]]
"""The headings an item stands below, outermost first."""


class BoardTree(QTreeWidget):
    """S P N and Delete answer, 0 to 5 weigh, Enter opens the item's record."""

    chosen = Signal(int)
    """The item looked at; 0 for none."""
    opened = Signal(int)
    answered = Signal(int, object)
    """An item's id and the response given to it."""
    weighed = Signal(int, int)
    """An item's id and its weight."""

    def __init__(self, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self._items: dict[int, QTreeWidgetItem] = {}
        self.setAccessibleName(_("Recommendations"))
        self.setHeaderLabels([_(label) for label in COLUMNS])
        self.setItemDelegateForColumn(COVERAGE, _BarDelegate(self))
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.set_roomy(self)
        self.header().setStretchLastSection(False)
        self.currentItemChanged.connect(lambda _now, _before: self.chosen.emit(self.item_id()))
        self.itemDoubleClicked.connect(lambda _item, _column: self._open())

    def show_items(self, items: Sequence[BoardItem], path: Path, groups: Sequence[tuple[str, ...]]) -> None:
        """Show items below their headings in the order of `groups`; place and folds stay as they were."""
        kept, folded, scrolled = self.item_id(), self._folded(), self.verticalScrollBar().value()
        self.blockSignals(True)
        self.clear()
        self._items.clear()
        heads: dict[tuple[str, ...], QTreeWidgetItem] = {}
        below: dict[tuple[str, ...], list[BoardItem]] = {group: [] for group in groups}
        for item in items:
            below[path(item)].append(item)
        for group, members in below.items():
            if members:
                head = self._head(heads, group)
                for item in members:
                    self._items[item.id] = _row(head, item)
        for group, head in heads.items():
            inside = [
                one for of_one, members in below.items() if of_one[: len(group)] == group for one in members
            ]
            _measure(head, inside)
            head.setExpanded(group not in folded)
        self.blockSignals(False)
        first = next(iter(self._items), 0)
        self.go_to(kept if kept in self._items else first)
        self.verticalScrollBar().setValue(scrolled)

    def item_id(self) -> int:
        """The item looked at; 0 on a heading."""
        here = self.currentItem()
        return int(here.data(NAME, ID) or 0) if here is not None else 0

    def go_to(self, item_id: int) -> bool:
        """Go to an item; False where it is not shown."""
        found = self._items.get(item_id)
        if found is None:
            return False
        above = found.parent()
        while above is not None:
            above.setExpanded(True)
            above = above.parent()
        self.setCurrentItem(found)
        self.scrollToItem(found)
        return True

    def ids(self) -> list[int]:
        """The items shown, from above."""
        return list(self._items)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles take what room there is."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Columns follow the size of the font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.columnCount() == len(COLUMNS):
            self._fit()

    def _fit(self) -> None:
        character = self.fontMetrics().averageCharWidth()
        widths = [characters * character for characters in WIDTHS]
        widths[NAME] = max(widths[NAME], self.viewport().width() - sum(widths[NAME + 1 :]))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the board; all others as in any tree, but never a search by letters."""
        key, text = event.key(), event.text()
        if not event.modifiers() and key in KEYS:
            self._answer(KEYS[Qt.Key(key)])
        elif len(text) == 1 and text.isdecimal():
            self._weigh(int(text))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif text and text.isprintable() and text not in "+-* ":
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu of the item."""
        if self.item_id():
            self.make_menu().popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """All that the keys do, for the mouse."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for response in reversed(Response):
            action = menu.addAction(caption(choice_label(response)))
            action.setEnabled(not self._read_only)
            action.triggered.connect(lambda _on=False, response=response: self._answer(response))
        menu.addSeparator()
        weights = menu.addMenu(_("Weight"))
        weights.setEnabled(not self._read_only)
        for weight in range(HEAVIEST + 1):
            action = weights.addAction(current().number(weight))
            action.triggered.connect(lambda _on=False, weight=weight: self._weigh(weight))
        menu.addSeparator()
        menu.addAction(_("Open the item"), self._open)
        return menu

    def _answer(self, response: Response) -> None:
        number, here = self.item_id(), self.currentItem()
        if number and here is not None and not self._read_only:
            here.setText(ANSWER, choice_label(response))
            self.answered.emit(number, response)

    def _weigh(self, weight: int) -> None:
        number, here = self.item_id(), self.currentItem()
        if number and here is not None and weight <= HEAVIEST and not self._read_only:
            here.setText(WEIGHT, current().number(weight))
            self.weighed.emit(number, weight)

    def _open(self) -> None:
        if self.item_id():
            self.opened.emit(self.item_id())

    def _head(self, heads: dict[tuple[str, ...], QTreeWidgetItem], group: tuple[str, ...]) -> QTreeWidgetItem:
        if group not in heads:
            made = QTreeWidgetItem([group[-1]])
            made.setFirstColumnSpanned(False)
            font = QFont(self.font())
            font.setBold(True)
            made.setFont(NAME, font)
            made.setToolTip(NAME, tool_tip(group[-1]))
            if len(group) > 1:
                self._head(heads, group[:-1]).addChild(made)
            else:
                self.addTopLevelItem(made)
            heads[group] = made
        return heads[group]

    def _folded(self) -> set[tuple[str, ...]]:
        found: set[tuple[str, ...]] = set()

        def look(item: QTreeWidgetItem | None, above: tuple[str, ...]) -> None:
            if item is None or item.data(NAME, ID):
                return
            group = (*above, item.text(NAME))
            if not item.isExpanded():
                found.add(group)
            for at in range(item.childCount()):
                look(item.child(at), group)

        for at in range(self.topLevelItemCount()):
            look(self.topLevelItem(at), ())
        return found


def _row(head: QTreeWidgetItem, item: BoardItem) -> QTreeWidgetItem:
    say = current()
    made = QTreeWidgetItem(head)
    texts = {
        NAME: f"{item.code}  {item.title}",
        KIND: choice_label(item.kind),
        SUPPORT: choice_label(item.support),
        ANSWER: choice_label(item.response),
        WEIGHT: "" if item.weight is None else say.number(item.weight),
        COVERAGE: "" if item.coverage is None else say.percent(float(item.coverage)),
        COVERS: ", ".join(one.code for one in item.covers),
    }
    for column, text in texts.items():
        made.setText(column, text)
        made.setToolTip(column, tool_tip(text))
        spoken = f"{_(COLUMNS[column])}: {text}" if text and column != NAME else text
        made.setData(column, Qt.ItemDataRole.AccessibleTextRole, spoken)
    made.setTextAlignment(WEIGHT, Qt.AlignmentFlag.AlignCenter)
    made.setData(NAME, ID, item.id)
    made.setData(COVERAGE, SHARE, None if item.coverage is None else float(item.coverage))
    return made


def _measure(head: QTreeWidgetItem, inside: Sequence[BoardItem]) -> None:
    """The mean of a group, weighted as the office's coverage is; see `coverage.weighted_mean`."""
    share = weighted_mean(
        (one.weight or 0, int((one.coverage or Fraction(0)) * FULL)) for one in inside if one.response.counts
    )
    if share is not None:
        head.setText(COVERAGE, current().percent(float(share)))
        head.setData(COVERAGE, SHARE, float(share))


class _BarDelegate(QStyledItemDelegate):
    """A bar with its figure."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        share = index.data(SHARE)
        text, option.text = str(index.data() or ""), ""
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        if share is None:
            return
        box: QRect = option.rect
        of, metrics = theme.colours(option.palette), option.fontMetrics
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        figure = metrics.horizontalAdvance("100%") + theme.SMALL
        height = max(6, metrics.height() // 3)
        bar = QRect(box.left() + theme.NARROW, 0, box.width() - figure - 2 * theme.NARROW, height)
        bar.moveTop(box.center().y() - height // 2)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        end = QRect(bar.right() + 1, box.top(), figure, box.height())
        if mirrored:
            bar.moveRight(box.right() - theme.NARROW)
            end.moveLeft(box.left() + theme.NARROW)
        done = round(bar.width() * share)
        painter.fillRect(bar, QColor(of.border))
        left = bar.right() - done + 1 if mirrored else bar.left()
        painter.fillRect(
            QRect(left, bar.top(), done, height), QColor(of.selection_text if chosen else of.accent)
        )
        painter.setPen(QColor(of.selection_text if chosen else of.text))
        painter.drawText(end, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
