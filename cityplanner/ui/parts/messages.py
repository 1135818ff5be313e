"""One line at the bottom that says what happened and offers to take it back; never in the way."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from cityplanner.base.language import _
from cityplanner.ui import theme

SHOWN_MS = 12_000


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say `text` without moving the focus."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # late, for a fast start

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class MessageBar(QWidget):
    """Shows the latest message; one that can be undone stays until the next or until it is closed."""

    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Messages"))
        self._text = theme.text_label("", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._undo = QPushButton(_("Undo"))
        self._undo.clicked.connect(self._take_back)
        self._close = QToolButton()
        self._close.setText("\N{MULTIPLICATION SIGN}")
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(_("Close message"))
        self._close.setToolTip(_("Close message"))
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MEDIUM, theme.NARROW, theme.SMALL, theme.NARROW)
        row.setSpacing(theme.SMALL)
        for widget in (self._text, self._undo, self._close):
            row.addWidget(widget)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """The message shown last."""
        return self._text.text()

    def show_message(self, text: str, undoable: bool = False) -> None:
        """Show a message in place of the one before."""
        self._text.setText(text)
        self._undo.setVisible(undoable)
        self.setVisible(bool(text))
        self.repaint()  # at once: all pages that follow a change come after it
        self._timer.stop()
        if text and not undoable:
            self._timer.start()
        announce(self, text)

    def _take_back(self) -> None:
        self.hide()
        self.undo_requested.emit()
