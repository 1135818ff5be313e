"""Changes in words: which records, which fields, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from os.path import commonprefix
from typing import Any

from sqlalchemy.orm import Session

from cityplanner.base.language import N_, _, current
from cityplanner.model import wording
from cityplanner.model.change import ChangeKind
from cityplanner.model.entity import Entity, fields
from cityplanner.model.field import Field, Kind
from cityplanner.model.nouns import nouns
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.history import history
from cityplanner.store.queries.titles import title_text, titles
from cityplanner.store.rows import Change, RowChange, table_of, typed_row

MOST_ROWS = 50
LONGEST_VALUE = 120
LEAD = 20
"""Characters that are shown of what two long texts have in common before they differ."""
LABELS = {ChangeKind.UNDO: N_("Undo: {label}"), ChangeKind.REDO: N_("Redo: {label}")}
Names = dict[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class Words:
    """How values are told: what records are called, the currency, the zone, and how long a value may be."""

    names: Names
    currency: str
    zone: str
    longest: int | None

    def value(self, field: Field, row: dict[str, Any]) -> str:
        """A field of a row in words; empty where it holds nothing."""
        value = row.get(field.name)
        if field.kind is Kind.LINK and value is not None:
            return self.names.get((field.target, value), _("a deleted record"))
        return " ".join(wording.show(field, value, currency=self.currency, zone=self.zone).split())

    def cut(self, text: str, other: str) -> str:
        """A long text from shortly before where it begins to differ from another."""
        if self.longest is None or max(len(text), len(other)) <= self.longest:
            return text
        same = len(commonprefix([text, other])) if other else 0  # noqa: RUF071 - sign by sign is what is asked
        start = text.rfind(" ", 0, max(same - LEAD, 0)) + 1
        end = start + self.longest
        return f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}"


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One field of a record that differs: what it held before and after, in words; None where there was no record."""

    name: str
    label: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        empty = _("nothing")
        sides = [side or empty for side in (self.before, self.after) if side is not None]
        return f"{self.label}: {' → '.join(sides)}"


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One record of a change: what became of it and the fields that differ."""

    table: str
    record_id: int
    title: str
    lines: tuple[ToldLine, ...]
    exists: bool
    was: bool
    """Whether there was such a record before the change."""
    is_after: bool
    """Whether there was one after it."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One change in words; `text` is all of it, folded, for filtering."""

    id: int
    label: str
    when: str
    who: str
    rows: tuple[ToldRow, ...]
    left_out: int
    text: str
    made_at: datetime


def tell(
    plan: Plan,
    currency: str,
    zone: str,
    table: str = "",
    record_id: int = 0,
    limit: int = 200,
    *,
    below: int | None = None,
    most_rows: int | None = MOST_ROWS,
    longest: int | None = LONGEST_VALUE,
) -> list[Told]:
    """The newest changes in words, older than the change `below`; those of a noun or a record where one is named.

    Of a change, `most_rows` records are told, of one record's history that record; a value is cut to `longest`.
    """
    with plan.reading() as session:
        changes = history(
            session,
            table=table or None,
            record_id=record_id or None,
            limit=limit,
            below=below,
            most=most_rows,
        )
        names = _names(session, [row for change in changes for row in change.rows])
    words = Words(names, currency, zone, longest)
    return [_told(change, words) for change in changes]


def tell_rows(plan: Plan, rows: Sequence[RowChange], currency: str, zone: str) -> list[ToldRow]:
    """What differs between two states of some records, in words."""
    with plan.reading() as session:
        words = Words(_names(session, rows), currency, zone, LONGEST_VALUE)
    return [_row(row, words) for row in rows]


def _names(session: Session, rows: Iterable[RowChange]) -> Names:
    """The titles of the records and of those they link to."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        if row.table not in nouns():
            continue  # a stub of the history
        wanted.setdefault(row.table, set()).add(row.record_id)
        for target, key in _linked(row):
            wanted.setdefault(target, set()).add(key)
    return {
        (name, key): title
        for name, keys in wanted.items()
        for key, title in titles(session, nouns()[name], keys).items()
    }


def _linked(row: RowChange) -> list[tuple[str, int]]:
    found = []
    for field in fields(nouns()[row.table]):
        if field.kind is Kind.LINK:
            for side in (row.before, row.after):
                if side and side.get(field.name) is not None:
                    found.append((field.target, int(side[field.name])))
    return found


def _told(change: Change, words: Words) -> Told:
    rows = tuple(_row(row, words) for row in change.rows)
    label = _(LABELS[change.kind]).format(label=change.label) if change.kind in LABELS else change.label
    local, say = change.made_at.astimezone(), current()
    when = f"{say.date(local.date())}, {say.time(local)}"
    text = [label, change.made_by, when]
    text += (f"{row.title} {' '.join(map(str, row.lines))}" for row in rows)
    folded = " ".join(text).casefold()
    return Told(change.id, label, when, change.made_by, rows, change.left_out, folded, change.made_at)


def _row(row: RowChange, words: Words) -> ToldRow:
    if row.table not in nouns():
        return _stub(row)
    noun, table = nouns()[row.table], table_of(row.table)
    before = typed_row(table, row.before) if row.before else None
    after = typed_row(table, row.after) if row.after else None
    title = words.names.get((row.table, row.record_id)) or _own_title(noun, after or before or {})
    if {} in (row.before, row.after):
        text = _("{noun} whose data was erased")
    elif before is None:
        text = _("{noun} added: {title}")
    elif after is None:
        text = _("{noun} deleted: {title}")
    else:
        text = _("{noun} changed: {title}")
    label = _(noun.__label__)
    lines = (_line(field, before, after, words) for field in fields(noun))
    return ToldRow(
        row.table,
        row.record_id,
        text.format(noun=label[:1].upper() + label[1:], title=title),
        tuple(line for line in lines if line is not None),
        (row.table, row.record_id) in words.names,
        before is not None,
        after is not None,
        title,
    )


def _stub(row: RowChange) -> ToldRow:
    """That the history was rewritten, in the words of its stub."""
    text = str((row.after or {}).get("text", ""))
    return ToldRow(row.table, row.record_id, text, (), exists=False, was=False, is_after=False)


def _line(
    field: Field, before: dict[str, Any] | None, after: dict[str, Any] | None, words: Words
) -> ToldLine | None:
    old, new = (None if side is None else words.value(field, side) for side in (before, after))
    if (old or "") == (new or ""):
        return None
    before_it, after_it = (
        None if one is None else words.cut(one, other or "") for one, other in ((old, new), (new, old))
    )
    return ToldLine(field.name, _(field.label), before_it, after_it)


def _own_title(noun: type[Entity], values: dict[str, Any]) -> str:
    """The title of a record that is gone, from its own values."""
    return title_text(
        values.get(name) for name in noun.__title__ if not isinstance(values.get(name), int)
    ) or _("a deleted record")
