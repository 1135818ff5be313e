"""What the pages of the import assistant share: a heading, a state in words, and the list of steps beside them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from cityplanner.base.language import N_, _
from cityplanner.ui import theme
from cityplanner.ui.theme import Role, set_role, text_label


class Step(StrEnum):
    """The steps in their order."""

    FILE = N_("File")
    COLUMNS = N_("Columns")
    ROWS = N_("Rows")
    WRITING = N_("Import")
    REPORT = N_("Report")


class StepList(QFrame):
    """Names the steps in their order; marks those that are done and the one that is shown."""

    def __init__(self) -> None:
        super().__init__()
        theme.set_card(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._labels: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        self._column.setSpacing(theme.MEDIUM)
        self._column.addStretch(1)

    def show_steps(self, names: Sequence[str], at: int) -> None:
        """Show the steps of these names; `at` is the place of the one under way."""
        while len(self._labels) < len(names):
            label = text_label("")
            self._column.insertWidget(len(self._labels), label)
            self._labels.append(label)
        for place, label in enumerate(self._labels):
            label.setVisible(place < len(names))
            if place < len(names):
                mark = "✓" if place < at else f"{place + 1}"
                label.setText(f"{mark}  {names[place]}")
                set_role(label, Role.STRONG if place == at else Role.MUTED)
                label.style().unpolish(label)
                label.style().polish(label)
        widest = max(self.fontMetrics().horizontalAdvance(f"0000{name}") for name in names)
        self.setFixedWidth(widest + 3 * theme.LARGE)
        self.setAccessibleName(
            _("Step {n} of {all}: {name}").format(n=at + 1, all=len(names), name=names[at])
        )


class StepPage(QWidget):
    """One step: what it is about, what is asked, and what happened."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.heading = text_label(title, Role.TITLE)
        self.words = text_label(words, Role.MUTED, wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.MEDIUM)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.words)

    def begin(self) -> None:
        """Put the keyboard where the step begins."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
