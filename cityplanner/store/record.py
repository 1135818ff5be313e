"""The record of one change: its rows go into the history and the index page by page, never all at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby, repeat

from sqlalchemy import Connection

from cityplanner.model.change import (
    GENESIS,
    Chain,
    ChangedRow,
    ChangeKind,
    ChangeRecord,
    dumps_all,
    dumps_columns,
)
from cityplanner.model.nouns import nouns
from cityplanner.store import sqlite
from cityplanner.store.columns import Block
from cityplanner.store.rows import Change, Heed, KeptRows, RowChange, heedless, step, table_of, to_plain
from cityplanner.store.search import SearchIndex

RECORDING = "recording"
PAGE = 2000
CHANGE = table_of(ChangeRecord.__tablename__)
ROW = table_of(ChangedRow.__tablename__)
_COLUMNS = ("change_id", "table", "record_id", "before", "after")
_HEADER = ("id", "label", "kind", "made_at", "made_by", "target_id", "hash")
_Kept = tuple[int, str, int, str | None, str | None]


@contextmanager
def recording(connection: Connection) -> Iterator[None]:
    """While this holds, statements that write are ours: their rows are recorded."""
    before = connection.info.get(RECORDING, False)
    connection.info[RECORDING] = True
    try:
        yield
    finally:
        connection.info[RECORDING] = before


class Record:
    """Writes what a change does as it is done, still inside its transaction, chained to the change before."""

    def __init__(
        self,
        connection: Connection,
        index: SearchIndex,
        read: Callable[[int], Sequence[RowChange]],
        *,
        label: str,
        kind: ChangeKind,
        made_at: datetime,
        made_by: str,
        target_id: int | None = None,
    ) -> None:
        """Begin after the newest change; `read` gives the rows of one that is kept already."""
        self._connection, self._index, self._read = connection, index, read
        self._label, self._kind, self._made_at, self._made_by = label, kind, made_at, made_by
        last = sqlite.last_change(connection)
        self._id, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
        moment = str(to_plain(CHANGE.c.made_at, made_at))
        self._header = (self._id, label, str(kind), moment, made_by, target_id)
        self._chain = Chain(previous, self._header)
        self._rows: Sequence[RowChange] = ()
        self._count = 0
        self._tables: set[str] = set()
        sqlite.defer_references(connection)  # the rows come before the change whose hash covers them

    def add(
        self,
        rows: Sequence[RowChange],
        heed: Heed = heedless,
        texts: Sequence[tuple[str | None, str | None]] | None = None,
    ) -> None:
        """Record rows that were written, in this order; `texts`: before and after as the history keeps them."""
        for start in range(0, len(rows), PAGE):
            page = rows[start : start + PAGE]
            told = _texts(page) if texts is None else texts[start : start + PAGE]
            both = zip(page, told, strict=True)
            self._keep([(self._id, row.table, row.record_id, *text) for row, text in both])
            with recording(self._connection):  # there is no searching for a stub of the history
                self._index.update(self._connection, [row for row in page if row.table in nouns()])
            self._tables.update(row.table for row in page)
            heed(min(start + PAGE, len(rows)) / len(rows))
        self._rows = (*self._rows, *rows) if self._count <= PAGE else ()

    def insert(self, blocks: Iterable[Block], count: int, heed: Heed = heedless) -> None:
        """Write new rows, so many blocks, and record them.

        First all the rows: once there is history of the change, SQLite looks for each row whether it waits for it.
        """
        written: deque[Block] = deque()
        for number, block in enumerate(blocks, 1):
            with recording(self._connection):
                sqlite.insert_tuples(self._connection, block.table, tuple(block.columns), block.rows())
            written.append(block)
            heed(number / (3 * count))
        while written:
            self._follow(written.popleft())
            heed(1 - 2 * len(written) / (3 * count))

    def _follow(self, block: Block) -> None:
        with recording(self._connection):
            self._index.add(self._connection, block.table, block.columns)
        texts = dumps_columns(block.columns)
        kept = zip(
            repeat(self._id), repeat(block.table), block.columns["id"], repeat(None), texts, strict=False
        )
        self._keep(list(kept))
        self._tables.add(block.table)
        self._rows = ()

    def _keep(self, rows: Sequence[_Kept]) -> None:
        with recording(self._connection):
            sqlite.insert_tuples(self._connection, ROW.name, _COLUMNS, rows)
        self._chain.add(row[1:] for row in rows)
        self._count += len(rows)

    def end(self) -> Change | None:
        """Write the change itself; None where it did nothing."""
        if not self._count:
            return None
        with recording(self._connection):
            sqlite.insert_tuples(
                self._connection, CHANGE.name, _HEADER, [(*self._header, self._chain.hexdigest())]
            )
        rows: Sequence[RowChange] = self._rows
        if len(rows) != self._count:
            number, read = self._id, self._read
            rows = KeptRows(self._count, frozenset(self._tables), lambda: read(number))
        return Change(self._id, self._label, self._kind, self._made_at, self._made_by, rows)


def _texts(rows: Sequence[RowChange]) -> list[tuple[str | None, str | None]]:
    """Before and after of each row as the history keeps them."""
    found: list[tuple[str | None, str | None]] = []
    for _step, run in groupby(rows, step):
        _tables, _ids, before, after = zip(*run, strict=True)
        found += zip(dumps_all(before), dumps_all(after), strict=True)
    return found
