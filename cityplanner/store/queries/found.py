"""Search results: what was found, under its title, with the words that were looked for."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from functools import cache
from operator import itemgetter

from sqlalchemy.orm import Session

from cityplanner.model.entity import fields
from cityplanner.model.field import Search
from cityplanner.model.nouns import nouns
from cityplanner.store.queries.titles import titles
from cityplanner.store.search import Hit, SearchIndex, query_tokens, snippet, texts, tokens
from cityplanner.store.sqlite import kept_values


def found(session: Session, index: SearchIndex, words: str, tables: Sequence[str], limit: int) -> list[Hit]:
    """At most `limit` hits over the given nouns: whole names, then names that begin so, then the rest."""
    wanted = query_tokens(words)
    present = index.present(session.connection(), tables) if wanted else []
    named = _named(session, index, wanted, present, limit)
    best = [(table, record) for _rank, table, record in sorted(named, key=itemgetter(0))[:limit]]
    told: dict[tuple[str, int], str] = {}
    if len(best) < limit:  # what holds the words elsewhere comes after every name
        told = _elsewhere(session, index, words, present, limit, set(best))
        best = [*best, *told][:limit]
    titled = _titles(session, best)
    # Where the title holds the words, it shows them itself.
    return [Hit(*place, titled[place], told.get(place, "")) for place in best]


def _named(
    session: Session, index: SearchIndex, wanted: Sequence[str], present: Iterable[str], limit: int
) -> list[tuple[int, str, int]]:
    """The rank, noun and id of records with the words in their names."""
    connection = session.connection()
    return [
        (_rank(texts(table, row, Search.NAME), wanted), table, record)
        for table in present
        for record, row in kept_values(
            connection,
            table,
            _searched(table, Search.NAME),
            index.hits(connection, wanted, table, limit, in_name=True),
        )
    ]


def _elsewhere(
    session: Session,
    index: SearchIndex,
    words: str,
    present: Iterable[str],
    limit: int,
    known: Container[tuple[str, int]],
) -> dict[tuple[str, int], str]:
    """Where the words stand in records that are not `known`, by noun and id."""
    connection, wanted = session.connection(), query_tokens(words)
    found: dict[tuple[str, int], str] = {}
    for table in present:
        if len(found) >= limit:
            break
        ids = index.hits(connection, wanted, table, 2 * limit, in_name=False)
        ids = [record for record in ids if (table, record) not in known][: limit - len(found)]
        for record, row in kept_values(connection, table, _searched(table, Search.REST), ids):
            found[table, record] = snippet(texts(table, row, Search.REST), words)
    return found


@cache
def _searched(table: str, place: Search) -> tuple[str, ...]:
    return tuple(field.name for field in fields(nouns()[table]) if field.search is place)


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
    """0: the name is what was typed; 1: it begins with it; 2: it holds every word."""
    have = tokens("\n".join(name))
    if wanted == have:
        return 0
    if (
        have[: len(wanted) - 1] == wanted[:-1]
        and len(have) >= len(wanted)
        and have[len(wanted) - 1].startswith(wanted[-1])
    ):
        return 1
    return 2
