"""A page around a table of derived facts: words above it, filters, the table or what to say without rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.empty_state import EmptyState
from cityplanner.ui.parts.fact_table import Column, FactRow, FactTable
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.theme import Role, text_label

WAIT_MS = 200


class FactPage(QWidget):
    """Read in a worker, again after changes while it is shown; filtering needs no reading."""

    tables: frozenset[str] = frozenset()
    """The tables whose changes it shows."""

    def __init__(
        self, context: Context, name: str, columns: Sequence[Column], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self._job: Job | None = None
        self._stale = True
        self.facts: Any = None
        self.setAccessibleName(name)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.refresh)
        self.words = text_label(_("Reading the plan…"), Role.MUTED, wrap=True)
        self.warning = text_label("", Role.DANGER, wrap=True)
        self.warning.hide()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter by words"))
        self.filter.setAccessibleName(_("Filter by words"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda: self.narrow())
        self.count = text_label("", Role.MUTED)
        self.table = FactTable(name, columns)
        self.table.opened.connect(context.open_record)
        self.table.moved.connect(self._moved)
        self._empty = EmptyState()
        self._empty.chosen.connect(self.show_all)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._line = QHBoxLayout()
        self._line.setSpacing(theme.SMALL)
        self._line.addWidget(self.filter, 1)
        self._line.addWidget(self.count)
        self.foot = QVBoxLayout()
        self.foot.setSpacing(theme.SMALL)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.SMALL)
        self._buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.words)
        column.addWidget(self.warning)
        column.addLayout(self._line)
        column.addWidget(self._stack, 1)
        column.addLayout(self.foot)
        column.addLayout(self._buttons)
        context.changed.connect(self._hear)

    # --- what a page says ---

    def reader(self) -> Callable[[], Any]:
        """What reads the facts; it is called in a worker."""
        raise NotImplementedError

    def rows(self) -> Iterable[FactRow]:
        """The rows of the facts that the choices leave."""
        raise NotImplementedError

    def tell(self) -> None:
        """Put into words what stands above the table."""
        raise NotImplementedError

    def nothing(self) -> tuple[str, str]:
        """Heading and text where there is nothing at all to list."""
        raise NotImplementedError

    def moved(self) -> None:
        """Another row is current, or others are selected."""

    def unnarrow(self) -> None:
        """Lift all choices."""

    # --- what it does ---

    def refresh(self) -> None:
        """Read again, in a worker."""
        if self._job is not None:
            self._job.drop()
        self._timer.stop()
        self._stale = False
        read = self.reader()
        self._job = self.context.jobs.start(lambda _progress: read(), self._show, owner=self)

    def narrow(self) -> None:
        """Show what words and choices leave."""
        if self.facts is None:
            return
        wanted = self.filter.text().casefold().split()
        rows = [row for row in self.rows() if _has(row, wanted)]
        self.table.show_rows(rows)
        self.count.setText(self.context.language.number(len(rows)))
        self._stack.setCurrentWidget(self.table if rows else self._empty)
        if not rows:
            heading, text = self.nothing()
            narrowed = bool(wanted) or self.is_narrowed
            self._empty.say(
                _("Nothing matches") if narrowed else heading,
                _("Nothing here has all of these words and choices.") if narrowed else text,
                _("Show all") if narrowed else "",
            )
        self._moved()

    @property
    def is_narrowed(self) -> bool:
        """Whether a choice leaves something out."""
        return False

    def show_all(self) -> None:
        """Lift words and choices."""
        self.filter.clear()
        self.unnarrow()
        self.narrow()

    def focus_filter(self) -> None:
        """Go to the filter and select what is there."""
        self.filter.setFocus()
        self.filter.selectAll()

    def add_box(self, name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
        """Put a box of choices (key and label) beside the filter."""
        box = QComboBox()
        box.setAccessibleName(name)
        for key, label in choices:
            box.addItem(label, key)
        box.activated.connect(lambda: self.narrow())
        self._line.insertWidget(self._line.count() - 1, box)
        return box

    def add_button(self, text: str, act: Callable[[], object], *, primary: bool = False) -> QPushButton:
        """Put a button below the table."""
        button = QPushButton(text)
        button.setProperty("primary", primary)
        button.clicked.connect(lambda: act())
        self._buttons.addWidget(button)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _show(self, facts: Any) -> None:
        self._job = None
        self.facts = facts
        self.tell()
        self.narrow()

    def _moved(self) -> None:
        if self.facts is not None:
            self.moved()

    def _hear(self, change: object) -> None:
        if self.tables & getattr(change, "tables", frozenset()):
            self._stale = True
            if self.isVisible():
                self._timer.start()


def _has(row: FactRow, wanted: Sequence[str]) -> bool:
    text = " ".join(cell.text for cell in row.cells).casefold()
    return all(word in text for word in wanted)
