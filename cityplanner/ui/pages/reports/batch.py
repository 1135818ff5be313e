"""One briefing for each of many partners or initiatives: which, into what folder, then how it went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.collecting import glance
from cityplanner.base.errors import Cancelled, UserError
from cityplanner.base.language import _, current
from cityplanner.model.group import GroupOf
from cityplanner.reports.briefings.narrowing import members
from cityplanner.reports.choices import Ask
from cityplanner.reports.kind import Kind
from cityplanner.reports.report import Batch, write_each
from cityplanner.store.plan_file import Plan
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.pages.reports.form import INITIATIVE, PARTNER
from cityplanner.ui.pages.reports.prepared import Prepared
from cityplanner.ui.parts.busy import BusyPage
from cityplanner.ui.parts.dialog_foot import foot
from cityplanner.ui.parts.group_box import read_groups
from cityplanner.ui.parts.jobs import Job, Progress
from cityplanner.ui.parts.many_links import ManyLinks
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.theme import Role, text_label

STEPS = 1000
ALL, SOME = 0, -1
"""What stands in the box of records before the groups."""
_CHARACTERS, _LINES = 64, 20


def about_one(kind: Kind[Any]) -> GroupOf | None:
    """What a kind is about one of, so that a batch can be made; None for any other kind."""
    if Ask.PARTNER in kind.asks:
        return GroupOf.PARTNER
    return GroupOf.INITIATIVE if Ask.INITIATIVE in kind.asks else None


class BatchDialog(QDialog):
    """Asks for records and a folder, writes, and says what was written and what was not."""

    ended = Signal()

    def __init__(
        self,
        context: Context,
        kind: Kind[Any],
        of: GroupOf,
        prepared: Prepared,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(f"{_(kind.label)}: {_(of.value)}")
        self._context, self._kind, self._of, self._prepared = context, kind, of, prepared
        self._job: Job | None = None
        self._at = ""
        self.batch = Batch()
        self.which = QComboBox()
        self.which.addItem(_("All {nouns}").format(nouns=_(of.value)), ALL)
        self.which.addItem(_("Those named here"), SOME)
        self.records = ManyLinks(PARTNER if of is GroupOf.PARTNER else INITIATIVE, context, self)
        self.folder = QLineEdit(str(Path.home()))
        self.browse = QPushButton(_("Browse…"))
        self.browse.setAutoDefault(False)
        self.problem = text_label("", Role.DANGER, wrap=True)
        self.busy = BusyPage()
        self.summary = text_label("", Role.STRONG, wrap=True)
        self.report = QListWidget()
        self.stack = QStackedWidget()
        for page in (self._asking(), self.busy, self._ending()):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.addWidget(self.stack)
        self.which.activated.connect(lambda _at: self._arrange())
        self.browse.clicked.connect(self._browse)
        self.busy.cancelled.connect(self._cancel)
        metrics = self.fontMetrics()
        self.resize(_CHARACTERS * metrics.averageCharWidth(), _LINES * metrics.lineSpacing())
        plan = context.plan
        context.jobs.start(lambda _progress: read_groups(plan, of), self._offer, owner=self)
        self._arrange()

    def choose(self, picked: dict[int, str]) -> None:
        """Name the records that get a briefing."""
        self.records.set_picked(picked)
        self.which.setCurrentIndex(self.which.findData(SOME))
        self._arrange()

    def accept(self) -> None:
        """Write; what is missing is said instead."""
        chosen, folder = int(self.which.currentData()), self.folder.text().strip()
        if chosen == SOME and not self.records.ids:
            self._say(_("No record is named."), self.records)
            return
        if not folder:
            self._say(_("Choose the folder for the files."), self.folder)
            return
        ids = tuple(self.records.ids) if chosen == SOME else ()
        work = self._work(ids, chosen if chosen > 0 else None, Path(folder).expanduser())
        self.busy.start(_("Writing the briefings"))
        self.stack.setCurrentWidget(self.busy)
        self._job = self._context.jobs.start(
            work, self._written, owner=self, failed=self._refused, progress=self._heard
        )
        self._job.finished.connect(self._finished)

    def reject(self) -> None:
        """Close; what is being written is stopped first."""
        if self._job is not None:
            self._job.drop()
        super().reject()

    def _work(self, ids: tuple[int, ...], group: int | None, folder: Path) -> Callable[[Progress], Batch]:
        plan, kind, prepared, of = self._context.plan, self._kind, self._prepared, self._of

        def work(progress: Progress) -> Batch:
            today = dt.date.today()
            among = _members(plan, group, today) if group is not None else ids
            partners, initiatives = (among, ()) if of is GroupOf.PARTNER else ((), among)
            chosen = replace(prepared.today(plan, today), partners=partners, initiatives=initiatives)
            return write_each(
                kind.name,
                plan,
                folder,
                chosen,
                form=prepared.form,
                today=today,
                progress=lambda share, what: progress.report(round(share * STEPS), STEPS, what),
            )

        return work

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _written(self, batch: Batch) -> None:
        self._job, self.batch = None, batch
        said = current().plural("{n} file was written.", "{n} files were written.", len(batch.made))
        if batch.failed:
            said += " " + current().plural("{n} could not be.", "{n} could not be.", len(batch.failed))
        self.summary.setText(said)
        self.report.clear()
        self.report.addItems([f"{title}: {why}" for title, why in batch.failed])
        self.report.addItems([path.name for path in batch.made])
        self.report.setCurrentRow(0)
        self.stack.setCurrentIndex(2)
        self.done_button.setFocus()
        self.ended.emit()

    def _refused(self, error: UserError) -> None:
        self._job = None
        stopped = _("Stopped. The files that were whole by then are in the folder.")
        self.stack.setCurrentIndex(0)
        self._say(stopped if isinstance(error, Cancelled) else str(error), self.which)
        self.ended.emit()

    def _heard(self, done: int, total: int, title: str) -> None:
        if title != self._at:
            self._at = title
            glance()  # what a hundred briefings leave would stop the window when it is let go at once
        self.busy.show_progress(done, total, title)

    def _finished(self) -> None:
        if self._job is not None:
            self._refused(UserError(_("CityPlanner made a mistake; it was logged.")))

    def _say(self, words: str, where: QWidget) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        where.setFocus()

    def _offer(self, groups: list[tuple[int, str]]) -> None:
        for number, title in groups:
            self.which.addItem(_("Group: {group}").format(group=title), number)

    def _arrange(self) -> None:
        self._rows.setRowVisible(self.records, self.which.currentData() == SOME)

    def _browse(self) -> None:
        found = QFileDialog.getExistingDirectory(self, _("Folder for the briefings"), self.folder.text())
        if found:
            self.folder.setText(found)

    def _asking(self) -> QWidget:
        page = QWidget()
        self._rows = QFormLayout()
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._rows.setVerticalSpacing(theme.MEDIUM)
        nouns = capitalized(_(self._of.value))
        self.which.setAccessibleName(nouns)
        self.records.line.describe(nouns, _("Type a part of the name and press Enter."))
        self.folder.setAccessibleName(_("Folder"))
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse)
        self._rows.addRow(_("&For"), self.which)
        self._rows.addRow("", self.records)
        label = QLabel(_("F&older"))
        label.setBuddy(self.folder)
        self._rows.addRow(label, row)
        column = QVBoxLayout(page)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(
            text_label(_("The choices of the page hold for each of them."), Role.MUTED, wrap=True)
        )
        column.addLayout(self._rows)
        self.problem.hide()
        column.addWidget(self.problem)
        column.addStretch(1)
        column.addLayout(foot(self, _("Write")))
        return page

    def _ending(self) -> QWidget:
        page = QWidget()
        self.report.setAccessibleName(_("Files and problems"))
        self.report.setTabKeyNavigation(False)
        self.done_button = QPushButton(_("Close"))
        self.done_button.clicked.connect(lambda: QDialog.accept(self))
        column = QVBoxLayout(page)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.summary)
        column.addWidget(self.report, 1)
        column.addWidget(self.done_button, 0, Qt.AlignmentFlag.AlignRight)
        return page


def _members(plan: Plan, group: int, today: dt.date) -> tuple[int, ...]:
    with plan.reading() as session:
        found = members(plan, session, group, today)
    ids = tuple(sorted(found.ids)) if found is not None else ()
    if not ids:
        raise UserError(_("Nobody is in this group today."), _("Choose another one."))
    return ids
