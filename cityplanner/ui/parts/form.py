"""A form built from a noun's declaration: it shows a record, takes what is typed and says what is wrong."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model.entity import Entity, Problem, fields
from cityplanner.model.field import Field, Kind
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.cursor import kept_place
from cityplanner.ui.parts.drafts import Typed
from cityplanner.ui.parts.form_row import FieldGrid, FieldRow
from cityplanner.ui.parts.record import Shown, Values, make


class Form(QWidget):
    """The fields of one record in their groups. It writes nothing: `changes` says what was changed."""

    edited = Signal()

    def __init__(
        self,
        context: Context,
        noun: type[Entity],
        parent: QWidget | None = None,
        *,
        fixed: Iterable[str] = (),
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.noun = noun
        self._shown = Shown(None, {})
        self._untouched: Typed = {}
        self._fixed = frozenset(fixed)
        self._sections: list[tuple[QWidget | None, FieldGrid]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        for group, members in self._groups().items():
            title = theme.text_label(_(group), theme.Role.HEADING) if group else None
            if title is not None:
                column.addWidget(title)
            grid = FieldGrid(members, context, self)
            column.addWidget(grid)
            self._sections.append((title, grid))
        column.addStretch(1)
        made = {row.field.name: row for _title, grid in self._sections for row in grid.rows}
        self._rows = {field.name: made[field.name] for field in fields(noun)}
        for name, row in self._rows.items():
            row.edited.connect(lambda name=name: self._typed_in(name))
            row.left.connect(lambda name=name: self._leave(name))
            row.editor.zone = self._zone

    @property
    def shown(self) -> Shown:
        """The record as it was last loaded."""
        return self._shown

    def row(self, name: str) -> FieldRow:
        """The row of one field."""
        return self._rows[name]

    def show_record(self, shown: Shown, typed: Typed | None = None) -> None:
        """Show a record with what was `typed` for it; whatever else was typed before is replaced.

        The cursor stays where it is in a text that stays as it is.
        """
        with kept_place(self.focusWidget()):
            self._show(shown)
            if typed:
                self.restore(typed)

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        # The zone first: moments are shown in it.
        for name in sorted(self._rows, key=lambda name: self._rows[name].field.kind is not Kind.ZONE):
            row = self._rows[name]
            row.editor.set_value(shown.values.get(name), shown.titles.get(name, ""))
            row.editor.set_editable(self._is_editable(row))
            row.show_problem("")
        self._untouched = self.standing()
        self._apply_conditions()

    def hold(self, shown: Shown, standing: Typed) -> None:
        """Take what stood in the fields for saved, as the record that is `shown`; nothing in them is touched."""
        self._shown = shown
        self._untouched = standing
        for row in self._rows.values():
            row.show_problem("")

    def standing(self) -> Typed:
        """What stands in each field."""
        return {name: row.editor.typed() for name, row in self._rows.items()}

    def typed(self, since: Typed | None = None) -> Typed:
        """What was typed and not saved, by field; or what was typed `since` so much stood there."""
        before = self._untouched if since is None else since
        return {name: text for name, text in self.standing().items() if text != before.get(name, "")}

    def restore(self, typed: Typed) -> None:
        """Put back what was typed; fields that no longer exist are passed over."""
        for name, text in typed.items():
            if name in self._rows and self._is_editable(self._rows[name]):
                self._rows[name].editor.set_typed(text)
        self._apply_conditions()

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self.typed())

    def read(self) -> tuple[Values, list[Problem]]:
        """All values as typed, and what is wrong with them; an unreadable one keeps its saved value."""
        values, unread = dict(self._shown.values), dict[str, Problem]()
        for name in self.typed():
            row = self._rows[name]
            try:
                values[name] = row.editor.value()
            except UserError as error:
                unread[name] = Problem(name, _(row.field.label), str(error))
        record = make(self.noun, self._shown.id, values)
        rules = [problem for problem in record.check() if problem.field not in unread]
        return values, [*unread.values(), *rules]

    def changes(self) -> Values:
        """The values of the fields that were changed and can be read."""
        values, _problems = self.read()
        return {name: values[name] for name in self.typed() if values[name] != self._shown.values.get(name)}

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say beside each field what is wrong with it and go to the first."""
        texts = {problem.field: problem.text for problem in reversed(list(problems))}
        for name, row in self._rows.items():
            row.show_problem(texts.get(name, ""))
            if name in texts and row.isHidden():
                row.show()
        self._arrange()
        first = next((row for name, row in self._rows.items() if name in texts), None)
        if first is not None:
            first.editor.setFocus()

    def focus_first(self) -> None:
        """Go to the first field that can be filled in."""
        for row in self._rows.values():
            if not row.isHidden() and self._is_editable(row):
                row.editor.setFocus()
                return

    def _groups(self) -> dict[str, list[Field]]:
        groups: dict[str, list[Field]] = {}
        for field in fields(self.noun):
            groups.setdefault(field.group, []).append(field)
        return groups

    def _zone(self) -> str:
        """The record's own time zone, as far as it is typed, else the office's."""
        for row in self._rows.values():
            if row.field.kind is Kind.ZONE:
                try:
                    return str(row.editor.value() or self.context.zone)
                except UserError:
                    return self.context.zone
        return self.context.zone

    def _is_editable(self, row: FieldRow) -> bool:
        given = row.field.derived or row.field.name in self._fixed
        return not (given or self._shown.locked or self.context.read_only)

    def _typed_in(self, name: str) -> None:
        if self._rows[name].problem:
            self._check(name)
        self._apply_conditions()
        self.edited.emit()

    def _leave(self, name: str) -> None:
        if self._rows[name].editor.typed() != self._untouched.get(name, ""):
            self._check(name)

    def _check(self, name: str) -> None:
        _values, problems = self.read()
        text = next((problem.text for problem in problems if problem.field == name), "")
        self._rows[name].show_problem(text)

    def _apply_conditions(self) -> None:
        """Show the fields that have a meaning for what is chosen; what they hold is kept."""
        for row in self._rows.values():
            condition = row.field.when
            if condition is not None:
                row.setVisible(self._rows[condition[0]].editor.typed() in condition[1])
            elif row.field.derived:
                row.setVisible(bool(row.editor.typed()))
        self._arrange()

    def _arrange(self) -> None:
        for title, grid in self._sections:
            grid.arrange()
            empty = all(row.isHidden() for row in grid.rows)
            grid.setHidden(empty)
            if title is not None:
                title.setHidden(empty)
