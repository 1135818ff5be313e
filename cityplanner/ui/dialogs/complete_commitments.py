"""Marking commitments as completed: on which day, and what proves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.model.engagement import Commitment
from cityplanner.model.entity import field_of
from cityplanner.store.commitments import complete
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.dialog_foot import foot
from cityplanner.ui.parts.edit_dialog import EditDialog
from cityplanner.ui.parts.form_row import FieldGrid

_CHARACTERS = 70


class CompleteDialog(EditDialog):
    """Asks for day and evidence and writes them in one undoable change; Escape leaves all as it was."""

    def __init__(
        self, context: Context, ids: Sequence[int], names: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Mark as completed"))
        self._context, self._ids = context, list(ids)
        many = current().plural("{n} commitment", "{n} commitments", len(names))
        what = theme.text_label(names[0] if len(names) == 1 else many, theme.Role.STRONG, wrap=True)
        grid = FieldGrid([field_of(Commitment, name) for name in ("completed_on", "evidence")], context, self)
        self.day, self.evidence = grid.rows
        self.day.editor.set_value(dt.date.today())
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(what)
        column.addWidget(grid)
        column.addLayout(foot(self, _("Mark as completed")))
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self, self.accept)
        self.resize(_CHARACTERS * self.fontMetrics().averageCharWidth(), self.sizeHint().height())
        self.day.editor.setFocus()

    def accept(self) -> None:
        """Write it, or say what has to be mended first."""
        try:
            day = self.day.editor.value()
            if not isinstance(day, dt.date):
                raise UserError(_("Say when it was completed."))
            evidence = str(self.evidence.editor.value() or "")
        except UserError as error:
            self._refuse(error)
            return
        plan, ids = self._context.plan, self._ids
        self.write(self._context, lambda: complete(plan, ids, day, evidence), self._done, self._refuse)

    def _done(self, label: str) -> None:
        self._context.say(_("{change}: done.").format(change=label), undoable=True)

    def _refuse(self, error: UserError) -> None:
        self.day.show_problem(str(error))
        self.day.editor.setFocus()
