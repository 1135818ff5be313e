"""Closing or suspending an initiative: why, and what becomes of each open commitment, as one change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import N_, _, current
from cityplanner.model.engagement import EngagementInitiative
from cityplanner.model.entity import field_of
from cityplanner.model.initiative import InitiativeStatus
from cityplanner.model.partner import Partner
from cityplanner.model.wording import choice_label
from cityplanner.planning.agenda import when
from cityplanner.store.initiatives import ENDS, Ending, Fate, Settlement, end
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.initiatives import open_commitments
from cityplanner.store.queries.titles import titles
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.editors.link import LinkEditor
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.overview_page import card
from cityplanner.ui.parts.plain import capitalized, dots
from cityplanner.ui.theme import Role, text_label

NOTES = {
    Fate.KEPT: N_("Note"),
    Fate.PASSED_ON: N_("Note"),
    Fate.COMPLETED: N_("Evidence"),
    Fate.CANCELLED: N_("Reason"),
}
GO = {InitiativeStatus.CLOSED: N_("Close initiative"), InitiativeStatus.SUSPENDED: N_("Suspend initiative")}


@dataclass(frozen=True, slots=True)
class Open:
    """An open commitment: its words, what else is known of it, and its owner."""

    id: int
    text: str
    detail: str
    owner: str


def read_open(plan: Plan, initiative_id: int, today: dt.date) -> list[Open]:
    """The open commitments of an initiative, put into words."""
    with plan.reading() as session:
        promised = open_commitments(session, initiative_id)
        named = titles(session, Partner, {one.partner_id for one in promised})
    return [
        Open(
            one.id,
            one.text,
            dots(
                choice_label(one.side),
                named.get(one.partner_id, ""),
                when((one.due_on - today).days if one.due_on else None),
            ),
            one.owner,
        )
        for one in promised
    ]


def ask_to_close(context: Context, initiative_id: int, name: str, parent: QWidget) -> Job:
    """Read what is open, in a worker, and show the dialog."""
    plan, today = context.plan, dt.date.today()
    return context.jobs.start(
        lambda _progress: read_open(plan, initiative_id, today),
        lambda found: CloseDialog(context, initiative_id, name, found, today, parent).open(),
        owner=parent,
    )


class CloseDialog(QDialog):
    """Nothing happens before the last button; Escape leaves all as it was."""

    def __init__(
        self,
        context: Context,
        initiative_id: int,
        name: str,
        found: Sequence[Open],
        today: dt.date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Close or suspend an initiative"))
        self.resize(760, 640 if found else 300)
        self._context, self._id, self._today = context, initiative_id, today
        self._job: Job | None = None
        self.status = QComboBox()
        self.status.setAccessibleName(_("Status"))
        for status in ENDS:
            self.status.addItem(choice_label(status), status)
        self.status.activated.connect(lambda _at: self._name_button())
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Why it ends"))
        self.reason.setAccessibleName(_("Reason"))
        self.all = _fates(_("For all commitments"), _("For all: choose…"))
        self.all.activated.connect(lambda _at: self._choose_all())
        self.answers = [CommitmentAnswer(context, one) for one in found]
        self.problem = text_label("", Role.DANGER, wrap=True)
        self.problem.hide()
        self.go, self.leave = QPushButton(), QPushButton(_("Cancel"))
        self.go.clicked.connect(self.end)
        self.leave.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self, self.end)
        self._lay_out(name)
        self._name_button()
        self.reason.setFocus()

    def end(self) -> None:
        """Do it as one undoable change, or say what is missing and go there."""
        if self._job is not None:
            return
        try:
            wanted = self._wanted()
        except UserError as error:
            self._say(str(error))
            return
        self._say("")
        self.go.setEnabled(False)
        plan = self._context.plan
        self._job = self._context.jobs.start(
            lambda _progress: end(plan, wanted), self._ended, owner=self, failed=self._failed
        )

    def _wanted(self) -> Ending:
        reason = self.reason.text().strip()
        if not reason:
            self.reason.setFocus()
            raise UserError(_("Say why the initiative ends."))
        return Ending(self._id, self._status(), reason, self._today, self._settlements())

    def _settlements(self) -> Mapping[int, Settlement]:
        return {answer.known.id: answer.settlement() for answer in self.answers}

    def _status(self) -> InitiativeStatus:
        return InitiativeStatus(self.status.currentData())

    def _ended(self, change: object) -> None:
        self._job = None
        label = getattr(change, "label", "")
        self._context.say(_("{change}: done.").format(change=label), undoable=True)
        self.accept()

    def _failed(self, error: UserError) -> None:
        self._job = None
        self.go.setEnabled(True)
        self._say(str(error))

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _choose_all(self) -> None:
        """Give all that were not answered yet the same answer."""
        if self.all.currentData() is not None:
            for answer in self.answers:
                if answer.fate.currentData() is None:
                    answer.choose(Fate(self.all.currentData()))

    def _name_button(self) -> None:
        self.go.setText(_(GO[self._status()]))

    def _lay_out(self, name: str) -> None:
        count = len(self.answers)
        words = (
            current().plural(
                "One commitment made for it is open. Say what becomes of it.",
                "{n} commitments made for it are open. Say what becomes of each.",
                count,
            )
            if count
            else _("No commitment made for it is open.")
        )
        ask = QHBoxLayout()
        ask.setSpacing(theme.SMALL)
        ask.addWidget(self.status)
        ask.addWidget(self.reason, 1)
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, theme.SMALL, 0)
        rows.setSpacing(theme.SMALL)
        for answer in self.answers:
            rows.addWidget(card(answer))
        rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        self.go.setProperty("primary", True)
        foot = QHBoxLayout()
        foot.addWidget(self.all)
        foot.addStretch(1)
        for button in (self.leave, self.go):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(text_label(name, Role.HEADING, wrap=True))
        column.addLayout(ask)
        column.addWidget(text_label(words, Role.MUTED, wrap=True))
        column.addWidget(area, 1)
        if not count:
            column.addStretch(1)
        column.addWidget(self.problem)
        column.addLayout(foot)
        area.setVisible(bool(count))
        self.all.setVisible(count > 1)


class CommitmentAnswer(QWidget):
    """One open commitment and what becomes of it."""

    def __init__(self, context: Context, known: Open, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.known = known
        self.fate = _fates(_("What becomes of “{text}”").format(text=known.text), _("Choose…"))
        self.fate.activated.connect(lambda _at: self._show())
        self.owner, self.note = QLineEdit(known.owner), QLineEdit()
        self.owner.setAccessibleName(_("Owner"))
        self.owner.setPlaceholderText(_("Owner"))
        self.owner.setToolTip(_("Who looks after it from now on"))
        self.other = LinkEditor(field_of(EngagementInitiative, "initiative_id"), context, self)
        self.other.open_button.hide()  # nothing behind this dialog can be gone to
        self.other.describe(_("The initiative that takes it over"), "")
        grid = QGridLayout()
        grid.setSpacing(theme.SMALL)
        grid.addWidget(self.fate, 0, 0)
        grid.addWidget(self.owner, 0, 1)
        grid.addWidget(self.other, 1, 0, 1, 2)
        grid.addWidget(self.note, 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.NARROW)
        column.addWidget(text_label(known.text, Role.STRONG, wrap=True))
        column.addWidget(text_label(known.detail, Role.MUTED, wrap=True))
        column.addLayout(grid)
        self._show()

    def choose(self, fate: Fate) -> None:
        """Answer with a fate."""
        self.fate.setCurrentIndex(self.fate.findData(fate))
        self._show()

    def settlement(self) -> Settlement:
        """The answer; raises `UserError` and goes to what is missing."""
        chosen = self.fate.currentData()
        if chosen is None:
            self.fate.setFocus()
            raise UserError(_("Say what becomes of “{text}”.").format(text=self.known.text))
        fate, note = Fate(chosen), self.note.text().strip()
        if fate is Fate.CANCELLED and not note:
            self.note.setFocus()
            raise UserError(_("Say why “{text}” is cancelled.").format(text=self.known.text))
        other = self.other.value() if fate is Fate.PASSED_ON else None
        if fate is Fate.PASSED_ON and other is None:
            self.other.setFocus()
            raise UserError(_("Say which initiative takes “{text}” over.").format(text=self.known.text))
        return Settlement(fate, self.owner.text(), other if isinstance(other, int) else None, note)

    def _show(self) -> None:
        chosen = self.fate.currentData()
        fate = None if chosen is None else Fate(chosen)
        self.owner.setVisible(fate in (Fate.KEPT, Fate.PASSED_ON))
        self.other.setVisible(fate is Fate.PASSED_ON)
        self.note.setVisible(fate is not None)
        if fate is not None:
            self.note.setPlaceholderText(_(NOTES[fate]))
            self.note.setAccessibleName(_(NOTES[fate]))


def _fates(name: str, nothing: str) -> QComboBox:
    """A box of what may become of a commitment, nothing chosen at first."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItem(nothing, None)
    for fate in Fate:
        box.addItem(capitalized(_(fate)), fate.value)
    return box
