"""A finished PDF on a printer: each page drawn at the printer's resolution, in a worker."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep

from PySide6.QtCore import QMarginsF, QPoint, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.reports.pdf.pdfium import PDFIUM
from cityplanner.ui.parts.pdf_view import page_sizes

MOST_DPI = 600
"""Finer dots than these nobody sees, and a page of them takes hundreds of megabytes."""
STRIP = 24
"""Rows drawn at once: Qt holds Python's lock while it packs them, and the window waits for it."""
BREATH = 0.002
"""Seconds between strips in which the window gets its turn."""
CHANNELS = 3
Tell = Callable[[int, int], None]


def printer_for(data: bytes) -> QPrinter:
    """A printer set to the size of the first page, without margins: the pages bring their own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    width, height = page_sizes(data)[0]
    size = QPageSize(QSizeF(width, height), QPageSize.Unit.Point)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setFullPage(True)
    return printer


def wanted_pages(printer: QPrinter, total: int) -> list[int]:
    """The numbers of the pages to print, from 0, in their order; copies are made here where the printer can't."""
    found = list(range(total))
    ranges = printer.pageRanges()
    if not ranges.isEmpty() and printer.printRange() is QPrinter.PrintRange.PageRange:
        found = [number for number in found if ranges.contains(number + 1)]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        found.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    if printer.collateCopies():
        return found * copies
    return [number for number in found for _copy in range(copies)]


def print_pages(data: bytes, printer: QPrinter, tell: Tell) -> int:
    """Print a PDF and give the number of pages; raises `UserError` where the printer can't be used.

    `tell` hears the pages done and their total; raising `Cancelled` in it takes the job back.
    """
    pages = wanted_pages(printer, len(page_sizes(data)))
    if not pages:
        raise UserError(_("The briefing has none of these pages."), _("Choose others."))
    printer.setResolution(min(printer.resolution(), MOST_DPI))
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(_("The printer could not be used."), _("Choose another one, or save a PDF."))
    try:
        for done, number in enumerate(pages):
            tell(done, len(pages))
            if done and not printer.newPage():
                raise UserError(_("The printer stopped."), _("Look after it and print again."))
            _print_page(painter, printer, data, number)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(pages)


def _print_page(painter: QPainter, printer: QPrinter, data: bytes, number: int) -> None:
    """Draw one page as large as the paper allows, in its middle, dot by dot."""
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    width, height = page_sizes(data)[number]
    size = QSize(round(width), round(height)).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(QPoint(), size)
    place.moveCenter(paper.center())
    for top, strip, dots in _strips(data, number, size.width()):
        image = QImage(strip, dots, len(strip) // (dots * CHANNELS), dots * CHANNELS, _FORM)
        painter.drawImage(place.topLeft() + QPoint(0, top), image)
        sleep(BREATH)


def _strips(data: bytes, number: int, width: int) -> list[tuple[int, bytes, int]]:
    """The strips of a page that are not white: their top row, their dots and how many dots are in a row.

    Each has a row of the next one too, so that no viewer shows a seam.
    """
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            page = document[number]
            scale = width / page.get_width()
            # Memory of PDFium's own: Python would hold its lock while it clears a hundred megabytes.
            maker = pypdfium2.PdfBitmap.new_foreign
            bitmap = page.render(scale=scale, rev_byteorder=True, optimize_mode="print", bitmap_maker=maker)
            assert bitmap.n_channels == CHANNELS
            cut = _cut(memoryview(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
            del bitmap  # while the lock is held
        finally:
            document.close()
    return [(top, strip, dots) for top, strip, dots in cut if strip.count(b"\xff") < len(strip)]


def _cut(dots: memoryview, width: int, height: int, stride: int) -> list[tuple[int, bytes, int]]:
    row = width * CHANNELS
    return [
        (
            top,
            b"".join(
                bytes(dots[at * stride : at * stride + row])
                for at in range(top, min(top + STRIP + 1, height))
            ),
            width,
        )
        for top in range(0, height, STRIP)
    ]


_FORM = QImage.Format.Format_RGB888
