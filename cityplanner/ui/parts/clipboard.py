"""A table on the clipboard, as a spreadsheet takes it: tab-separated text and an HTML table with a header row."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from cityplanner.exchange.cell_texts import safe
from cityplanner.model.field import Field, Kind

_NUMERIC = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.FLAG})
_EXACT_TEXT = "mso-number-format:'\\@'"
Table = Sequence[Sequence[str]]


def harmless(field: Field, text: str) -> str:
    """A cell that a spreadsheet will not run as a formula."""
    return text if field.kind in _NUMERIC else safe(text)


def as_text(table: Table) -> str:
    """Tab-separated; a cell with a tab, a quote or a line break is quoted."""
    return "\n".join("\t".join(map(_quoted, row)) for row in table)


def _quoted(cell: str) -> str:
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if any(c in cell for c in '\t\n\r"') else cell


def as_html(table: Table) -> str:
    """An HTML table whose first row is the header; every cell is text."""
    head, *body = table
    rows = ["<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in head) + "</tr>"]
    rows += [
        "<tr>" + "".join(f'<td style="{_EXACT_TEXT}">{_lines(cell)}</td>' for cell in row) + "</tr>"
        for row in body
    ]
    return f'<meta charset="utf-8"><table>{"".join(rows)}</table>'


def _lines(cell: str) -> str:
    return escape(cell).replace("\n", "<br>")


def copy_table(table: Table) -> None:
    """Put a table on the clipboard."""
    data = QMimeData()
    data.setText(as_text(table))
    data.setHtml(as_html(table))
    QGuiApplication.clipboard().setMimeData(data)
