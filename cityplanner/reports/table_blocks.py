"""What a table of a briefing is made of: columns, cells that span, header cells with their scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cityplanner.reports.words import Text, plain, require

Align = Literal["start", "center", "end"]
Scope = Literal["Row", "Column", "Both"]


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its heading, relative width, and `end` alignment for numbers."""

    heading: Text
    width: float = 1.0
    align: Align = "start"

    def __post_init__(self) -> None:
        require(self.width > 0, "a column needs a width above nought")


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell that needs more than its words: spans, a header's scope, an alignment of its own."""

    text: Text
    columns: int = 1
    rows: int = 1
    header: bool = False
    scope: Scope | None = None
    align: Align | None = None

    def __post_init__(self) -> None:
        require(self.columns >= 1 and self.rows >= 1, "a cell spans at least one row and column")


Row = Sequence[Cell | Text]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that knows its header cells.

    Without `head` the columns' headings make the one head row. The first `row_headers` cells of each row
    are headers too. A cell spanning rows leaves its place out of the rows below. Without rows `empty` is
    printed instead.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    caption: Text = ""
    head: Sequence[Row] = ()
    row_headers: int = 0
    total: Row | None = None
    empty: Text = ""
    id: str = ""

    def __post_init__(self) -> None:
        require(bool(self.columns), "a table needs columns")
        require(0 <= self.row_headers <= len(self.columns), "more row headers than columns")
        headings = [plain(c.heading).strip() for c in self.columns]
        require(bool(self.head) or all(headings), "each column needs a heading")
        for part, name in (
            (self.head, "head"),
            (self.rows, "body"),
            ([self.total] if self.total else [], "total"),
        ):
            place(part, len(self.columns), name)

    def head_rows(self) -> Sequence[Row]:
        """The rows repeated at the top of every page."""
        return self.head or [[Cell(column.heading) for column in self.columns]]


def as_cell(value: Cell | Text) -> Cell:
    """A cell from whatever a row may hold."""
    return value if isinstance(value, Cell) else Cell(value)


def place(rows: Sequence[Row], width: int, name: str = "table") -> list[list[tuple[int, Cell]]]:
    """Each row's own cells with their column, spans resolved; raises `BlockError` when uneven."""
    open_until = [0] * width
    placed: list[list[tuple[int, Cell]]] = []
    for number, row in enumerate(rows):
        column, cells = 0, []
        for cell in map(as_cell, row):
            while column < width and open_until[column] > number:
                column += 1
            end = column + cell.columns
            taken = end > width or any(open_until[c] > number for c in range(column, end))
            require(not taken, f"row {number + 1} of the {name} has too many cells for {width} columns")
            require(
                number + cell.rows <= len(rows),
                f"a cell in row {number + 1} of the {name} spans past its end",
            )
            open_until[column:end] = [number + cell.rows] * cell.columns
            cells.append((column, cell))
            column = end
        missing = sum(until <= number for until in open_until)
        require(
            not missing, f"row {number + 1} of the {name} has {missing} cells too few for {width} columns"
        )
        placed.append(cells)
    return placed
