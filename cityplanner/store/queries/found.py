"""Search results: what was found, under its title, with the words that were looked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import islice

from sqlalchemy import Connection

from cityplanner.model.entity import fields
from cityplanner.model.field import Search
from cityplanner.model.nouns import nouns
from cityplanner.store.queries.titles import title_names, titles_of
from cityplanner.store.rows import Plain
from cityplanner.store.search import Hit, SearchIndex, fold, query_tokens, snippet, texts, tokens
from cityplanner.store.sqlite import kept_values
from cityplanner.store.sqlite_index import GATHERED

Place = tuple[str, int]
"""A record: the table of its noun and its id."""
Rows = dict[Place, Plain]


Ids = Mapping[str, Sequence[int]]
FEW = 2
"""So many times the limit are read at once, instead of asking the index for their names apart."""


def found(
    connection: Connection, index: SearchIndex, words: str, tables: Sequence[str], limit: int
) -> list[Hit]:
    """At most `limit` hits over the given nouns: whole names, then names that begin so, then the rest.

    Where enough names hold the very words, those in which they only begin are left out.
    """
    wanted = query_tokens(words)
    if not wanted:
        return []
    ask = partial(index.hits, connection, wanted, tables, limit)
    named, others = _hits(connection, ask, wanted, limit)
    ranks = {place: _rank(place[0], row, wanted) for place, row in named.items()}
    best = sorted(ranks, key=ranks.__getitem__)[:limit]
    if len(best) < limit:  # what holds the words elsewhere comes after every name
        more = others() if callable(others) else others
        rest = dict(islice(more.items(), limit - len(best)))
    else:
        rest = {}
    told = {place: snippet(texts(place[0], row, Search.REST), words) for place, row in rest.items()}
    titled = _titles(connection, {place: named[place] for place in best} | rest)
    # Where the title holds the words, it shows them itself.
    return [Hit(*place, titled[place], told.get(place, "")) for place in (*best, *rest)]


def _hits(
    connection: Connection, ask: Callable[..., Ids], wanted: Sequence[str], limit: int
) -> tuple[Rows, Rows | Callable[[], Rows]]:
    """The records whose names hold the words, and those that hold them elsewhere, as far as they are needed.

    Of a long word the index gathers all that begins so: whole words are asked first, and what is rare is read once.
    """
    longest = max(map(len, wanted))
    if longest >= GATHERED:
        whole = ask(in_name=True, whole=True)
        if _count(whole) >= limit:
            return _read(connection, whole, Search.NAME), {}
    anywhere = ask() if longest > GATHERED else None
    if anywhere is not None and _is_whole(anywhere, limit):
        rows = _read(connection, anywhere, Search.NAME, Search.REST)
        named = {place: row for place, row in rows.items() if _is_named(place[0], row, wanted)}
        return named, {place: row for place, row in rows.items() if place not in named}
    named = _read(connection, ask(in_name=True), Search.NAME)

    def elsewhere() -> Rows:
        chosen: dict[str, list[int]] = {}
        hits = ask() if anywhere is None else anywhere
        others = ((table, one) for table, ids in hits.items() for one in ids if (table, one) not in named)
        for table, record in islice(others, limit - len(named)):
            chosen.setdefault(table, []).append(record)
        return _read(connection, chosen, Search.REST)

    return named, elsewhere


def _count(hits: Ids) -> int:
    return sum(map(len, hits.values()))


def _is_whole(hits: Ids, limit: int) -> bool:
    """Whether these are all there are, and few."""
    return _count(hits) <= FEW * limit and all(len(ids) < limit for ids in hits.values())


def _is_named(table: str, row: Plain, wanted: Sequence[str]) -> bool:
    """Whether the name alone holds each word."""
    have = tokens("\n".join(texts(table, row, Search.NAME)))
    return all(any(word.startswith(want) for word in have) for want in wanted)


def _read(connection: Connection, ids: Ids, *places: Search) -> Rows:
    """What is searched of some records, and what their titles are made of."""
    return {
        (table, record): row
        for table, wanted in ids.items()
        for record, row in kept_values(connection, table, _columns(table, places), wanted)
    }


@cache
def _columns(table: str, places: tuple[Search, ...]) -> tuple[str, ...]:
    searched = (field.name for place in places for field in fields(nouns()[table]) if field.search is place)
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


_folded = lru_cache(maxsize=4096)(fold)
"""Much of what one key finds, the next one finds again."""


def _rank(table: str, row: Plain, wanted: Sequence[str]) -> int:
    """0: the name is what was typed; 1: it begins with it; 2: it holds every word."""
    first = _folded(str(next(filter(None, row.values()), "")))
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
