"""Checking the open plan from the window: what `cityplanner check` asks, with its answers in a list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
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
from cityplanner.exchange.checking import Checked, check_whole
from cityplanner.store.checks import Finding
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.trouble import close_button
from cityplanner.ui.parts.busy import BusyPage
from cityplanner.ui.parts.jobs import Job, Progress
from cityplanner.ui.parts.messages import announce
from cityplanner.ui.theme import Role, text_label

STEPS = 1000
_CHARACTERS, _LINES = 90, 26


class VerifyDialog(QDialog):
    """Checks the plan in a worker as soon as it opens, and again with a head that was noted earlier."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Verify the plan"))
        metrics = self.fontMetrics()
        self.resize(_CHARACTERS * metrics.averageCharWidth(), _LINES * metrics.lineSpacing())
        self._context = context
        self._job: Job | None = None
        self.answer = text_label("", Role.HEADING, wrap=True)
        self.findings: list[str] = []
        self.noted = QLineEdit(placeholderText=_("Head of the history from an earlier PDF"))
        self.noted.setAccessibleName(_("Head of the history from an earlier PDF"))
        self.noted.setClearButtonEnabled(True)
        self.again = QPushButton(_("Check again"))
        self.again.setDefault(True)
        self.again.clicked.connect(self.check)
        self._busy = BusyPage()
        self._busy.cancelled.connect(self.reject)
        self._list = QScrollArea()
        self._list.setWidgetResizable(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setAccessibleName(_("What was checked"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._busy)
        self._stack.addWidget(self._list)
        self._lay_out()
        self.check()

    def check(self) -> None:
        """Check everything; the answers follow."""
        self._busy.start(_("Checking the plan, its history and every record…"))
        self._stack.setCurrentWidget(self._busy)
        self.again.setEnabled(False)
        self.answer.setText("")
        path, noted = self._context.plan.path, self.noted.text()

        def work(progress: Progress) -> Checked:
            return check_whole(
                path, noted, lambda share, text: progress.report(round(share * STEPS), STEPS, text)
            )

        self._job = self._context.jobs.start(
            work, self._checked, owner=self, failed=self._failed, progress=self._busy.show_progress
        )

    def reject(self) -> None:
        """Stop what is under way and close."""
        if self._job is not None:
            self._job.drop()
        super().reject()

    def _checked(self, checked: Checked) -> None:
        wrong = sum(not one.ok for one in checked.findings)
        if wrong:
            text = current().plural(
                "One thing is not as it should be", "{n} things are not as they should be", wrong
            )
        else:
            text = _("The plan is sound")
        self._show(text, checked.findings, _("Head of the history: {head}").format(head=checked.head))

    def _failed(self, error: UserError) -> None:
        self._show(_("The plan could not be checked"), [Finding(False, error.what, error.remedy)], "")

    def _show(self, answer: str, findings: tuple[Finding, ...] | list[Finding], head: str) -> None:
        self._job = None
        self.again.setEnabled(True)
        self.answer.setText(answer)
        announce(self, answer)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        self.findings = []
        for one in sorted(findings, key=lambda one: one.ok):
            words = (
                f"✓ {one.what}"
                if one.ok
                else _("✗ Not so: {what} {detail}").format(what=one.what, detail=one.detail)
            )
            self.findings.append(words)
            column.addWidget(text_label(words, None if one.ok else Role.DANGER, wrap=True))
        if head:
            label = text_label(head, Role.MUTED, wrap=True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
            )
            column.addWidget(label)
        column.addStretch(1)
        self._list.setWidget(inside)
        self._stack.setCurrentWidget(self._list)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(theme.SMALL)
        foot.addWidget(self.noted, 1)
        foot.addWidget(self.again)
        foot.addWidget(close_button(self))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.answer)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
