"""Search over every noun: text folded so that accents, case and script variants do not matter."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, TextualSelect

from cityplanner.model.entity import fields
from cityplanner.model.field import Field, Kind, Search
from cityplanner.model.nouns import nouns
from cityplanner.store import sqlite_index
from cityplanner.store.rows import Heed, Plain, RowChange, heedless

_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h", "ŋ": "n",
    "ŧ": "t", "ʻ": "", "ʼ": "", "_": " ", "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": "", "ء": "",
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
}  # fmt: skip
# Accents, vowel points and signs that are not seen: soft hyphen, zero-width joiners, marks of direction.
_STRIPPED = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
# Scripts written without spaces are cut into overlapping pairs, so that a word inside is found.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3\U00020000-\U0003134f]+"
)
# The vowel signs of Indic and similar scripts belong to the word; `\w` leaves them out.
_SIGNS = "".join(
    chr(code)
    for block in (range(0x0700, 0x2000), range(0xA800, 0xAC00))
    for code in block
    if unicodedata.category(chr(code)).startswith("M")
)
_WORD = re.compile(rf"[\w{_SIGNS}]+")
_ASCII_WORD = re.compile("[a-z0-9]+")
_NO_WORD = re.compile(rf"[^\w{_SIGNS}\0]+")
_TRANSLATED = re.compile(f"[{''.join(_LETTERS)}]")
LONGEST_TOKEN = 60
LONGEST_QUERY = 12


def fold(text: str) -> str:
    """A text without case, accents and variant letters. Source: Unicode NFKD, plus letters it leaves alone."""
    if text.isascii():
        return text.lower().replace("_", " ")
    bare = _STRIPPED.sub("", unicodedata.normalize("NFKD", text.casefold())).casefold()
    return unicodedata.normalize("NFC", _TRANSLATED.sub(_translated, bare))


def _translated(letter: re.Match[str]) -> str:
    return _LETTERS[letter[0]]


def tokens(text: str) -> list[str]:
    """The words of a text as they stand in the index; unspaced scripts as pairs and a last single."""
    folded = fold(text)
    if folded.isascii():
        words = _ASCII_WORD.findall(folded)
    else:
        words = _WORD.findall(folded)
        if _UNSPACED.search(folded):
            words = [token for word in words for token in _cut_unspaced(word)]
    if len(folded) <= LONGEST_TOKEN:
        return words
    return [token[:LONGEST_TOKEN] for token in words]


def _cut_unspaced(word: str) -> Iterator[str]:
    start = 0
    for run in _UNSPACED.finditer(word):
        if run.start() > start:
            yield word[start : run.start()]
        signs = run.group()
        yield from (signs[i : i + 2] for i in range(len(signs)))
        start = run.end()
    if start < len(word):
        yield word[start:]


def words(texts: Sequence[str]) -> list[str]:
    """What stands in the index for each text: its tokens and what keeps them apart there.

    What stands between two spaces is folded once, all that is new at once; what is plain is only made small.
    """
    whole = _BETWEEN.join(texts)
    if whole.isascii() and max(map(len, whole.replace(_BETWEEN, " ").split()), default=0) <= LONGEST_TOKEN:
        found = fold(whole).split(_BETWEEN)
    else:
        pieces = f" {_BETWEEN} ".join(texts).split()
        _PIECES.learn(pieces)
        found = " ".join(map(_PIECES.__getitem__, pieces)).split(_BETWEEN)
    return found if len(found) == len(texts) else [" ".join(tokens(text)) for text in texts]


_BETWEEN = "\0"
"""Stands between texts that are folded together; no text that is saved has it."""
_MOST_PIECES = 20_000


class _Pieces(dict[str, str]):
    """The words of texts without a space: those of a language come again and again."""

    def __missing__(self, piece: str) -> str:
        return piece if piece == _BETWEEN else " ".join(tokens(piece))

    def learn(self, pieces: Iterable[str]) -> None:
        """Fold those that are new."""
        if len(self) > _MOST_PIECES:
            self.clear()
        new = [piece for piece in set(pieces) if piece not in self and piece != _BETWEEN]
        plain = [piece for piece in new if piece.isascii() and len(piece) <= LONGEST_TOKEN]
        self.update(zip(plain, map(fold, plain), strict=True))
        others = [piece for piece in new if not piece.isascii()]
        self.update(zip(others, _of_pieces(others), strict=True))


_PIECES = _Pieces()


def _of_pieces(pieces: Sequence[str]) -> list[str]:
    """The words of pieces that are not plain."""
    folded = fold(_BETWEEN.join(pieces))
    apart = _UNSPACED.sub(_pairs, _NO_WORD.sub(" ", folded)).split(_BETWEEN) if pieces else []
    if len(apart) != len(pieces):
        return [" ".join(tokens(piece)) for piece in pieces]
    return [
        said if len(said) <= LONGEST_TOKEN else " ".join(tokens(piece))
        for said, piece in zip(apart, pieces, strict=True)
    ]


def _pairs(run: re.Match[str]) -> str:
    return f" {' '.join(_cut_unspaced(run.group()))} "


def query_tokens(text: str) -> list[str]:
    """The tokens that a query asks for: of an unspaced run the pairs alone, unless it is a single sign."""
    return list(_query_tokens(text))


@lru_cache(maxsize=64)
def _query_tokens(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for token in tokens(text):
        last_of_run = len(token) == 1 and found and len(found[-1]) == 2 and found[-1][1] == token
        if not (last_of_run and _UNSPACED.fullmatch(token)):
            found.append(token)
    return tuple(dict.fromkeys(found))[:LONGEST_QUERY]


@cache
def _searched(table: str, place: Search) -> tuple[Field, ...]:
    return tuple(field for field in fields(nouns()[table]) if field.search is place)


_LISTS = frozenset({Kind.WORDS, Kind.EMAILS, Kind.PHONES, Kind.CHOICES, Kind.LANGUAGES})


def texts(table: str, row: Plain, place: Search) -> list[str]:
    """The searched texts of a plain row, in the order of its fields."""
    return [text for field in _searched(table, place) for text in _texts(field, row.get(field.name))]


def _texts(field: Field, value: Any) -> list[str]:
    if not value or value == "[]":
        return []
    return json.loads(value) if field.kind in _LISTS else [str(value)]


def _entries(table: str, rows: Sequence[Plain]) -> Iterator[tuple[str, str]]:
    """The words of each row as they stand in the index, those of its name and the rest."""
    searched = (*_searched(table, Search.NAME), *_searched(table, Search.REST))
    return entries_of(
        table, {field.name: [row.get(field.name) for row in rows] for field in searched}, len(rows)
    )


def entries_of(table: str, columns: Mapping[str, Sequence[Any]], count: int) -> Iterator[tuple[str, str]]:
    """The same of so many rows that are given as columns of values."""
    name, rest = (
        _words([_column(field, columns[field.name]) for field in _searched(table, place)], count)
        for place in (Search.NAME, Search.REST)
    )
    return zip(name, rest, strict=True)


def _words(columns: Iterable[Sequence[str]], count: int) -> Sequence[str]:
    """The words of each row, column by column: of many texts at once they take a third of the time."""
    said = [words(column) for column in columns if any(column)]
    return [" ".join(row) for row in zip(*said, strict=True)] if said else [""] * count


def _column(field: Field, values: Sequence[Any]) -> Sequence[str]:
    """The searched text of each value of a field."""
    if field.kind not in _LISTS and {str}.issuperset(map(type, values)):
        return values
    said = {value: " ".join(_texts(field, value)) for value in set(values)}
    return [said[value] for value in values]


def _net(rows: Iterable[RowChange]) -> dict[str, dict[int, RowChange]]:
    """One change a record, from how the index knows it to how it ends, by noun and id.

    The index takes out what it is told to; told of a state it never held, it would be damaged.
    """
    net: dict[str, dict[int, RowChange]] = {}
    for row in rows:
        changes = net.setdefault(row.table, {})
        first = changes.get(row.record_id)
        changes[row.record_id] = (
            RowChange(row.table, row.record_id, first.before, row.after) if first else row
        )
    return net


_Entries = Mapping[int, tuple[str, str]]


def _apart(number: int, entries: _Entries, others: _Entries) -> list[tuple[int, int, str, str]]:
    """The entries of one noun that are not among the others."""
    return [(number, record, *words) for record, words in entries.items() if others.get(record) != words]


_PAGE = 2000


class SearchIndex:
    """The index of one plan, kept up to date from the rows of each change."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def _number(self, connection: Connection, table: str) -> int | None:
        numbers = self._numbers
        if table not in numbers:
            # Kept in one step: another thread may look at an older state of the plan meanwhile.
            self._numbers = numbers = sqlite_index.numbers_of(connection)
        return numbers.get(table)

    def update(self, connection: Connection, rows: Iterable[RowChange], heed: Heed = heedless) -> None:
        """Follow a change; only rows whose searched text differs cost anything."""
        net = _net(rows)
        done, total = 0, sum(map(len, net.values()))
        for number, table in sorted((self._numbered(connection, table), table) for table in net):
            changes = net[table]
            ids = sorted(changes)
            for start in range(0, len(ids), _PAGE):
                page = ids[start : start + _PAGE]
                self._follow(connection, number, [changes[record] for record in page])
                done += len(page)
                heed(done / total)

    def add(self, connection: Connection, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
        """Follow the adding of new records of one noun, by ascending id, given as columns of values."""
        ids, number = columns["id"], self._numbered(connection, table)
        entries = zip(ids, entries_of(table, columns, len(ids)), strict=True)
        sqlite_index.add(connection, [(number, record, *said) for record, said in entries])

    def _numbered(self, connection: Connection, table: str) -> int:
        number = self._number(connection, table)
        if number is None:
            number = sqlite_index.add_number(connection, table)
            self._numbers = {}
        return number

    def _follow(self, connection: Connection, number: int, rows: Sequence[RowChange]) -> None:
        """Follow changes of one noun, given by ascending id: FTS5 writes all it gathered when a smaller one comes."""
        before = {row.record_id: row.before for row in rows if row.before}
        after = {row.record_id: row.after for row in rows if row.after}
        # Together: what did not change is folded once.
        entries = _entries(rows[0].table, [*before.values(), *after.values()])
        gone = dict(zip(before, islice(entries, len(before)), strict=True))
        come = dict(zip(after, entries, strict=True))
        sqlite_index.remove(connection, _apart(number, gone, come))
        sqlite_index.add(connection, _apart(number, come, gone))

    def forget(self) -> None:
        """Forget what was learned of a transaction that did not come to be."""
        self._numbers = {}

    def within(self, connection: Connection, words: str, table: str) -> TextualSelect | None:
        """The ids of the records of one noun that hold every word, for a statement; None for no words."""
        wanted = query_tokens(words)
        number = self._number(connection, table)
        return sqlite_index.within(wanted, number) if wanted and number is not None else None

    def hits(
        self,
        connection: Connection,
        wanted: Sequence[str],
        tables: Sequence[str],
        most: int,
        *,
        in_name: bool = False,
        whole: bool = False,
    ) -> dict[str, list[int]]:
        """Ids of at most so many records of each noun that hold all the tokens, newest first; nouns with any.

        Anywhere or `in_name`, as the beginnings of words or as `whole` ones.
        """
        numbers = self._numbers
        if not all(table in numbers for table in tables):
            # Kept in one step: another thread may look at an older state of the plan meanwhile.
            self._numbers = numbers = sqlite_index.numbers_of(connection)
        asked = {numbers[table]: table for table in tables if table in numbers}
        found = (
            sqlite_index.hits(connection, wanted, asked, most, in_name=in_name, whole=whole) if asked else {}
        )
        return {table: found[number] for number, table in asked.items() if found[number]}


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found: its noun's table, its id, its title and where the words stand in it."""

    table: str
    record_id: int
    title: str
    snippet: str


SNIPPET = 120


def snippet(parts: Sequence[str], words: str, length: int = SNIPPET) -> str:
    """The stretch of text around the first word found, with an ellipsis where it was cut."""
    wanted = query_tokens(words)
    for part in parts:
        folded = fold(part)
        if any(want in folded for want in wanted):
            at = _in_ascii(folded, wanted) if part.isascii() else _in_words(part, folded, wanted)
            if at is not None:
                return _cut(part, at, length)
    return ""


def _in_ascii(folded: str, wanted: Sequence[str]) -> int | None:
    """Where the first word found stands in a text whose letters all kept their places."""
    found = (at for want in wanted if (at := _beginning(folded, want)) >= 0)
    first = min(found, default=None)
    while first and not folded[first - 1].isspace():  # with the bracket before it
        first -= 1
    return first


def _beginning(folded: str, want: str) -> int:
    """Where a word begins so; -1 where none does."""
    at = folded.find(want)
    while at > 0 and folded[at - 1].isalnum():
        at = folded.find(want, at + 1)
    return at


def _in_words(part: str, folded: str, wanted: Sequence[str]) -> int | None:
    words, bare = [match.start() for match in re.finditer(r"\S+", part)], folded.split()
    if len(bare) != len(words):  # folding made two words of one
        bare = [fold(word) for word in part.split()]
    for at, word in zip(words, bare, strict=True):
        if any(want in word for want in wanted) and any(
            token.startswith(want) for token in tokens(word) for want in wanted
        ):
            return at
    return None


def _cut(text: str, at: int, length: int) -> str:
    flat = " ".join(text[max(0, at - length // 3) :].split())
    begun = "… " if at > length // 3 else ""
    return begun + (flat if len(flat) <= length else flat[: length - 1].rsplit(" ", 1)[0] + " …")
