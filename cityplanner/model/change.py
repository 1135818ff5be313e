"""The history: what changed, when, by whom; appended only, and chained by hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cityplanner.base.language import N_
from cityplanner.model.columns import Choice, Moment
from cityplanner.model.entity import Base


class ChangeKind(StrEnum):
    """How a change came about."""

    EDIT = N_("edit")
    UNDO = N_("undo")
    REDO = N_("redo")
    SETUP = N_("setup")  # what a new plan begins with; undo stops before it


class ChangeRecord(Base, kw_only=True, eq=False):
    """One change as it stands in the history. `target_id` names the change that an undo or redo played."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True, init=False, default=None)
    label: Mapped[str] = mapped_column(String(300))
    kind: Mapped[ChangeKind] = mapped_column(Choice(ChangeKind))
    made_at: Mapped[datetime] = mapped_column(Moment())
    made_by: Mapped[str] = mapped_column(String(200))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("change.id"), default=None)
    hash: Mapped[str] = mapped_column(String(64), default="")


class ChangedRow(Base, kw_only=True, eq=False):
    """One row of a change as JSON, before (absent: it was new) and after (absent: it was deleted)."""

    __tablename__ = "changed_row"
    __table_args__ = (Index("ix_changed_row_record", "table", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False, default=None)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    table: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[int] = mapped_column(Integer)
    before: Mapped[str | None] = mapped_column(Text, default=None)
    after: Mapped[str | None] = mapped_column(Text, default=None)


GENESIS = "0" * 64


_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_plain = json.JSONEncoder(ensure_ascii=False).encode
_quoted = json.encoder.encode_basestring


def dumps(values: dict[str, Any] | None) -> str | None:
    """A row as canonical JSON: sorted keys, database values."""
    return None if values is None else _canonical(values)


def dumps_all(rows: Sequence[dict[str, Any] | None]) -> list[str | None]:
    """The same of many rows, column by column: what is alike in all of them is written once."""
    whole = [row for row in rows if row is not None]
    if not len(whole) == len(rows) > 1 or len(set(map(tuple, whole))) > 1 or len(whole[0]) < 2:
        return [dumps(row) for row in rows]
    names = tuple(whole[0])
    return [*dumps_columns(dict(zip(names, zip(*map(itemgetter(*names), whole), strict=True), strict=True)))]


def dumps_columns(columns: Mapping[str, Sequence[Any]]) -> list[str]:
    """The same of rows that are given as columns of values."""
    parts: list[str] = []
    varying: list[Iterable[str]] = []
    for name in sorted(columns):
        values = columns[name]
        kinds = set(map(type, values))
        if len(kinds) == 1 and values.count(values[0]) == len(values):
            parts.append(f"{_quoted(name)}:{_canonical(values[0])}".replace("%", "%%"))
        else:
            parts.append(f"{_quoted(name)}:%s")
            varying.append(_column(kinds, values))
    form = f"{{{','.join(parts)}}}"
    return [form % row for row in zip(*varying, strict=True)] if varying else [form % ()] * len(values)


def _column(kinds: set[type], values: Sequence[Any]) -> Iterable[str]:
    if kinds <= {str}:
        return map(_quoted, values)
    if kinds <= {int}:
        return map(str, values)
    return (_quoted(value) if type(value) is str else _canonical(value) for value in values)


Header = tuple[int, str, str, str, str, int | None]


class _Names(dict[str, str]):
    """Names of tables as JSON; the same comes in row after row."""

    def __missing__(self, name: str) -> str:
        self[name] = _quoted(name)
        return self[name]


class Chain:
    """SHA-256 over the previous hash, the header and the rows (table, id, before, after) in order."""

    def __init__(self, previous: str, header: Header) -> None:
        self._digest = hashlib.sha256(previous.encode())
        self._digest.update(_plain(header).encode())

    def add(self, rows: Iterable[tuple[str, int, str | None, str | None]]) -> None:
        """Go on over some rows, whose texts are put together."""
        # The very text of `_plain([table, number, before, after])`, put together without asking what is what.
        names = _Names()
        texts = [
            f"[{names[table]}, {number}, {'null' if before is None else _quoted(before)},"
            f" {'null' if after is None else _quoted(after)}]"
            for table, number, before, after in rows
        ]
        self._digest.update("".join(texts).encode())

    def hexdigest(self) -> str:
        """The hash of what was added so far."""
        return self._digest.hexdigest()


_PAGE = 2000


def chain_hash(previous: str, header: Header, rows: Iterable[tuple[str, int, str | None, str | None]]) -> str:
    """The hash of a change by the one before, its header and all its rows."""
    chain, left = Chain(previous, header), iter(rows)
    while page := list(islice(left, _PAGE)):
        chain.add(page)
    return chain.hexdigest()
