"""Asking very many records of one noun whether they are in order: of each value of a field once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from cityplanner.model.entity import SOUND, Entity, Problem, checked, defaults, stand_in
from cityplanner.model.field import Field
from cityplanner.model.rules import fault, faultless

_MOST_KNOWN = 20_000
_NO_FIELD = (None, 0)


class Asker:
    """Tells of records what `check` does; what was found in order is remembered."""

    def __init__(self, noun: type[Entity]) -> None:
        self._noun = noun
        self._fields: dict[str, tuple[Field | None, int]] = {
            field.name: (field, longest) for field, _name, longest in checked(noun)
        }
        self._known: set[tuple[str, type, Any]] = set()
        self._needed = {
            field.name for field, _name, _longest in checked(noun) if fault(field, defaults(noun)[field.name])
        }
        self._has_rules = noun.check is not Entity.check
        self._plain = dict(defaults(noun))
        self._asked = stand_in(noun, {SOUND: True})

    def problems(self, given: Mapping[str, Any], **others: Any) -> list[Problem]:
        """What is wrong with a new record of these values, all others being what a new record holds."""
        if not (self._needed <= given.keys() and self._are_sound(given)):
            return stand_in(self._noun, {**self._plain, **given, **others}).check()
        if not self._has_rules:
            return []
        held = self._asked.__dict__
        held.update(self._plain)
        held.update(given)
        held.update(others)
        return self._asked.check()

    def problems_by_id(self, columns: Mapping[str, Sequence[Any]]) -> Iterator[tuple[int, list[Problem]]]:
        """What is wrong with which of many records, given by the values of all their fields and their ids."""
        ids = columns["id"]
        unsound: set[int] = set()
        for field, name, longest in checked(self._noun):
            values = columns[name]
            faulty = {one for one in set(values) if not _is_short(one, longest) and fault(field, one)}
            if faulty:
                unsound |= {at for at, value in enumerate(values) if value in faulty}
        for at in range(len(ids)) if self._has_rules else sorted(unsound):
            row = {name: values[at] for name, values in columns.items()}
            if problems := stand_in(self._noun, row).check() if at in unsound else self._broken(row):
                yield ids[at], problems

    def _broken(self, row: Mapping[str, Any]) -> list[Problem]:
        """What the noun's own rules say of a record whose fields are in order."""
        held = self._asked.__dict__
        held.update(row)
        return self._asked.check()

    def _are_sound(self, given: Mapping[str, Any]) -> bool:
        known = self._known
        for name, value in given.items():
            field, longest = self._fields.get(name, _NO_FIELD)
            if _is_short(value, longest):
                continue
            if field is None:
                continue
            key = (name, type(value), value) if isinstance(value, Hashable) else None
            if key not in known:
                if fault(field, value):
                    return False
                if key and len(known) < _MOST_KNOWN:
                    known.add(key)
        return True

    def first_refused(self, columns: Mapping[str, Sequence[Any]], count: int) -> int | None:
        """The place of the first of so many new records that something is wrong with; None where all are in order.

        They are given as columns of the fields' values; a field without a column holds what a new record holds.
        """
        if not (self._needed <= columns.keys() and all(map(self._is_sound, columns, columns.values()))):
            return self._first_by_itself(columns, count)
        if not self._has_rules:
            return None
        held = self._asked.__dict__
        held.update(self._plain)
        alike = {name: column[0] for name, column in columns.items() if column.count(column[0]) == count}
        held.update(alike)
        names = [name for name in columns if name not in alike]
        rows = zip(*(columns[name] for name in names), strict=True) if names else ((),)
        for place, row in enumerate(rows):
            held.update(zip(names, row, strict=True))
            if self._asked.check():
                return place
        return None

    def _first_by_itself(self, columns: Mapping[str, Sequence[Any]], count: int) -> int | None:
        for place in range(count):
            if self.problems({name: column[place] for name, column in columns.items()}):
                return place
        return None

    def _is_sound(self, name: str, values: Sequence[Any]) -> bool:
        """Whether all values of a field are in order by its own rule."""
        field, _longest = self._fields.get(name, _NO_FIELD)
        return field is None or faultless(field, values)


def _is_short(value: Any, longest: int) -> bool:
    """Whether it is a short text in one line, as nearly every text is."""
    return type(value) is str and 0 < len(value) <= longest and value.isprintable() and not value.isspace()
