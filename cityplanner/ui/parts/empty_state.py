"""What stands where a list would be empty: what belongs here, and a button that begins it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cityplanner.ui import theme
from cityplanner.ui.parts.plain import caption


class EmptyState(QWidget):
    """A heading, a sentence and, where something can be done, a button."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = theme.text_label("", theme.Role.HEADING, wrap=True)
        self._text = theme.text_label("", theme.Role.MUTED, wrap=True)
        self._button = QPushButton()
        self._button.clicked.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.SMALL)
        column.addStretch(1)
        for label in (self._heading, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def say(self, heading: str, text: str, button: str = "") -> None:
        """Set the words; no button when it has none."""
        self._heading.setText(heading)
        self._text.setText(text)
        self._button.setText(caption(button))
        self._button.setVisible(bool(button))
        self.setAccessibleName(heading)
        self.setAccessibleDescription(text)
