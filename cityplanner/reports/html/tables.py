"""A table as HTML: its caption, its header cells with their scope, its spans, its total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from cityplanner.base.language import Language
from cityplanner.reports.blocks import Cell, Row, Table, place, plain
from cityplanner.reports.html.words import Inline
from cityplanner.reports.pdf.tables import NOTHING

Part = Literal["thead", "tbody", "tfoot"]
SCOPES = {"Row": "row", "Column": "col", "Both": "col"}


def table(inline: Inline, say: Language, block: Table, name: str) -> str:
    """The table; `name` is the id of its caption."""
    caption = f'<caption id="{name}">{inline.text(block.caption)}</caption>\n' if plain(block.caption) else ""
    body: Sequence[Row] = block.rows
    if not body:
        body = [[Cell(block.empty or say.text(NOTHING), columns=len(block.columns), align="start")]]
    found = _part(inline, block, block.head_rows(), "thead") + _part(inline, block, body, "tbody")
    if block.total:
        found += _part(inline, block, [block.total], "tfoot")
    return f"<table>\n{caption}{found}</table>"


def _part(inline: Inline, block: Table, rows: Sequence[Row], part: Part) -> str:
    lines = []
    for row in place(rows, len(block.columns)):
        cells = (_cell(inline, block, column, cell, part) for column, cell in row)
        lines.append(f"<tr>{''.join(cells)}</tr>\n")
    return f"<{part}>\n{''.join(lines)}</{part}>\n"


def _cell(inline: Inline, block: Table, column: int, cell: Cell, part: Part) -> str:
    empty = part == "tbody" and not block.rows
    header = not empty and (part == "thead" or cell.header or column < block.row_headers)
    more = ""
    if header:
        scope = SCOPES[cell.scope or ("Column" if part == "thead" else "Row")]
        more = f' scope="{scope}"'
    align = cell.align or block.columns[column].align
    more += f' class="{align}"' if align != "start" else ""
    more += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    more += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    tag = "th" if header else "td"
    return f"<{tag}{more}>{inline.text(cell.text)}</{tag}>"
