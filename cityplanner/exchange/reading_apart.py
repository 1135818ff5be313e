"""Reading a table in a process of its own: the rows come over in pages, so that no hand-over stops the window."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

from cityplanner.base.language import _
from cityplanner.exchange.child import Limits, Send, heard_from_child
from cityplanner.exchange.sheet import Hints, Progress, Row, Sheet

Reader = Callable[[bytes, str, Hints, Progress], Sheet]
"""Makes a sheet of bytes, a name and what the user said about the file."""

_PAGE = 2000


def read_apart(
    read: Reader, data: bytes, name: str, hints: Hints, progress: Progress, limits: Limits | None = None
) -> Sheet:
    """What `read`, a function of a module, makes of a file; raises `UserError` where it takes too much or dies."""
    words = _("Reading {name}").format(name=name)
    share = 0.05
    sheet: Sheet | None = None
    rows: list[Row] = []

    def ask() -> None:
        progress(share, words)

    arguments = (read, data, name, hints)
    with closing(heard_from_child(send_sheet, arguments, name, ask, limits)) as heard:
        for message in heard:
            match message:
                case float() | int():
                    share = message
                case Sheet():
                    sheet = message
                case _:
                    rows += [Row(*told) for told in message]
    assert sheet is not None
    return replace(sheet, rows=tuple(rows))


def send_sheet(read: Reader, data: bytes, name: str, hints: Hints, send: Send) -> None:
    """Send how far reading is, then the sheet without its rows, then these in pages; raises `UserError`."""
    sheet = read(data, name, hints, lambda share, _words: send(share))
    send(replace(sheet, rows=()))
    for start in range(0, len(sheet.rows), _PAGE):
        send([(row.number, row.cells, row.fault) for row in sheet.rows[start : start + _PAGE]])
