"""Changes in words: which records, which fields, from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
from cityplanner.ui.parts.plain import capitalized

MOST_ROWS = 50
LONGEST_VALUE = 120
LABELS = {ChangeKind.UNDO: N_("Undo: {label}"), ChangeKind.REDO: N_("Redo: {label}")}
Names = dict[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One record of a change: what became of it and the fields that differ."""

    table: str
    record_id: int
    title: str
    lines: tuple[str, ...]
    exists: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One change in words; `text` is all of it, folded, for filtering."""

    label: str
    when: str
    who: str
    rows: tuple[ToldRow, ...]
    left_out: int
    text: str


def tell(
    plan: Plan, currency: str, zone: str, table: str = "", record_id: int = 0, limit: int = 200
) -> list[Told]:
    """The newest changes in words; those of a noun or a record where one is named."""
    with plan.reading() as session:
        changes = history(session, table=table or None, record_id=record_id or None, limit=limit)
        wanted: dict[str, set[int]] = {}
        for change in changes:
            for row in change.rows[:MOST_ROWS]:
                wanted.setdefault(row.table, set()).add(row.record_id)
                for target, key in _linked(row):
                    wanted.setdefault(target, set()).add(key)
        names = {
            (name, key): title
            for name, keys in wanted.items()
            for key, title in titles(session, nouns()[name], keys).items()
        }
    return [_told(change, names, currency, zone) for change in changes]


def _linked(row: RowChange) -> list[tuple[str, int]]:
    found = []
    for field in fields(nouns()[row.table]):
        if field.kind is Kind.LINK:
            for side in (row.before, row.after):
                if side and side.get(field.name) is not None:
                    found.append((field.target, int(side[field.name])))
    return found


def _told(change: Change, names: Names, currency: str, zone: str) -> Told:
    rows = tuple(_row(row, names, currency, zone) for row in change.rows[:MOST_ROWS])
    label = _(LABELS[change.kind]).format(label=change.label) if change.kind in LABELS else change.label
    local, say = change.made_at.astimezone(), current()
    when = f"{say.date(local.date())}, {say.time(local)}"
    words = [label, change.made_by, when, *(f"{row.title} {' '.join(row.lines)}" for row in rows)]
    left_out = max(len(change.rows) - MOST_ROWS, 0)
    return Told(label, when, change.made_by, rows, left_out, " ".join(words).casefold())


def _row(row: RowChange, names: Names, currency: str, zone: str) -> ToldRow:
    noun, table = nouns()[row.table], table_of(row.table)
    before = typed_row(table, row.before) if row.before else None
    after = typed_row(table, row.after) if row.after else None
    title = names.get((row.table, row.record_id)) or _own_title(noun, after or before or {})
    if before is None:
        text = _("{noun} added: {title}")
    elif after is None:
        text = _("{noun} deleted: {title}")
    else:
        text = _("{noun} changed: {title}")
    lines = tuple(
        line for field in fields(noun) if (line := _line(field, before, after, names, currency, zone))
    )
    return ToldRow(
        row.table,
        row.record_id,
        text.format(noun=capitalized(_(noun.__label__)), title=title),
        lines,
        (row.table, row.record_id) in names,
    )


def _line(
    field: Field,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    names: Names,
    currency: str,
    zone: str,
) -> str:
    old, new = (_value(field, side, names, currency, zone) for side in (before, after))
    if old == new or (before is None and not new):
        return ""
    label = _(field.label)
    if before is None:
        return f"{label}: {new}"
    empty = _("nothing")
    return f"{label}: {old or empty}" if after is None else f"{label}: {old or empty} → {new or empty}"


def _value(field: Field, side: dict[str, Any] | None, names: Names, currency: str, zone: str) -> str:
    value = (side or {}).get(field.name)
    if field.kind is Kind.LINK and value is not None:
        return names.get((field.target, value), _("a deleted record"))
    text = " ".join(wording.show(field, value, currency=currency, zone=zone).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def _own_title(noun: type[Entity], values: dict[str, Any]) -> str:
    """The title of a record that is gone, from its own values."""
    return title_text(
        values.get(name) for name in noun.__title__ if not isinstance(values.get(name), int)
    ) or _("a deleted record")
