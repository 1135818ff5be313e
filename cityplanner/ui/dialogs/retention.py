"""Retention in the window: rules and holds, the review list, and letting go what was ticked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.exchange.retention import SERIES, Outcome, Review, apply, reviews
from cityplanner.model.entity import Entity
from cityplanner.model.retention import LegalHold, RetentionAction, RetentionRule
from cityplanner.store.anonymizing import told_of
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.trouble import close_button, fill
from cityplanner.ui.parts import record
from cityplanner.ui.parts.busy import BusyPage
from cityplanner.ui.parts.empty_state import EmptyState
from cityplanner.ui.parts.jobs import Job, Progress
from cityplanner.ui.parts.messages import announce
from cityplanner.ui.parts.plain import tool_tip
from cityplanner.ui.parts.record_dialog import RecordDialog
from cityplanner.ui.parts.review_list import ReviewList
from cityplanner.ui.theme import Role, text_label

STEPS = 1000


@dataclass(frozen=True, slots=True)
class Looked:
    """What each rule comes to today, and the legal holds, the released ones too."""

    reviews: list[Review]
    holds: list[LegalHold]


def look(plan: Plan, today: dt.date, progress: Progress) -> Looked:
    """Review all rules; runs in a worker."""
    with plan.reading() as session:
        found = reviews(session, today, lambda share: progress.report(round(share * STEPS), STEPS))
        return Looked(found, records(session, LegalHold))


class RetentionDialog(QDialog):
    """Lists what is past its time by rule. Nothing is ticked at first, and nothing goes that was not."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, today: dt.date | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Retention"))
        self.resize(1000, 620)
        self._context, self._today = context, today or dt.date.today()
        self._looking: Job | None = None
        self._applying: Job | None = None
        self._looked = Looked([], [])
        self.summary = text_label("", Role.STRONG, wrap=True)
        self.list = ReviewList()
        self.empty = EmptyState()
        self.busy = BusyPage()
        self.state = text_label("", Role.MUTED, wrap=True)
        self.new_rule = QPushButton(_("New &rule…"))
        self.new_hold = QPushButton(_("New legal &hold…"))
        self.edit = QPushButton(_("&Edit…"))
        self.delete = QPushButton(_("&Delete"))
        self.go = QPushButton(_("&Let go…"))
        self._lay_out()
        self._connect()
        self.look()

    def _connect(self) -> None:
        self.list.ticked.connect(self._update)
        self.list.currentItemChanged.connect(self._update)
        self.list.edit_asked.connect(self._edit)
        self.empty.chosen.connect(lambda: self._ask(RetentionRule, None))
        self.new_rule.clicked.connect(lambda: self._ask(RetentionRule, None))
        self.new_hold.clicked.connect(lambda: self._ask(LegalHold, None))
        self.edit.clicked.connect(self._edit)
        self.delete.clicked.connect(self._delete)
        self.go.clicked.connect(self._confirm)
        self.busy.cancelled.connect(self._stop)
        self._context.changed.connect(self._reread)  # a method: Qt lets go of it with the dialog

    def look(self) -> None:
        """Review all rules afresh."""
        if self._looking is not None:
            self._looking.drop()
        plan, today = self._context.plan, self._today
        self.summary.setText(_("Looking through the plan…"))
        self._looking = self._context.jobs.start(
            lambda progress: look(plan, today, progress), self._show, owner=self, failed=self._failed
        )
        self._update()

    def _reread(self, _change: object) -> None:
        if self._applying is None:
            self.look()

    def _show(self, looked: Looked) -> None:
        self._looking, self._looked = None, looked
        self.list.show_reviews(looked.reviews, looked.holds)
        some = bool(looked.reviews or looked.holds)
        self.pages.setCurrentWidget(self.list if some else self.empty)
        if some:
            self.list.setFocus()
        self.summary.setText(_summed(looked.reviews))
        self._update()

    def _failed(self, error: UserError) -> None:
        self._looking = None
        self._end(str(error), bad=True)

    # Rules and holds

    def _ask(self, noun: type[Entity], record_id: int | None) -> None:
        RecordDialog(self._context, noun, record_id, parent=self).open()

    def _edit(self) -> None:
        key = self.list.key
        if key is not None and not self._context.read_only:
            self._ask(*key)

    def _delete(self) -> None:
        key, plan = self.list.key, self._context.plan
        if key is not None:
            self._context.jobs.start(
                lambda _progress: record.remove(plan, key[0], [key[1]]),
                lambda label: self._context.say(_("{change}: done.").format(change=label), undoable=True),
                owner=self,
                failed=lambda error: self._end(str(error), bad=True),
            )

    # Letting go

    def _chosen(self) -> tuple[dict[int, list[int]], int, int]:
        """What is ticked, how many records that are, and how many changes of the history."""
        agreed = self.list.agreed()
        cuts = {one.rule.id: one.cut for one in self._looked.reviews if one.cut is not None}
        count = sum(len(ids) for rule, ids in agreed.items() if rule not in cuts)
        changes = max((cut.count for rule, cut in cuts.items() if rule in agreed), default=0)
        return agreed, count, changes

    def _confirm(self) -> None:
        agreed, count, changes = self._chosen()
        if not agreed or self._applying is not None:
            return
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rules = [one.rule for one in self._looked.reviews if one.rule.id in agreed]
        fill(box, _asked(count, changes), _explained(rules, count, changes))
        box.setIcon(QMessageBox.Icon.Question)
        agree = box.addButton(_("Let go"), QMessageBox.ButtonRole.DestructiveRole)
        leave = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(leave)
        box.setEscapeButton(leave)
        agree.clicked.connect(lambda: self.apply(agreed))
        box.open()

    def apply(self, agreed: dict[int, list[int]]) -> None:
        """Let go what was agreed to, in a worker, and report."""
        plan, today = self._context.plan, self._today
        self.busy.start(_("Making a backup and letting go…"))
        self.pages.setCurrentWidget(self.busy)

        def work(progress: Progress) -> Outcome:
            return apply(plan, agreed, today, lambda share: progress.report(round(share * STEPS), STEPS))

        self._applying = self._context.jobs.start(
            work, self._done, owner=self, failed=self._not_done, progress=self.busy.show_progress
        )
        self._update()

    def _stop(self) -> None:
        if self._applying is not None:
            self._applying.cancel()

    def _done(self, done: Outcome) -> None:
        self._applying = None
        self._end(" ".join(done.told()))
        if done.change is not None and done.gone:
            self._context.say(_("{change}: done.").format(change=done.change.label), undoable=True)
        self.look()

    def _not_done(self, error: UserError) -> None:
        self._applying = None
        self._end(str(error), bad=True)
        self.look()

    def _end(self, text: str, *, bad: bool = False) -> None:
        theme.set_role(self.state, Role.DANGER if bad else Role.MUTED)
        self.state.setText(text)
        announce(self, text)
        self._update()

    def reject(self) -> None:
        """Close; what is being let go goes on to its end."""
        if self._looking is not None:
            self._looking.drop()
        super().reject()

    def _update(self) -> None:
        _agreed, count, changes = self._chosen()
        able = not self._context.read_only and self._applying is None
        for button in (self.new_rule, self.new_hold):
            button.setEnabled(able)
        for button in (self.edit, self.delete):
            button.setEnabled(able and self.list.key is not None and self.list.isVisibleTo(self))
        self.go.setEnabled(able and self._looking is None and bool(count or changes))
        self.go.setText(_("&Let go…") if not count else _("&Let {n} go…").format(n=current().number(count)))

    # Looks

    def _lay_out(self) -> None:
        self.empty.say(
            _("No retention rules yet"),
            _(
                "A rule says how long the records of a series are kept and what becomes of them then. Nothing"
                " goes by itself: what is past its time is listed here for you to look through."
            ),
            "" if self._context.read_only else _("New rule…"),
        )
        self.pages = QStackedWidget()
        for page in (self.list, self.empty, self.busy):
            self.pages.addWidget(page)
        top = QHBoxLayout()
        top.setSpacing(theme.SMALL)
        top.addWidget(self.summary, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SMALL)
        for button in (self.new_rule, self.new_hold, self.edit, self.delete):
            top.addWidget(button)
        self.go.setProperty("primary", True)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.go)
        leave = close_button(self)
        foot.addWidget(leave)
        for button in (self.new_rule, self.new_hold, self.edit, self.delete, self.go, leave):
            button.setAutoDefault(False)  # Enter belongs to the list
        leave.setDefault(False)
        self.go.setToolTip(tool_tip(_("Let go what is ticked; you are asked first, and a backup is made.")))
        self.delete.setToolTip(tool_tip(_("Delete the rule or the hold itself; you can undo it.")))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(top)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)


