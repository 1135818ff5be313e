"""Two records side by side: for each field that differs the value that stays is chosen, then they are one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model.contact import Contact
from cityplanner.model.entity import Entity, fields
from cityplanner.model.field import Field
from cityplanner.model.wording import show
from cityplanner.store.merging import keep_addresses, merge_records, proposed
from cityplanner.store.queries.likeness import pointing
from cityplanner.store.rows import Change
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts import record
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import caption, tool_tip
from cityplanner.ui.parts.record import Shown, counted
from cityplanner.ui.theme import Role, text_label

SHOWN_LETTERS = 46
LEFT, RIGHT, BOTH = range(3)


class MergeDialog(QDialog):
    """The left record stays and the right one is merged into it; nothing happens before the last button."""

    merged = Signal(int)
    """Two records were made one: the id of the one that is no more."""

    def __init__(
        self,
        context: Context,
        noun: type[Entity],
        keep_id: int,
        drop_id: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Merge two {nouns}").format(nouns=_(noun.__plural__)))
        self.resize(940, 620)
        self._context, self._noun = context, noun
        self._job: Job | None = None
        self._keep, self._drop = self._loaded(keep_id), self._loaded(drop_id)
        self.choices: dict[str, QButtonGroup] = {}
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.note = text_label("", Role.WARNING, wrap=True)
        self.swap = QPushButton(_("&Swap sides"))
        self.go = QPushButton(_("&Merge"))
        self.leave = QPushButton(_("Cancel"))
        self.swap.clicked.connect(self._swap)
        self.go.clicked.connect(self.merge)
        self.leave.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.merge)
        self._lay_out()
        self._fill()

    def merge(self) -> None:
        """Make one of the two as one undoable change."""
        if self._job is not None or not self.go.isEnabled():
            return
        plan, noun, values = self._context.plan, self._noun, self.values()
        keep, drop = self._keep.id, self._drop.id
        if keep is None or drop is None:
            return
        self.go.setEnabled(False)

        def done(change: Change | None) -> None:
            self._job = None
            self._context.say(
                _("Two {nouns} were merged.").format(nouns=_(noun.__plural__)), undoable=change is not None
            )
            self.merged.emit(drop)
            self.accept()

        self._job = self._context.jobs.start(
            lambda _progress: merge_records(plan, noun, keep, drop, values),
            done,
            owner=self,
            failed=self._failed,
        )

    def values(self) -> dict[str, Any]:
        """What the record that stays would hold in the fields that differ."""
        keep, drop = self._records()
        together = proposed(keep, drop)
        values = {}
        for name, group in self.choices.items():
            chosen = (self._keep.values[name], self._drop.values[name], together.get(name))
            values[name] = chosen[group.checkedId()]
        if isinstance(keep, Contact) and isinstance(drop, Contact):
            keep_addresses(values, keep, drop)
        return values

    def _records(self) -> tuple[Entity, Entity]:
        return (
            record.make(self._noun, self._keep.id, self._keep.values),
            record.make(self._noun, self._drop.id, self._drop.values),
        )

    def _loaded(self, record_id: int) -> Shown:
        return record.load(self._context.plan, self._noun, record_id) or Shown(None, {})

    def _swap(self) -> None:
        self._keep, self._drop = self._drop, self._keep
        self._fill()

    def _failed(self, error: UserError) -> None:
        self._job = None
        self.go.setEnabled(True)
        self._say(str(error))

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    # --- what is shown ---

    def _fill(self) -> None:
        self.choices.clear()
        if self._keep.id is None or self._drop.id is None:
            self.go.setEnabled(False)
            self._say(str(record.gone(self._noun)))
            return
        locked = self._keep.locked or self._drop.locked
        self.go.setEnabled(not locked and not self._context.read_only)
        self._say(_("A locked record cannot be merged.") if locked else "")
        self._area.setWidget(self._sides())
        self._moves.setText(self._moving())
        first = next(iter(self.choices.values()), None)
        chosen = first.checkedButton() if first is not None else None
        (chosen or self.go).setFocus()

    def _sides(self) -> QWidget:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, theme.SMALL, 0)
        grid.setHorizontalSpacing(theme.LARGE)
        grid.setVerticalSpacing(theme.SMALL)
        heads = ((1, _("Stays"), self._keep), (2, _("Is merged into it"), self._drop))
        for column, head, shown in heads:
            grid.addWidget(text_label(head, Role.MUTED), 0, column)
            grid.addWidget(text_label(shown.title, Role.HEADING, wrap=True), 1, column)
        keep, drop = self._records()
        together = proposed(keep, drop)
        told = [field for field in fields(self._noun) if not field.derived]
        differing = [f for f in told if self._keep.values[f.name] != self._drop.values[f.name]]
        line = 2
        for field in differing:
            self._add_choice(grid, line, field, together)
            line += 1
        line = self._add_same(grid, line, [field for field in told if field not in differing])
        grid.setRowStretch(line, 1)
        for column, stretch in enumerate((2, 5, 5, 2)):
            grid.setColumnStretch(column, stretch)
        return body

    def _add_choice(self, grid: QGridLayout, line: int, field: Field, together: Mapping[str, Any]) -> None:
        label = _(field.label)
        grid.addWidget(text_label(label, Role.STRONG, wrap=True), line, 0)
        group = QButtonGroup(self)
        for side, shown in ((LEFT, self._keep), (RIGHT, self._drop)):
            text = self._words(field, shown) or _("nothing")
            group.addButton(self._radio(label, text), side)
            grid.addWidget(group.button(side), line, 1 + side)
        ours, theirs, both = (
            self._keep.values[field.name],
            self._drop.values[field.name],
            together.get(field.name),
        )
        if both not in (ours, theirs):
            group.addButton(self._radio(label, _("Both")), BOTH)
            grid.addWidget(group.button(BOTH), line, 3)
        usual = LEFT if both == ours else RIGHT if both == theirs else BOTH
        group.button(usual).setChecked(True)
        self.choices[field.name] = group

    def _add_same(self, grid: QGridLayout, line: int, same: list[Field]) -> int:
        for field in same:
            text = self._words(field, self._keep)
            if text:
                grid.addWidget(text_label(_(field.label), Role.MUTED, wrap=True), line, 0)
                grid.addWidget(text_label(text, Role.MUTED, wrap=True), line, 1, 1, 2)
                line += 1
        return line

    def _radio(self, label: str, text: str) -> QRadioButton:
        flat = " ".join(text.split())
        short = flat if len(flat) <= SHOWN_LETTERS else flat[: SHOWN_LETTERS - 1] + "…"
        button = QRadioButton(caption(short))
        button.setToolTip(tool_tip(text))
        button.setAccessibleName(f"{label}: {flat}")
        return button

    def _words(self, field: Field, shown: Shown) -> str:
        value = shown.titles.get(field.name) or shown.values[field.name]
        context = self._context
        if field.name in shown.titles:
            return str(value)
        return show(field, value, context.language, context.currency, context.zone)

    def _moving(self) -> str:
        """What moves over to the record that stays."""
        if self._drop.id is None:
            return ""
        with self._context.plan.reading() as session:
            found = pointing(session, self._noun, self._drop.id)
        if not found:
            return _("Nothing else points to the one that is merged.")
        return _("Moves along: {records}.").format(
            records=", ".join(counted(noun, count) for noun, count in found.items())
        )

    def _lay_out(self) -> None:
        hint = _(
            "Choose what stays in each field that differs."
            " Everything that points to either is kept, and you can undo it."
        )
        self._moves = text_label("", Role.MUTED, wrap=True)
        self.go.setProperty("primary", True)
        for button in (self.swap, self.go, self.leave):
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addWidget(self.swap)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(text_label(hint, wrap=True))
        column.addWidget(self._area, 1)
        column.addWidget(self._moves)
        column.addWidget(self.note)
        column.addLayout(foot)
        self.note.hide()
