"""The bar above the pages: back and forward, search, undo and redo, and that everything is saved."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from cityplanner.base.language import _, current
from cityplanner.ui import icons, theme
from cityplanner.ui.actions import Actions
from cityplanner.ui.theme import Role, text_label

SEARCH_CHARACTERS = 60


class TopBar(QFrame):
    """Shows the window's actions as buttons; knows no plan."""

    search_requested = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        self.setAccessibleName(_("Tools"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        row.setSpacing(theme.NARROW)
        for name in ("back", "forward"):
            row.addWidget(_button(actions, name, icon_only=True))
        row.addSpacing(theme.SMALL)
        self.search = self._search(actions)
        row.addWidget(self.search, 3)
        row.addStretch(1)
        self.saved = text_label("", Role.MUTED)
        row.addWidget(self.saved)
        row.addSpacing(theme.SMALL)
        for name in ("undo", "redo"):
            row.addWidget(_button(actions, name, icon_only=True))
        self._fit()

    def show_saved(self, at: dt.datetime | None, *, read_only: bool = False) -> None:
        """Say when the plan was last changed; every change is saved as it is made."""
        if read_only:
            self.saved.setText(_("Read-only"))
        elif at is None:
            self.saved.setText("")
        else:
            self.saved.setText(_("Saved {time}").format(time=_moment(at)))
        self.saved.setAccessibleName(self.saved.text())

    def show_saving(self) -> None:
        """Say that a change is being written."""
        self.saved.setText(_("Saving…"))

    def changeEvent(self, event: QEvent) -> None:
        """Icons grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        size = icons.size_for(self)
        for button in self.findChildren(QAbstractButton):
            button.setIconSize(QSize(size, size))
        self.search.setMaximumWidth(self.fontMetrics().averageCharWidth() * SEARCH_CHARACTERS)

    def _search(self, actions: Actions) -> QPushButton:
        keys = actions["find"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button = QPushButton(_("Find anything") + f"   {keys}")
        button.setObjectName("search")
        button.setAccessibleName(_("Find a record, a page or a command"))
        button.setToolTip(actions["find"].toolTip())
        button.setCursor(Qt.CursorShape.IBeamCursor)
        icons.wear(button, "search", "muted")
        button.clicked.connect(self.search_requested)
        return button


def _moment(at: dt.datetime) -> str:
    """The time of today's changes, the date of older ones."""
    local = at.astimezone()
    say = current()
    today = dt.datetime.now().astimezone().date()
    return say.time(local) if local.date() == today else say.date(local.date())


def _button(actions: Actions, name: str, *, icon_only: bool) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(actions[name])
    style = Qt.ToolButtonStyle
    button.setToolButtonStyle(style.ToolButtonIconOnly if icon_only else style.ToolButtonTextBesideIcon)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
