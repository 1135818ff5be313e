"""Conditions of smart groups: one short line each (`kind is city | university`), read and checked here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cityplanner.base.errors import UserError
from cityplanner.base.language import N_, _
from cityplanner.model import wording
from cityplanner.model.entity import Base, Entity, fields, links
from cityplanner.model.field import Field, Kind

LAST_CONTACT = "last_contact"
"""No field: the newest engagement a partner or a person took part in."""
LINKED = "linked"
"""No field: tied to another record, named by its table and uid."""
MOST_DAYS = 40_000
_SEPARATOR = " | "


class Operator(StrEnum):
    """How a condition compares; the values are the words of the line."""

    IS = N_("is")
    IS_NOT = N_("is not")
    EMPTY = N_("is empty")
    FILLED = N_("is not empty")
    CONTAINS = N_("contains")
    BEFORE = N_("before")
    AFTER = N_("after")
    OLDER = N_("older than")
    WITHIN = N_("within")
    TO = N_("to")


BARE = frozenset({Operator.EMPTY, Operator.FILLED})
"""Operators that take no value."""
IN_DAYS = frozenset({Operator.OLDER, Operator.WITHIN})
"""Operators whose value is a number of days, counted from today."""
_TEXTS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.EMAIL, Kind.PHONE})
LISTS = frozenset({Kind.WORDS, Kind.CHOICES, Kind.LANGUAGES, Kind.EMAILS, Kind.PHONES})
"""Kinds that hold several values: `is` then asks for one among them."""
_TIMES = frozenset({Kind.DATE, Kind.PARTIAL_DATE, Kind.MOMENT})
_LINE = re.compile(
    r"(\w+) (is not empty|is empty|is not|is|contains|before|after|older than|within|to)(?: (.+))?", re.DOTALL
)


class BadConditionError(UserError):
    """A condition that cannot be read, with what would be right."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: a field's name (or `last_contact`, `linked`), an operator, and values as texts."""

    field: str
    operator: Operator
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join(filter(None, (self.field, str(self.operator), _SEPARATOR.join(self.values))))

    @property
    def days(self) -> int:
        """The number of days of `older than` and `within`."""
        return int(self.values[0])

    @property
    def record(self) -> tuple[str, str]:
        """Table and uid of the record that `linked to` names."""
        table, _space, uid = self.values[0].partition(" ")
        return table, uid


def read(line: str) -> Condition:
    """The condition that a line says; raises `BadConditionError`."""
    match = _LINE.fullmatch(line.strip())
    if match is None:
        raise BadConditionError(
            _("“{line}” is no condition.").format(line=line),
            _("Write it like: kind is city | university, or: last_contact older than 365."),
        )
    values = tuple(value.strip() for value in (match[3] or "").split("|") if value.strip())
    return Condition(match[1], Operator(match[2]), values)


def operators(noun: type[Entity], name: str) -> tuple[Operator, ...]:
    """How a field can be asked; empty for what cannot be a condition."""
    o = Operator
    if name == LAST_CONTACT:
        return (o.OLDER, o.WITHIN, o.EMPTY) if noun.__tablename__ in ("partner", "contact") else ()
    if name == LINKED:
        return (o.TO,)
    field = next((known for known in fields(noun) if known.name == name), None)
    if field is None:
        return ()
    if field.kind is Kind.LINK:
        return (o.EMPTY, o.FILLED)
    if field.kind is Kind.FLAG:
        return (o.IS,)
    if field.kind in _TIMES:
        near = () if field.kind is Kind.PARTIAL_DATE else (o.OLDER, o.WITHIN)
        return (o.BEFORE, o.AFTER, *near, o.EMPTY, o.FILLED)
    found = (o.IS, o.IS_NOT, o.EMPTY, o.FILLED)
    return (*found, o.CONTAINS) if field.kind in _TEXTS or field.kind is Kind.WORDS else found


def typed(field: Field, value: str) -> Any:
    """A value of a condition as its field keeps it; of a field of several values, one of them."""
    if field.kind is Kind.CHOICES or field.kind is Kind.LANGUAGES:
        return wording.read(field, value)[0]
    return value if field.kind in LISTS else wording.read(field, value)


def fault(noun: type[Entity], line: str) -> str:
    """What is wrong with a condition of a noun's group, in words; empty when nothing is."""
    try:
        condition = read(line)
        _refuse(noun, condition)
    except UserError as error:
        return str(error)
    return ""


def _refuse(noun: type[Entity], condition: Condition) -> None:
    """Raise `UserError` for a condition that cannot be asked of a noun."""
    known = operators(noun, condition.field)
    if condition.operator not in known:
        names = [field.name for field in fields(noun)]
        hint = (
            _("Use one of: {names}.").format(names=", ".join(known))
            if known
            else _("Use a field such as {names}.").format(names=", ".join(names[:6]))
        )
        raise BadConditionError(_("“{line}” cannot be asked.").format(line=condition), hint)
    if (condition.operator in BARE) != (not condition.values):
        raise BadConditionError(
            _("“{line}” does not say with what to compare.").format(line=condition)
            if not condition.values
            else _("“{line}” says too much.").format(line=condition),
            _("Write a value after the words, and none after “is empty”."),
        )
    if condition.operator in IN_DAYS:
        if not (condition.values[0].isdecimal() and int(condition.values[0]) <= MOST_DAYS):
            raise BadConditionError(
                _("“{line}” needs a number of days.").format(line=condition), _("Write one such as 365.")
            )
    elif condition.operator is Operator.TO:
        table, uid = condition.record
        if table not in Base.metadata.tables or not uid:
            raise BadConditionError(
                _("“{line}” names no record.").format(line=condition), _("Choose it from the list.")
            )
    elif condition.operator not in BARE and condition.operator is not Operator.CONTAINS:
        field = next(known for known in fields(noun) if known.name == condition.field)
        for value in condition.values:
            typed(field, value)


def noun_of(table: str) -> type[Entity] | None:
    """The noun of a table, found without the list of all nouns, which this is part of."""
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Entity) and mapper.class_.__tablename__ == table:
            return mapper.class_
    return None


def conditioned(noun: type[Entity]) -> tuple[str, ...]:
    """What conditions of a noun's group can ask about: its fields, then `last_contact`, then `linked`."""
    own = tuple(field.name for field in fields(noun) if field not in links(noun))
    contact = (LAST_CONTACT,) if operators(noun, LAST_CONTACT) else ()
    return (*own, *contact, LINKED)
