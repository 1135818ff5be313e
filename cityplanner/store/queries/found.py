"""Search results: what was found, under its title, with the words that were looked for."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.model.field import Search
from cityplanner.model.nouns import nouns
from cityplanner.store.queries.titles import titles
from cityplanner.store.rows import plain_row, table_of
from cityplanner.store.search import Hit, SearchIndex, query_tokens, snippet, texts, tokens


def found(session: Session, index: SearchIndex, words: str, tables: Sequence[str], limit: int) -> list[Hit]:
    """At most `limit` hits over the given nouns: whole names, then names that begin so, then the rest."""
    connection = session.connection()
    hits: list[tuple[int, Hit]] = []
    for table in tables:
        ids = index.find(connection, words, table, limit)
        if ids:
            hits += _hits(session, table, ids, words)
    return [hit for _rank, hit in sorted(hits, key=lambda ranked: ranked[0])[:limit]]


def _hits(session: Session, table: str, ids: list[int], words: str) -> list[tuple[int, Hit]]:
    source = table_of(table)
    rows = {row["id"]: row for row in session.execute(select(source).where(source.c.id.in_(ids))).mappings()}
    named = titles(session, nouns()[table], ids)
    hits = []
    for record in ids:
        if record in rows:
            plain = plain_row(source, {str(key): value for key, value in rows[record].items()})
            name = texts(table, plain, Search.NAME)
            hit = Hit(table, record, named[record], snippet(texts(table, plain, Search.REST), words))
            hits.append((_rank(name, words), hit))
    return hits


def _rank(name: list[str], words: str) -> int:
    """0: the name is what was typed; 1: it begins with it; 2: it holds every word; 3: the words stand elsewhere."""
    wanted, have = query_tokens(words), tokens("\n".join(name))
    if wanted == have:
        return 0
    if (
        have[: len(wanted) - 1] == wanted[:-1]
        and len(have) >= len(wanted)
        and have[len(wanted) - 1].startswith(wanted[-1])
    ):
        return 1
    return 2 if all(any(token.startswith(want) for token in have) for want in wanted) else 3
