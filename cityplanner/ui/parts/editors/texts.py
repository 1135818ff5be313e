"""Editors of several lines: paragraphs, and lists with one entry to a line."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cityplanner.base.language import _
from cityplanner.model import wording
from cityplanner.model.field import Field, Kind
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.editors.editor import Editor

FEWEST_LINES, MOST_LINES = 3, 12
SHORT_WORD = 60
"""Lists of entries up to this length may also be typed with commas between them."""


class TextEditor(Editor):
    """Paragraphs; grows with its text up to a dozen lines. Tab goes on to the next field."""

    wide = True
    fewest = FEWEST_LINES

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self.box = QPlainTextEdit(self)
        self.box.setTabChangesFocus(True)
        self.box.textChanged.connect(self._changed)
        self._shows = False
        self._take_keyboard(self.box)
        self._fit()

    def value(self) -> object:
        """The text without blank lines at its ends."""
        return self.box.toPlainText().strip()

    def set_value(self, value: object, title: str = "") -> None:
        """Show a text."""
        self.set_typed(str(value or ""))

    def typed(self) -> str:
        """The text."""
        return self.box.toPlainText()

    def set_typed(self, text: str) -> None:
        """Put a text back."""
        self._shows = True
        self.box.setPlainText(text)
        self._shows = False
        self._fit()

    def set_editable(self, editable: bool) -> None:
        """A text that may not change can still be selected."""
        self.box.setReadOnly(not editable)

    def _changed(self) -> None:
        self._fit()
        if not self._shows:
            self.edited.emit()

    def _fit(self) -> None:
        lines = min(max(int(self.box.document().size().height()) + 1, self.fewest), MOST_LINES)
        height = lines * self.box.fontMetrics().lineSpacing() + theme.LARGE
        if height != self.box.minimumHeight():
            self.box.setFixedHeight(height)


class ListEditor(TextEditor):
    """A list of short texts, one to a line."""

    fewest = 2

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self.box.setPlaceholderText(_("One per line"))
        addresses = field.kind in (Kind.EMAILS, Kind.PHONES)
        self._split = re.compile(r"[\n,;]" if addresses or field.longest <= SHORT_WORD else r"\n")

    def value(self) -> object:
        """The entries without doubles; each is read by its own rules."""
        entries = (entry.strip() for entry in self._split.split(self.box.toPlainText()))
        return tuple(dict.fromkeys(self._read(entry) for entry in entries if entry))

    def set_value(self, value: object, title: str = "") -> None:
        """Show the entries."""
        self.set_typed("\n".join(value) if isinstance(value, tuple) else "")

    def _read(self, entry: str) -> str:
        if self.field.kind is not Kind.PHONES:
            return entry
        return str(wording.read(replace(self.field, kind=Kind.PHONE), entry, region=self.context.country))
