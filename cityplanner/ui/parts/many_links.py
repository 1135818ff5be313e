"""Several records picked one after the other by typing a part of each title; Enter takes the first offered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from cityplanner.base.language import _
from cityplanner.model.field import Field
from cityplanner.ui import icons, theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.candidates import Candidates, candidates
from cityplanner.ui.parts.editors.editor import hide_offers
from cityplanner.ui.parts.editors.link import LinkEditor
from cityplanner.ui.parts.messages import announce
from cityplanner.ui.parts.plain import tool_tip

Offer = Callable[[str], Candidates]
"""Finds records for a text; called in a worker."""


class ManyLinks(QWidget):
    """A line to type into, and below it what was picked. Backspace in the empty line takes the last back.

    With `most`, what was picked first makes room for what comes after that many.
    """

    changed = Signal()

    def __init__(
        self,
        field: Field,
        context: Context,
        parent: QWidget | None = None,
        offer: Offer | None = None,
        *,
        most: int = 0,
    ) -> None:
        super().__init__(parent)
        self._picked: dict[int, str] = {}
        self._most = most
        self.line = _Picking(field, context, self, offer)
        self.line.picked.connect(self._pick)
        self.line.taken_back.connect(self._take_back)
        self.setFocusProxy(self.line)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HAIR)
        column.addWidget(self.line)
        column.addLayout(self._list)

    @property
    def ids(self) -> list[int]:
        """What was picked, in that order."""
        return list(self._picked)

    @property
    def picked(self) -> dict[int, str]:
        """The titles of what was picked, by id."""
        return dict(self._picked)

    @property
    def unfinished(self) -> str:
        """What was typed and not picked."""
        return self.line.line.text().strip()

    def set_picked(self, picked: dict[int, str]) -> None:
        """Show these records as picked."""
        self._picked = dict(picked)
        self._show()

    def _pick(self, record_id: int, title: str) -> None:
        if record_id not in self._picked:
            if self._most and len(self._picked) >= self._most:
                self._picked.pop(next(iter(self._picked)))
            self._picked[record_id] = title
            announce(self.line.input, _("{title} added").format(title=title))
            self._show()
            self.changed.emit()

    def _take_back(self) -> None:
        if self._picked:
            self._remove(next(reversed(self._picked)))

    def _remove(self, record_id: int) -> None:
        title = self._picked.pop(record_id, "")
        announce(self.line.input, _("{title} removed").format(title=title))
        self._show()
        self.line.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for record_id, title in self._picked.items():
            self._list.addWidget(self._entry(record_id, title))

    def _entry(self, record_id: int, title: str) -> QWidget:
        entry = QWidget(self)
        row = QHBoxLayout(entry)
        row.setContentsMargins(theme.SMALL, 0, 0, 0)
        row.addWidget(theme.text_label(title, wrap=True), 1)
        button = QToolButton()
        icons.wear(button, "x")
        name = _("Remove {title}").format(title=title)
        button.setAccessibleName(name)
        button.setToolTip(tool_tip(name))
        button.setAutoRaise(True)
        # Tab goes from field to field; Backspace removes by keyboard.
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.clicked.connect(lambda: self._remove(record_id))
        row.addWidget(button)
        return entry


class _Picking(LinkEditor):
    """A link's editor that hands on what was chosen and is empty again."""

    picked = Signal(int, str)
    taken_back = Signal()

    def __init__(self, field: Field, context: Context, parent: QWidget, offer: Offer | None) -> None:
        super().__init__(field, context, parent)
        self._offers_for = offer or (lambda text: candidates(context.plan, self._noun, text))
        self._wanted = ""
        self.open_button.hide()
        # Tab goes from field to field; the down key shows what the arrow shows.
        self._arrow.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the first that is offered, at once or as soon as it is found."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            text = self.line.text().strip()
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and text and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._wanted = text
                self._timer.stop()
                self._find(text)
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.line.text():
                self.taken_back.emit()
                return True
        return super().eventFilter(watched, event)

    def _find(self, text: str) -> None:
        if self._job is not None:
            self._job.drop()
        offer = self._offers_for
        self._job = self.context.jobs.start(lambda _progress: offer(text), self._offer, owner=self)

    def _offer(self, found: Candidates) -> None:
        wanted, self._wanted = self._wanted, ""
        if wanted and found and wanted == self.line.text().strip():
            self._take(*found[0])
            return
        super()._offer(found)
        popup = self._completer.popup()
        if found and popup is not None:
            popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _chosen(self, index: QModelIndex) -> None:
        super()._chosen(index)
        if self._id is not None:
            self._take(self._id, self._title)

    def _take(self, record_id: int, title: str) -> None:
        self._timer.stop()
        hide_offers(self._completer)
        self.set_value(None)
        self.picked.emit(record_id, title)
