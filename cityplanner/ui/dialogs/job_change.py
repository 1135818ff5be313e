"""Somebody changes jobs: which position ends when, what comes next, who follows and takes over what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.model.contact import Contact, Position
from cityplanner.model.entity import InvalidRecordError, Problem
from cityplanner.store.job_change import (
    JobChange,
    Newcomer,
    NextPosition,
    change_job,
    open_commitments,
    open_positions,
)
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import titles
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.field_group import FieldGroup
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import caption
from cityplanner.ui.theme import Role, text_label

NOBODY, KNOWN, NEW = "nobody", "known", "new"
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Held:
    """A position that somebody holds, and what is open there."""

    id: int
    title: str
    promises: tuple[str, ...]


def held(plan: Plan, contact_id: int) -> list[Held]:
    """The positions a contact holds now, the latest first."""
    with plan.reading() as session:
        found = open_positions(session, contact_id)
        named = titles.titles(session, Position, [position.id for position in found])
        return [
            Held(
                position.id,
                named.get(position.id, ""),
                tuple(c.text for c in open_commitments(session, contact_id, position.partner_id)),
            )
            for position in found
        ]


class JobChangeDialog(QDialog):
    """Asks what happens to a contact's position; nothing happens before the last button."""

    done_with = Signal(int)
    """The job change of this contact was made."""

    def __init__(
        self, context: Context, contact_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Job change"))
        self.resize(760, 740)
        self._context = context
        self._job: Job | None = None
        self._held: list[Held] = []
        self.who = FieldGroup(context, Position, ["contact_id"], _("Who changes jobs"))
        self.position = QComboBox()
        self.position.setAccessibleName(_("The position that ends"))
        self.end = FieldGroup(context, Position, ["ends_on"])
        self.following = FieldGroup(
            context, Position, ["partner_id", "title", "starts_on", "email", "phone"],
            _("Begins another position"), optional=True, wanted=False,
        )  # fmt: skip
        self.follows = QComboBox()
        self.follows.setAccessibleName(_("Successor"))
        self.known = FieldGroup(context, Position, ["successor_id"])
        self.new = FieldGroup(context, Contact, ["given", "family", "email"])
        self.hand_over = QCheckBox()
        self.hand_over.setChecked(True)
        self.note = text_label("", Role.WARNING, wrap=True)
        self.go = QPushButton(_("&Change job"))
        self.leave = QPushButton(_("Cancel"))
        self._lay_out()
        self._connect()
        self.end.show_values({"ends_on": datetime.now(ZoneInfo(context.zone)).date()})
        self.following.show_values({})
        self.known.show_values({})
        self.new.show_values({})
        self._show_contact(contact_id)

    def change(self) -> None:
        """Make the job change as one undoable change, or say what is missing."""
        if self._job is not None or not self.go.isEnabled():
            return
        wanted = self._wanted()
        if wanted is None:
            return
        self.go.setEnabled(False)
        plan = self._context.plan
        self._job = self._context.jobs.start(
            lambda _progress: change_job(plan, wanted), self._made, owner=self, failed=self._failed
        )

    # --- what was typed ---

    def _wanted(self) -> JobChange | None:
        self._say("")
        ends, problems = self.end.read()
        if not problems and ends["ends_on"] is None:
            problems = [Problem("ends_on", _("Until"), _("is missing. Say when the position ends."))]
        refused = self.end.show_problems(problems)
        following, wrong = self._following()
        successor, missing = self._successor()
        if refused or wrong or missing:
            self._say(_("Something is missing or cannot be read. Nothing was changed yet."))
            return None
        position = int(self.position.currentData())
        hand_over = self.hand_over.isChecked()
        return JobChange(position, ends["ends_on"], following, successor, hand_over)

    def _following(self) -> tuple[NextPosition | None, bool]:
        if not self.following.wanted:
            return None, False
        values, problems = self.following.read()
        if not problems and values["partner_id"] is None:
            problems = [Problem("partner_id", _("Partner"), _("is missing. Choose one from the list."))]
        if self.following.show_problems(problems):
            return None, True
        return NextPosition(**values), False

    def _successor(self) -> tuple[int | Newcomer | None, bool]:
        kind = self.follows.currentData()
        if kind == NOBODY:
            return None, False
        group = self.known if kind == KNOWN else self.new
        values, problems = group.read()
        if not problems and kind == KNOWN and values["successor_id"] is None:
            problems = [Problem("successor_id", "", _("is missing. Choose one from the list."))]
        if not problems and kind == NEW:
            contact = Contact(**_given(values))
            problems = [one for one in contact.check() if one.field in values]
        if group.show_problems(problems):
            return None, True
        return (int(values["successor_id"]) if kind == KNOWN else Newcomer(**_given(values))), False

    def _made(self, _change: object) -> None:
        self._job = None
        self._context.say(_("The job change was made."), undoable=True)
        contact = self._contact()
        if contact is not None:
            self.done_with.emit(contact)
        self.accept()

    def _failed(self, error: UserError) -> None:
        self._job = None
        self.go.setEnabled(True)
        if isinstance(error, InvalidRecordError):
            for group in (self.end, self.following, self.new):
                if group.show_problems(error.problems):
                    break
        self._say(str(error))

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    # --- what is shown ---

    def _contact(self) -> int | None:
        values, _problems = self.who.read()
        contact = values.get("contact_id")
        return contact if isinstance(contact, int) else None

    def _show_contact(self, contact_id: int | None) -> None:
        title = ""
        if contact_id is not None:
            with self._context.plan.reading() as session:
                title = titles.titles(session, Contact, [contact_id]).get(contact_id, "")
        self.who.show_values({"contact_id": contact_id}, {"contact_id": title})
        self._read_positions()
        (self.who if contact_id is None else self.end).grid.rows[0].editor.setFocus()

    def _read_positions(self) -> None:
        contact = self._contact()
        self._held = held(self._context.plan, contact) if contact is not None else []
        self.position.clear()
        for one in self._held:
            self.position.addItem(one.title, one.id)
        self.position.setEnabled(bool(self._held))
        self.go.setEnabled(bool(self._held) and not self._context.read_only)
        nothing = contact is not None and not self._held
        self._say(_("This contact holds no position that could end.") if nothing else "")
        self._show_promises()

    def _show_promises(self) -> None:
        at = self.position.currentIndex()
        promises = self._held[at].promises if 0 <= at < len(self._held) else ()
        count = len(promises)
        self.hand_over.setText(
            caption(
                current().plural(
                    "Hand over one open commitment to the successor",
                    "Hand over {n} open commitments to the successor",
                    count,
                )
            )
        )
        shown = [f"• {text}" for text in promises[:MOST_NAMED]]
        self._promises.setText("\n".join(shown + (["…"] if count > MOST_NAMED else [])))
        handing = bool(promises) and self.follows.currentData() != NOBODY
        self.hand_over.setVisible(handing)
        self._promises.setVisible(handing)

    def _show_successor(self) -> None:
        kind = self.follows.currentData()
        self.known.setVisible(kind == KNOWN)
        self.new.setVisible(kind == NEW)
        self._show_promises()

    def _connect(self) -> None:
        row = self.who.row("contact_id")
        row.edited.connect(self._read_positions)
        self.position.activated.connect(lambda _at: self._show_promises())
        self.follows.activated.connect(lambda _at: self._show_successor())
        self.go.clicked.connect(self.change)
        self.leave.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.change)

    def _lay_out(self) -> None:
        for kind, text in (
            (NOBODY, _("Nobody is known yet")),
            (KNOWN, _("A contact")),
            (NEW, _("Somebody new")),
        ):
            self.follows.addItem(text, kind)
        self._promises = text_label("", Role.MUTED, wrap=True)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, theme.SMALL, 0)
        inner.setSpacing(theme.SMALL)
        for widget in (
            self.who, text_label(_("The position that ends"), Role.STRONG), self.position, self.end,
            self.following, text_label(_("Successor"), Role.HEADING), self.follows, self.known, self.new,
            self.hand_over, self._promises,
        ):  # fmt: skip
            inner.addWidget(widget)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        self.go.setProperty("primary", True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.leave, self.go):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(area, 1)
        column.addWidget(self.note)
        column.addLayout(foot)
        self._show_successor()


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """A newcomer's names and address."""
    return {"given": values["given"], "family": values["family"], "email": values["email"]}
