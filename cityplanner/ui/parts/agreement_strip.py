"""Where an agreement stands: its end and notice, the steps it took, and a button for each that may follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

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
from cityplanner.ui.parts.dialog_foot import foot
from cityplanner.ui.parts.edit_dialog import EditDialog
from cityplanner.ui.parts.form_row import FieldGrid
from cityplanner.ui.parts.status_strip import Standing, StatusStrip


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
    return Standing(one.status, one.title, NEXT[one.status], sentence(renewal(fact, today), say), lines)


class AgreementStrip(StatusStrip):
    """Each button asks for the day and a note of the step."""

    tables = frozenset({"agreement", "agreement_step"})

    def reader(self, record_id: int) -> Callable[[], Standing | None]:
        plan, today = self.context.plan, self.today()
        return lambda: standing(plan, record_id, today)

    def go_to(self, record_id: int, shown: Standing, status: StrEnum) -> None:
        step = AgreementStatus(status)
        StepDialog(self.context, record_id, shown, step, self.today(), self.window()).open()


class StepDialog(EditDialog):
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
        column.addLayout(foot(self, _("Take the step")))
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
            note = str(self.note.value())
        except UserError as error:
            self._refuse(error)
            return
        plan, number, status = self._context.plan, self._id, self._status

        def take() -> None:
            with plan.edit(label) as edit:
                agreement = edit.get(Agreement, number)
                if agreement is None:
                    raise UserError(_("This agreement was deleted in the meantime."))
                advance(edit, agreement, status, day, note)

        said = _("{change}: done.").format(change=label)
        self.write(self._context, take, lambda _none: self._context.say(said, undoable=True), self._refuse)

    def _refuse(self, error: UserError) -> None:
        self.problem.setText(str(error))
        self.problem.show()
