"""One field of a form: its label, its editor with the unit, its help, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cityplanner.base.language import _
from cityplanner.model.field import Field, Kind
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.editors.editor import required_name
from cityplanner.ui.parts.editors.registry import editor
from cityplanner.ui.parts.messages import announce
from cityplanner.ui.parts.plain import caption

COLUMN_CHARACTERS = 30
"""How wide a column of a form must at least be."""


class FieldRow(QWidget):
    """A field with everything that is said about it."""

    edited = Signal()
    left = Signal()

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.editor = editor(field, context, self)
        self.editor.edited.connect(self.edited)
        self.editor.left.connect(self.left)
        self.wide = self.editor.wide
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HAIR)
        if field.kind is not Kind.FLAG:
            column.addWidget(self._label())
        column.addLayout(self._line(context))
        self._problem = theme.text_label("", theme.Role.DANGER, wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        self._note = theme.text_label("", theme.Role.MUTED, wrap=True)
        self._note.hide()
        column.addWidget(self._note)
        if field.help:
            column.addWidget(theme.text_label(_(field.help), theme.Role.SMALL, wrap=True))
        column.addStretch(1)
        self._describe()

    @property
    def problem(self) -> str:
        """What is said to be wrong; empty when nothing is."""
        return self._problem.text()

    def show_problem(self, text: str) -> None:
        """Say beside the field what is wrong with it, or nothing."""
        if text[:1].islower():
            # The rules speak of the field: "is missing" becomes "Name is missing".
            text = f"{_(self.field.label)} {text}"
        if text == self.problem:
            return
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self._describe()
        if text:
            announce(self.editor.input, text)

    def show_note(self, text: str) -> None:
        """Say below the field what its value means elsewhere, or nothing."""
        if text != self.note:
            self._note.setText(text)
            self._note.setVisible(bool(text))
            self._describe()

    @property
    def note(self) -> str:
        """What is said of the value; empty when nothing is."""
        return self._note.text()

    def _label(self) -> QWidget:
        text = caption(_(self.field.label)) + (" *" if self.field.required else "")
        label = theme.text_label(text, theme.Role.STRONG)
        label.setBuddy(self.editor.input)
        return label

    def _line(self, context: Context) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self.editor, 1)
        unit = context.currency if self.field.kind is Kind.MONEY else _(self.field.unit)
        if unit:
            line.addWidget(theme.text_label(unit, theme.Role.MUTED))
        return line

    def _describe(self) -> None:
        said = (self.problem, self.note, _(self.field.unit), _(self.field.help))
        self.editor.describe(required_name(self.field), " ".join(filter(None, said)))


class FieldGrid(QWidget):
    """The fields of a section, in one column or two, as the width allows."""

    def __init__(self, fields: Sequence[Field], context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = [FieldRow(field, context, self) for field in fields]
        self._shape: tuple[int, tuple[bool, ...]] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.LARGE)
        self._grid.setVerticalSpacing(theme.MEDIUM)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.arrange()

    def arrange(self) -> None:
        """Place the rows that apply; does nothing when their places are right."""
        columns = 2 if self.width() >= 2 * COLUMN_CHARACTERS * self.fontMetrics().averageCharWidth() else 1
        shape = columns, tuple(row.isHidden() for row in self.rows)
        if shape == self._shape:
            return
        self._shape = shape
        line = place = 0
        for row in self.rows:
            self._grid.removeWidget(row)
            if row.isHidden():
                continue
            span = columns if row.wide else 1
            if place + span > columns:
                line, place = line + 1, 0
            self._grid.addWidget(row, line, place, 1, span, Qt.AlignmentFlag.AlignTop)
            place += span
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew where the width asks for it."""
        super().resizeEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        """A larger font needs wider columns."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.arrange()
