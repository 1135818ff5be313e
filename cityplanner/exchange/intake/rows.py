"""One row in words becomes one row of values: own fields, companions, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.exchange.cell_texts import split, unsafe
from cityplanner.exchange.cells import CellReader
from cityplanner.exchange.intake.companions import Companion, companion_of, companions
from cityplanner.exchange.intake.directory import Directory
from cityplanner.exchange.intake.match import UID, Column, Target
from cityplanner.exchange.intake.shorthands import FILLED_FROM, has_meanings, meaning, phrase, shared_out
from cityplanner.model.entity import Entity, field_of, fields
from cityplanner.model.field import Field, Kind
from cityplanner.model.nouns import nouns
from cityplanner.model.rules import fault

Place = tuple[str, str]
"""A companion's name (empty: the row's own record) and the name of a field."""
LONGEST_UID = 36


@dataclass(slots=True)
class Told:
    """What a row says.

    `cells` holds the raw texts of own fields, `problems` what is wrong by place, `named` what
    links were called, `kept` what no field takes.
    """

    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    companions: dict[str, dict[str, Any]] = field(default_factory=dict)
    ties: dict[str, list[int]] = field(default_factory=dict)
    problems: dict[Place, str] = field(default_factory=dict)
    named: dict[Place, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    full_name: str = ""

    def put(self, place: Place, value: Any) -> None:
        """Keep a value in its place."""
        companion, name = place
        (self.companions.setdefault(companion, {}) if companion else self.values)[name] = value

    def has(self, place: Place) -> bool:
        """Whether something was given there."""
        companion, name = place
        return name in (self.companions.get(companion, {}) if companion else self.values)


# Kinds whose cells mean the same in every row, and come again and again.
_REPEATING = frozenset({Kind.COUNTRY, Kind.CHOICE, Kind.CHOICES, Kind.LANGUAGES, Kind.FLAG, Kind.CURRENCY})
_MOST_KNOWN = 20_000


class Cells:
    """A column that is read cell by cell: where its values go, and what is known of cells that were read."""

    def __init__(self, position: int, target: Target, declared: Field, means: bool) -> None:
        self.position, self.target, self.declared, self.means = position, target, declared, means
        self.place: Place = (target.companion, target.field)
        self.name = target.field
        self.is_own = not target.companion
        self.is_text = declared.kind in (Kind.TEXT, Kind.LONG_TEXT) and not means
        self.repeats = declared.kind in _REPEATING and not means
        self.known: dict[str, Any] = {}


class Link:
    """The columns of a link, which name a record or give its uid, and what is known of such cells."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.positions: dict[bool, int] = {}
        self.known: dict[tuple[str, str], tuple[str, int]] = {}

    def said(self, cells: Sequence[str]) -> tuple[str, str]:
        """The cells with the name and with the uid."""
        by_name, by_uid = (self.positions.get(is_uid) for is_uid in (False, True))
        return cells[by_name] if by_name is not None else "", cells[by_uid] if by_uid is not None else ""


