"""A page into whose cells is typed: shown at once, written behind it, read anew after changes from elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.empty_state import EmptyState
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.theme import Role, text_label

WAIT_MS = 200
TYPING_MS = 150


class EntryPage(QWidget):
    """Read in a worker while nothing waits to be written; a page says what it reads, shows and narrows."""

    tables: frozenset[str] = frozenset()
    """The tables whose changes it shows."""

    def __init__(self, context: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._job: Job | None = None
        self._stale = True
        self.setAccessibleName(name)
        self._later = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._later.timeout.connect(self.refresh)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self.narrow)
        self.counted = text_label("", Role.MUTED)
        self.basis = text_label("", Role.MUTED, wrap=True)
        self.empty = EmptyState()
        self.empty.chosen.connect(self.show_all)
        self.stack = QStackedWidget()
        context.changed.connect(self._hear)

    # --- what a page says ---

    def reader(self, today: dt.date) -> Callable[[], Any]:
        """What reads the facts as of a day; it is called in a worker."""
        raise NotImplementedError

    def show_facts(self, facts: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def narrow(self) -> None:
        """Show what words and choices leave."""

    def show_all(self) -> None:
        """Lift all filters."""

    # --- what it does ---

    def write(self, edit: Callable[[], object]) -> None:
        """Write what was typed; where it is refused, what is shown is read again."""
        self.context.edits.put(edit, failed=self._refuse, owner=self)

    def _refuse(self, error: UserError) -> None:
        self.context.say(str(error))
        self._later.start()

    def refresh(self) -> None:
        """Read the plan again, once nothing waits to be written."""
        if self.context.edits.busy:
            self._later.start()
            return
        if self._job is not None:
            self._job.drop()
        self._stale = False
        read = self.reader(dt.date.today())
        self._job = self.context.jobs.start(lambda _progress: read(), self._show, owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def say_basis(self, scenario: str) -> None:
        """Say by which scenario coverage is measured; empty: none holds."""
        self.basis.setText(
            _("Coverage by the scenario “{name}”.").format(name=scenario)
            if scenario
            else _("No scenario holds yet, so nothing counts as covered.")
        )

    def words_line(self, name: str) -> QLineEdit:
        """A line of words to filter by; typing narrows after a moment, Enter at once."""
        line = QLineEdit()
        line.setPlaceholderText(name)
        line.setAccessibleName(name)
        line.setClearButtonEnabled(True)
        line.textChanged.connect(lambda: self._typing.start())
        line.returnPressed.connect(self.narrow)
        return line

    def lay_out(self, body: QWidget, *lines: QLayout | QWidget, foot: QLayout | QWidget) -> None:
        """Lines of filters, then the body or what to say without one, then the foot."""
        self.stack.addWidget(body)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.SMALL)
        column.setSpacing(theme.SMALL)
        for part in (*lines, self.stack, foot):
            if isinstance(part, QLayout):
                part.setSpacing(theme.SMALL)
                column.addLayout(part)
            else:
                column.addWidget(part, 1 if part is self.stack else 0)

    def _show(self, facts: Any) -> None:
        self._job = None
        if self.context.edits.busy:  # typed on in the meantime: what was read is already old
            self._later.start()
            return
        self.show_facts(facts)

    def _hear(self, change: object) -> None:
        if self.tables & getattr(change, "tables", frozenset()):
            self._stale = True
            if self.isVisible():
                self._later.start()


def focus(line: QLineEdit) -> None:
    """Go to a line and select what is there."""
    line.setFocus(Qt.FocusReason.ShortcutFocusReason)
    line.selectAll()


def narrowed_box(box: QComboBox, name: str, characters: int) -> None:
    """Name a box of choices and let it be narrower than its longest one; the open list shows all of each."""
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(characters)
    view = box.view()
    view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * theme.WIDE)
