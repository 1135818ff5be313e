"""The page that makes briefings: which and with what choices on one side, its pages as they will be on the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidgetItem, QWidget

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.reports.choices import Ask, Choices, Form
from cityplanner.reports.kind import Kind
from cityplanner.reports.kinds import KINDS, kind_named
from cityplanner.reports.report import file_name, write_report
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.pages.reports.batch import BatchDialog, about_one
from cityplanner.ui.pages.reports.form import FORMS
from cityplanner.ui.pages.reports.prepared import (
    Known,
    Prepared,
    read_known,
    remember,
    remembered,
    settled,
)
from cityplanner.ui.pages.reports.preview import Preview, Work
from cityplanner.ui.pages.reports.printing import print_pages, printer_for
from cityplanner.ui.pages.reports.rows import KEY
from cityplanner.ui.pages.reports.side import Side
from cityplanner.ui.parts.jobs import Job, Progress
from cityplanner.ui.parts.plain import tool_tip

STEPS = 1000


class ReportsPage(QWidget):
    """Kinds, choices and buttons beside the live preview."""

    written = Signal(str)
    """A briefing was written: its path."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._reading: Job | None = None
        self._job: Job | None = None
        self._made: Path | None = None
        self._shown: Kind[Any] | None = None
        self.setAccessibleName(_("Reports"))
        self.side = Side(context, self)
        self.kinds, self.form = self.side.kinds, self.side.form
        self.preview = Preview(context, self._ask_preview, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self.preview, 1)
        self._fill()
        self._connect()
        self.kinds.setCurrentRow(0)

    @property
    def kind(self) -> Kind[Any]:
        """The kind that is chosen."""
        return kind_named(self.kinds.currentItem().data(KEY))

    @property
    def ready(self) -> bool:
        """Whether the choices shown are those of the kind chosen."""
        return self._shown is self.kind

    def choose(self, name: str) -> None:
        """Choose a kind of briefing."""
        for row in range(self.kinds.count()):
            if self.kinds.item(row).data(KEY) == name:
                self.kinds.setCurrentRow(row)
                self.kinds.setFocus()

    def brief(self, table: str, record_id: int) -> None:
        """Make ready the briefing about one partner or initiative."""
        ask = Ask.PARTNER if table == "partner" else Ask.INITIATIVE
        kind = next(kind for kind in KINDS if ask in kind.asks)
        prepared = remembered(self._context, kind)
        partners, initiatives = ((record_id,), ()) if ask is Ask.PARTNER else ((), (record_id,))
        choices = replace(prepared.choices, partners=partners, initiatives=initiatives)
        remember(self._context, kind, replace(prepared, choices=choices))
        if self.kind is kind:
            self._read()
        self.choose(kind.name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.fit(self.width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.side.fit(self.width())

    # --- the kind and its choices ---

    def _fill(self) -> None:
        for kind in KINDS:
            item = QListWidgetItem(_(kind.label), self.kinds)
            item.setData(KEY, kind.name)
            item.setToolTip(tool_tip(_(kind.description)))
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, _(kind.description))
        self.kinds.setAccessibleName(_("Briefings"))

    def _connect(self) -> None:
        self.kinds.currentRowChanged.connect(lambda _row: self._read())
        self.form.changed.connect(self._chosen)
        self.preview.drawn.connect(self._allow)
        self._context.changed.connect(self._reread)
        side = self.side
        for button, action in (
            (side.save, self._ask_file),
            (side.print, self._ask_printer),
            (side.many, self._ask_many),
            (side.open, self._open),
            (side.cancel, self._stop),
        ):
            button.clicked.connect(lambda _checked=False, action=action: action())

    def _read(self) -> None:
        """Read what the choices of the kind name, then show them."""
        kind = self.kind
        prepared = remembered(self._context, kind)
        self.side.describe(_(kind.description))
        self._shown = None
        self._allow()

        def show(known: Known) -> None:
            self.form.show_kind(kind, settled(prepared, known), known)
            self._shown = kind
            self._allow()
            self.preview.refresh()

        self._start_reading(kind, prepared.choices, show)

    def _reread(self, _change: object) -> None:
        """The plan changed: what is gone can't stay chosen, and the pages are made anew."""
        if not self.ready:
            self._read()
            return
        self._start_reading(self.kind, self.form.records(), self._learn)

    def _learn(self, known: Known) -> None:
        self.form.learn(known)
        self.preview.refresh()

    def _start_reading(self, kind: Kind[Any], choices: Choices, done: Callable[[Known], None]) -> None:
        if self._reading is not None:
            self._reading.drop()
        plan = self._context.plan

        def arrived(known: Known) -> None:
            self._reading = None
            done(known)

        self._reading = self._context.jobs.start(
            lambda _progress: read_known(plan, kind, choices), arrived, owner=self
        )

    def _chosen(self) -> None:
        self.preview.refresh()
        try:
            remember(self._context, self.kind, self.form.prepared())
        except UserError:
            return  # the preview says why

    def _ask_preview(self) -> Work:
        kind, plan, prepared = self.kind, self._context.plan, self.form.prepared()

        def work(progress: Progress) -> bytes:
            with TemporaryDirectory(prefix="cityplanner-") as folder:
                target = Path(folder) / "preview.pdf"
                _write(plan, kind, replace(prepared, form=Form.PDF), target, progress)
                return target.read_bytes()

        return work

    def _allow(self) -> None:
        side, idle = self.side, self._job is None and self.ready
        side.save.setEnabled(idle)
        side.print.setEnabled(idle and bool(self.preview.data))
        side.many.setEnabled(idle)
        side.many.setVisible(about_one(self.kind) is not None)
        side.show_many(about_one(self.kind))

    # --- the file ---

    def write(self, target: Path) -> None:
        """Write the chosen briefing to a file, in a worker."""
        try:
            prepared = self.form.prepared()
        except UserError as error:
            self._failed(error)
            return
        kind, plan = self.kind, self._context.plan
        self._begin(
            lambda progress: _write(plan, kind, prepared, target, progress),
            lambda pages: self._written(target, pages),
        )

    def _ask_file(self) -> None:
        folder = self._made.parent if self._made else Path.home()
        form = Form(self.form.form.currentData())
        path, _kind = QFileDialog.getSaveFileName(
            self,
            _("Save briefing"),
            str(folder / file_name(self._suggested(), form)),
            f"{_(FORMS[form])} (*.{form.value})",
        )
        if path:
            self.write(with_ending(Path(path), form))

    def _suggested(self) -> str:
        office = self._context.office
        about = [*self.form.partner.picked.values(), *self.form.initiative.picked.values()]
        about = about or [office.city if office else ""]
        return f"{about[0]} {_(self.kind.label)} {dt.date.today():%Y-%m-%d}"

    def _written(self, target: Path, pages: int) -> None:
        self._made = target
        counted = current().plural("{n} page", "{n} pages", pages)
        said = _("{name}: {pages}.").format(name=target.name, pages=counted) if pages else target.name
        self._end(said)
        self._context.say(_("The briefing was written to {path}.").format(path=target))
        self.written.emit(str(target))

    def _open(self) -> None:
        if self._made is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made))):
            self.side.say(_("No program for this file was found. It is {path}.").format(path=self._made))

    # --- the printer ---

    def _ask_printer(self) -> None:
        printer = printer_for(self.preview.data)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
        dialog.setMinMax(1, max(self.preview.pages.page_count, 1))
        data = self.preview.data
        dialog.finished.connect(lambda result: self.print_on(printer, data) if result else None)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def print_on(self, printer: QPrinter, data: bytes) -> None:
        """Print a finished briefing, in a worker."""
        self._begin(
            lambda progress: print_pages(
                data, printer, lambda done, total: progress.report(done, total, _("Printing"))
            ),
            lambda pages: self._end(
                current().plural("{n} page was printed.", "{n} pages were printed.", pages)
            ),
        )

    # --- many ---

    def _ask_many(self) -> None:
        of = about_one(self.kind)
        if of is None:
            return
        try:
            prepared = self.form.prepared()
        except UserError as error:
            self._failed(error)
            return
        dialog = BatchDialog(self._context, self.kind, of, prepared, self)
        picked = {**self.form.partner.picked, **self.form.initiative.picked}
        if picked:
            dialog.choose(picked)
        dialog.open()

    # --- being at work ---

    def _begin(self, work: Callable[[Progress], int], done: Callable[[int], None]) -> None:
        self.side.show_working()
        self._job = self._context.jobs.start(
            work, done, owner=self, failed=self._failed, progress=self.side.show_progress
        )
        self._job.finished.connect(self._finished)
        self._allow()

    def _finished(self) -> None:
        """Work that neither was done nor failed in words was our mistake, which the window has shown."""
        if self._job is not None:
            self._end(_("CityPlanner made a mistake; it was logged."))

    def _end(self, words: str) -> None:
        self._job = None
        self.side.show_idle(words, made=self._made is not None)
        self._allow()

    def _stop(self) -> None:
        if self._job is not None:
            self.side.cancel.setEnabled(False)
            self._job.cancel()

    def _failed(self, error: UserError) -> None:
        self._end(str(error))


def with_ending(path: Path, form: Form) -> Path:
    """The path under the ending of its form."""
    ending = f".{form.value}"
    return path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")


def _write(plan: Plan, kind: Kind[Any], prepared: Prepared, target: Path, progress: Progress) -> int:
    today = dt.date.today()
    return write_report(
        kind.name,
        plan,
        target,
        prepared.today(plan, today),
        form=prepared.form,
        today=today,
        progress=lambda share, what: progress.report(round(share * STEPS), STEPS, what),
    )