def _summed(found: list[Review]) -> str:
    free = sum(len(one.ready) for one in found)
    if not found:
        return ""
    if not free and not any(one.has_any for one in found):
        return _("Nothing may go today.")
    return current().plural(
        "{n} record is past its time and may go. Tick what you looked through.",
        "{n} records are past their time and may go. Tick what you looked through.",
        free,
    )


def _asked(count: int, changes: int) -> str:
    say = current()
    gone = say.plural("Let one record go?", "Let {n} records go?", count) if count else ""
    pruned = say.plural("Prune one change of the history?", "Prune {n} changes of the history?", changes)
    return say.sentences((gone, pruned if changes else ""))


def _explained(rules: list[RetentionRule], count: int, changes: int) -> str:
    removing = [rule for rule in rules if rule.action is RetentionAction.ANONYMIZE and rule.series in SERIES]
    parts = [f"{rule.title}: {told_of(SERIES[rule.series])}" for rule in removing]
    parts.append(_("A backup of the plan is made first; it and older ones still hold what goes."))
    if count:
        parts.append(_("The records come back when you undo it, for as long as the history tells of them."))
    if changes:
        parts.append(
            _(
                "What is pruned from the history is gone from the plan for good, and nothing that was done"
                " before can be undone then."
            )
        )
    return "\n\n".join(parts)
