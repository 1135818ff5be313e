"""Reading a list in a worker: its ids in order, a few rows in words, and how one order leads to the next."""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from cityplanner.base.language import Language
from cityplanner.model.entity import Entity, field_of, fields
from cityplanner.model.field import Field, Kind
from cityplanner.model.nouns import nouns
from cityplanner.model.wording import show
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import groups, listing

Ids: TypeAlias = "array[int]"
Span = tuple[int, int]
"""First and last row."""
MOST_STEPS = 200
MOST_COMPARED = 50_000
"""Ids that may have changed places; beyond, comparing them would take longer than the sorting did."""
MOST_MOVED = 20_000_000
"""Ids copied while a long list gets from one order to the next, step by step, in the window's thread."""
LONGEST_CELL = 300
ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Query:
    """What a list shows: in which order, with which words, with which exact values, of which group (0: all)."""

    order: tuple[str, ...] = ()
    words: str = ""
    equal: tuple[tuple[str, object], ...] = ()
    group: int = 0


@dataclass(frozen=True, slots=True)
class Wording:
    """How values are shown."""

    language: Language
    currency: str
    zone: str


@dataclass(frozen=True, slots=True)
class Row:
    """A record in a list: its values and their words, column by column."""

    id: int
    values: tuple[Any, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """How to get from one order of ids to another: spans to remove (last first), spans to insert, or anew."""

    removed: tuple[Span, ...] = ()
    inserted: tuple[Span, ...] = ()
    moved: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """The answer to a query: the ids, how many records there are in all, the first rows, and the steps.

    `places` are the rows of the ids that were asked about, -1 for one that is not listed.
    """

    ids: Ids
    total: int
    first: list[Row]
    steps: Steps
    places: dict[int, int]


def read_list(
    plan: Plan,
    noun: type[Entity],
    query: Query,
    names: Sequence[str],
    wording: Wording,
    old: Ids,
    page: int,
    held: Collection[int] = (),
) -> Listed:
    """The ids that a query asks for, the rows of its first page, and where those that are `held` have gone."""
    with plan.reading() as session:
        ids = groups.members(
            session,
            noun,
            groups.asked(session, query.group) if query.group else groups.Asked(),
            now=dt.datetime.now(ZoneInfo(wording.zone)),
            order=query.order,
            words=query.words,
            equal=dict(query.equal),
            index=plan.index,
        )
        total = listing.count(session, noun)
    first = read_rows(plan, noun, names, ids[:page], wording)
    return Listed(ids, total, first, steps(old, ids), places(ids, held))


def read_first(
    plan: Plan, noun: type[Entity], query: Query, names: Sequence[str], wording: Wording, page: int
) -> list[Row]:
    """The rows of the first page alone, which an index gives at once however long the list is."""
    with plan.reading() as session:
        ids = listing.ids(session, noun, order=query.order, equal=dict(query.equal), most=page)
    return read_rows(plan, noun, names, ids, wording)


def read_rows(
    plan: Plan, noun: type[Entity], names: Sequence[str], ids: Sequence[int], wording: Wording
) -> list[Row]:
    """The rows of these ids in this order; a record that no longer exists is left out."""
    shown = [field_of(noun, name) for name in names]
    zoned = ZONE in {field.name for field in fields(noun)}
    asked = [*names, ZONE] if zoned else list(names)
    with plan.reading() as session:
        found = listing.rows(session, noun, asked, ids)
        present = list(ids)
        if len(found) != len(present):
            each = [(number, listing.rows(session, noun, asked, [number])) for number in ids]
            present = [number for number, rows in each if rows]
            found = [rows[0] for _number, rows in each if rows]
    return [
        Row(
            number,
            values[: len(shown)],
            tuple(
                cell(field, value, wording, values[-1] if zoned else None)
                for field, value in zip(shown, values, strict=False)
            ),
        )
        for number, values in zip(present, found, strict=True)
    ]


def cell(field: Field, value: Any, wording: Wording, zone: str | None = None) -> str:
    """A value on one line."""
    if field.kind is Kind.FLAG and not value:
        return ""
    text = show(field, value, wording.language, wording.currency, zone or wording.zone)
    return " ".join(text[:LONGEST_CELL].split()) if field.kind is Kind.LONG_TEXT else text


def places(ids: Ids, held: Collection[int]) -> dict[int, int]:
    """The rows of some ids; of a million, that takes too long for the window's thread."""
    found = dict.fromkeys(held, -1)
    if found:
        found.update((number, row) for row, number in enumerate(ids) if number in found)
    return found


def steps(old: Ids, new: Ids) -> Steps:
    """How a list gets from `old` to `new` without losing its place; anew where that takes too many steps."""
    if old == new:
        return Steps()
    if not old or not new:
        return Steps(anew=True)
    start, end = _alike(old, new)
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(before), len(after)) > MOST_COMPARED:
        return Steps(anew=True)
    had, has = set(before), set(after)
    removed = _spans([row for row, number in enumerate(before, start) if number not in has])
    inserted = _spans([row for row, number in enumerate(after, start) if number not in had])
    count = len(removed) + len(inserted)
    if count > MOST_STEPS or count * len(new) > MOST_MOVED:
        return Steps(anew=True)
    kept = array("q", (number for number in before if number in has))
    if kept == array("q", (number for number in after if number in had)):
        return Steps(tuple(reversed(removed)), tuple(inserted))
    return Steps(anew=True) if removed or inserted else Steps(moved=True)


def _alike(old: Ids, new: Ids) -> tuple[int, int]:
    """How many ids are the same at the start and, of the rest, at the end."""
    shorter = min(len(old), len(new))
    start = bisect_left(range(shorter), True, key=lambda at: old[: at + 1] != new[: at + 1])
    rest = shorter - start
    end = bisect_left(range(rest), True, key=lambda at: old[len(old) - at - 1 :] != new[len(new) - at - 1 :])
    return start, end


def _spans(rows: list[int]) -> list[Span]:
    spans: list[Span] = []
    for row in rows:
        if spans and spans[-1][1] == row - 1:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    return spans


@cache
def tables_shown(noun: type[Entity], names: tuple[str, ...]) -> frozenset[str]:
    """The tables whose changes a list of these columns must hear of, through the titles of what it links to."""
    found = {noun.__tablename__}
    for name in names:
        field = field_of(noun, name)
        if field.kind is Kind.LINK and field.target not in found:
            other = nouns()[field.target]
            found |= tables_shown(other, other.__title__)
    return frozenset(found)
