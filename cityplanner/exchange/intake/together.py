"""Rows that are about nobody else, looked at together and column by column before the others one by one.

Such a row says nothing that only its row can tell, breaks no rule and shares no natural key with a record of the plan
or with another row. So it makes a new record, whatever becomes of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

from cityplanner.base.errors import UserError
from cityplanner.exchange.intake.companions import Companion, companion_of
from cityplanner.exchange.intake.entourage import Entourage, refused
from cityplanner.exchange.intake.known import Known
from cityplanner.exchange.intake.outcome import Draft, Fate, Line
from cityplanner.exchange.intake.rows import Cells, Link, Place, RowReader
from cityplanner.exchange.sheet import Row
from cityplanner.model.asking import Asker
from cityplanner.model.entity import Entity, defaults, field_of
from cityplanner.model.field import Kind
from cityplanner.model.wording import AS_IT_STANDS

PAGE = 2000
_MOST_KNOWN = 20_000
Columns = dict[str, list[Any]]
"""Values by field; None where a row says nothing."""


class _Odd:
    """Stands for what only a whole row can tell."""


_ODD = _Odd()


def _never(cell: str) -> bool:
    return False


@dataclass(slots=True)
class _Page:
    """Some of the rows, with their places in the table, and what they say: of themselves, and of companions."""

    rows: Sequence[Row]
    places: list[int]
    own: Columns = field(default_factory=dict)
    companions: dict[str, Columns] = field(default_factory=dict)

    def columns(self) -> Iterator[Columns]:
        """All that they say."""
        yield self.own
        yield from self.companions.values()

    def without(self, odd: set[int]) -> _Page:
        """The same without the rows that stand at these places of the page."""
        if not odd:
            return self
        kept = [at for at in range(len(self.rows)) if at not in odd]
        return _Page(
            [self.rows[at] for at in kept],
            [self.places[at] for at in kept],
            _at(self.own, kept),
            {name: _at(columns, kept) for name, columns in self.companions.items()},
        )


def _at(columns: Columns, kept: Sequence[int]) -> Columns:
    return {name: [column[at] for at in kept] for name, column in columns.items()}


class Together:
    """Finds the rows that are about nobody else, page by page."""

    def __init__(
        self,
        noun: type[Entity],
        reader: RowReader,
        known: Known,
        entourage: Callable[[Companion], Entourage],
        separator: str,
    ) -> None:
        self._noun, self._reader, self._known, self._entourage = noun, reader, known, entourage
        self._separator = separator
        self._asker = Asker(noun)
        self._titles = [name for name in noun.__title__ if field_of(noun, name).kind is Kind.TEXT]
        self._shape = type("values", (), {})
        self._pages: list[_Page] = []
        self._called: dict[Place, dict[tuple[str, str], Any]] = {}
        self._seen: list[dict[Any, int]] = [{} for _key in known.keys]
        self._crowded: set[int] = set()

    @property
    def remembered(self) -> Sequence[dict[Any, int] | set[int]]:
        """What is known of all rows while they are looked at: very much, to be let go of bit by bit."""
        return *self._seen, self._crowded

    @property
    def is_of_use(self) -> bool:
        """Whether the noun and the columns are such that rows can be looked at together."""
        return self._reader.is_simple and len(self._titles) == len(self._noun.__title__)

    def look_at(self, rows: Sequence[Row], start: int) -> None:
        """Look at a page of rows, which stand in the table from this place on."""
        page = self._read(rows, start)
        page = page.without(self._refused(page))
        for seen, by_key in zip(self._seen, self._known.places(page.own, len(page.rows)), strict=True):
            self._meet(seen, zip(page.places, by_key, strict=True))
        told = set(page.places)
        for at, row in enumerate(rows, start):
            if at not in told and not row.fault:
                self._crowded.add(at)
                for seen, place in zip(
                    self._seen, self._known.places_of(self._reader.read(row.cells).values), strict=True
                ):
                    self._meet(seen, ((at, place),))
        self._pages.append(page)

    def _meet(self, seen: dict[Any, int], met: Iterable[tuple[int, Any]]) -> None:
        """Note who stands where another stands already."""
        crowded = self._crowded
        for at, place in met:
            if place is not None:
                first = seen.setdefault(place, at)
                if first != at:
                    crowded.update((first, at))

    def lines(self) -> Iterator[tuple[int, Line]]:
        """The rows that make new records, by their places in the table; asked for when all were looked at."""
        for owners, seen in zip(self._known.owners(), self._seen, strict=True):
            self._crowded.update(seen[place] for place in seen.keys() & owners.keys())
        for number, page in enumerate(self._pages):
            self._pages[number] = _Page((), [])
            yield from self._lines(page)

    def _lines(self, page: _Page) -> Iterator[tuple[int, Line]]:
        count = len(page.rows)
        drafts = self._drafts(page)
        said = zip(*page.own.values(), strict=True) if page.own else repeat((), count)
        names, crowded, shape = tuple(page.own), self._crowded, self._shape
        for at, row, values, title, also in zip(
            page.places, page.rows, said, self._titles_of(page), drafts, strict=True
        ):
            if at in crowded:
                continue
            told = shape().__dict__  # which shares its keys with all the others
            for name, value in zip(names, values, strict=True):
                if value is not None:
                    told[name] = value
            yield at, Line(row, Fate.NEW, title, -row.number, told, (), (), (), also)

    def _titles_of(self, page: _Page) -> list[str]:
        empty = [""] * len(page.rows)
        named = zip(*(page.own.get(name, empty) for name in self._titles), strict=True)
        titles = [self._separator.join(filter(None, names)) for names in named]
        if "" in titles:
            others = page.own.get("own_name", empty)
            titles = [title or other or "" for title, other in zip(titles, others, strict=True)]
        return titles

    def _drafts(self, page: _Page) -> Iterable[tuple[Draft, ...]]:
        """What each row brings along."""
        by_companion = [
            self._entourage(companion_of(self._noun, name)).fresh(columns)
            for name, columns in page.companions.items()
        ]
        if not by_companion:
            return repeat((), len(page.rows))
        return [tuple(filter(None, drafts)) for drafts in zip(*by_companion, strict=True)]

    def _read(self, rows: Sequence[Row], start: int) -> _Page:
        """What rows say that can be told without their neighbours."""
        reader = self._reader
        asked = [position for position in (reader.uid, reader.full_name) if position is not None]
        odd = {
            at
            for at, row in enumerate(rows)
            if row.fault or any(row.cells[position].strip() for position in asked)
        }
        cells = list(zip(*(row.cells for row in rows), strict=True))
        page = _Page(rows, list(range(start, start + len(rows))))
        for column in reader.plain:
            self._put(page, column.place, self._told(column, cells[column.position]))
        for link in reader.links.values():
            self._put(page, link.place, self._linked(link, cells, len(rows)))
        for columns in page.columns():
            for values in columns.values():
                if _ODD in values:
                    odd.update(at for at, value in enumerate(values) if value is _ODD)
        return page.without(odd)

    def _put(self, page: _Page, place: tuple[str, str], values: list[Any]) -> None:
        companion, name = place
        (page.companions.setdefault(companion, {}) if companion else page.own)[name] = values

    def _told(self, column: Cells, cells: Sequence[str]) -> list[Any]:
        if column.is_text:  # of nearly every text there is nothing to take away
            return [
                cell
                if cell[:1].isalnum() and not cell[-1].isspace() and "\r" not in cell
                else self._alone(column, cell)
                for cell in cells
            ]
        is_plain = AS_IT_STANDS.get(column.declared.kind, _never)
        known = {cell: cell if is_plain(cell) else self._alone(column, cell) for cell in set(cells)}
        return [known[cell] for cell in cells]

    def _alone(self, column: Cells, cell: str) -> Any:
        try:
            return self._reader.alone(column, cell)
        except UserError:
            return _ODD

    def _linked(self, link: Link, cells: Sequence[Sequence[str]], count: int) -> list[Any]:
        said = [
            cells[link.positions[by_uid]] if by_uid in link.positions else ("",) * count
            for by_uid in (False, True)
        ]
        both = list(zip(*said, strict=True))
        known = self._called.setdefault(link.place, {})
        if len(known) > _MOST_KNOWN:
            known.clear()
        for pair in set(both).difference(known):
            try:
                known[pair] = self._reader.linked_alone(link, pair)
            except UserError:
                known[pair] = _ODD
        return [known[pair] for pair in both]

    def _refused(self, page: _Page) -> set[int]:
        """The rows that break a rule, or tell of a companion that cannot be made."""
        odd = refused(self._asker, page.own, len(page.rows), defaults(self._noun))
        for name, columns in page.companions.items():
            odd |= self._entourage(companion_of(self._noun, name)).refused(columns, len(page.rows))
        return odd
