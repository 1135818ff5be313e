"""Which companions the records of a plan have already, and what a row would do to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cityplanner.base.language import _
from cityplanner.exchange.intake.companions import Companion
from cityplanner.exchange.intake.differences import Wording
from cityplanner.exchange.intake.known import comparable
from cityplanner.exchange.intake.outcome import Draft, Fate
from cityplanner.model.asking import Asker
from cityplanner.model.entity import Problem, defaults, field_of, fields
from cityplanner.model.field import Field, Kind
from cityplanner.model.wording import choice_label
from cityplanner.store.queries.records import Reading
from cityplanner.store.queries.values import values

_SOMEBODY = 0
"""Stands for the id of a row's record that does not exist yet, while the companion's rules are asked."""


class Entourage:
    """The companions of one kind by the record they belong to; new ones of the file are added as they come."""

    def __init__(self, session: Reading, companion: Companion, wording: Wording) -> None:
        self._companion = companion
        self._wording = wording
        self._of: dict[int, tuple[tuple[int | None, Mapping[str, Any]], ...]] = {}
        self._asker = Asker(companion.noun)
        self._plain = defaults(companion.noun)
        self._titles = [field_of(companion.noun, n) for n in companion.noun.__title__ if n != companion.near]
        names = ("id", *(field.name for field in fields(companion.noun)))
        rows = [
            (row[0], dict(zip(names[1:], row[1:], strict=True)))
            for row in values(session, companion.noun, names)
        ]
        if companion.through is None:
            for number, record in rows:
                self._add(record[companion.near], number, record)
        else:
            known = dict(rows)
            for near, far in values(session, companion.through, (companion.near, companion.far)):
                self._add(near, far, known[far])

    def _add(self, owner: int, number: int | None, record: Mapping[str, Any]) -> None:
        self._of[owner] = (*self._of.get(owner, ()), (number, record))

    def draft(self, owner: int, told: Mapping[str, Any], title: str) -> tuple[Draft, list[Problem]]:
        """What a row tells of a companion of `owner`, against what is known; problems by the noun's rules."""
        companion = self._companion
        for number, record in self._of.get(owner, ()):
            if all(
                comparable(record.get(name, self._plain[name])) == comparable(told[name])
                for name in companion.key
                if name in told
            ):
                return self._changed(number, record, told)
        made = {**companion.defaults, **told} if companion.defaults else told
        if companion.noun.__title__ == ("title",) and not made.get("title"):
            made = {**made, "title": f"{choice_label(made[companion.needs])}: {title}"[:300]}
        problems = self._problems(made)
        if not problems:
            self._add(owner, None, made)
        return Draft(companion, Fate.NEW, self._title(made), None, made), problems

    def refused(self, columns: Mapping[str, Sequence[Any]], count: int) -> set[int]:
        """Which of so many rows tell of a companion that cannot be made as it is told; None stands for nothing told."""
        companion = self._companion
        telling = [at for at in range(count) if any(values[at] is not None for values in columns.values())]
        if companion.defaults or companion.through or companion.noun.__title__ == ("title",):
            return set(telling)
        needed = columns.get(companion.needs, (None,) * count)
        odd = {at for at in telling if needed[at] is None}
        telling = [at for at in telling if at not in odd]
        told = {name: [values[at] for at in telling] for name, values in columns.items()}
        told[companion.near] = [_SOMEBODY] * len(telling)
        return odd | {telling[at] for at in refused(self._asker, told, len(telling), self._plain)}

    def fresh(self, columns: Mapping[str, Sequence[Any]]) -> Iterator[Draft | None]:
        """What rows about new records tell of a companion, where they tell of one at all."""
        empty = [None] * len(next(iter(columns.values())))
        shown = [self._shown(field, columns.get(field.name, empty)) for field in self._titles]
        shape = type("values", (), {})
        for told, title in zip(zip(*columns.values(), strict=True), zip(*shown, strict=True), strict=True):
            values = shape().__dict__  # which shares its keys with all the others
            for name, value in zip(columns, told, strict=True):
                if value is not None:
                    values[name] = value
            yield Draft(self._companion, Fate.NEW, _joined(title), None, values) if values else None

    def _shown(self, field: Field, values: Sequence[Any]) -> list[str]:
        known = {value: self._wording.show(field, value) for value in set(values)}
        return [known[value] for value in values]

    def _changed(
        self, number: int | None, known: Mapping[str, Any], told: Mapping[str, Any]
    ) -> tuple[Draft, list[Problem]]:
        noun = self._companion.noun
        record = {**self._plain, **known}
        changes = {
            name: value for name, value in told.items() if value != record[name] and name not in _NEVER
        }
        differences = self._wording.differences(noun, record, changes)
        title = self._title(record)
        if not changes or number is None:  # made by an earlier row of this file, which comes first
            return Draft(self._companion, Fate.SAME, title, number, {}), []
        return (
            Draft(self._companion, Fate.UPDATE, title, number, changes, differences),
            self._problems(record | changes),
        )

    def _problems(self, record: Mapping[str, Any]) -> list[Problem]:
        companion = self._companion
        near = (
            {} if companion.through is not None else {companion.near: record.get(companion.near) or _SOMEBODY}
        )
        return self._asker.problems({**record, **near})

    def _title(self, record: Mapping[str, Any]) -> str:
        return _joined(self._wording.show(field, record.get(field.name)) for field in self._titles)


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(filter(None, parts))


def refused(
    asker: Asker, columns: Mapping[str, Sequence[Any]], count: int, plain: Mapping[str, Any]
) -> set[int]:
    """Which of so many new records something is wrong with; None stands for what a new record holds."""
    whole = {
        name: [plain[name] if value is None else value for value in values] if None in values else values
        for name, values in columns.items()
    }
    if not count or asker.first_refused(whole, count) is None:
        return set()
    return {at for at in range(count) if asker.problems({name: values[at] for name, values in whole.items()})}


_NEVER = ("uid",)


def left_out(companion: Companion) -> str:
    """Why what a row says about a companion comes to nothing."""
    declared = field_of(companion.noun, companion.needs)
    what = _("a {noun}").format(noun=_(companion.noun.__label__))
    kind = _("its type") if declared.kind is Kind.CHOICE else _(declared.label)
    return _("The row says something about {what}, but not {kind}; that was left out.").format(
        what=what, kind=kind
    )
