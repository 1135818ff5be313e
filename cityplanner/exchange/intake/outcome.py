"""What an import would do, row by row: the same for window, command line and tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from cityplanner.base.language import N_
from cityplanner.exchange.intake.companions import Companion
from cityplanner.exchange.intake.match import Column
from cityplanner.exchange.sheet import Row
from cityplanner.model.entity import Entity

AS_NEW, LEAVE_OUT, LIKELIEST = 0, -1, -2
"""What to do with a row that may be about a record of the plan, where it is not that record's id (update it)."""
Choices = Mapping[int, int]
"""What to do with doubtful rows, by their number."""


class Fate(StrEnum):
    """What becomes of a row, or of a record that a row brings along."""

    NEW = N_("new")
    UPDATE = N_("update")
    SAME = N_("same")
    DUPLICATE = N_("duplicate in file")
    DOUBTFUL = N_("duplicate?")
    LEFT_OUT = N_("left out")
    ERROR = N_("error")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that an import changes, before and after in words."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong in a row: in which column (empty: the row as a whole), and what would be right."""

    column: str
    text: str

    def __str__(self) -> str:
        return f"{self.column}: {self.text}" if self.column else self.text


class Draft(NamedTuple):
    """A record that a row brings along, as it would be made or changed."""

    companion: Companion
    fate: Fate
    title: str
    record_id: int | None
    values: Mapping[str, Any]
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a row may be about, why, and what the row would change in it."""

    record_id: int
    title: str
    why: str
    differences: tuple[Difference, ...] = ()


class Line(NamedTuple):
    """The fate of one row.

    `owner` is the id of the record it is about, or minus the number of the row that makes it. `values` are
    all fields of a new record, or those that change.
    """

    row: Row
    fate: Fate
    title: str
    owner: int
    values: Mapping[str, Any] = MappingProxyType({})
    differences: tuple[Difference, ...] = ()
    problems: tuple[Trouble, ...] = ()
    notes: tuple[str, ...] = ()
    also: tuple[Draft, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    @property
    def number(self) -> int:
        """The row's number as a spreadsheet shows it."""
        return self.row.number

    @property
    def changes(self) -> bool:
        """Whether applying it would change the plan."""
        own = self.fate in (Fate.NEW, Fate.UPDATE)
        return own or any(draft.fate in (Fate.NEW, Fate.UPDATE) for draft in self.also)


@dataclass(frozen=True)
class Preview:
    """What importing a table would do to a plan whose newest change is number `after_change`.

    One with doubtful rows asks; it is made again with the answers before it is applied. What is counted is
    counted once: there may be very many rows.
    """

    noun: type[Entity]
    name: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    after_change: int

    @cached_property
    def counts(self) -> Mapping[Fate, int]:
        """How many rows have each fate."""
        counted = Counter(line.fate for line in self.lines)
        return {fate: counted[fate] for fate in Fate}

    @cached_property
    def also_new(self) -> Mapping[type[Entity], int]:
        """How many records of other nouns the rows bring along."""
        return Counter(
            draft.companion.noun for line in self.lines for draft in line.also if draft.fate is Fate.NEW
        )

    @cached_property
    def rejected(self) -> tuple[Line, ...]:
        """The rows that cannot be imported."""
        return tuple(line for line in self.lines if line.fate is Fate.ERROR)

    @cached_property
    def doubtful(self) -> tuple[Line, ...]:
        """The rows that somebody has to decide on."""
        return tuple(line for line in self.lines if line.fate is Fate.DOUBTFUL)

    @cached_property
    def changes(self) -> bool:
        """Whether applying it would change the plan."""
        return any(line.changes for line in self.lines)
