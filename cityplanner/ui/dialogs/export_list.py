"""Writing the list that is shown to a table, as it is narrowed and sorted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from cityplanner.base.language import _, current
from cityplanner.exchange.formats import NAMES, forms_of, writer_of
from cityplanner.ui.context import Context
from cityplanner.ui.pages.records import RecordPage
from cityplanner.ui.parts.jobs import Progress
from cityplanner.ui.parts.plain import capitalized

STEPS = 1000


def ask_and_export(context: Context, page: RecordPage, parent: QWidget) -> None:
    """Ask for a file in one of the formats that fit and write the page's list to it."""
    table = page.noun.__tablename__
    suggested = Path.home() / f"{capitalized(_(page.noun.__plural__))}.csv"
    path, kind = QFileDialog.getSaveFileName(
        parent, _("Export list"), str(suggested), ";;".join(filters(table))
    )
    if path:
        export(context, page, with_suffix(Path(path), kind, table))


def filters(table: str) -> list[str]:
    """What the file dialog offers for a noun: “Spreadsheet (*.xlsx)”."""
    return [f"{capitalized(_(NAMES[form]))} (*.{form})" for form in forms_of(table)]


def with_suffix(path: Path, kind: str, table: str) -> Path:
    """The path under the suffix it has, or under that of the format chosen in the dialog."""
    if path.suffix.lower().lstrip(".") in forms_of(table):
        return path
    chosen = next((form for form in forms_of(table) if f"*.{form})" in kind), "csv")
    return path.with_name(f"{path.name}.{chosen}")


def export(context: Context, page: RecordPage, target: Path) -> None:
    """Write the page's list to a file, in a worker."""
    plan, noun, ids = context.plan, page.noun, tuple(page.list.view.table_model.ids)

    write = writer_of(target, noun.__tablename__)

    def work(progress: Progress) -> int:
        def tell(share: float, text: str) -> None:
            progress.report(round(share * STEPS), STEPS, text)

        return write(plan, noun, target, ids=ids, progress=tell)

    def done(count: int) -> None:
        rows = current().plural("{n} row was written to {path}.", "{n} rows were written to {path}.", count)
        context.say(rows.format(path=target))

    context.jobs.start(work, done, owner=page, failed=lambda error: context.say(str(error)))
