"""Rows of cells become a table: the first row with anything in it names the columns, sizes are kept in bounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.exchange.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Progress, Row

_STEP = 5000


def shaped(
    name: str, records: Iterable[tuple[int, Sequence[str]]], progress: Progress
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Headers and rows out of numbered records; raises `UserError` where they are no table or too large."""
    headers: tuple[str, ...] | None = None
    rows: list[Row] = []
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if headers is None:
            headers = _headers(cells, name)
            continue
        _refuse_oversize(cells, number, len(rows), name)
        rows.append(_row(number, cells, len(headers)))
        if len(rows) % _STEP == 0:
            progress(0.5, _("Reading {name}").format(name=name))
    if headers is None:
        raise UserError(
            _("“{name}” is empty.").format(name=name),
            _("Choose a file with a row of column names and rows below."),
        )
    if not rows:
        raise UserError(
            _("“{name}” has column names but no rows.").format(name=name),
            _("Add rows below the column names."),
        )
    return headers, tuple(rows)


def too_long(name: str, number: int) -> UserError:
    """A cell that no list has."""
    return UserError(
        _("“{name}” has a cell of more than {n} characters in row {row}.").format(
            name=name, n=LONGEST_CELL, row=number
        ),
        _("A quotation mark may be missing there. Shorten the cell and import the file again."),
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


def _refuse_oversize(cells: Sequence[str], number: int, rows: int, name: str) -> None:
    if rows >= MOST_ROWS:
        raise UserError(
            _("“{name}” has more than {n} rows.").format(name=name, n=MOST_ROWS),
            _("Split it into several files and import them one by one."),
        )
    if max(map(len, cells), default=0) > LONGEST_CELL:
        raise too_long(name, number)


def _row(number: int, cells: Sequence[str], width: int) -> Row:
    """A row as wide as the headers; short ones are filled up, a long one says so."""
    fault = ""
    if any(cell.strip() for cell in cells[width:]):
        fault = _("The row has {n} cells, but there are {width} columns.").format(n=len(cells), width=width)
    padded = tuple(cells[:width]) + ("",) * (width - len(cells))
    return Row(number, padded, fault)
