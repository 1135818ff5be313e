"""The side of the reports page: kinds and choices that scroll, below them the buttons and how the work goes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _
from cityplanner.model.group import GroupOf
from cityplanner.ui import icons, theme
from cityplanner.ui.context import Context
from cityplanner.ui.pages.reports.form import ChoicesForm
from cityplanner.ui.pages.reports.rows import Rows
from cityplanner.ui.theme import Role, text_label

CHARACTERS = 52


class Side(QWidget):
    """Holds widgets; what they do is the page's affair.

    Each is made inside its parent: one that gets a parent later is styled twice.
    """

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.description = text_label("", Role.MUTED, wrap=True)
        self.save = QPushButton(_("Save…"))
        self.save.setProperty("primary", True)
        self.print = QPushButton(_("Print…"))
        self.many = QPushButton()
        self.open = QPushButton(_("Open"))
        self.open.setToolTip(_("Open the file that was saved last."))
        self.cancel = QPushButton(_("Cancel"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.state = text_label("", Role.MUTED, wrap=True)
        icons.wear(self.save, "file-down", "accent_text")
        icons.wear(self.print, "printer")
        icons.wear(self.many, "files")
        icons.wear(self.open, "external-link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scrolled(context), 1)
        column.addWidget(self._foot())
        self.show_idle("", made=False)

    def fit(self, room: int) -> None:
        """Take what lines of a good length need, and never more than half of the room."""
        self.setFixedWidth(min(self.fontMetrics().averageCharWidth() * CHARACTERS, room // 2))

    def describe(self, text: str) -> None:
        """Say what the kind chosen is."""
        self.description.setText(text)

    def show_many(self, of: GroupOf | None) -> None:
        """Offer a batch for what a kind is about one of."""
        self.many.setVisible(of is not None)
        self.many.setText(_("For many partners…") if of is GroupOf.PARTNER else _("For many initiatives…"))

    def say(self, words: str) -> None:
        """Say how it went."""
        self.state.setText(words)
        self.state.setVisible(bool(words))

    def show_idle(self, words: str, *, made: bool) -> None:
        """Nothing is under way; `made` offers the file that was written."""
        self.bar.hide()
        self.cancel.hide()
        self.open.setVisible(made)
        self.say(words)

    def show_working(self) -> None:
        """Something is under way."""
        self.bar.setRange(0, 0)
        self.bar.show()
        self.cancel.show()
        self.cancel.setEnabled(True)
        self.open.hide()
        self.say(_("Reading the plan"))

    def show_progress(self, done: int, total: int, text: str) -> None:
        """Show how far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.say(text)

    def _scrolled(self, context: Context) -> QScrollArea:
        area = QScrollArea(self)
        page = QWidget(area)
        area.setWidget(page)
        self.kinds = Rows(page)
        theme.set_roomy(self.kinds)
        self.form = ChoicesForm(context, page)
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.WIDE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(text_label(_("Briefings"), Role.TITLE))
        for widget in (self.kinds, self.description, self.form):
            column.addWidget(widget)
        column.addStretch(1)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _foot(self) -> QWidget:
        foot = QWidget(self)
        grid = QGridLayout(foot)
        # Flush with the fields above, which leave room for a scroll bar.
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        grid.setContentsMargins(theme.WIDE, theme.MEDIUM, theme.LARGE + bar, theme.LARGE)
        grid.setSpacing(theme.SMALL)
        grid.addWidget(self.state, 0, 0, 1, 2)
        grid.addWidget(self.bar, 1, 0)
        grid.addWidget(self.cancel, 1, 1)
        grid.addWidget(self.save, 2, 0)
        grid.addWidget(self.print, 2, 1)
        grid.addWidget(self.many, 3, 0)
        grid.addWidget(self.open, 3, 1)
        for place in range(2):
            grid.setColumnStretch(place, 1)
        return foot
