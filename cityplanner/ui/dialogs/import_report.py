"""The last steps of an import: the writing, which can still be stopped, and the report of what was done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QProgressBar, QPushButton

from cityplanner.base.language import _, current
from cityplanner.exchange.intake.apply import Report
from cityplanner.exchange.intake.outcome import Fate, Preview
from cityplanner.ui import theme
from cityplanner.ui.dialogs.import_steps import StepPage
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.theme import Role, text_label


class WritingPage(StepPage):
    """Shows how far the import is."""

    def __init__(self) -> None:
        super().__init__(
            _("Importing"),
            _(
                "A backup is made first. The rows are written as one change: all of them, or none if you cancel."
            ),
        )
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.state = text_label("", wrap=True)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.state)
        self.column.addStretch(1)

    def show_progress(self, done: int, total: int, text: str) -> None:
        """Show how far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.state.setText(text)


class ReportPage(StepPage):
    """Shows what was done, how to take it back, and where the rest can be saved."""

    def __init__(self) -> None:
        super().__init__(_("Done"), "")
        self.counts = QFormLayout()
        self.counts.setHorizontalSpacing(theme.LARGE)
        self.hint = text_label("", wrap=True)
        self.backup = text_label("", Role.MUTED, wrap=True)
        self.backup.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.state = text_label("", wrap=True)
        self.save_rejected = QPushButton(_("&Save rejected rows…"))
        self.save_rejected.setAutoDefault(False)
        self.column.addLayout(self.counts)
        for widget in (self.hint, self.backup, self.state):
            self.column.addWidget(widget)
        self.column.addWidget(self.save_rejected, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def show_report(self, report: Report, done: Preview) -> None:
        """Show what an import did."""
        changed = report.change is not None
        self.words.setText(
            _("The import is one change in the plan's history.") if changed else _("Nothing was changed.")
        )
        while self.counts.rowCount():
            self.counts.removeRow(0)
        say = current()
        for fate, count in done.counts.items():
            if count or fate in (Fate.NEW, Fate.UPDATE, Fate.ERROR):
                number = text_label(say.number(count), Role.STRONG)
                self.counts.addRow(capitalized(_(fate)), number)
        for noun, count in report.also.items():
            label = _("Along with them: {noun}").format(noun=_(noun.__plural__))
            self.counts.addRow(label, text_label(say.number(count), Role.STRONG))
        self.hint.setText(_("To take it back whole: Edit → Undo (Ctrl+Z).") if changed else "")
        self.backup.setText(
            _("Backup made before: {path}").format(path=report.backup) if report.backup else ""
        )
        rejected = len(done.rejected)
        self.save_rejected.setVisible(bool(rejected))
        self.state.setText(
            say.plural(
                "{n} row was not taken. Save it, correct it and import it again.",
                "{n} rows were not taken. Save them, correct them and import them again.",
                rejected,
            )
            if rejected
            else ""
        )
