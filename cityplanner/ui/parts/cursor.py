"""Where somebody types: kept while the text around the cursor is shown anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


@contextmanager
def kept_place(widget: QWidget | None) -> Iterator[None]:
    """Put the cursor of a line or a text back where it was, unless there is another text in it afterwards."""
    if isinstance(widget, QLineEdit):
        text, at = widget.text(), widget.cursorPosition()
        start, length = widget.selectionStart(), len(widget.selectedText())
        yield
        if widget.text() == text:
            if start >= 0:  # the cursor stands at the end that it was moved to
                widget.setSelection(*((start, length) if at != start else (start + length, -length)))
            else:
                widget.setCursorPosition(at)
    elif isinstance(widget, QPlainTextEdit):
        text, cursor = widget.toPlainText(), widget.textCursor()
        anchor, at, scrolled = cursor.anchor(), cursor.position(), widget.verticalScrollBar().value()
        yield
        if widget.toPlainText() == text:
            cursor = widget.textCursor()
            cursor.setPosition(anchor)
            cursor.setPosition(at, QTextCursor.MoveMode.KeepAnchor)
            widget.setTextCursor(cursor)
            widget.verticalScrollBar().setValue(scrolled)
    else:
        yield
