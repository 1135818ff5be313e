"""The rows an import could not take, as a table to correct and import again, with the reason in a last column."""

from __future__ import annotations

from pathlib import Path

from cityplanner.exchange.cell_texts import is_number, safe, unsafe
from cityplanner.exchange.intake.outcome import Preview
from cityplanner.exchange.tables import write_table

REASON = "Import problem"
"""Not translated: importing passes over a column of this name."""


def write_rejected(preview: Preview, target: Path) -> int:
    """Write the rejected rows as CSV and return how many there are; without any, no file is written."""
    rejected = preview.rejected
    if rejected:
        headers = [*(_again(column.header) for column in preview.columns), REASON]
        rows = (
            [*map(_again, line.row.cells), safe(" ".join(str(problem) for problem in line.problems))]
            for line in rejected
        )
        write_table(target, headers, rows)
    return len(rejected)


def _again(cell: str) -> str:
    """A cell of the file that was imported, harmless in a spreadsheet and read the same way."""
    text = unsafe(cell)
    return text if is_number(text) else safe(text)
