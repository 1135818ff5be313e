"""Search results: what was found, under its title, with the words that were looked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from sqlalchemy import Connection

from cityplanner.model.entity import fields
from cityplanner.model.field import Search
from cityplanner.model.nouns import nouns
from cityplanner.store.queries.titles import title_names, titles_of
from cityplanner.store.rows import Plain
from cityplanner.store.search import Hit, SearchIndex, fold, query_tokens, snippet, texts, tokens
from cityplanner.store.sqlite import kept_values

Place = tuple[str, int]
"""A record: the table of its noun and its id."""
Rows = dict[Place, Plain]


def found(
    connection: Connection, index: SearchIndex, words: str, tables: Sequence[str], limit: int
) -> list[Hit]:
    """At most `limit` hits over the given nouns: whole names, then names that begin so, then the rest."""
    wanted = query_tokens(words)
    if not wanted:
        return []
    rows = _read(connection, index.hits(connection, wanted, tables, limit, in_name=True), Search.NAME)
    ranks = {place: _rank(place[0], row, wanted) for place, row in rows.items()}
    best = sorted(ranks, key=ranks.__getitem__)[:limit]
    told: dict[Place, str] = {}
    if len(best) < limit:  # what holds the words elsewhere comes after every name
        more = _elsewhere(connection, index, wanted, tables, limit, rows)
        told = {place: snippet(texts(place[0], row, Search.REST), words) for place, row in more.items()}
        rows |= more
    best += told
    titled = _titles(connection, {place: rows[place] for place in best})
    # Where the title holds the words, it shows them itself.
    return [Hit(*place, titled[place], told.get(place, "")) for place in best]


def _elsewhere(
    connection: Connection,
    index: SearchIndex,
    wanted: Sequence[str],
    tables: Sequence[str],
    limit: int,
    known: Collection[Place],
) -> Rows:
    """The first records beside the `known` ones that hold the words anywhere, as many as `limit` has room for."""
    hits = index.hits(connection, wanted, tables, limit, in_name=False)
    places = [
        (table, record) for table, ids in hits.items() for record in ids if (table, record) not in known
    ]
    chosen: dict[str, list[int]] = {}
    for table, record in places[: limit - len(known)]:
        chosen.setdefault(table, []).append(record)
    return _read(connection, chosen, Search.REST)


def _read(connection: Connection, ids: Mapping[str, Sequence[int]], place: Search) -> Rows:
    """What is searched of some records, and what their titles are made of."""
    return {
        (table, record): row
        for table, wanted in ids.items()
        for record, row in kept_values(connection, table, _columns(table, place), wanted)
    }


@cache
def _columns(table: str, place: Search) -> tuple[str, ...]:
    searched = (field.name for field in fields(nouns()[table]) if field.search is place)
    return tuple(dict.fromkeys((*searched, *title_names(nouns()[table]))))


def _titles(connection: Connection, rows: Rows) -> dict[Place, str]:
    by_noun: dict[str, dict[int, Plain]] = {}
    for (table, record), row in rows.items():
        by_noun.setdefault(table, {})[record] = row
    return {
        (table, record): title
        for table, read in by_noun.items()
        for record, title in titles_of(connection, nouns()[table], read).items()
    }


def _rank(table: str, row: Plain, wanted: Sequence[str]) -> int:
    """0: the name is what was typed; 1: it begins with it; 2: it holds every word."""
    first = fold(str(next(filter(None, row.values()), "")))
    if first[:1].isalnum() and not first.startswith(wanted[0]):  # so most names need not be cut into words
        return 2
    have = tokens("\n".join(texts(table, row, Search.NAME)))
    if wanted == have:
        return 0
    if (
        have[: len(wanted) - 1] == wanted[:-1]
        and len(have) >= len(wanted)
        and have[len(wanted) - 1].startswith(wanted[-1])
    ):
        return 1
    return 2
