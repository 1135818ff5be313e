"""Where an agreement stands: its end and notice, the steps it took, and a button for each that may follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.model.agreement import IN_FORCE, NEXT, Agreement, AgreementStatus, AgreementStep
from cityplanner.model.entity import field_of
from cityplanner.planning.facts import AgreementFact
from cityplanner.planning.renewals import renewal, sentence
from cityplanner.store.agreements import advance
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.agreements import steps_of
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.form_row import FieldGrid
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import capitalized, caption

COLUMNS = 3
MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class Standing:
    """An agreement's status, its end in words, and its steps in words, newest first."""

    status: AgreementStatus
    title: str
    end: str
    steps: tuple[str, ...]


def standing(plan: Plan, record_id: int, today: date) -> Standing | None:
    """Read where an agreement stands; None when there is none any more."""
    say = current()
    with plan.reading() as session:
        one = session.get(Agreement, record_id)
        if one is None:
            return None
        steps = steps_of(session, record_id)
        fact = AgreementFact(one.id, one.title, one.status in IN_FORCE, one.expires_on, one.notice_days or 0)
    lines = tuple(
        f"{say.date(step.taken_on)}: {_(step.status.value)}" + (f" · {step.note}" if step.note else "")
        for step in steps
    )
    return Standing(one.status, one.title, sentence(renewal(fact, today), say), lines)


class AgreementStrip(QWidget):
    """The status of one agreement, its history, and what may come next."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._id: int | None = None
        self._job: Job | None = None
        self.shown: Standing | None = None
        self.buttons: list[QPushButton] = []
        self.heading = theme.text_label("", theme.Role.HEADING, wrap=True)
        self.end = theme.text_label("", wrap=True)
        self.steps = theme.text_label("", theme.Role.MUTED, wrap=True)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.NARROW)
        for widget in (self.heading, self.end, self.steps):
            column.addWidget(widget)
        column.addLayout(self._grid)
        context.changed.connect(self._hear)
        self.hide()

    def show_record(self, record_id: int | None, _title: str = "") -> None:
        """Show where an agreement stands; nothing for one that is not saved yet."""
        self._id = record_id
        self.refresh()

    def refresh(self) -> None:
        """Read anew."""
        if self._job is not None:
            self._job.drop()
            self._job = None
        if self._id is None:
            self.hide()
            return
        plan, record_id, today = self.context.plan, self._id, self._today()
        self._job = self.context.jobs.start(
            lambda _progress: standing(plan, record_id, today), self._show, owner=self
        )

    def _show(self, shown: Standing | None) -> None:
        self._job = None
        self.shown = shown
        if shown is None:
            self.hide()
            return
        self.heading.setText(_("Status: {status}").format(status=_(shown.status.value)))
        self.end.setText(shown.end)
        self.end.setVisible(bool(shown.end))
        more = len(shown.steps) - MOST_STEPS
        lines = [*shown.steps[:MOST_STEPS]]
        if more > 0:
            lines.append(current().plural("{n} earlier step", "{n} earlier steps", more))
        self.steps.setText("\n".join(lines) or _("No step is on record yet."))
        self._show_buttons(shown.status)
        self.show()

    def _show_buttons(self, status: AgreementStatus) -> None:
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for place, following in enumerate(NEXT[status]):
            name = capitalized(_(following.value))
            button = QPushButton(caption(name), self)
            button.setAccessibleName(_("Next status: {status}").format(status=name))
            button.setToolTip(button.accessibleName())
            button.setEnabled(not self.context.read_only)
            button.clicked.connect(partial(self._ask, following))
            self._grid.addWidget(button, place // COLUMNS, place % COLUMNS)
            self.buttons.append(button)

    def _ask(self, status: AgreementStatus, _checked: bool = False) -> None:
        if self._id is not None and self.shown is not None:
            StepDialog(self.context, self._id, self.shown, status, self._today(), self.window()).open()

    def _hear(self, change: object) -> None:
        if {"agreement", "agreement_step"} & getattr(change, "tables", frozenset()):
            self.refresh()

    def _today(self) -> date:
        return datetime.now(ZoneInfo(self.context.zone)).date()


class StepDialog(QDialog):
    """Asks for the day and a note of an agreement's next step."""

    def __init__(
        self,
        context: Context,
        record_id: int,
        shown: Standing,
        status: AgreementStatus,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Next step"))
        self._context, self._id, self._status = context, record_id, status
        words = _("{title}: from “{was}” to “{now}”").format(
            title=shown.title, was=_(shown.status.value), now=_(status.value)
        )
        self.grid = FieldGrid(
            [field_of(AgreementStep, "taken_on"), field_of(AgreementStep, "note")], context, self
        )
        self.day, self.note = (row.editor for row in self.grid.rows)
        self.day.set_value(today)
        self.note.set_value("")
        self.problem = theme.text_label("", theme.Role.DANGER, wrap=True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(theme.text_label(words, theme.Role.HEADING, wrap=True))
        column.addWidget(self.grid)
        column.addWidget(self.problem)
        column.addStretch(1)
        column.addLayout(self._foot())
        self.resize(60 * self.fontMetrics().averageCharWidth(), self.sizeHint().height())
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self.note.setFocus()

    def accept(self) -> None:
        """Take the step as one change, or say what stands against it."""
        label = _("Agreement: {status}").format(status=_(self._status.value))
        try:
            day = self.day.value()
            if not isinstance(day, date):
                raise UserError(_("The day of the step is missing."), _("Type it as year-month-day."))
            with self._context.plan.edit(label) as edit:
                agreement = edit.get(Agreement, self._id)
                if agreement is None:
                    raise UserError(_("This agreement was deleted in the meantime."))
                advance(edit, agreement, self._status, day, str(self.note.value()))
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self._context.say(_("{change}: done.").format(change=label), undoable=True)
        super().accept()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        take = QPushButton(_("Take the step"))
        take.setProperty("primary", True)
        take.setDefault(True)
        take.clicked.connect(lambda: self.accept())
        cancel = QPushButton(_("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(lambda: self.reject())
        row.addWidget(take)
        row.addWidget(cancel)
        return row
