"""One record in a small window of its own: a detail of another record, added or edited in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from cityplanner.base.language import _
from cityplanner.model.entity import Entity
from cityplanner.ui.context import Context
from cityplanner.ui.parts import record
from cityplanner.ui.parts.record_form import RecordForm

_CHARACTERS, _LINES = 90, 30


class RecordDialog(QDialog):
    """Edits a record, or begins one in which `given` is filled in and cannot be changed.

    Escape closes it and keeps what was typed for the next time.
    """

    saved = Signal(int)

    def __init__(
        self,
        context: Context,
        noun: type[Entity],
        record_id: int | None = None,
        *,
        given: Mapping[str, Any] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        given = dict(given or {})
        self.form = RecordForm(context, noun, fixed=given, draft_name=_draft_name(noun, given))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        shown = record.load(context.plan, noun, record_id) if record_id is not None else None
        self.form.show_record(shown or record.begin(context.plan, noun, given, context.zone))
        self.setWindowTitle(shown.title if shown else _("New {noun}").format(noun=_(noun.__label__)))
        self.form.saved.connect(self._saved)
        self.form.discarded.connect(self.reject)
        QShortcut(QKeySequence.StandardKey.Save, self, self.form.save)
        metrics = self.fontMetrics()
        self.resize(_CHARACTERS * metrics.averageCharWidth(), _LINES * metrics.lineSpacing())
        self.form.form.focus_first()

    def _saved(self, record_id: int) -> None:
        self.saved.emit(record_id)
        self.accept()


def _draft_name(noun: type[Entity], given: Mapping[str, Any]) -> str:
    """Drafts of details are kept apart by what they belong to."""
    ends = ",".join(f"{name}={value}" for name, value in sorted(given.items()))
    return f"{noun.__tablename__}?{ends}" if ends else noun.__tablename__
