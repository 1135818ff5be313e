"""Importing in steps: the file, its columns, what each row would do, and only then the import and its report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.collecting import empty, release
from cityplanner.base.errors import Cancelled, UserError
from cityplanner.base.language import _, current
from cityplanner.exchange.bundle import is_bundle
from cityplanner.exchange.intake.apply import Report
from cityplanner.exchange.intake.learned import learn, learned
from cityplanner.exchange.intake.match import Column, match
from cityplanner.exchange.intake.outcome import Preview
from cityplanner.exchange.intake.rejected import write_rejected
from cityplanner.exchange.opening import Opened
from cityplanner.exchange.sheet import NO_HINTS, Hints
from cityplanner.model.entity import Entity
from cityplanner.model.nouns import nouns
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.import_columns import ColumnsPage
from cityplanner.ui.dialogs.import_file import FilePage
from cityplanner.ui.dialogs.import_report import ReportPage, WritingPage
from cityplanner.ui.dialogs.import_rows import RowsPage
from cityplanner.ui.dialogs.import_steps import Step, StepList
from cityplanner.ui.dialogs.import_work import look, read, write
from cityplanner.ui.parts.jobs import Job, Progress
from cityplanner.ui.theme import Role, text_label

R = TypeVar("R")
LEAST, MOST = QSize(1080, 680), QSize(1240, 760)
"""Sizes in pixels; with larger text the dialog grows, at most to the size of the window behind it."""


class ImportAssistant(QDialog):
    """Leads through an import; nothing is written before the rows were looked at."""

    bundle_chosen = Signal(object)
    """The `Path` of a whole plan, which becomes a plan of its own."""

    def __init__(
        self, context: Context, path: Path | None = None, table: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Import"))
        most = parent.window().size() if parent is not None else MOST
        wanted = QSize(150 * self.fontMetrics().averageCharWidth(), 38 * self.fontMetrics().height())
        self.resize(wanted.expandedTo(LEAST).boundedTo(most))
        self._context, self._table = context, table
        self._job: Job | None = None
        self._mapping: dict[str, str] = {}
        self._done: Preview | None = None
        self.path: Path | None = None
        self.opened: Opened | None = None
        self.columns: tuple[Column, ...] = ()
        self.step = Step.FILE
        self.file, self.matching, self.rows = FilePage(table or "partner"), ColumnsPage(), RowsPage()
        self.writing, self.report = WritingPage(), ReportPage()
        self.pages = dict(
            zip(Step, (self.file, self.matching, self.rows, self.writing, self.report), strict=True)
        )
        self.steps, self.stack, self.bar = StepList(), QStackedWidget(), QProgressBar()
        self.state, self.trouble = text_label("", Role.MUTED), text_label("", Role.DANGER, wrap=True)
        self.back, self.next = QPushButton(_("&Back")), QPushButton(_("&Next"))
        self.stop = QPushButton(_("Cancel"))
        self._lay_out()
        self._connect()
        self._show(Step.FILE)
        if path is not None:
            self.choose(path)

    # --- the steps ---

    @property
    def noun(self) -> type[Entity]:
        """What rows become."""
        return nouns()[self.file.table]

    def choose(self, path: Path) -> None:
        """Take a file, and read it afresh."""
        self.path, self.opened = path, None
        self.file.clear(path)
        self.setWindowTitle(_("Import {name}").format(name=path.name))
        if is_bundle(path):
            self._drop_job()
            self._say("")
            self.file.show_bundle()
            self._show(Step.FILE)
        else:
            self._read(NO_HINTS)

    def go_on(self) -> None:
        """Go to the next step, if this one is done."""
        if self._job is not None or not self.next.isEnabled():
            return
        if self.step is Step.FILE and self._is_bundle():
            self.accept()
            self.bundle_chosen.emit(self.path)
        elif self.step is Step.FILE:
            self._match(then=None if self._has_columns() else self._look)
        elif self.step is Step.COLUMNS:
            self._look()
        elif self.step is Step.ROWS:
            self._write()
        else:
            self.accept()

    def go_back(self) -> None:
        """Go to the step before."""
        if self.step in (Step.COLUMNS, Step.ROWS):
            self._drop_job()
            self._say("")
            self._show(Step.COLUMNS if self.step is Step.ROWS and self._has_columns() else Step.FILE)

    def reject(self) -> None:
        """Stop what is under way; while the plan is written, stop that and stay until it is taken back."""
        if self.step is Step.WRITING and self._job is not None:
            self._job.cancel()
            self.writing.state.setText(_("Stopping…"))
            return
        self._drop_job()
        super().reject()

    def done(self, result: int) -> None:
        """Close, and let the rows go in a worker: very many at once would stop the window."""
        super().done(result)
        looks = {id(found): found for found in (self.rows.preview, self._done) if found is not None}
        rows = [list[object](found.lines) for found in looks.values()]
        if self.opened is not None:
            rows.append(list(self.opened.sheet.rows))
        self.rows.show_preview(None)
        self.opened = self._done = None
        self._context.jobs.start(lambda _progress: empty(*rows), lambda _none: None, owner=self._context)
        release()

    def _is_bundle(self) -> bool:
        return self.path is not None and is_bundle(self.path)

    def _has_columns(self) -> bool:
        return self.opened is None or self.opened.has_columns

    def _shown_steps(self) -> list[Step]:
        if self._is_bundle():
            return [Step.FILE]
        return [step for step in Step if step is not Step.COLUMNS or self._has_columns()]

    def _show(self, step: Step) -> None:
        self.step = step
        self.stack.setCurrentWidget(self.pages[step])
        steps = self._shown_steps()
        self.steps.show_steps([_(one) for one in steps], steps.index(step))
        self.back.setVisible(step in (Step.FILE, Step.COLUMNS, Step.ROWS))
        self.next.setVisible(step is not Step.WRITING)
        self.stop.setVisible(step is not Step.REPORT)
        self._enable()
        self.pages[step].begin()

    def _enable(self) -> None:
        """Say on the buttons what they do, and whether they can."""
        busy = self._job is not None
        texts = {Step.ROWS: _("&Import"), Step.REPORT: _("Close")}
        bundle = self.step is Step.FILE and self._is_bundle()
        self.next.setText(_("&Open as new plan…") if bundle else texts.get(self.step, _("&Next")))
        ready = {
            Step.FILE: bundle or self.opened is not None,
            Step.COLUMNS: any(column.target for column in self.columns),
            Step.ROWS: self.rows.useful,
        }
        self.next.setEnabled(not busy and ready.get(self.step, True))
        self.back.setEnabled(self.step in (Step.COLUMNS, Step.ROWS))

    # --- reading, matching, looking ---

    def _read(self, hints: Hints) -> None:
        path, favored = self.path, self._table
        if path is None:
            return

        def done(found: tuple[Opened, str]) -> None:
            self.opened, table = found
            self._mapping = {}
            self.file.show_file(self.opened, table or self.file.table)
            self._show(Step.FILE)

        self.opened = None
        self._start(lambda progress: read(path, hints, favored, progress), done, _("Reading the file"))

    def _match(self, then: Callable[[], None] | None = None) -> None:
        opened, noun, mapping = self.opened, self.noun, dict(self._mapping)
        if opened is None:
            return
        known = learned(self._context.settings, noun) if opened.has_columns else {}
        headers = opened.sheet.headers

        def done(columns: tuple[Column, ...]) -> None:
            self.columns = columns
            if then is not None:
                then()
                return
            self.matching.show_columns(noun, columns, opened.sheet.rows)
            if self.step is Step.COLUMNS:
                self._enable()
            else:
                self._show(Step.COLUMNS)

        self._start(
            lambda _progress: match(headers, noun, mapping, learned=known, insist=False),
            done,
            _("Matching the columns"),
        )

    def _map(self, header: str, target: str) -> None:
        self._mapping[header] = target
        self._match()

    def _look(self) -> None:
        """Work out every row's fate, in a worker."""
        opened, noun, columns, plan = self.opened, self.noun, self.columns, self._context.plan
        if opened is None:
            return
        self.rows.show_preview(None)

        def done(found: Preview) -> None:
            self.rows.show_preview(found, opened.sheet.notes)
            self._enable()
            self.rows.begin()

        self._start(
            lambda progress: look(plan, opened.sheet, noun, columns, progress),
            done,
            _("Comparing with the plan"),
        )
        self._show(Step.ROWS)

    # --- writing ---

    def _write(self) -> None:
        opened, found, plan, choices = self.opened, self.rows.preview, self._context.plan, self.rows.choices
        if opened is None or found is None:
            return
        self._show(Step.WRITING)
        self._start(
            lambda progress: write(plan, opened.sheet, found, choices, progress),
            self._written,
            _("Importing"),
        )

    def _written(self, result: tuple[Preview, Report]) -> None:
        self._done, report = result
        if self._has_columns():
            learn(self._context.settings, self._done.noun, self._done.columns)
        say = current()
        text = _("Imported: {new} new, {updated} updated, {rejected} rejected.").format(
            new=say.number(report.created),
            updated=say.number(report.updated),
            rejected=say.number(report.rejected),
        )
        self._context.say(text, undoable=report.change is not None)
        self.report.show_report(report, self._done)
        self._show(Step.REPORT)
        self.next.setFocus()

    def _ask_rejected(self) -> None:
        path = self.path
        if path is None:
            return
        suggested = path.with_name(f"{path.stem} rejected.csv")
        target, _kind = QFileDialog.getSaveFileName(
            self, _("Save rejected rows"), str(suggested), f"{_('Tables')} (*.csv)"
        )
        if target:
            self.save_rejected(Path(target))

    def save_rejected(self, target: Path) -> None:
        """Write the rows that were not taken to a table that can be corrected and imported again."""
        found = self._done or self.rows.preview
        if found is None:
            return

        def done(count: int) -> None:
            text = current().plural("{n} row was saved to {path}.", "{n} rows were saved to {path}.", count)
            self._enable()
            self._say(text.format(path=target))

        self._start(lambda _progress: write_rejected(found, target), done, _("Saving"))

    # --- working ---

    def _start(self, work: Callable[[Progress], R], done: Callable[[R], None], text: str) -> None:
        self._drop_job()
        self._say("" if self.step is Step.WRITING else text)
        self.bar.setRange(0, 0)
        self.bar.setVisible(self.step is not Step.WRITING)

        def finished(result: R) -> None:
            self._rest()
            done(result)

        self._job = self._context.jobs.start(
            work, finished, owner=self, failed=self._failed, progress=self._show_progress
        )
        self._enable()

    def _rest(self) -> None:
        self._job = None
        self.bar.hide()
        self._say("")

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.drop()
            self._rest()

    def _show_progress(self, done: int, total: int, text: str) -> None:
        if self._job is None:
            return
        if self.step is Step.WRITING:
            self.writing.show_progress(done, total, text)
        else:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.state.setText(text)

    def _failed(self, error: UserError) -> None:
        self._rest()
        if self.step is Step.WRITING:
            self._show(Step.ROWS)
        self._enable()
        if isinstance(error, Cancelled):
            self._say(_("The import was canceled. Nothing was changed."))
        else:
            self.trouble.setText(str(error))
            self.trouble.show()

    def _say(self, text: str) -> None:
        self.state.setText(text)
        self.trouble.hide()

    # --- the look ---

    def _connect(self) -> None:
        self.file.chosen.connect(self.choose)
        self.file.reread.connect(self._read)
        self.file.noun.activated.connect(lambda _at: self._mapping.clear())
        self.matching.mapped.connect(self._map)
        self.rows.decided.connect(self._enable)
        for page in (self.rows, self.report):
            page.save_rejected.clicked.connect(self._ask_rejected)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.stop.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        for page in self.pages.values():
            self.stack.addWidget(page)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.bar.setFixedHeight(theme.SMALL)
        kept = self.bar.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(kept)
        self.bar.hide()
        self.trouble.hide()
        self.next.setProperty("primary", True)
        self.next.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SMALL)
        foot.addWidget(self.state, 1)
        for button in (self.stop, self.back, self.next):
            button.setAutoDefault(button is self.next)
            foot.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(theme.MEDIUM)
        right.addWidget(self.stack, 1)
        right.addWidget(self.trouble)
        right.addWidget(self.bar)
        right.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        whole.setSpacing(theme.LARGE)
        whole.addWidget(self.steps)
        whole.addLayout(right, 1)
