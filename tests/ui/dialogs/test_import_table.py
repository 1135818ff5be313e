"""Importing a table in the window: nothing is written before the last button, and everything can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from cityplanner.exchange.intake.outcome import Fate
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.import_table import ImportDialog

ROWS = "Name,Kind,Country,Remarks\nOsaka,city,JP,x\nNagoya,city,JP,y\n,city,JP,z\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table with two good rows and one without a name."""
    path = tmp_path / "partners.csv"
    path.write_text(ROWS, "utf-8")
    return path


def opened(qtbot: QtBot, context: Context, path: Path) -> ImportDialog:
    """The dialog, once it has compared the file with the plan."""
    dialog = ImportDialog(context, path)
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    dialog.open()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    return dialog


def partners(plan: Plan) -> list[str]:
    """The names of all partners."""
    with plan.reading() as session:
        return [name for (name,) in listing.rows(session, Partner, ["name"], listing.ids(session, Partner))]


def test_the_preview_says_what_each_row_would_do_and_writes_nothing(
    qtbot: QtBot, context: Context, plan: Plan, table: Path
) -> None:
    dialog = opened(qtbot, context, table)
    assert dialog.preview is not None
    counts = dialog.preview.counts
    assert (counts[Fate.NEW], counts[Fate.ERROR]) == (2, 1)
    assert partners(plan) == []
    assert dialog.model.rowCount() == 3
    dialog.fate.setCurrentIndex(dialog.fate.findData("error"))
    dialog.fate.activated.emit(dialog.fate.currentIndex())
    assert dialog.model.rowCount() == 1
    dialog.reject()
    assert partners(plan) == []


def test_import_writes_the_good_rows_as_one_change(
    qtbot: QtBot, context: Context, plan: Plan, table: Path
) -> None:
    dialog = opened(qtbot, context, table)
    dialog.go.click()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert partners(plan) == ["Nagoya", "Osaka"]
    assert "Import 2 partners" in (plan.undoable() or "")
    plan.undo()
    assert partners(plan) == []


def test_another_target_for_a_column_changes_the_preview(
    qtbot: QtBot, context: Context, plan: Plan, table: Path
) -> None:
    dialog = opened(qtbot, context, table)
    box = dialog.columns.cellWidget(3, 1)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("notes"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: not context.jobs.busy)
    dialog.go.click()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    with plan.reading() as session:
        assert listing.rows(session, Partner, ["notes"], listing.ids(session, Partner)) == [("y",), ("x",)]


def test_an_empty_file_is_refused_in_words(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.touch()
    dialog = opened(qtbot, context, path)
    assert dialog.state.text()
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_a_file_of_something_else_is_refused_in_words(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    path = tmp_path / "poem.csv"
    path.write_text("roses,violets\nred,blue\n", "utf-8")
    dialog = opened(qtbot, context, path)
    assert "roses" in dialog.state.text()
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_cards_become_contacts_whatever_list_was_shown(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "people.vcf"
    path.write_text("BEGIN:VCARD\nFN:Ana Ito\nEMAIL:ana@example.org\nPHOTO:x\nEND:VCARD\n", "utf-8")
    dialog = opened(qtbot, context, path)
    assert dialog.chosen.__tablename__ == "contact"
    assert dialog.preview is not None
    assert dialog.preview.counts[Fate.NEW] == 1
    assert "1 picture or sound was left out." in dialog.state.text()
    dialog.reject()


def test_a_spreadsheet_is_read_in_a_process_of_its_own(
    qtbot: QtBot, context: Context, plan: Plan, tmp_path: Path
) -> None:
    path = tmp_path / "partners.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_row(0, 0, ["Name"])
        book.worksheets()[0].write_row(1, 0, ["Osaka"])
    dialog = ImportDialog(context, path)
    dialog.open()
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=30_000)
    dialog.go.click()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert partners(plan) == ["Osaka"]
