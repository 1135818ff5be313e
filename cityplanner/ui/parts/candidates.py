"""The records that a link could point to, found by what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityplanner.model.entity import Entity

if TYPE_CHECKING:
    from cityplanner.store.plan_file import Plan

MOST = 50
Candidates = list[tuple[int, str]]
"""Ids and titles."""


def candidates(plan: Plan, noun: type[Entity], text: str) -> Candidates:
    """The records of a noun that match `text`, best first; the first of its list where nothing was typed."""
    from cityplanner.store.queries import listing, titles

    table = noun.__tablename__
    if text.strip():
        return [(hit.record_id, hit.title) for hit in plan.search(text, tables=(table,), limit=MOST)]
    with plan.reading() as session:
        ids = listing.ids(session, noun, order=noun.__order__)[:MOST]
        named = titles.titles(session, noun, ids)
    return [(record_id, named[record_id]) for record_id in ids if record_id in named]
