"""Choices with which each kind of briefing can be made of the sample plan, and what a briefing says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cityplanner.model.initiative import Initiative
from cityplanner.model.partner import Partner, Sensitivity
from cityplanner.reports.blocks import (
    Block,
    Briefing,
    CallOut,
    Figure,
    Heading,
    KeyFacts,
    ListBlock,
    ListItem,
    Paragraph,
    Sources,
    Table,
    as_cell,
    flatten,
    plain,
)
from cityplanner.reports.choices import Ask, Choices
from cityplanner.reports.kind import Kind
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records


def choices_for(kind: Kind[Any], plan: Plan, **also: Any) -> Choices:
    """What a user would choose: a public partner or the first initiative where the kind is about one."""
    choices = Choices(audience=kind.audience)
    with plan.reading() as session:
        if Ask.PARTNER in kind.asks:
            open_ones = [one for one in records(session, Partner) if one.sensitivity is Sensitivity.PUBLIC]
            choices = replace(choices, partners=(open_ones[0].id,))
        if Ask.INITIATIVE in kind.asks:
            choices = replace(choices, initiatives=(records(session, Initiative)[0].id,))
    return replace(choices, **also)


def below(briefing: Briefing, heading: str) -> list[Block]:
    """The blocks between a heading and the next one of its level or above."""
    found: list[Block] = []
    level = 0
    for block in flatten(briefing.blocks):
        if isinstance(block, Heading) and (not level or block.level <= level):
            level = block.level if plain(block.text) == heading else 0
        elif level:
            found.append(block)
    return found


def cells(table: Table) -> list[list[str]]:
    """The words of a table's rows."""
    return [[plain(as_cell(cell).text) for cell in row] for row in table.rows]


def words(briefing: Briefing) -> str:
    """Everything a briefing says, in a line each."""
    return "\n".join(text for block in flatten(briefing.blocks) for text in _words(block))


def _words(block: Block) -> Iterator[str]:
    if isinstance(block, Heading | Paragraph):
        yield plain(block.text)
    elif isinstance(block, CallOut):
        yield f"{block.title} {plain(block.text)}"
    elif isinstance(block, KeyFacts):
        yield from (f"{fact.label} {fact.value} {fact.note}" for fact in block.facts)
    elif isinstance(block, ListBlock):
        for item in block.entries():
            yield from _item(item)
    elif isinstance(block, Table):
        yield plain(block.caption)
        yield plain(block.empty) if not block.rows else ""
        yield from (" | ".join(row) for row in cells(block))
    elif isinstance(block, Figure):
        yield block.alt
    elif isinstance(block, Sources):
        yield from (plain(entry.text) for entry in block.entries)


def _item(item: ListItem) -> Iterator[str]:
    yield plain(item.text)
    if item.below:
        yield from _words(item.below)
