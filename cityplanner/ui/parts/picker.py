"""Choosing other records to tie to the one at hand: found by typing, several at once or a single one."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _
from cityplanner.model.entity import Entity
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.candidates import Candidates, candidates
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.parts.record import heading

ID = Qt.ItemDataRole.UserRole
TYPING_MS = 80
_CHARACTERS, _LINES = 60, 22


class Picker(QDialog):
    """A line to type in and what it finds; those tied already are left out."""

    picked = Signal(list)

    def __init__(
        self,
        context: Context,
        noun: type[Entity],
        without: Collection[int] = (),
        parent: QWidget | None = None,
        *,
        single: bool = False,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.noun = noun
        self._without = frozenset(without)
        self._job: Job | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        asked = _("Choose {noun}") if single else _("Add {nouns}")
        self.setWindowTitle(asked.format(noun=_(noun.__label__), nouns=_(noun.__plural__)))
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Type to find {nouns}").format(nouns=_(noun.__plural__)))
        self.line.setAccessibleName(self.line.placeholderText())
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(heading(noun))
        modes = QAbstractItemView.SelectionMode
        self.list.setSelectionMode(modes.SingleSelection if single else modes.ExtendedSelection)
        self.list.setTabKeyNavigation(False)
        self.list.itemDoubleClicked.connect(lambda: self.accept())
        self.list.itemSelectionChanged.connect(self._update)
        self._nothing = theme.text_label("", theme.Role.MUTED, wrap=True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_("Choose") if single else _("Add"))
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.SMALL)
        for widget in (self.line, self.list, self._nothing, self._buttons):
            column.addWidget(widget)
        self._timer = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._timer.timeout.connect(self._find)
        self.line.textEdited.connect(lambda: self._timer.start())
        metrics = self.fontMetrics()
        self.resize(_CHARACTERS * metrics.averageCharWidth(), _LINES * metrics.lineSpacing())
        self._update()
        self._find()

    def accept(self) -> None:
        """Hand over what is selected."""
        ids = [int(item.data(ID)) for item in self.list.selectedItems()]
        if ids:
            self.picked.emit(ids)
            super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the line to the list."""
        if (
            watched is self.line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        ):
            self.list.setFocus()
            if self.list.currentRow() < 0:
                self.list.setCurrentRow(0)
            return True
        return super().eventFilter(watched, event)

    def _find(self) -> None:
        if self._job is not None:
            self._job.drop()
        plan, noun, text = self.context.plan, self.noun, self.line.text()
        self._job = self.context.jobs.start(
            lambda progress: candidates(plan, noun, text, lambda: progress.cancelled),
            self._show_found,
            owner=self,
        )

    def _show_found(self, found: Candidates) -> None:
        self._job = None
        self.list.clear()
        for record_id, title in found:
            if record_id not in self._without:
                item = QListWidgetItem(title, self.list)
                item.setData(ID, record_id)
        if self.line.text() and self.list.count():
            self.list.setCurrentRow(0)
        nothing = "" if self.list.count() else _("Nothing found.")
        self._nothing.setText(capitalized(nothing))
        self._nothing.setVisible(bool(nothing))
        self._update()

    def _update(self) -> None:
        chosen = bool(self.list.selectedItems())
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(chosen)
