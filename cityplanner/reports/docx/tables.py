"""A table as WordprocessingML: head rows repeated on every page, spans, header cells, total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from cityplanner.reports.blocks import Cell, Row, Table, place, plain
from cityplanner.reports.docx.words import TWIPS, Inline, hexadecimal, node
from cityplanner.reports.pdf.setting import Setting
from cityplanner.reports.pdf.tables import NOTHING, TableElement
from cityplanner.reports.pdf.tags import Node
from cityplanner.reports.pdf.text import single_line
from cityplanner.reports.theme import Colour

Kind = Literal["head", "body", "total"]
WIDER = 1.15
"""How much wider words are here than on paper, whatever the reader's fonts."""
LONGEST_WHOLE = 600
"""Rows whose cells have up to so many characters are not parted by the end of a page."""
MARGINS = (("top", 60), ("left", 90), ("bottom", 60), ("right", 90))


@dataclass(slots=True)
class TableWriter:
    """Tables of one document, all as wide as its text (in points)."""

    inline: Inline
    setting: Setting
    width: float

    def write(self, table: Table) -> Any:
        """One table."""
        edges = TableElement(self.setting, table, Node("Table")).columns(self.width / WIDER)
        widths = [round((end - start) * WIDER * TWIPS) for start, end in pairwise(edges)]
        found = node("tbl", self._properties(table), node("tblGrid", *(node("gridCol", w=w) for w in widths)))
        body: Sequence[Row] = table.rows
        if not body:
            nothing = table.empty or self.setting.language.text(NOTHING)
            body = [[Cell(nothing, columns=len(table.columns), align="start")]]
        parts: list[tuple[Kind, Sequence[Row]]] = [("head", table.head_rows()), ("body", body)]
        if table.total:
            parts.append(("total", [table.total]))
        for kind, rows in parts:
            for row in _whole(rows, len(table.columns)):
                found.append(self._row(table, row, kind, widths))
        return found

    def _properties(self, table: Table) -> Any:
        rule, strong = self.inline.theme.rule, self.inline.theme.strong_rule
        sides = (("top", strong), ("bottom", strong), ("insideH", rule))
        first = int(table.row_headers > 0)
        look = node("tblLook", val="04A0" if first else "0420", firstRow=1, firstColumn=first, noVBand=1)
        caption = single_line(plain(table.caption))
        return node(
            "tblPr",
            node("bidiVisual") if self.setting.right_to_left else None,
            node("tblW", w=5000, type="pct"),
            node("tblBorders", *(_border(side, shade) for side, shade in sides)),
            node("tblLayout", type="fixed"),
            node("tblCellMar", *(node(side, w=size, type="dxa") for side, size in MARGINS)),
            look,
            node("tblCaption", val=caption) if caption else None,
        )

    def _row(self, table: Table, row: list[_Place], kind: Kind, widths: list[int]) -> Any:
        whole = all(len(plain(one.cell.text)) <= LONGEST_WHOLE for one in row)
        properties = node(
            "trPr",
            node("cantSplit") if kind == "head" or whole else None,
            node("tblHeader") if kind == "head" else None,
        )
        return node(
            "tr",
            properties if len(properties) else None,
            *(self._cell(table, one, kind, widths) for one in row),
        )

    def _cell(self, table: Table, one: _Place, kind: Kind, widths: list[int]) -> Any:
        cell, column = one.cell, one.column
        empty = kind == "body" and not table.rows
        header = not empty and (kind == "head" or cell.header or column < table.row_headers)
        merged = node("vMerge", val="continue" if one.below else "restart") if cell.rows > 1 else None
        properties = node(
            "tcPr",
            node("tcW", w=sum(widths[column : column + cell.columns]), type="dxa"),
            node("gridSpan", val=cell.columns) if cell.columns > 1 else None,
            merged,
            _ground(self.inline.theme.panel) if kind == "total" else None,
            node("vAlign", val="bottom") if kind == "head" else None,
        )
        align = cell.align or table.columns[column].align
        style = "TableHead" if kind == "head" else "TableText"
        words = "" if one.below else cell.text
        paragraph = self.inline.paragraph(
            words, style, align="" if align == "start" else align, bold=header or kind == "total"
        )
        return node("tc", properties, paragraph)


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell in its column; `below` where it goes on from the row above."""

    column: int
    cell: Cell
    below: bool = False


def _whole(rows: Sequence[Row], width: int) -> list[list[_Place]]:
    """Each row with the cells that reach into it from above, which Word wants written again."""
    found: list[list[_Place]] = [[] for _row in rows]
    for number, row in enumerate(place(rows, width)):
        for column, cell in row:
            for below in range(cell.rows):
                found[number + below].append(_Place(column, cell, below > 0))
    return [sorted(row, key=lambda one: one.column) for row in found]


def _border(side: str, shade: Colour) -> Any:
    return node(side, val="single", sz=4, space=0, color=hexadecimal(shade))


def _ground(shade: Colour) -> Any:
    return node("shd", val="clear", color="auto", fill=hexadecimal(shade))
