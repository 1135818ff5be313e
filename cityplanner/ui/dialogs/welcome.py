"""The welcome page: where somebody without an open plan begins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _
from cityplanner.ui import icons, theme
from cityplanner.ui.parts.plain import caption
from cityplanner.ui.theme import Role, text_label

LOGO = 72
WIDEST_CHARACTERS = 150


class WelcomePage(QScrollArea):
    """New plan, open, recent plans, sample plan."""

    new_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    plan_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Welcome"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.recent = QListWidget()
        self._no_recent = text_label(_("Plans you open are remembered here."), Role.MUTED, wrap=True)
        content = QWidget()
        content.setMaximumWidth(self.fontMetrics().averageCharWidth() * WIDEST_CHARACTERS)
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.HUGE)
        column.setSpacing(theme.WIDE)
        column.addStretch(1)
        column.addLayout(self._heading())
        row = QHBoxLayout()
        row.setSpacing(theme.WIDE)
        row.addWidget(self._beginnings(), 1)
        row.addWidget(self._recent_card(), 1)
        column.addLayout(row)
        column.addStretch(2)
        page = QWidget()
        middle = QHBoxLayout(page)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(content, 100)
        middle.addStretch(1)
        self.setWidget(page)

    def show_recent(self, plans: list[str]) -> None:
        """List the recent plans; those whose file is gone are left out."""
        self.recent.clear()
        for path in map(Path, plans):
            if path.is_file():
                item = QListWidgetItem(f"{path.stem}\n{path.parent}")
                item.setData(Qt.ItemDataRole.UserRole, str(path))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, str(path))
                item.setIcon(icons.icon("book-open"))
                self.recent.addItem(item)
        self.recent.setVisible(self.recent.count() > 0)
        self._no_recent.setVisible(self.recent.count() == 0)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons of the list anew after a change of theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "recent"):
            for at in range(self.recent.count()):
                self.recent.item(at).setIcon(icons.icon("book-open"))

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.LARGE)
        logo = QLabel()
        logo.setPixmap(icons.app_icon().pixmap(QSize(LOGO, LOGO)))
        logo.setAccessibleName("CityPlanner")
        words = QVBoxLayout()
        words.setSpacing(theme.NARROW)
        words.addWidget(text_label(_("Welcome to CityPlanner"), Role.DISPLAY, wrap=True))
        words.addWidget(
            text_label(
                _("Plan your city's international affairs and prove what they are worth."),
                Role.MUTED,
                wrap=True,
            )
        )
        row.addWidget(logo)
        row.addLayout(words, 1)
        return row

    def _beginnings(self) -> QFrame:
        card, column = _card(_("Begin"))
        self.new = self._choice(
            column,
            "file-plus",
            _("New plan"),
            _("Tell us about your office; one minute."),
            self.new_requested.emit,
        )
        self.new.setProperty("primary", True)
        self.sample = self._choice(
            column,
            "sparkles",
            _("Look at the sample plan"),
            _("Three years of work of an invented city, to look around and try things in."),
            self.sample_requested.emit,
        )
        self.open = self._choice(
            column,
            "folder-open",
            _("Open a plan…"),
            _("A file that ends in .cityplan."),
            self.open_requested.emit,
        )
        column.addStretch(1)
        return card

    def _choice(
        self, column: QVBoxLayout, icon: str, text: str, more: str, chosen: Callable[[], object]
    ) -> QPushButton:
        button = QPushButton(caption(text))
        button.setAccessibleDescription(more)
        button.clicked.connect(lambda: chosen())
        icons.wear(button, icon, "accent_text" if icon == "file-plus" else "")
        column.addWidget(button)
        column.addWidget(text_label(more, Role.MUTED, wrap=True))
        column.addSpacing(theme.SMALL)
        return button

    def _recent_card(self) -> QFrame:
        card, column = _card(_("Recent plans"))
        self.recent.setAccessibleName(_("Recent plans"))
        self.recent.setFrameShape(QFrame.Shape.NoFrame)
        self.recent.setIconSize(QSize(20, 20))
        self.recent.setSpacing(theme.HAIR)
        self.recent.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent.itemActivated.connect(self._choose)
        self.recent.itemClicked.connect(self._choose)
        column.addWidget(self.recent, 1)
        column.addWidget(self._no_recent)
        column.addStretch(0)
        return card

    def _choose(self, item: QListWidgetItem) -> None:
        self.plan_chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))


def _card(heading: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    theme.set_card(card)
    column = QVBoxLayout(card)
    column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
    column.setSpacing(theme.NARROW)
    column.addWidget(text_label(heading, Role.HEADING))
    column.addSpacing(theme.SMALL)
    return card, column
