"""Reading a table in a process of its own: the rows come over in pages, so that no hand-over stops the window.

What runs in that process is only what reading takes, so that it starts in a twentieth of a second: no noun, no
database, no babel until a name of a country asks for it.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

from cityplanner.base.child import Limits, Send
from cityplanner.base.language import _
from cityplanner.exchange.child import heard_from_child
from cityplanner.exchange.files import content
from cityplanner.exchange.shaping import too_large
from cityplanner.exchange.sheet import MOST_BYTES, Hints, Progress, Reader, Row, Sheet, Told

_PAGE = 4000
_MOST_SHARED = 20_000
MOST_HEARD = 3 * MOST_BYTES
"""Bytes of rows: a spreadsheet may say a long text a million times over in a small file."""


def read_apart(
    read: Reader, path: Path, hints: Hints, progress: Progress, limits: Limits | None = None
) -> Sheet:
    """What `read`, a function of a module, makes of a file; raises `UserError` where it takes too much or dies."""
    words = _("Reading {name}").format(name=path.name)
    size = path.stat().st_size if path.is_file() else 0
    heard = 0
    sheet: Sheet | None = None
    rows: list[Row] = []
    texts = _Texts()

    def ask() -> None:
        progress(0.05 + 0.9 * heard / (heard + size + 1), words)

    with closing(heard_from_child(send_sheet, (read, path, hints), path.name, ask, limits)) as messages:
        for message in messages:
            match message:
                case bytes():
                    heard += len(message)
                    if heard > MOST_HEARD:
                        raise too_large(path.name)
                    rows.extend(map(Row._make, texts.shared(marshal.loads(message))))
                case _:
                    sheet = message
    assert sheet is not None
    return replace(sheet, rows=tuple(rows))


def send_sheet(read: Reader, path: Path, hints: Hints, send: Send) -> None:
    """Send the rows of a file in pages, then their sheet without them; raises `UserError`."""
    sheet: Sheet | None = None

    def rows() -> Iterator[Told]:
        nonlocal sheet
        sheet = yield from read(content(path, MOST_BYTES), path.name, hints)

    told = _Texts().shared(rows())
    while page := list(islice(told, _PAGE)):
        send(marshal.dumps(page))  # a text that stands in many rows of a page is sent once
    send(sheet)


class _Texts:
    """Texts that are kept once: countries, titles and names come again and again."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def shared(self, rows: Iterable[Told]) -> Iterator[Told]:
        """The rows, with cells that say the same being the same text."""
        for number, cells, fault in rows:
            if len(self._kept) > _MOST_SHARED:
                self._kept = {}
            yield number, tuple(map(self._kept.setdefault, cells, cells)), fault
