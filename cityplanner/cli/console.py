"""What the command line writes: words for people, tab-separated lines for pipes, JSON for scripts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.exchange.sheet import Progress as Tell
from cityplanner.exchange.sheet import silent


def _console(stderr: bool = False) -> Console:
    """A console on today's stream; texts are never read as mark-up."""
    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=True)


def clean(text: object) -> str:
    """A text without signs that would steer the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in str(text))


def say(text: str) -> None:
    """A line for the reader."""
    _console().print(Text("\n".join(clean(line) for line in text.split("\n"))))


def complain(text: str) -> None:
    """A line beside the result, on the error stream."""
    _console(stderr=True).print(Text("\n".join(clean(line) for line in text.split("\n"))))


def show_error(error: UserError) -> None:
    """What happened and what to do next."""
    complain(_("Error: {what}").format(what=error.what) + (f"\n{error.remedy}" if error.remedy else ""))


def show_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows as a table on a terminal, and with tabs between the cells elsewhere."""
    console = _console()
    if not console.is_terminal:
        for row in rows:  # not by rich, which turns tabs into spaces
            sys.stdout.write("\t".join(clean(cell) for cell in row) + "\n")
        return
    table = Table(box=None, pad_edge=False)
    for header in headers:
        table.add_column(Text(header))
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    Console(markup=False, highlight=False, emoji=False).print(table)


def show_json(value: Any) -> None:
    """A value as JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n")


@contextmanager
def progress(description: str) -> Iterator[Tell]:
    """A progress bar on the error stream while this holds; nothing where that is no terminal."""
    console = _console(stderr=True)
    if not console.is_terminal:
        yield silent
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(description, total=1.0)
        yield lambda share, text: bar.update(task, completed=share, description=text or description)
