"""Erasing a person: what goes, what stays and who else holds them is shown, and the name is typed first."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.exchange.person_words import parts
from cityplanner.store.personal.copies import Copy, copies
from cityplanner.store.personal.erasing import Extent, extent
from cityplanner.store.personal.everywhere import Erased, erase_everywhere
from cityplanner.store.plan_file import Plan
from cityplanner.store.search import fold
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.busy import BusyPage
from cityplanner.ui.parts.jobs import Job, Progress
from cityplanner.ui.parts.messages import announce
from cityplanner.ui.theme import Role, text_label

STEPS = 1000
_CHARACTERS, _LINES = 84, 30


@dataclass(frozen=True, slots=True)
class Looked:
    """What would go, and the files beside the plan that hold the person."""

    extent: Extent
    held: tuple[Copy, ...]


def look(plan: Plan, contact_id: int, progress: Progress) -> Looked:
    """Find out what erasing a person would take; runs in a worker."""
    found = extent(plan, contact_id, lambda share: progress.report(round(share * STEPS), STEPS))
    return Looked(found, copies(plan.path, found.person))


class ErasePersonDialog(QDialog):
    """Nothing goes before the person's name was typed; a legal hold leaves only the way back."""

    def __init__(self, context: Context, contact_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Erase a person"))
        metrics = self.fontMetrics()
        self.resize(_CHARACTERS * metrics.averageCharWidth(), _LINES * metrics.lineSpacing())
        self._context, self._contact_id = context, contact_id
        self._job: Job | None = None
        self._erasing = False
        self._looked: Looked | None = None
        self.heading = text_label("", Role.HEADING, wrap=True)
        self.warning = text_label("", Role.DANGER, wrap=True)
        self._busy = BusyPage()
        self._list = QScrollArea()
        self._list.setWidgetResizable(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setAccessibleName(_("What would be erased"))
        self.pages = QStackedWidget()
        self.replace = QCheckBox()
        self.replace.setChecked(True)
        self.name = QLineEdit()
        self.go = QPushButton(_("&Erase for good"))
        self.leave = QPushButton(_("Cancel"))
        self._lay_out()
        self._busy.cancelled.connect(self._stop)
        self.name.textChanged.connect(self._update)
        self.go.clicked.connect(self.erase)
        self.leave.clicked.connect(self.reject)
        self.look()

    def look(self) -> None:
        """Find out what would go."""
        plan, contact_id = self._context.plan, self._contact_id
        self._begin(_("Looking for everything that is kept about this person…"))
        self._job = self._context.jobs.start(
            lambda progress: look(plan, contact_id, progress),
            self._show,
            owner=self,
            failed=self._failed,
            progress=self._busy.show_progress,
        )
        self._update()

    def erase(self) -> None:
        """Erase the person, once the name stands there."""
        if not self.go.isEnabled():
            return
        context, contact_id = self._context, self._contact_id
        plan, settings, drafts = context.plan, context.settings, context.drafts.path.parent
        replace = self.replace.isChecked()
        self._begin(_("Erasing…"))
        self._erasing = True

        def work(progress: Progress) -> Erased:
            def heed(share: float) -> None:
                progress.report(round(share * STEPS), STEPS)

            return erase_everywhere(plan, contact_id, settings, replace=replace, drafts=drafts, heed=heed)

        self._job = context.jobs.start(
            work, self._done, owner=self, failed=self._failed, progress=self._busy.show_progress
        )
        self._update()

    def reject(self) -> None:
        """Close; not while somebody is being erased, for that is to be told of."""
        if self._erasing:
            return
        if self._job is not None:
            self._job.drop()
        super().reject()

    def _begin(self, text: str) -> None:
        self._busy.start(text)
        self.pages.setCurrentWidget(self._busy)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        if not self._erasing:
            self.reject()

    def _show(self, looked: Looked) -> None:
        self._job, self._looked = None, looked
        found = looked.extent
        self.heading.setText(_("Erase {name}?").format(name=found.person.name))
        self.warning.setText(
            _("A legal hold stands, so nothing can be erased. It has to be released first.")
            if found.holds
            else _(
                "This cannot be undone, and nothing done before it can be undone any more. What was exported,"
                " printed or sent is not known here."
            )
        )
        self._list.setWidget(_told(looked))
        self.pages.setCurrentWidget(self._list)
        self.replace.setText(
            current().plural(
                "&Replace the file that still holds the person by one new backup",
                "&Replace the {n} files that still hold the person by one new backup",
                len(looked.held),
            )
        )
        self.replace.setVisible(bool(looked.held) and not found.holds)
        wanted = _("Type the name to confirm: {name}").format(name=found.person.name)
        self.name.setPlaceholderText(wanted)
        self.name.setAccessibleName(wanted)
        self.name.setVisible(not found.holds)
        self.name.setFocus()
        announce(self, f"{self.heading.text()} {self.warning.text()}")
        self._update()

    def _done(self, erased: Erased) -> None:
        self._context.drafts.read_anew()
        self._erasing = False
        left = current().plural("{n} file still holds them.", "{n} files still hold them.", len(erased.left))
        text = _("The person was erased.")
        self._context.say(f"{text} {left}" if erased.left else text)
        self.accept()

    def _failed(self, error: UserError) -> None:
        self._context.drafts.read_anew()
        self._job, self._erasing, self._looked = None, False, None
        self.heading.setText(error.what)
        self.warning.setText(error.remedy)
        self._list.setWidget(QWidget())
        self.pages.setCurrentWidget(self._list)
        announce(self, str(error))
        self._update()

    def _update(self) -> None:
        looked = self._looked
        ready = looked is not None and self._job is None and not looked.extent.holds
        able = ready and not self._context.read_only
        self.leave.setEnabled(not self._erasing)
        self.name.setEnabled(able)
        self.replace.setEnabled(able)
        typed = fold(" ".join(self.name.text().split()))
        self.go.setEnabled(able and looked is not None and typed == fold(looked.extent.person.name))
        for widget in (self.replace, self.name):
            if looked is None:
                widget.hide()

    def _lay_out(self) -> None:
        self.pages.addWidget(self._busy)
        self.pages.addWidget(self._list)
        for button in (self.go, self.leave):
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SMALL)
        foot.addWidget(self.name, 1)
        foot.addStretch()
        foot.addWidget(self.go)
        foot.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        for widget in (self.heading, self.warning):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
        column.addWidget(self.replace)
        column.addLayout(foot)


def _told(looked: Looked) -> QWidget:
    """What would happen, part by part."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.NARROW)
    told = parts(looked.extent, looked.held)
    for part in told[:1] if looked.extent.holds else told:
        column.addWidget(text_label(part.heading, Role.STRONG, wrap=True))
        column.addWidget(text_label("\n".join(part.lines), wrap=True))
        column.addSpacing(theme.SMALL)
    column.addStretch(1)
    return inside
