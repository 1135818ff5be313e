"""The editor of a link: another record, found by typing any part of its title."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model.field import Field
from cityplanner.model.nouns import nouns
from cityplanner.ui.context import Context
from cityplanner.ui.parts.candidates import Candidates, candidates
from cityplanner.ui.parts.editors.editor import Editor, hide_offers
from cityplanner.ui.parts.jobs import Job

TYPING_MS = 80
ID = Qt.ItemDataRole.UserRole
_SEPARATOR = "\x1f"


class LinkEditor(Editor):
    """Shows the title of a record; typing offers others, the arrow offers the first of all."""

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self._noun = nouns()[field.target]
        self._id: int | None = None
        self._title = ""
        self._job: Job | None = None
        self._found: Candidates = []
        self.line = QLineEdit(self)
        self.line.setClearButtonEnabled(True)
        self.line.setPlaceholderText(_("Type to find {nouns}").format(nouns=_(self._noun.__plural__)))
        self._offers = QStandardItemModel(self)
        self._completer = QCompleter(self._offers, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self.line)
        self._completer.activated[QModelIndex].connect(self._chosen)  # type: ignore[index]
        self._timer = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._timer.timeout.connect(self._search)
        self.line.textEdited.connect(self._typed)
        self._take_keyboard(self.line)
        self._arrow = self._add_button(
            "\N{BLACK DOWN-POINTING SMALL TRIANGLE}",
            _("Show {nouns}").format(nouns=_(self._noun.__plural__)),
            self._search_all,
        )
        self.open_button = self._add_button(
            "\N{RIGHTWARDS ARROW}", _("Open {noun}").format(noun=_(self._noun.__label__)), self._open_record
        )
        self._update()

    @property
    def offered(self) -> Candidates:
        """What was found for the text."""
        return self._found

    def value(self) -> object:
        """The id, or None; a text that names no record raises `UserError`."""
        text = self.line.text().strip()
        if not text:
            return None
        if self._id is not None and text == self._title:
            return self._id
        same = [record_id for record_id, title in self._found if title.casefold() == text.casefold()]
        if len(same) == 1:
            return same[0]
        raise UserError(
            _("“{text}” is none of the {nouns}.").format(text=text, nouns=_(self._noun.__plural__)),
            _("Choose one from the list."),
        )

    def set_value(self, value: object, title: str = "") -> None:
        """Show a record."""
        self._id = value if isinstance(value, int) else None
        self._title = "" if self._id is None else title.strip() or f"#{self._id}"
        self.line.setText(self._title)
        self.line.setCursorPosition(0)
        self._update()

    def typed(self) -> str:
        """The id, if one was chosen, and the text."""
        text = self.line.text()
        chosen = self._id is not None and text.strip() == self._title
        return f"{self._id}{_SEPARATOR}{text}" if chosen else text

    def set_typed(self, text: str) -> None:
        """Put it back."""
        number, separator, title = text.rpartition(_SEPARATOR)
        if separator and number.isdigit():
            self.set_value(int(number), title)
        else:
            self.set_value(None)
            self.line.setText(text)

    def set_editable(self, editable: bool) -> None:
        """Where it may not change, the record can still be opened."""
        self.line.setReadOnly(not editable)
        self.line.setClearButtonEnabled(editable)
        self._arrow.setEnabled(editable)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The down key offers records."""
        if (
            watched is self.line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
            and not self.line.isReadOnly()
        ):
            self._search_all()
            return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self._timer.start()
        self._update()
        self.edited.emit()

    def _search_all(self) -> None:
        self.line.setFocus()
        text = self.line.text().strip()
        self._find("" if text == self._title else text)

    def _search(self) -> None:
        self._find(self.line.text())

    def _find(self, text: str) -> None:
        if self._job is not None:
            self._job.drop()
        plan, noun = self.context.plan, self._noun
        self._job = self.context.jobs.start(
            lambda progress: candidates(plan, noun, text, lambda: progress.cancelled), self._offer, owner=self
        )

    def _offer(self, found: Candidates) -> None:
        self._job = None
        self._found = found
        self._offers.clear()
        for record_id, title in found:
            item = QStandardItem(title)
            item.setData(record_id, ID)
            item.setEditable(False)
            self._offers.appendRow(item)
        if found and self.line.hasFocus():
            self._completer.complete()
        else:
            hide_offers(self._completer)

    def _chosen(self, index: QModelIndex) -> None:
        self.set_value(index.data(ID), str(index.data()))
        self.edited.emit()

    def _open_record(self) -> None:
        if self._id is not None:
            self.context.open_record(self.field.target, self._id)

    def _update(self) -> None:
        self.open_button.setEnabled(self._id is not None and self.line.text().strip() == self._title)
