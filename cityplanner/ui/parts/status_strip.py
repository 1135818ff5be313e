"""Where a record stands in its life: its status, the steps it took, and a button for each that may follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from cityplanner.base.language import _, current
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import capitalized, caption

COLUMNS = 3
MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class Standing:
    """A record's status, what may follow, a sentence about its end, and its steps in words, newest first."""

    status: StrEnum
    title: str
    following: Sequence[StrEnum]
    end: str
    steps: tuple[str, ...]


class StatusStrip(QWidget):
    """The status of one record, its history, and what may come next; each noun says how it is read and moved."""

    tables: frozenset[str]

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.record_id: int | None = None
        self._job: Job | None = None
        self.shown: Standing | None = None
        self.buttons: list[QPushButton] = []
        self.heading = theme.text_label("", theme.Role.HEADING, wrap=True)
        self.end = theme.text_label("", wrap=True)
        self.steps = theme.text_label("", theme.Role.MUTED, wrap=True)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.NARROW)
        for widget in (self.heading, self.end, self.steps):
            column.addWidget(widget)
        column.addLayout(self._grid)
        context.changed.connect(self._hear)
        self.hide()

    def reader(self, record_id: int) -> Callable[[], Standing | None]:
        """What reads where a record stands, in a worker; it finds None where nothing is to be shown."""
        raise NotImplementedError

    def go_to(self, record_id: int, shown: Standing, status: StrEnum) -> None:
        """Take the next step, or ask what belongs to it."""
        raise NotImplementedError

    def show_record(self, record_id: int | None, _title: str = "") -> None:
        """Show where a record stands; nothing for one that is not saved yet."""
        self.record_id = record_id
        self.refresh()

    def refresh(self) -> None:
        """Read anew."""
        if self._job is not None:
            self._job.drop()
            self._job = None
        if self.record_id is None:
            self.hide()
            return
        read = self.reader(self.record_id)
        self._job = self.context.jobs.start(lambda _progress: read(), self._show, owner=self)

    def _show(self, shown: Standing | None) -> None:
        self._job = None
        self.shown = shown
        if shown is None:
            self.hide()
            return
        self.heading.setText(_("Status: {status}").format(status=_(shown.status.value)))
        self.end.setText(shown.end)
        self.end.setVisible(bool(shown.end))
        more = len(shown.steps) - MOST_STEPS
        lines = [*shown.steps[:MOST_STEPS]]
        if more > 0:
            lines.append(current().plural("{n} earlier step", "{n} earlier steps", more))
        self.steps.setText("\n".join(lines) or _("No step is on record yet."))
        self._show_buttons(shown.following)
        self.show()

    def _show_buttons(self, following: Sequence[StrEnum]) -> None:
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for place, status in enumerate(following):
            name = capitalized(_(status.value))
            button = QPushButton(caption(name), self)
            button.setAccessibleName(_("Next status: {status}").format(status=name))
            button.setToolTip(button.accessibleName())
            button.setEnabled(not self.context.read_only)
            button.clicked.connect(partial(self._clicked, status))
            self._grid.addWidget(button, place // COLUMNS, place % COLUMNS)
            self.buttons.append(button)

    def _clicked(self, status: StrEnum, _checked: bool = False) -> None:
        if self.record_id is not None and self.shown is not None:
            self.go_to(self.record_id, self.shown, status)

    def _hear(self, change: object) -> None:
        if self.tables & getattr(change, "tables", frozenset()):
            self.refresh()

    def today(self) -> date:
        """The day it is at the office."""
        return datetime.now(ZoneInfo(self.context.zone)).date()