class RowReader:
    """Reads the rows of one table, whose columns were matched."""

    def __init__(
        self,
        noun: type[Entity],
        columns: Sequence[Column],
        cells: CellReader,
        directory: Directory,
        keep_unknown: bool = False,
    ) -> None:
        self._noun = noun
        self._keep = keep_unknown
        self._cells = cells
        self._directory = directory
        self.plain: list[Cells] = []
        self.links: dict[Place, Link] = {}
        self.uid: int | None = None
        self.full_name: int | None = None
        for column in columns:
            self._sort(column)
        # A moment is meant in the zone of its row, so the zone has to be read first.
        self.plain.sort(key=lambda item: item.declared.kind is not Kind.ZONE)
        self._zone = next((known.name for known in fields(noun) if known.kind is Kind.ZONE), "")
        self._own = [(item.name, item.position) for item in self.plain if item.is_own]
        # An object's dictionary shares its keys with those of the same class, which halves its size.
        self.shape = type("values", (), {})
        self._filled = FILLED_FROM.get(noun.__tablename__, {})

    def _sort(self, column: Column) -> None:
        target = column.target
        if target is None:
            return
        declared = target.declared(self._noun)
        if declared is None:
            if target.field == UID:
                self.uid = column.position
            else:
                self.full_name = column.position
        elif declared.kind is Kind.LINK:
            place = (target.companion, target.field)
            self.links.setdefault(place, Link(place)).positions[target.by_uid] = column.position
        else:
            means = has_meanings(self._noun.__tablename__, str(target))
            self.plain.append(Cells(column.position, target, declared, means))

    def read(self, cells: Sequence[str]) -> Told:
        """What the cells of a row say."""
        told = Told(self.shape().__dict__)
        if self.uid is not None:
            self._read_uid(told, unsafe(cells[self.uid]).strip())
        told.cells = {name: cells[position] for name, position in self._own}
        said: list[tuple[Place, Any]] = []
        for column in self.plain:
            cell = cells[column.position]
            if column.is_text:  # of nearly every text there is nothing to take away
                value = cell if cell[:1].isalnum() and not cell[-1].isspace() and "\r" not in cell else None
            else:
                value = column.known.get(cell)
            if value is not None:
                if column.is_own:
                    told.values[column.name] = value
                else:
                    told.put(column.place, value)
                continue
            text = unsafe(cell).strip() if cell else ""
            if text:
                said += self._read_cell(told, column, cell, text)
            elif column.is_own:
                told.empty.append(column.name)
        for place, value in said:
            if not told.has(place):  # what a column of its own says comes first
                told.put(place, value)
        for link in self.links.values():
            self._read_link(told, link, link.said(cells))
        if self.full_name is not None:
            told.full_name = unsafe(cells[self.full_name]).strip()
        self._fill(told)
        if self._keep:
            self._keep_the_rest(told)
        return told

    @property
    def is_simple(self) -> bool:
        """Whether every cell means the same in every row, and fills one field of one record."""
        many = any(place[0] and companion_of(self._noun, place[0]).many for place in self.links)
        return not (many or self._zone or any(name not in dict(self._own) for name in self._filled))

    def alone(self, column: Cells, cell: str) -> Any:
        """What a cell says without its row: None where nothing; raises `UserError` where only its row can tell."""
        text = unsafe(cell).strip() if cell else ""
        if not text:
            return None
        if column.means and meaning(self._noun.__tablename__, str(column.target), text) is not None:
            raise UserError(_("The cell says several things."))
        return self._cells.read(column.declared, cell)

    def linked_alone(self, link: Link, cells: tuple[str, str]) -> int | None:
        """The same of the cells that name a linked record."""
        text, uid = (unsafe(cell).strip() for cell in cells)
        companion, name = link.place
        noun = companion_of(self._noun, companion).noun if companion else self._noun
        return self._linked(field_of(noun, name).target, text, uid) if text or uid else None

    def _read_uid(self, told: Told, text: str) -> None:
        if len(text) > LONGEST_UID or not text.isprintable():
            told.problems["", UID] = _("is not an identifier of this application. Leave it empty.")
        elif text:
            told.values[UID] = text

    def _read_cell(self, told: Told, column: Cells, cell: str, text: str) -> list[tuple[Place, Any]]:
        """Read a cell that says something; what a shorthand says about other places is returned."""
        place, declared = column.place, column.declared
        means = meaning(self._noun.__tablename__, str(column.target), text) if column.means else None
        if means is not None:
            by_place = [(_place(name), value) for name, value in means.items()]
            for where, value in by_place:
                if where == place:
                    told.put(place, value)
            return [(where, value) for where, value in by_place if where != place]
        zone = told.values.get(self._zone) if self._zone else None
        try:
            value = self._cells.read(declared, cell, zone)
        except UserError as error:
            told.problems[place] = str(error)
        else:
            told.put(place, value)
            if self._keep and column.is_own and (wrong := fault(declared, value)):
                told.problems[place] = wrong
            elif column.repeats and len(column.known) < _MOST_KNOWN:
                column.known[cell] = value
        return []

    def _read_link(self, told: Told, link: Link, cells: tuple[str, str]) -> None:
        if cells in link.known:
            told.named[link.place], value = link.known[cells]
            told.put(link.place, value)
            return
        text, uid = (unsafe(cell).strip() for cell in cells)
        place = companion, name = link.place
        if not text and not uid:
            if not companion:
                told.empty.append(name)
            return
        noun = companion_of(self._noun, companion).noun if companion else self._noun
        table = field_of(noun, name).target
        told.named[place] = text or uid
        try:
            if companion and companion_of(self._noun, companion).many:
                told.ties[companion] = self._many(table, text, uid, told if self._keep else None)
            else:
                told.put(place, self._linked(table, text, uid))
                if len(link.known) < _MOST_KNOWN:
                    link.known[cells] = (text or uid, self._linked(table, text, uid))
        except UserError as error:
            told.problems[place] = str(error)

    def _linked(self, table: str, text: str, uid: str) -> int:
        """The linked record by uid; by its name where the uid is not known here."""
        found = self._directory.by_uid(table, uid) if uid else None
        if found is None:
            return self._directory.find(table, text or uid)
        if text and not self._directory.calls(table, text, found):
            raise UserError(
                _(
                    "“{text}” and the uid beside it mean different records: the uid is that of “{title}”."
                ).format(text=text, title=self._directory.title(table, found)),
                _("Empty one of the two cells."),
            )
        return found

    def _many(self, table: str, text: str, uid: str, keeper: Told | None) -> list[int]:
        """The records that cells list, by uid or else by name; a comma parts them only where no name has it."""
        found: list[int] = []
        items, marks = split(text), [mark for mark, _quoted in split(uid)]
        if len(marks) != len(items):  # only where each name has its uid beside it can it stand in for one
            items, marks = split(uid or text), []
        for place, (item, quoted) in enumerate(items):
            own = self._directory.by_uid(table, marks[place]) if marks else None
            if own is not None:
                found.append(own)
                continue
            try:
                found.append(self._directory.find(table, item))
            except UserError:
                if keeper is not None:
                    keeper.kept.append(f"{_(nouns()[table].__label__).capitalize()}: {item}")
                    continue
                if quoted or "," not in item:
                    raise
                found += [
                    self._directory.find(table, part.strip()) for part in item.split(",") if part.strip()
                ]
        return list(dict.fromkeys(found))

    def _keep_the_rest(self, told: Told) -> None:
        """Keep as texts what cannot be read and what is said of companions that cannot be made."""
        columns = {column.place for column in self.plain}
        for place in [place for place in told.problems if not place[0] and place in columns]:
            declared = field_of(self._noun, place[1])
            text = unsafe(told.cells[place[1]]).strip()
            told.kept.append(f"{_(declared.label)}: {' '.join(text.split())}")
            told.values.pop(place[1], None)
            del told.problems[place]
        for companion in companions(self._noun):
            said = told.companions.get(companion.name)
            lost = [place for place in told.problems if place[0] == companion.name]
            if companion.many or not (said or lost) or (said and said.get(companion.needs) is not None):
                continue
            for place in lost:
                told.kept.append(
                    f"{_(field_of(companion.noun, place[1]).label)}: {told.named.get(place, '')}"
                )
                del told.problems[place]
            for name, value in told.companions.pop(companion.name, {}).items():
                told.kept.append(f"{_(field_of(companion.noun, name).label)}: {value}")

    def _fill(self, told: Told) -> None:
        """Give the record its name where the list has no column for it."""
        if told.full_name:
            for name, text in shared_out(told.full_name).items():
                if text and not told.values.get(name):
                    told.values[name] = text
        for name, source in self._filled.items():
            if name not in told.cells and told.values.get(source):
                told.values[name] = told.values[source]

    def says_full_name(self, told: Told, record: dict[str, Any]) -> bool:
        """Whether a whole name is that of a contact, wherever it is cut into given and family name."""
        known = (f"{record.get('given', '')} {record.get('family', '')}", record.get("own_name", ""))
        wanted = {phrase(told.full_name), phrase(" ".join(reversed(told.full_name.split(","))))}
        return bool(told.full_name) and any(phrase(name) in wanted for name in known if name)


def _place(name: str) -> Place:
    companion, dot, field_name = name.partition(".")
    return (companion, field_name) if dot else ("", companion)


def told_companions(noun: type[Entity], told: Told) -> list[tuple[Companion, dict[str, Any]]]:
    """The companions a row tells of, with what it says about each."""
    found: list[tuple[Companion, dict[str, Any]]] = []
    for companion in companions(noun):
        if companion.many:
            found += [(companion, {companion.needs: other}) for other in told.ties.get(companion.name, ())]
        elif told.companions.get(companion.name):
            found.append((companion, told.companions[companion.name]))
    return found
