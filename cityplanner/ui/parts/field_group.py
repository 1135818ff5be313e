"""Some fields of a noun under a heading, for dialogs that ask for less than a whole record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model.entity import Entity, Problem, field_of
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.form_row import FieldGrid, FieldRow
from cityplanner.ui.parts.plain import caption


class FieldGroup(QWidget):
    """A heading and fields; an optional group has a box to tick, and its fields show while it is ticked.

    What `may_be_empty` is not marked as required here, whatever the noun says.
    """

    edited = Signal()

    def __init__(
        self,
        context: Context,
        noun: type[Entity],
        names: Sequence[str],
        title: str = "",
        *,
        optional: bool = False,
        wanted: bool = True,
        may_be_empty: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.noun = noun
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        self.box = QCheckBox(caption(title), self) if optional else None
        if self.box is not None:
            self.box.setChecked(wanted)
            self.box.toggled.connect(self._toggled)
            column.addWidget(self.box)
        elif title:
            column.addWidget(theme.text_label(title, theme.Role.HEADING))
        declared = [field_of(noun, name) for name in names]
        asked = [replace(one, required=one.required and one.name not in may_be_empty) for one in declared]
        self.grid = FieldGrid(asked, context, self)
        self.grid.setHidden(not self.wanted)
        column.addWidget(self.grid)
        for row in self.grid.rows:
            row.edited.connect(self.edited)

    @property
    def wanted(self) -> bool:
        """Whether the group counts: its box is ticked, or it has none."""
        return self.box is None or self.box.isChecked()

    @property
    def names(self) -> list[str]:
        """The names of its fields."""
        return [row.field.name for row in self.grid.rows]

    def tick(self, wanted: bool) -> None:
        """Want it or not, where it has a box."""
        if self.box is not None:
            self.box.setChecked(wanted)

    def row(self, name: str) -> FieldRow:
        """The row of one field; KeyError where it is not among them."""
        return {row.field.name: row for row in self.grid.rows}[name]

    def show_values(self, values: Mapping[str, Any], titles: Mapping[str, str] | None = None) -> None:
        """Show values; fields without one are emptied."""
        for row in self.grid.rows:
            name = row.field.name
            row.editor.set_value(values.get(name), (titles or {}).get(name, ""))
            row.show_problem("")

    def read(self) -> tuple[dict[str, Any], list[Problem]]:
        """What was typed, and what of it cannot be read."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for row in self.grid.rows:
            try:
                values[row.field.name] = row.editor.value()
            except UserError as error:
                problems.append(Problem(row.field.name, _(row.field.label), str(error)))
        return values, problems

    def show_problems(self, problems: Iterable[Problem]) -> bool:
        """Say beside each field what is wrong with it; True where one of the problems is shown here."""
        texts = {problem.field: problem.text for problem in problems}
        for row in self.grid.rows:
            row.show_problem(texts.get(row.field.name, ""))
        first = next((row for row in self.grid.rows if row.field.name in texts), None)
        if first is not None:
            first.editor.setFocus()
        return first is not None

    def _toggled(self, ticked: bool) -> None:
        self.grid.setHidden(not ticked)
        self.edited.emit()
