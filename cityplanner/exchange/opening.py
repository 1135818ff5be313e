"""A file as an import is shown it: its table, and what else could be read out of it instead."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cityplanner.exchange.formats import CSV, Format, format_of, read_sheet
from cityplanner.exchange.sheet import NO_HINTS, Hints, Progress, Sheet, silent

ENCODINGS = (
    "utf-8", "utf-16", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1258", "cp874",
    "shift_jis", "gb18030", "big5", "euc_kr", "koi8_r", "mac_roman",
)  # fmt: skip
"""What a text may be said to be in, the commonest first."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was read: what it is, its table, and how it was said to be read."""

    path: Path
    kind: Format
    sheet: Sheet
    hints: Hints = NO_HINTS

    @property
    def is_text(self) -> bool:
        """Whether encoding and delimiter are a question."""
        return self.kind is CSV

    @property
    def has_columns(self) -> bool:
        """Whether its columns have to be matched; those of cards and calendars are always the same."""
        return not self.sheet.table


def open_file(path: Path, hints: Hints = NO_HINTS, progress: Progress = silent) -> Opened:
    """Read a file; raises `UserError` in words where it holds no table."""
    return Opened(path, format_of(path), read_sheet(path, hints=hints, progress=progress), hints)
