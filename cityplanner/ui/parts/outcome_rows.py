"""Rows of small records that are entered together: one line of editors each, added and removed by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model.entity import Entity, field_of
from cityplanner.model.field import Kind
from cityplanner.ui import icons, theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.editors.editor import Editor, required_name
from cityplanner.ui.parts.editors.lines import HINTS, LineEditor
from cityplanner.ui.parts.editors.registry import editor
from cityplanner.ui.parts.plain import capitalized

Values = dict[str, Any]


class OutcomeRows(QWidget):
    """The commitments, gifts or aid of an engagement, one row each, below a button that adds one."""

    edited = Signal()

    def __init__(
        self,
        context: Context,
        noun: type[Entity],
        names: Sequence[str],
        add: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._noun, self._names = context, noun, names
        self._partners: Mapping[int, str] = {}
        self.rows: list[OutcomeRow] = []
        self.add = QPushButton(add)
        self.add.setAutoDefault(False)
        icons.wear(self.add, "plus")
        self.add.clicked.connect(lambda: self.add_row())
        # A button waits a tenth of a second before it acts on its letter; who types fast is ahead of that.
        self.add.setShortcut(QKeySequence())
        QShortcut(QKeySequence.mnemonic(add), self, self.add_row)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(self._list)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def add_row(self) -> OutcomeRow:
        """Begin another record and go to its first field."""
        row = OutcomeRow(self._context, self._noun, self._names, self)
        row.show_partners(self._partners)
        row.edited.connect(self.edited)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._list.addWidget(row)
        QWidget.setTabOrder(row.last, self.add)
        row.editors[self._names[0]].setFocus()
        self.edited.emit()
        return row

    def show_partners(self, partners: Mapping[int, str]) -> None:
        """Offer these partners as those a record may concern."""
        self._partners = partners
        for row in self.rows:
            row.show_partners(partners)

    def values(self) -> list[Values]:
        """What was entered; rows without any text are passed over. Raises `UserError`."""
        return [row.values() for row in self.rows if not row.is_empty]

    def _remove(self, row: OutcomeRow) -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.add.setFocus()
        self.edited.emit()


class OutcomeRow(QWidget):
    """One record in a line; which partner it concerns is asked only where there are several."""

    edited = Signal()
    removed = Signal()

    def __init__(self, context: Context, noun: type[Entity], names: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._noun = noun
        self.editors: dict[str, Editor] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.SMALL)
        plain = noun()
        for name in names:
            field = field_of(noun, name)
            made = editor(field, context, self)
            made.set_value(getattr(plain, name))
            made.describe(required_name(field), _(noun.__label__))
            # What a value means stands in the field itself: there is no room for a label above each.
            if isinstance(made, LineEditor):
                made.line.setPlaceholderText(_(field.label))
            made.edited.connect(self.edited)
            self.editors[name] = made
            line.addWidget(made, 4 if name == names[0] else 2 if field.kind is Kind.DATE else 1)
            if field.kind is Kind.DATE:
                made.setToolTip(_(HINTS[Kind.DATE]))
        self.partner = QComboBox()
        self.partner.setAccessibleName(_("Partner"))
        self.partner.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.partner.setMinimumContentsLength(12)
        self.partner.hide()
        line.addWidget(self.partner, 1)
        self.last = QToolButton()
        icons.wear(self.last, "x")
        name = _("Remove this {noun}").format(noun=_(noun.__label__))
        self.last.setAccessibleName(name)
        self.last.setToolTip(name)
        self.last.clicked.connect(lambda: self.removed.emit())
        line.addWidget(self.last)
        self._first = names[0]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed into its first field."""
        return not self.editors[self._first].typed().strip()

    def typed(self) -> dict[str, str]:
        """What stands in it, by field, to be kept as a draft."""
        return {name: made.typed() for name, made in self.editors.items()}

    def show_partners(self, partners: Mapping[int, str]) -> None:
        """Offer these partners; the choice stays where it can."""
        chosen = self.partner.currentData()
        self.partner.clear()
        for record_id, title in partners.items():
            self.partner.addItem(title, record_id)
        self.partner.setCurrentIndex(max(self.partner.findData(chosen), 0))
        self.partner.setVisible(len(partners) > 1)

    def values(self) -> Values:
        """What was entered. Raises `UserError` naming the field."""
        found: Values = {}
        for name, made in self.editors.items():
            try:
                found[name] = made.value()
            except UserError as error:
                made.setFocus()
                words = (
                    f"{capitalized(_(self._noun.__label__))}, {_(field_of(self._noun, name).label)}: {error}"
                )
                raise UserError(words) from error
        if self.partner.count() > 1:
            found["partner_id"] = self.partner.currentData()
        return found
