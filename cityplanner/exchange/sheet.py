"""A table as it came out of somebody's file: headers and rows of text, whatever the format was."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import NamedTuple

Progress = Callable[[float, str], None]
"""Hears the share that is done (0 to 1) and what is being done; raises `Cancelled` to stop."""

MOST_BYTES = 100_000_000
MOST_ROWS = 500_000
MOST_COLUMNS = 500
MOST_CELLS = 10_000_000
LONGEST_CELL = 100_000


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it, its cells, and what is wrong with its shape, if anything."""

    number: int
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was read; every row has as many cells as there are headers.

    `table` is the noun that a format is made for (cards are contacts), `notes` say what of the file was left
    out, `sheets` are the names of all the sheets of a spreadsheet. With `keep_unknown`, the name of a record
    that the plan does not have is kept as a note of the row's record instead of being an error.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    table: str = ""
    notes: tuple[str, ...] = ()
    keep_unknown: bool = False
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user says about a file: its encoding, delimiter and sheet; empty: found out."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


NO_HINTS = Hints()

Told = tuple[int, tuple[str, ...], str]
"""A row as it is handed from one process to another: what a `Row` is made of."""
Reader = Callable[[bytes, str, Hints], Generator[Told, None, Sheet]]
"""Yields the rows of a file's bytes and returns their sheet, still without them; raises `UserError`."""


def silent(share: float, text: str) -> None:
    """Progress that nobody looks at."""
