"""A briefing on the system's printer: here one that prints to a PDF file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cityplanner.base.errors import Cancelled, UserError
from cityplanner.reports.blocks import Block, Briefing, Heading, PageBreak, Paragraph
from cityplanner.reports.output import write_briefing
from cityplanner.ui.context import Context
from cityplanner.ui.pages.reports.page import ReportsPage
from cityplanner.ui.pages.reports.printing import print_pages, printer_for, wanted_pages

PAGES = 3


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A briefing of three pages on A4."""
    blocks: list[Block] = []
    for number in range(1, PAGES + 1):
        blocks += [Heading(1, f"Part {number}"), Paragraph("Said once. " * 20 * number), PageBreak()]
    path = tmp_path_factory.mktemp("printing") / "briefing.pdf"
    write_briefing(Briefing("Printed", tuple(blocks[:-1]), dt.date(2026, 11, 22)), path, paper="A4")
    return path.read_bytes()


@pytest.fixture
def printer(qapp: QApplication, data: bytes, tmp_path: Path) -> QPrinter:
    made = printer_for(data)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    return made


def quiet(_done: int, _total: int) -> None:
    """Hear nothing of the progress."""


def darkness(data: bytes) -> list[float]:
    """How dark each page is, from 0 to 1, in a coarse picture."""
    document = pypdfium2.PdfDocument(data)
    try:
        pictures = [bytes(page.render(scale=0.5, grayscale=True).buffer) for page in document]
    finally:
        document.close()
    return [1 - sum(picture) / (255 * len(picture)) for picture in pictures]


def test_every_page_comes_out_as_large_and_as_dark_as_it_is(
    data: bytes, printer: QPrinter, tmp_path: Path
) -> None:
    printer.setResolution(200)
    told: list[tuple[int, int]] = []
    assert print_pages(data, printer, lambda *step: told.append(step)) == PAGES
    assert told == [(0, PAGES), (1, PAGES), (2, PAGES)]
    out = (tmp_path / "printed.pdf").read_bytes()
    document = pypdfium2.PdfDocument(out)
    assert len(document) == PAGES
    assert document.get_page_size(0) == pytest.approx((595, 842), abs=2)
    document.close()
    assert darkness(out) == pytest.approx(darkness(data), abs=0.004)
    assert darkness(data)[2] > darkness(data)[0] + 0.004


def test_only_the_pages_asked_for_are_printed(data: bytes, printer: QPrinter, tmp_path: Path) -> None:
    printer.setResolution(100)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setPageRanges(QPageRanges.fromString("2-3"))
    assert print_pages(data, printer, quiet) == 2
    printed = darkness((tmp_path / "printed.pdf").read_bytes())
    assert printed == pytest.approx(darkness(data)[1:], abs=0.006)


def test_order_and_copies_are_made_where_the_printer_cannot(printer: QPrinter) -> None:
    assert wanted_pages(printer, 3) == [0, 1, 2]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert wanted_pages(printer, 3) == [2, 1, 0]
    if not printer.supportsMultipleCopies():
        printer.setCopyCount(2)
        printer.setCollateCopies(True)
        assert wanted_pages(printer, 2) == [1, 0, 1, 0]
        printer.setCollateCopies(False)
        assert wanted_pages(printer, 2) == [1, 1, 0, 0]


def test_pages_that_are_not_there_are_refused(data: bytes, printer: QPrinter) -> None:
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setPageRanges(QPageRanges.fromString("7-9"))
    with pytest.raises(UserError, match="none of these pages"):
        print_pages(data, printer, quiet)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_cannot_be_used_is_said(data: bytes, printer: QPrinter, tmp_path: Path) -> None:
    printer.setOutputFileName(str(tmp_path / "missing" / "printed.pdf"))
    with pytest.raises(UserError, match="could not be used"):
        print_pages(data, printer, quiet)


def test_printing_is_stopped_between_pages(data: bytes, printer: QPrinter) -> None:
    printer.setResolution(100)

    def stop(done: int, _total: int) -> None:
        if done:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        print_pages(data, printer, stop)


def test_the_page_offers_the_systems_dialog_and_prints_what_is_shown(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    page = ReportsPage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page.preview.data) and page.side.print.isEnabled(), timeout=60_000)
    page.side.print.click()
    dialog = page.findChild(QPrintDialog)
    assert isinstance(dialog, QPrintDialog)
    printer = dialog.printer()
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(100)
    dialog.done(QPrintDialog.DialogCode.Accepted)
    qtbot.waitUntil(lambda: "printed" in page.side.state.text(), timeout=60_000)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
