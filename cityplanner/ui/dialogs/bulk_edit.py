"""One field of all selected records, set at once; what would happen is told before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.model.entity import Entity, field_of
from cityplanner.store.bulk import Outcome, Setting, Way, apply, preview, refusal, settable, ways
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.editors.editor import Editor
from cityplanner.ui.parts.editors.registry import editor
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.parts.record import counted
from cityplanner.ui.theme import Role, text_label

TYPING_MS = 200


class BulkEditDialog(QDialog):
    """A field, what to do with it, and a value; one undoable change or none."""

    def __init__(
        self, context: Context, noun: type[Entity], ids: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Change {what}").format(what=counted(noun, len(ids))))
        self.context, self.noun, self.ids = context, noun, tuple(ids)
        self.outcome: Outcome | None = None
        self._job: Job | None = None
        self.field = QComboBox()
        self.field.setAccessibleName(_("Field"))
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for known in settable(noun):
            self.field.addItem(_(known.label), known.name)
        self.way = QComboBox()
        self.way.setAccessibleName(_("What to do"))
        self.editor: Editor | None = None
        self.told = text_label("", Role.MUTED, wrap=True)
        self.problem = text_label("", Role.DANGER, wrap=True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.go = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._timer = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        self.field.activated.connect(lambda _at: self.choose_field(str(self.field.currentData())))
        self.way.activated.connect(lambda _at: self._look())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.choose_field(str(self.field.currentData()))

    def choose_field(self, name: str) -> None:
        """Offer an editor for a field."""
        self.field.setCurrentIndex(self.field.findData(name))
        field = field_of(self.noun, name)
        self.way.clear()
        for way in ways(field):
            self.way.addItem(capitalized(_(way)), way.value)
        self.way.setEnabled(self.way.count() > 1)
        if self.editor is not None:
            self._form.removeRow(self.editor)
        self.editor = editor(field, self.context, self)
        self.editor.describe(_(field.label), _(field.help))
        self.editor.edited.connect(lambda: self._wait())
        self._form.addRow(_("&Value"), self.editor)
        self._look()

    @property
    def setting(self) -> Setting:
        """What is asked for; raises `UserError` where the value cannot be read."""
        assert self.editor is not None
        return Setting(str(self.field.currentData()), self.editor.value(), Way(self.way.currentData()))

    def accept(self) -> None:
        """Make the change."""
        try:
            setting = self.setting
        except UserError as error:
            self._say(str(error))
            return
        plan, noun, ids = self.context.plan, self.noun, self.ids
        self.go.setEnabled(False)
        self.context.jobs.start(
            lambda _progress: apply(plan, noun, ids, setting),
            lambda change: self._done(change is not None),
            owner=self,
            failed=lambda error: self._say(str(error)),
        )

    def _done(self, changed: bool) -> None:
        number = len(self.outcome.changed) if self.outcome else len(self.ids)
        text = _("Changed {what}.").format(what=counted(self.noun, number))
        self.context.say(text if changed else _("Nothing was changed."), undoable=changed)
        super().accept()

    # --- what would happen ---

    def _wait(self) -> None:
        self.go.setEnabled(False)
        self._timer.start()

    def _look(self) -> None:
        """Work out in a worker what would happen."""
        self._timer.stop()
        self.outcome = None
        self.go.setEnabled(False)
        if self._job is not None:
            self._job.drop()
        try:
            setting = self.setting
        except UserError as error:
            self._say(str(error))
            return
        plan, noun, ids = self.context.plan, self.noun, self.ids
        self._job = self.context.jobs.start(
            lambda _progress: preview(plan, noun, ids, setting), self._show, owner=self
        )

    def _show(self, outcome: Outcome) -> None:
        self._job = None
        self.outcome = outcome
        say = current()
        text = _("{n} change").format(n=say.number(len(outcome.changed)))
        if outcome.same:
            text += ", " + _("{n} are so already").format(n=say.number(outcome.same))
        self._say(str(refusal(self.noun, outcome)) if outcome.refused else "")
        self.told.setText("" if outcome.refused else text + ".")
        self.go.setEnabled(bool(outcome.changed) and not outcome.refused)

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        if text:
            self.told.setText("")
        # What is said may take several lines: they must not squeeze the fields.
        column = self.layout()
        needed = column.totalHeightForWidth(self.width()) if column is not None else 0
        if self.isVisible() and needed > self.height():
            self.resize(self.width(), needed)

    def _lay_out(self) -> None:
        self._form = QFormLayout()
        self._form.setVerticalSpacing(theme.MEDIUM)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._form.addRow(_("&Field"), self.field)
        self._form.addRow(_("&What to do"), self.way)
        self.go.setText(_("Change"))
        self.go.setProperty("primary", True)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(self._form)
        column.addStretch(1)
        column.addWidget(self.problem)
        column.addWidget(self.told)
        column.addWidget(self.buttons)
        self.setMinimumWidth(56 * self.fontMetrics().averageCharWidth())
