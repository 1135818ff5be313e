"""The search index of SQLite: contentless FTS5 over text folded in Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import perf_counter

from sqlalchemy import Connection, Integer, TextualSelect, column, text

from cityplanner.store import sqlite

_SHIFT = 40
GATHERED = 4
"""Letters: the index keeps who begins with up to three, and gathers who begins with more."""
PAGE = 5000


def numbers_of(connection: Connection) -> dict[str, int]:
    """The number each noun has in the index; it stands above the record's id in the index's row id."""
    return {noun: number for number, noun in sqlite.run(connection, "SELECT number, noun FROM searched")}


def add_number(connection: Connection, noun: str) -> int:
    """Give a noun its number."""
    connection.exec_driver_sql("INSERT INTO searched (noun) VALUES (?)", (noun,))
    return numbers_of(connection)[noun]


def add(connection: Connection, entries: Sequence[tuple[int, int, str, str]]) -> None:
    """Add entries of (noun number, record id, name text, rest text), both folded."""
    if entries:
        sqlite.run_many(
            connection, "INSERT INTO search (rowid, name, rest) VALUES (?, ?, ?)", _in_index(entries)
        )


def remove(connection: Connection, entries: Sequence[tuple[int, int, str, str]]) -> None:
    """Remove entries; the texts must be those that were added (the index keeps no copy)."""
    if entries:
        sqlite.run_many(
            connection,
            "INSERT INTO search (search, rowid, name, rest) VALUES ('delete', ?, ?, ?)",
            _in_index(entries),
        )


def _in_index(entries: Sequence[tuple[int, int, str, str]]) -> list[tuple[int, str, str]]:
    return [((number << _SHIFT) + record, name, rest) for number, record, name, rest in entries]


def settle(connection: Connection) -> None:
    """Merge the index into one piece: until then the words of removed entries still stand in its older pieces."""
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('optimize')")


def within(tokens: Iterable[str], number: int) -> TextualSelect:
    """The record ids of one noun whose texts hold a word beginning with each token, to be asked for in a statement."""
    first = number << _SHIFT
    return (
        text(
            "SELECT rowid - :first_place FROM search"
            " WHERE search MATCH :matched AND rowid >= :first_place AND rowid < :last_place"
        )
        .bindparams(first_place=first, last_place=first + (1 << _SHIFT), matched=_quoted(tokens))
        .columns(column("id", Integer))
    )


def hits(
    connection: Connection,
    tokens: Iterable[str],
    numbers: Iterable[int],
    most: int | None,
    *,
    in_name: bool = False,
    whole: bool = False,
) -> dict[int, list[int]]:
    """At most so many of each noun, by its number, newest first: anywhere, or in the name; words that begin so.

    Of `whole` words alone the newest are found at once; the beginnings of `GATHERED` letters and more gather first all
    that begins so. One walk down the index, which leaps over the rest of a noun that has enough: a search for each
    noun would look every word up as often as there are nouns.
    """
    quoted = _quoted(tokens, whole=whole)
    match = f"name : ({quoted})" if in_name else quoted
    left = sorted(numbers)
    found: dict[int, list[int]] = {number: [] for number in left}
    while left and _walk(connection, match, left, found, most):
        pass
    return found


def _quoted(tokens: Iterable[str], *, whole: bool = False) -> str:
    """`tokens` are folded and carry no operators; each is quoted, so nothing a user types is read as a query."""
    return " AND ".join(f'"{token}"' if whole else f'"{token}"*' for token in tokens)


def _walk(
    connection: Connection, match: str, left: list[int], found: dict[int, list[int]], most: int | None
) -> bool:
    """Walk from the last noun of `left` down to where a leap saves more than it costs; whether there is one.

    It costs what beginning did: much where a beginning of four letters and more gathers many words.
    """
    statement = (
        "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC"
    )
    span = (left[0] << _SHIFT, (left[-1] + 1) << _SHIFT)
    began = perf_counter()
    cost = passing = 0.0
    enough = span[1]  # the lowest place of the noun that is passed by

    for page in sqlite.pages(connection, statement, (match, *span), most or PAGE):
        cost = cost or perf_counter() - began
        for (place,) in page:
            if place >= enough:
                continue
            number = place >> _SHIFT
            while left and left[-1] > number:
                left.pop()
            if left and left[-1] == number:
                found[number].append(place - (number << _SHIFT))
                if len(found[number]) != most:
                    continue
                left.pop()
            if not left:
                return False
            enough, passing = number << _SHIFT, perf_counter()
        if page[-1][0] >= enough and perf_counter() - passing > cost:
            return True
    return False
