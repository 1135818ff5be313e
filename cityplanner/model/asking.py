"""Asking very many new records of one noun whether they are in order: of each value of a field once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from cityplanner.model.entity import SOUND, Entity, Problem, checked, defaults, stand_in
from cityplanner.model.rules import fault

_MOST_KNOWN = 20_000


class Asker:
    """Tells of records what `check` does; what was found in order is remembered."""

    def __init__(self, noun: type[Entity]) -> None:
        self._noun = noun
        self._fields = {field.name: (field, longest) for field, _name, longest in checked(noun)}
        self._known: set[tuple[str, type, Any]] = set()
        self._needed = {
            name for name, (field, _longest) in self._fields.items() if fault(field, defaults(noun)[name])
        }
        self._has_rules = noun.check is not Entity.check
        self._plain = dict(defaults(noun))
        self._asked = stand_in(noun, {SOUND: True})

    def problems(self, given: Mapping[str, Any], **others: Any) -> list[Problem]:
        """What is wrong with a new record of these values, all others being what a new record holds."""
        if not (self._needed <= given.keys() and all(map(self._is_sound, given, given.values()))):
            return stand_in(self._noun, {**self._plain, **given, **others}).check()
        if not self._has_rules:
            return []
        held = self._asked.__dict__
        held.update(self._plain)
        held.update(given)
        held.update(others)
        return self._asked.check()

    def _is_sound(self, name: str, value: Any) -> bool:
        field, longest = self._fields.get(name, (None, 0))
        if field is None:
            return True
        if type(value) is str and 0 < len(value) <= longest and value.isprintable() and not value.isspace():
            return True  # as nearly every text is
        key = (name, type(value), value) if isinstance(value, Hashable) else None
        if key in self._known:
            return True
        sound = not fault(field, value)
        if sound and key and len(self._known) < _MOST_KNOWN:
            self._known.add(key)
        return sound
