"""Spreadsheets made for tests, as other programs write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from cityplanner.exchange.sheet import Sheet
from cityplanner.exchange.spreadsheet_reading import read_spreadsheet
from tests.exchange.in_place import read_in_place

LIST = [["Name", "Country"], ["Nagoya", "JP"], ["Bordeaux", "FR"]]


def workbook(*sheets: tuple[str, Sequence[Sequence[object]]]) -> bytes:
    """An XLSX of titled sheets."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        for title, rows in sheets:
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return written.getvalue()


def open_document(cells: str) -> bytes:
    """A spreadsheet as LibreOffice writes it, cut to the parts that matter."""
    names = "office:1.0", "table:1.0", "text:1.0"
    spaces = " ".join(
        f'xmlns:{name.split(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{name}"' for name in names
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{cells}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return written.getvalue()


def ods_rows(rows: list[list[str]]) -> str:
    """Rows of texts as an open document has them."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    return "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)


def sheet_of(path: Path) -> Sheet:
    """The sheet of a spreadsheet, read in this process."""
    return read_in_place(read_spreadsheet, path.read_bytes(), path.name)
