"""A reader without the process it is made for: the same code, and quick enough for hundreds of files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cityplanner.exchange.sheet import NO_HINTS, Hints, Reader, Row, Sheet, Told


def read_in_place(read: Reader, data: bytes, name: str = "a", hints: Hints = NO_HINTS) -> Sheet:
    """The sheet that `read` makes of a file's bytes."""
    sheet: Sheet | None = None

    def rows() -> Iterator[Told]:
        nonlocal sheet
        sheet = yield from read(data, name, hints)

    told = tuple(Row(*row) for row in rows())
    assert sheet is not None
    return replace(sheet, rows=told)
