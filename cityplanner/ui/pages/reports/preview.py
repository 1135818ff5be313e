"""The live preview: the briefing composed and drawn in a worker while choices change, or words that say why not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.empty_state import EmptyState
from cityplanner.ui.parts.jobs import Job, Progress
from cityplanner.ui.parts.pdf_view import PdfView
from cityplanner.ui.theme import Role, text_label

WAIT_MS = 400
BAR_CHARACTERS = 24
Work = Callable[[Progress], bytes]


class Preview(QWidget):
    """Shows the pages of what `ask` gives; it is asked again a moment after the last change.

    `ask` is called on the GUI thread and gives the work of a worker, or raises `UserError` in words.
    """

    drawn = Signal()
    """The pages shown are those of the choices now, or no longer are: see `data`."""

    def __init__(self, context: Context, ask: Callable[[], Work], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._ask = context, ask
        self._job: Job | None = None
        self._stale = self._again = False
        self.data = b""
        """The PDF that is shown, while it is the one of the choices now."""
        self._stack = QStackedWidget(self)
        self.pages = PdfView(context.jobs, self._stack)
        self.words = EmptyState(self._stack)
        self.state = text_label("", Role.MUTED)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress of the preview"))
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.setAccessibleName(_("Cancel the preview"))
        self._stack.addWidget(self.words)
        self._stack.addWidget(self.pages)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.begin)
        self.cancel.clicked.connect(self.stop)
        self.words.chosen.connect(self.begin)
        self._lay_out()
        self._show_idle("")
        self.words.say(_("Preview"), _("The pages appear here."))

    @property
    def said(self) -> str:
        """The words that stand in place of pages; empty while pages are shown."""
        shown = self._stack.currentWidget() is self.words
        return f"{self.words.accessibleName()} {self.words.accessibleDescription()}" if shown else ""

    @property
    def busy(self) -> bool:
        """Whether pages are being made, or are about to be."""
        return self._job is not None or self._timer.isActive()

    def refresh(self) -> None:
        """Something changed: make the pages anew, a moment after the last change and once they are in sight."""
        self._stale = True
        self._let_go()
        if self._job is not None:
            self._job.drop()
        if self.isVisible():
            self._timer.start()

    def begin(self) -> None:
        """Make the pages now; what is under way for older choices ends first."""
        self._timer.stop()
        self._stale = False
        if self._job is not None:
            self._job.drop()
            self._again = True
            return
        try:
            work = self._ask()
        except UserError as error:
            self._refuse(error)
            return
        self._show_progress(0, 0, _("Reading the plan"))
        for widget in (self.bar, self.cancel):
            widget.show()
        self.cancel.setEnabled(True)
        self._job = self._context.jobs.start(
            work, self._show, owner=self, failed=self._refuse, progress=self._show_progress
        )
        self._job.finished.connect(self._ended)

    def stop(self) -> None:
        """Stop making the pages; nothing is shown until it is asked for."""
        self._timer.stop()
        self._again = False
        if self._job is not None:
            self._job.drop()
        self._let_go()
        self._show_idle("")
        self.words.say(
            _("The preview was stopped."), _("Change a choice, or show it again."), _("Show preview")
        )
        self._stack.setCurrentWidget(self.words)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._timer.start()

    def _let_go(self) -> None:
        if self.data:
            self.data = b""
            self.drawn.emit()

    def _show(self, data: bytes) -> None:
        self.data = data
        self.pages.show_data(data, self._counted)
        self._stack.setCurrentWidget(self.pages)
        self._show_idle("")
        self.drawn.emit()

    def _counted(self, pages: int) -> None:
        if self._job is None:
            self.state.setText(current().plural("{n} page", "{n} pages", pages))

    def _refuse(self, error: UserError) -> None:
        self.words.say(error.what, error.remedy)
        self._stack.setCurrentWidget(self.words)
        self._show_idle("")

    def _ended(self) -> None:
        wanted = self._job is not None and not self._job.unwanted
        self._job = None
        if self._again:
            self._again = False
            self.begin()
        elif wanted and self.bar.isVisibleTo(self):
            self._refuse(
                UserError(
                    _("The preview could not be made."), _("CityPlanner made a mistake; it was logged.")
                )
            )

    def _show_progress(self, done: int, total: int, text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.state.setText(text)

    def _show_idle(self, text: str) -> None:
        self.bar.hide()
        self.cancel.hide()
        self.state.setText(text)

    def _lay_out(self) -> None:
        self.bar.setFixedWidth(BAR_CHARACTERS * self.fontMetrics().averageCharWidth())
        row = QHBoxLayout()
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        row.setSpacing(theme.MEDIUM)
        row.addWidget(self.state, 1)
        row.addWidget(self.bar)
        row.addWidget(self.cancel)
        head = QWidget(self)
        head.setLayout(row)
        # The pages do not jump when the button comes and goes.
        head.setMinimumHeight(self.cancel.sizeHint().height() + 2 * theme.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
