"""The records that a link could point to, found by what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cityplanner.model.entity import Entity, links

if TYPE_CHECKING:
    from cityplanner.store.plan_file import Plan

MOST = 50
MOST_OWNERS = 10
Candidates = list[tuple[int, str]]
"""Ids and titles."""


def candidates(
    plan: Plan, noun: type[Entity], text: str, unwanted: Callable[[], bool] | None = None
) -> Candidates:
    """The records of a noun that match `text`, best first; the first of its list where nothing was typed.

    Raises `Cancelled` as soon as `unwanted` says so.
    """
    from cityplanner.store.queries import listing, titles

    if not text.strip():
        with plan.reading() as session:
            ids = listing.ids(session, noun)[:MOST]
            named = titles.titles(session, noun, ids)
        return [(record_id, named[record_id]) for record_id in ids]
    hits = plan.search(text, tables=(noun.__tablename__,), limit=MOST, unwanted=unwanted)
    found = {hit.record_id: hit.title for hit in hits} | _through_links(plan, noun, text)
    return list(found.items())[:MOST]


def _through_links(plan: Plan, noun: type[Entity], text: str) -> dict[int, str]:
    """Records found by a record that their title names: the service levels of an initiative."""
    from cityplanner.store.queries import listing, titles

    found: dict[int, str] = {}
    named = [field for field in links(noun) if field.name in noun.__title__]
    for field in named:
        hits = plan.search(text, tables=(field.target,), limit=MOST_OWNERS)
        with plan.reading() as session:
            for hit in hits:
                ids = listing.ids(session, noun, equal={field.name: hit.record_id})[:MOST]
                found |= titles.titles(session, noun, ids)
    return found
