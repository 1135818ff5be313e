"""Where the user can go and has been: the rail on the left, and the places that back and forward lead to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cityplanner.base.language import _
from cityplanner.ui import icons, theme
from cityplanner.ui.parts.plain import tool_tip
from cityplanner.ui.places import Place, Stop

NAME = Qt.ItemDataRole.UserRole
ICON = Qt.ItemDataRole.UserRole + 1
MOST_PLACES = 200


class Trail(QObject):
    """The places visited, like the pages of a browser."""

    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: list[Place] = []
        self._at = -1

    @property
    def here(self) -> Place | None:
        """The place shown now."""
        return self._places[self._at] if self._places else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a place after this one."""
        return self._at < len(self._places) - 1

    def visit(self, place: Place) -> None:
        """Note a place; what lay ahead is forgotten. A page's first record takes the place of the bare page."""
        here = self.here
        if place == here:
            return
        if here is not None and here.page == place.page and not (here.table and place.table):
            if place.table:
                self._places[self._at] = place
            return
        self._places = [*self._places[: self._at + 1], place][-MOST_PLACES:]
        self._at = len(self._places) - 1
        self.moved.emit()

    def back(self) -> Place | None:
        """One place back."""
        return self._go(-1) if self.can_go_back else None

    def forward(self) -> Place | None:
        """One place forward."""
        return self._go(1) if self.can_go_forward else None

    def clear(self) -> None:
        """Forget all places."""
        self._places, self._at = [], -1
        self.moved.emit()

    def _go(self, by: int) -> Place:
        self._at += by
        self.moved.emit()
        return self._places[self._at]


class Rail(QFrame):
    """The list of pages. Up and down choose, Enter and a click show; groups have headings."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail_frame")
        self.list = QListWidget()
        self.list.setObjectName("rail")
        self.list.setAccessibleName(_("Pages"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setUniformItemSizes(False)
        self.list.currentItemChanged.connect(self._changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)

    def fill(self, stops: Sequence[Stop]) -> None:
        """Show these pages."""
        self.list.blockSignals(True)
        self.list.clear()
        group = ""
        for stop in stops:
            if stop.group and stop.group != group:
                self._add_heading(stop.group)
            group = stop.group
            item = QListWidgetItem(icons.icon(stop.icon), stop.label)
            item.setData(NAME, stop.name)
            item.setData(ICON, stop.icon)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._fit()

    def label_keys(self, keys: dict[str, str]) -> None:
        """Say in the tool tips which keys lead to which page."""
        for item in self._items():
            label, key = item.text(), keys.get(str(item.data(NAME)), "")
            item.setToolTip(tool_tip(f"{label} ({key})" if key else label))

    def select(self, name: str) -> None:
        """Mark a page as the one shown, without announcing it."""
        self.list.blockSignals(True)
        for item in self._items():
            if item.data(NAME) == name:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _items(self) -> list[QListWidgetItem]:
        return [item for item in map(self.list.item, range(self.list.count())) if item.data(NAME)]

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.list.font()
        font.setPointSizeF(font.pointSizeF() * theme.SIZES[theme.Role.SMALL])
        font.setBold(True)
        item.setFont(font)
        self.list.addItem(item)

    def _changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(NAME):
            self.chosen.emit(str(item.data(NAME)))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._redress()
        super().changeEvent(event)

    def _redress(self) -> None:
        for item in self._items():
            item.setIcon(icons.icon(str(item.data(ICON))))
        self._fit()

    def _fit(self) -> None:
        size = icons.size_for(self.list)
        self.list.setIconSize(QSize(size, size))
        width = self.list.sizeHintForColumn(0) + 2 * theme.SMALL + theme.WIDE
        self.setFixedWidth(max(width, 140))
