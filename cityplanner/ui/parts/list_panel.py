"""A list with what narrows it: words, choices, the number found, and what to do where nothing is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _, current
from cityplanner.model.conditions import Condition, Operator
from cityplanner.model.entity import Entity, field_of
from cityplanner.model.group import OF_PEOPLE, group_of
from cityplanner.store.queries.groups import Asked
from cityplanner.ui import icons, theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.editors.choices import members
from cityplanner.ui.parts.empty_state import EmptyState
from cityplanner.ui.parts.group_box import GroupBox
from cityplanner.ui.parts.list_reading import Query
from cityplanner.ui.parts.plain import tool_tip
from cityplanner.ui.parts.record import counted
from cityplanner.ui.parts.table_view import TableView

TYPING_MS = 150
BRIEFED = ("partner", "initiative")
"""The nouns that have a briefing about one record."""


class ListPanel(QWidget):
    """The list of one noun. It reads itself when it is first shown and whenever the plan changed since."""

    new_asked = Signal()
    group_asked = Signal()
    """The user wants to keep what narrows the list as a group."""
    recipients_asked = Signal(int)
    """The user wants to write to a group: its id, 0 to choose one."""
    bulk_asked = Signal()
    """The user wants to change one field of the selected records."""

    def __init__(
        self,
        context: Context,
        noun: type[Entity],
        parent: QWidget | None = None,
        *,
        narrowed_by: Sequence[str] = (),
        hint: str = "",
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.noun = noun
        self._hint = hint
        self._stale = True
        self._stack = QStackedWidget(self)
        self.view = TableView(context, noun, self._stack)
        self.view.table_model.listed.connect(self._listed)
        self._filter = _FilterLine(_("Filter {nouns}").format(nouns=_(noun.__plural__)))
        self._filter.down.connect(self.view.setFocus)
        self._boxes = {name: self._box(name) for name in narrowed_by}
        of = group_of(noun.__tablename__)
        self.groups = GroupBox(context, of) if of is not None else None
        if self.groups is not None:
            self.groups.chosen.connect(self._narrow)
        self._timer = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._timer.timeout.connect(self._narrow)
        self._filter.textChanged.connect(lambda: self._timer.start())
        self._filter.returnPressed.connect(self._narrow)
        self._count = theme.text_label("", theme.Role.MUTED)
        self._empty = EmptyState(self._stack)
        self._empty.chosen.connect(self._begin)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addLayout(self._first_line())
        column.addLayout(self._second_line())
        column.addWidget(self._stack, 1)
        self.order_keys()
        context.changed.connect(self._hear)

    @property
    def count_text(self) -> str:
        """How many records are shown, in words."""
        return self._count.text()

    @property
    def is_narrowed(self) -> bool:
        """Whether words or choices leave something out."""
        boxes = (*self._boxes.values(), *([self.groups] if self.groups is not None else []))
        return bool(self._filter.text().strip()) or any(box.currentData() for box in boxes)

    def focus_filter(self) -> None:
        """Go to the filter and select what is there."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def narrow(self, words: str = "", **choices: str) -> None:
        """Show only records with these words and choices; without any, all."""
        self._filter.setText(words)
        for name, box in self._boxes.items():
            box.setCurrentIndex(max(box.findData(choices.get(name, "")), 0))
        if self.groups is not None:
            self.groups.setCurrentIndex(0)
        self._narrow()

    def show_group(self, group_id: int) -> None:
        """Show only the records of a group, as soon as it is known."""
        self._filter.clear()
        for box in self._boxes.values():
            box.setCurrentIndex(0)
        if self.groups is not None:
            self.groups.choose(group_id)
        self._narrow()

    @property
    def asked(self) -> Asked:
        """What narrows the list, as a group would ask it."""
        lines = [
            str(Condition(name, Operator.IS, (str(box.currentData()),)))
            for name, box in self._boxes.items()
            if box.currentData()
        ]
        return Asked(self._filter.text().strip(), tuple(lines))

    def show_record(self, record_id: int) -> bool:
        """Go to a record in the list; what hides it is lifted."""
        if self.view.select_record(record_id):
            return True
        if self.is_narrowed and not self._stale:
            self.narrow()
        return False

    def refresh(self) -> None:
        """Read the list anew."""
        self._stale = False
        self.view.table_model.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh()
            if self.groups is not None:
                self.groups.read()

    def _hear(self, change: object) -> None:
        # Who is in a group may follow from anything: from an engagement, say.
        in_group = self.groups is not None and self.groups.group_id
        if not in_group and not self.view.table_model.tables & getattr(change, "tables", frozenset()):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _narrow(self) -> None:
        self._timer.stop()
        choices = ((name, box.currentData()) for name, box in self._boxes.items())
        equal: list[tuple[str, object]] = []
        for name, key in choices:
            of = field_of(self.noun, name).choices
            if key and of is not None:
                equal.append((name, of(key)))
        model = self.view.table_model
        group = self.groups.group_id if self.groups is not None else 0
        model.ask(Query(model.query.order, self._filter.text().strip(), tuple(equal), group))

    def _listed(self, shown: int, total: int) -> None:
        if shown == total:
            text = counted(self.noun, total)
        else:
            text = _("{n} of {nouns}").format(n=current().number(shown), nouns=counted(self.noun, total))
        self._count.setText(text)
        nouns = _(self.noun.__plural__)
        if shown:
            self._stack.setCurrentWidget(self.view)
            return
        if total:
            self._empty.say(
                _("Nothing matches"),
                _("None of the {nouns} has all of these words and choices.").format(nouns=nouns),
                _("Show all"),
            )
        else:
            button = "" if self.context.read_only else self._new_text()
            self._empty.say(_("No {nouns} yet").format(nouns=nouns), self._hint, button)
        self._stack.setCurrentWidget(self._empty)

    def _begin(self) -> None:
        if self.is_narrowed:
            self.narrow()
        else:
            self.new_asked.emit()

    def _new_text(self) -> str:
        return _("New {noun}").format(noun=_(self.noun.__label__))

    def _box(self, name: str) -> QComboBox:
        field = field_of(self.noun, name)
        assert field.choices is not None
        box = QComboBox()
        box.setAccessibleName(_(field.label))
        box.setToolTip(tool_tip(_("Show only one: {field}").format(field=_(field.label))))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        box.addItem(_("{field}: all").format(field=_(field.label)), "")
        for key, label in members(field.choices):
            box.addItem(label, key)
        view = box.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + theme.WIDE)
        box.activated.connect(lambda: self._narrow())
        return box

    def order_keys(self) -> None:
        """Tab goes through what narrows the list, then to the list."""
        groups = [self.groups] if self.groups is not None else []
        order = [
            self._filter,
            self._new,
            *groups,
            *self._boxes.values(),
            self._columns,
            self._more,
            self.view,
        ]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _first_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self._filter, 1)
        new = QPushButton(_("New"))
        icons.wear(new, "plus")
        new.setAccessibleName(self._new_text())
        new.setToolTip(tool_tip(f"{self._new_text()} (Ctrl+N)"))
        if self.context.read_only:
            new.hide()
        new.clicked.connect(lambda: self.new_asked.emit())
        self._new = new
        line.addWidget(new)
        return line

    def _second_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        if self.groups is not None:
            line.addWidget(self.groups, 1)
        for box in self._boxes.values():
            line.addWidget(box, 1)
        line.addStretch(1 if not self._boxes else 0)
        line.addWidget(self._count)
        self._columns = _menu_button("columns-3", _("Columns and order"), self.view.fill_columns_menu)
        self._more = _menu_button("users", _("Groups and selected rows"), self.fill_menu)
        line.addWidget(self._columns)
        line.addWidget(self._more)
        return line

    def fill_menu(self, menu: QMenu) -> None:
        """Offer what can be done with the list as it is narrowed, and with its selected rows."""
        writable = not self.context.read_only
        if self.groups is not None:
            save = menu.addAction(_("Save as group…"), self.group_asked.emit)
            save.setEnabled(writable)
            group = self.groups.group_id
            if self.groups.of in OF_PEOPLE and (group or self.groups.count() > 1):
                menu.addAction(_("Recipients…"), lambda: self.recipients_asked.emit(group))
            menu.addSeparator()
        chosen = list(self.view.selected_ids())
        edit = menu.addAction(_("Change selected rows…"), self.bulk_asked.emit)
        edit.setEnabled(writable and bool(chosen))
        table = self.noun.__tablename__
        if table in BRIEFED:
            brief = menu.addAction(_("Briefing…"), lambda: self.context.ask_briefing(table, chosen[0]))
            brief.setEnabled(len(chosen) == 1)


def _menu_button(icon: str, name: str, fill: Callable[[QMenu], None]) -> QToolButton:
    """A button with a menu that is made when it opens."""
    button = QToolButton()
    icons.wear(button, icon)
    button.setAutoRaise(True)
    button.setAccessibleName(name)
    button.setToolTip(tool_tip(name))
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    menu = QMenu(button)
    menu.aboutToShow.connect(menu.clear)
    menu.aboutToShow.connect(lambda: fill(menu))
    button.setMenu(menu)
    return button


class _FilterLine(QLineEdit):
    """Down goes to the list, Escape empties."""

    down = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
