"""The page that makes briefings: which, in what language, on what paper; then its pages to look at."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import Cancelled, UserError
from cityplanner.base.language import _, current, translated
from cityplanner.base.settings import PAPER
from cityplanner.reports.choices import Choices, Paper
from cityplanner.reports.kind import Kind
from cityplanner.reports.kinds import kinds
from cityplanner.reports.report import write_report
from cityplanner.ui import icons, theme
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.preferences import PAPERS
from cityplanner.ui.parts.empty_state import EmptyState
from cityplanner.ui.parts.jobs import Job, Progress
from cityplanner.ui.parts.pdf_view import PdfView
from cityplanner.ui.parts.plain import caption
from cityplanner.ui.theme import Role, text_label

STEPS = 1000
SIDE_CHARACTERS = 44


class ReportsPage(QWidget):
    """Choices on one side, the finished pages on the other."""

    written = Signal(str)
    """A briefing was written: its path."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._job: Job | None = None
        self._made: Path | None = None
        self.setAccessibleName(_("Reports"))
        self.kinds = QButtonGroup(self)
        self.language = QComboBox()
        self.paper = QComboBox()
        self.start = QPushButton(_("Create PDF…"))
        self.cancel = QPushButton(_("Cancel"))
        self.open = QPushButton(_("Open"))
        self.bar = QProgressBar()
        self.state = text_label("", Role.MUTED, wrap=True)
        self.pages = PdfView(context.jobs)
        self._nothing = EmptyState()
        self._nothing.say(
            _("No briefing yet"), _("Choose a briefing and create its PDF; its pages appear here.")
        )
        self._preview = QStackedWidget()
        self._preview.addWidget(self._nothing)
        self._preview.addWidget(self.pages)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side())
        row.addWidget(self._preview, 1)
        self.start.clicked.connect(self._ask)
        self.cancel.clicked.connect(self._stop)
        self.open.clicked.connect(self._open)
        self._show_idle()

    def choose(self, name: str) -> None:
        """Choose a kind of briefing."""
        for button in self.kinds.buttons():
            if button.objectName() == name:
                button.setChecked(True)
                self.start.setFocus()

    @property
    def kind(self) -> str:
        """The kind that is chosen."""
        button = self.kinds.checkedButton()
        return button.objectName() if button is not None else ""

    def write(self, target: Path) -> None:
        """Write the chosen briefing to a file, in a worker."""
        plan, kind = self._context.plan, self.kind
        choices = Choices(language=str(self.language.currentData()), paper=Paper(self.paper.currentData()))

        def work(progress: Progress) -> int:
            def tell(share: float, what: str) -> None:
                progress.report(round(share * STEPS), STEPS, what)

            return write_report(kind, plan, target, choices, progress=tell)

        self._show_working()
        self._job = self._context.jobs.start(
            work,
            lambda pages: self._written(target, pages),
            owner=self,
            failed=self._failed,
            progress=self._show_progress,
        )

    def _side(self) -> QWidget:
        side = QFrame()
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(text_label(_("Briefings"), Role.TITLE))
        for at, kind in enumerate(kinds().values()):
            column.addLayout(self._choice(kind, first=at == 0))
        column.addLayout(self._options())
        self.start.setProperty("primary", True)
        icons.wear(self.start, "file-down", "accent_text")
        icons.wear(self.open, "external-link")
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        for widget in (self.start, self.bar, self.cancel, self.state, self.open):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(side)
        area.setFixedWidth(self.fontMetrics().averageCharWidth() * SIDE_CHARACTERS)
        return area

    def _choice(self, kind: Kind[Any], *, first: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.HAIR)
        button = QRadioButton(caption(_(kind.label)))
        button.setObjectName(kind.name)
        button.setAccessibleDescription(_(kind.description))
        button.setChecked(first)
        self.kinds.addButton(button)
        column.addWidget(button)
        column.addWidget(text_label(_(kind.description), Role.MUTED, wrap=True))
        return column

    def _options(self) -> QFormLayout:
        say = current()
        for tag in translated():
            self.language.addItem(say.language(tag), tag)
        self.language.setCurrentIndex(max(self.language.findData(say.tag), 0))
        for paper in PAPERS:
            self.paper.addItem(paper, paper)
        self.paper.setCurrentIndex(max(self.paper.findData(self._context.settings.get(PAPER)), 0))
        self.paper.activated.connect(
            lambda _at: self._context.settings.set(PAPER, str(self.paper.currentData()))
        )
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setVerticalSpacing(theme.SMALL)
        for text, box in ((_("&Language"), self.language), (_("&Paper"), self.paper)):
            box.setAccessibleName(text.replace("&", ""))
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            form.addRow(text, box)
        return form

    def _ask(self) -> None:
        folder = self._made.parent if self._made else Path.home()
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Create PDF"), str(folder / self._suggested()), _("PDF files") + " (*.pdf)"
        )
        if path:
            target = Path(path)
            self.write(target if target.suffix.lower() == ".pdf" else target.with_name(f"{target.name}.pdf"))

    def _suggested(self) -> str:
        office = self._context.office
        words = f"{office.city if office else ''} {_(kinds()[self.kind].label)} {dt.date.today():%Y-%m-%d}"
        return re.sub(r"[^\w.-]+", " ", words).strip() + ".pdf"

    def _show_idle(self, text: str = "") -> None:
        self._job = None
        self.start.setEnabled(bool(self.kind))
        self.bar.hide()
        self.cancel.hide()
        self.state.setText(text)
        self.state.setVisible(bool(text))
        self.open.setVisible(self._made is not None)

    def _show_working(self) -> None:
        self.start.setEnabled(False)
        self.bar.setRange(0, 0)
        for widget in (self.bar, self.cancel, self.state):
            widget.show()
        self.cancel.setEnabled(True)
        self.open.hide()
        self.state.setText(_("Reading the plan"))

    def _show_progress(self, done: int, total: int, text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.state.setText(text)

    def _stop(self) -> None:
        if self._job is not None:
            self.cancel.setEnabled(False)
            self._job.cancel()

    def _written(self, target: Path, pages: int) -> None:
        self._made = target
        self.pages.show_file(target)
        self._preview.setCurrentWidget(self.pages)
        counted = current().plural("{n} page", "{n} pages", pages)
        self._show_idle(_("{name}: {pages}.").format(name=target.name, pages=counted))
        self._context.say(_("The briefing was written to {path}.").format(path=target))
        self.written.emit(str(target))

    def _failed(self, error: UserError) -> None:
        self._show_idle(_("Stopped; no file was written.") if isinstance(error, Cancelled) else str(error))

    def _open(self) -> None:
        if self._made is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made))):
            self.state.setText(
                _("No program for PDF files was found. The file is {path}.").format(path=self._made)
            )
            self.state.show()
