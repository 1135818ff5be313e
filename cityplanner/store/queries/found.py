"""Search results: what was found, under its title, with the words that were looked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter

from sqlalchemy.orm import Session

from cityplanner.model.entity import fields
from cityplanner.model.field import Search
from cityplanner.model.nouns import nouns
from cityplanner.store.queries.titles import titles
from cityplanner.store.rows import Plain
from cityplanner.store.search import Hit, SearchIndex, query_tokens, snippet, texts, tokens
from cityplanner.store.sqlite import kept_values


def found(session: Session, index: SearchIndex, words: str, tables: Sequence[str], limit: int) -> list[Hit]:
    """At most `limit` hits over the given nouns: whole names, then names that begin so, then the rest."""
    connection = session.connection()
    wanted = query_tokens(words)
    ranked: list[tuple[int, str, int, Plain]] = []
    for table in index.present(connection, tables) if wanted else ():
        ids = index.find(connection, words, table, limit)
        for record, row in kept_values(connection, table, _searched(table), ids):
            ranked.append((_rank(texts(table, row, Search.NAME), wanted), table, record, row))
    best = sorted(ranked, key=itemgetter(0))[:limit]
    named = _titles(session, ((table, record) for _number, table, record, _row in best))
    return [
        # Where the title holds the words, it shows them itself.
        Hit(
            table,
            record,
            named[table, record],
            snippet(texts(table, row, Search.REST), words) if rank == _REST else "",
        )
        for rank, table, record, row in best
    ]


_REST = 3


@cache
def _searched(table: str) -> tuple[str, ...]:
    return tuple(field.name for field in fields(nouns()[table]) if field.search is not Search.NONE)


def _titles(session: Session, records: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    ids: dict[str, list[int]] = {}
    for table, record in records:
        ids.setdefault(table, []).append(record)
    return {
        (table, record): title
        for table, wanted in ids.items()
        for record, title in titles(session, nouns()[table], wanted).items()
    }


def _rank(name: list[str], wanted: Sequence[str]) -> int:
    """0: the name is what was typed; 1: it begins with it; 2: it holds every word; 3: the words stand elsewhere."""
    have = tokens("\n".join(name))
    if wanted == have:
        return 0
    if (
        have[: len(wanted) - 1] == wanted[:-1]
        and len(have) >= len(wanted)
        and have[len(wanted) - 1].startswith(wanted[-1])
    ):
        return 1
    return 2 if all(any(token.startswith(want) for token in have) for want in wanted) else _REST
