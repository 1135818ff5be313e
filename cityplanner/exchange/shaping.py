"""Rows of cells become a table: the first row with anything in it names the columns, sizes are kept in bounds."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.exchange.sheet import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Told


def shaped(name: str, records: Iterable[tuple[int, Sequence[str]]]) -> Generator[Told, None, tuple[str, ...]]:
    """Yield rows out of numbered records, return headers; raises `UserError` where they are no table or too large."""
    filled = ((number, cells) for number, cells in records if any(map(str.strip, cells)))
    headers = next((_headers(cells, name) for _number, cells in filled), None)
    if headers is None:
        raise UserError(
            _("“{name}” is empty.").format(name=name),
            _("Choose a file with a row of column names and rows below."),
        )
    width = len(headers)
    most = min(MOST_ROWS, MOST_CELLS // width)
    rows = 0
    for rows, (number, cells) in enumerate(filled, 1):
        if rows > most:
            raise _too_many(name, most)
        if max(map(len, cells)) > LONGEST_CELL:
            raise too_long(name, number)
        yield (number, tuple(cells), "") if len(cells) == width else _bent(number, cells, width)
    if not rows:
        raise UserError(
            _("“{name}” has column names but no rows.").format(name=name),
            _("Add rows below the column names."),
        )
    return headers


def too_long(name: str, number: int) -> UserError:
    """A cell that no list has."""
    return UserError(
        _("“{name}” has a cell of more than {n} characters in row {row}.").format(
            name=name, n=LONGEST_CELL, row=number
        ),
        _("A quotation mark may be missing there. Shorten the cell and import the file again."),
    )


def too_large(name: str) -> UserError:
    """A file with more in it than its size says."""
    return UserError(
        _("“{name}” unpacks to more than any list needs.").format(name=name),
        _("Copy the rows you need to a new file and import that."),
    )


def _too_many(name: str, most: int) -> UserError:
    return UserError(
        _("“{name}” has more than {n} rows.").format(name=name, n=most),
        _("Split it into several files and import them one by one."),
    )


def _headers(cells: Sequence[str], name: str) -> tuple[str, ...]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > MOST_COLUMNS:
        raise UserError(
            _("“{name}” has more than {n} columns.").format(name=name, n=MOST_COLUMNS),
            _("Keep the columns that are needed and import it again."),
        )
    return tuple(cell.strip() or _("Column {n}").format(n=number) for number, cell in enumerate(cells, 1))


def _bent(number: int, cells: Sequence[str], width: int) -> Told:
    """A row made as wide as the headers; a short one is filled up, a long one says so."""
    fault = ""
    if any(map(str.strip, cells[width:])):
        fault = _("The row has {n} cells, but there are {width} columns.").format(n=len(cells), width=width)
    return number, (*cells[:width], *[""] * (width - len(cells))), fault
