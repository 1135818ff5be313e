"""A page that says what is under way, how far it is, and lets the user stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from cityplanner.base.language import _
from cityplanner.ui import theme
from cityplanner.ui.theme import Role, text_label

BAR_WIDTH = 360


class BusyPage(QWidget):
    """A text, a progress bar and a button to stop."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text_label("", Role.HEADING, wrap=True)
        self._detail = text_label(" ", Role.MUTED, wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(BAR_WIDTH)
        self._cancel = QPushButton(_("Cancel"))
        self._cancel.clicked.connect(self._stop)
        column = QVBoxLayout(self)
        column.setSpacing(theme.MEDIUM)
        column.addStretch(2)
        for label in (self._text, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        for widget in (self._bar, self._cancel):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def start(self, text: str) -> None:
        """Begin anew, with the extent unknown."""
        self._text.setText(text)
        self._bar.setAccessibleName(text)
        self.show_progress(0, 0, "")
        self._cancel.setEnabled(True)
        self._cancel.setText(_("Cancel"))

    def show_progress(self, done: int, total: int, text: str) -> None:
        """Show how far it is; a total of 0 means nobody knows."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._detail.setText(text or " ")

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._cancel.setText(_("Stopping…"))
        self.cancelled.emit()
