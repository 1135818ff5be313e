"""A table as it came out of somebody's file: headers and rows of text, whatever the format was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[float, str], None]
"""Hears the share that is done (0 to 1) and what is being done; raises `Cancelled` to stop."""

MOST_BYTES = 100_000_000
MOST_ROWS = 500_000
MOST_COLUMNS = 500
LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, its cells, and what is wrong with its shape, if anything."""

    number: int
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was read; every row has as many cells as there are headers."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""
    delimiter: str = ""


def silent(share: float, text: str) -> None:
    """Progress that nobody looks at."""
