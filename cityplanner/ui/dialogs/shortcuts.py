"""Every command by its keys, in one list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import N_, _
from cityplanner.ui import theme
from cityplanner.ui.actions import MENUS, Actions, Command, plain
from cityplanner.ui.dialogs.trouble import close_button
from cityplanner.ui.frame import MENU_TITLES
from cityplanner.ui.furniture import NUMBERED
from cityplanner.ui.places import Stop

ELSEWHERE = (
    (N_("Save the form"), "Ctrl+Enter"),
    (N_("Next field"), "Tab"),
    (N_("Leave a form or a dialog"), "Esc"),
    (N_("Delete the selected records"), "Del"),
    (N_("Copy the selected rows as a table"), "Ctrl+C"),
)


class ShortcutsDialog(QDialog):
    """Lists the keys of all commands; typing narrows the list."""

    def __init__(self, actions: Actions, stops: Sequence[Stop], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.resize(560, 620)
        self.filter = QLineEdit(placeholderText=_("Filter"))
        self.filter.setAccessibleName(_("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._narrow)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([_("Command"), _("Keys")])
        self.list.setAccessibleName(_("Keyboard shortcuts"))
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self.list.setAlternatingRowColors(True)
        theme.set_roomy(self.list)
        for menu in MENUS:
            rows = [(plain(_(c.text)), _keys(actions, c)) for c in menu.entries if isinstance(c, Command)]
            self._add(plain(_(MENU_TITLES[menu.name])), [row for row in rows if row[1]])
        self._add(_("Pages"), [(s.label, f"Ctrl+{n}") for n, s in enumerate(stops[:NUMBERED], 1)])
        self._add(_("In lists and forms"), [(_(text), keys) for text, keys in ELSEWHERE])
        self.list.expandAll()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close_button(self))
        column.addLayout(row)

    def _add(self, heading: str, rows: Sequence[tuple[str, str]]) -> None:
        if rows:
            group = QTreeWidgetItem(self.list, [heading])
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            for text, keys in rows:
                QTreeWidgetItem(group, [text, keys])

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        for at in range(self.list.topLevelItemCount()):
            group = self.list.topLevelItem(at)
            if group is None:
                continue
            rows = [row for row in map(group.child, range(group.childCount())) if row is not None]
            for row in rows:
                text = f"{row.text(0)} {row.text(1)}".casefold()
                row.setHidden(not all(word in text for word in wanted))
            group.setHidden(all(row.isHidden() for row in rows))


def _keys(actions: Actions, command: Command) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(key.toString(native) for key in actions[command.name].shortcuts())
