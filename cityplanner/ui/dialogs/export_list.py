"""Writing the list that is shown to a table, as it is narrowed and sorted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from cityplanner.base.language import _, current
from cityplanner.exchange.tables import export_csv
from cityplanner.ui.context import Context
from cityplanner.ui.pages.records import RecordPage
from cityplanner.ui.parts.jobs import Progress
from cityplanner.ui.parts.plain import capitalized

STEPS = 1000


def ask_and_export(context: Context, page: RecordPage, parent: QWidget) -> None:
    """Ask for a file and write the page's list to it."""
    suggested = Path.home() / f"{capitalized(_(page.noun.__plural__))}.csv"
    path, _kind = QFileDialog.getSaveFileName(
        parent, _("Export list"), str(suggested), _("Tables") + " (*.csv)"
    )
    if path:
        target = Path(path)
        export(context, page, target if target.suffix else target.with_suffix(".csv"))


def export(context: Context, page: RecordPage, target: Path) -> None:
    """Write the page's list to a file, in a worker."""
    plan, noun, ids = context.plan, page.noun, tuple(page.list.view.table_model.ids)

    def work(progress: Progress) -> int:
        def tell(share: float, text: str) -> None:
            progress.report(round(share * STEPS), STEPS, text)

        return export_csv(plan, noun, target, ids=ids, progress=tell)

    def done(count: int) -> None:
        rows = current().plural("{n} row was written to {path}.", "{n} rows were written to {path}.", count)
        context.say(rows.format(path=target))

    context.jobs.start(work, done, owner=page, failed=lambda error: context.say(str(error)))
