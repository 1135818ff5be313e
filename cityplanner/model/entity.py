"""What all nouns share: a key, a stable uid, a declaration that can be read, and rules that can be asked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar

from sqlalchemy import MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model.field import Field, Kind, OnDelete, named
from cityplanner.model.rules import fault


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, and what would be right, in words for the user."""

    field: str
    label: str
    text: str

    def __str__(self) -> str:
        return f"{self.label}: {self.text}" if self.label else self.text


class InvalidRecordError(UserError):
    """A record was refused; `problems` name each field and the remedy."""

    def __init__(self, record: Entity, problems: list[Problem]) -> None:
        self.problems = problems
        noun = _(type(record).__label__)
        super().__init__(
            _("{noun} was not saved.").format(noun=noun[:1].upper() + noun[1:]),
            " ".join(str(problem) for problem in problems),
        )


def new_uid() -> str:
    """A random identifier."""
    return next(new_uids(1))


def new_uids(count: int) -> Iterator[str]:
    """So many random identifiers. Source: RFC 9562, version 4; the library's own take four times as long."""
    drawn = os.urandom(16 * count).hex()
    for start in range(0, len(drawn), 32):
        digits = drawn[start : start + 32]
        variant = "89ab"[int(digits[16], 16) & 3]
        yield f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    """The root of everything that is kept in a plan."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Entity(Base, kw_only=True, eq=False):
    """A noun. A subclass says in which table it lives, what it is called and what names one of it."""

    __abstract__ = True
    __label__: ClassVar[str] = ""
    """The noun in the singular, untranslated and lower case."""
    __plural__: ClassVar[str] = ""
    """The noun in the plural, untranslated and lower case."""
    __title__: ClassVar[tuple[str, ...]] = ("title",)
    """The fields that together name one record; a link is resolved to the title of what it points to."""
    __title_else__: ClassVar[tuple[str, ...]] = ()
    """The fields that name a record whose title fields are all empty."""
    __order__: ClassVar[tuple[str, ...]] = ()
    """The fields that a list is sorted by at first; `-` before a name sorts downwards."""
    __unique__: ClassVar[tuple[str, ...]] = ()
    """Fields that together may occur only once."""

    def __init_subclass__(cls, **options: Any) -> None:
        unique = (UniqueConstraint(*cls.__unique__),) if cls.__unique__ else ()
        # Ids are never used again: the history speaks of records by their ids.
        cls.__table_args__ = (*unique, {"sqlite_autoincrement": True})
        super().__init_subclass__(**options)

    id: Mapped[int] = mapped_column(primary_key=True, init=False, default=None)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default_factory=new_uid)

    def check(self) -> list[Problem]:
        """What is wrong with this record, by its own declaration; nouns add rules of their own."""
        found: list[Problem] = []
        held = self.__dict__
        if SOUND in held:
            return found
        # An import asks this a million times; a mapped attribute costs ten times what its dictionary does.
        for field, name, longest in checked(type(self)):
            value = held[name] if name in held else getattr(self, name)
            if value:
                # Nearly every text is in order: without control characters, in one line, not too long.
                if (
                    longest
                    and type(value) is str
                    and len(value) <= longest
                    and value.isprintable()
                    and not value.isspace()
                ):
                    continue
            elif (value is None or value == "" or value == ()) and not field.required:
                continue
            text = fault(field, value)
            if text:
                found.append(Problem(name, _(field.label), text))
        return found

    def check_change(self, before: Mapping[str, Any]) -> list[Problem]:
        """What is wrong with coming from the values `before`; asked of a saved record that was changed."""
        return []

    def problem(self, name: str, text: str) -> Problem:
        """A problem of the field `name`, with its translated label."""
        return Problem(name, _(field_of(type(self), name).label), text)


E = TypeVar("E", bound=Entity)
SOUND = " sound"
"""Marks a stand-in whose fields were asked already (see `model.asking`); no field has such a name."""


def stand_in(cls: type[E], values: Mapping[str, Any]) -> E:
    """Something that can be asked like a record with these values for all its fields, and is none.

    It costs a tenth of a mapped record; no session takes it.
    """
    made = object.__new__(cls)
    held = made.__dict__
    held["id"], held["uid"] = None, ""
    held.update(values)
    return made


@cache
def defaults(cls: type[Entity]) -> Mapping[str, Any]:
    """What each field of a new record holds when nothing is given."""
    empty = cls()
    return MappingProxyType({field.name: getattr(empty, field.name) for field in fields(cls)})


@cache
def fields(cls: type[Entity]) -> tuple[Field, ...]:
    """The declared fields of a noun in the order of their declaration."""
    columns = cls.__mapper__.column_attrs
    found: list[Field] = []
    for attribute in columns:
        field: Any = attribute.columns[0].info.get("field")
        if field is not None:
            found.append(named(field, attribute.key))
    return tuple(found)


@cache
def checked(cls: type[Entity]) -> tuple[tuple[Field, str, int], ...]:
    """The fields of a noun with their names and, for texts alone, how long they may be."""
    texts = (Kind.TEXT, Kind.LONG_TEXT)
    return tuple((field, field.name, field.longest if field.kind in texts else 0) for field in fields(cls))


@cache
def _by_name(cls: type[Entity]) -> dict[str, Field]:
    return {field.name: field for field in fields(cls)}


def field_of(cls: type[Entity], name: str) -> Field:
    """One field of a noun; KeyError where there is none of that name."""
    return _by_name(cls)[name]


@cache
def links(cls: type[Entity]) -> tuple[Field, ...]:
    """The fields of a noun that point to other records."""
    return tuple(field for field in fields(cls) if field.kind is Kind.LINK)


def is_pairing(cls: type[Entity]) -> bool:
    """Whether a noun only ties two others together: a partner at an engagement."""
    return sum(field.on_delete is OnDelete.OWN for field in links(cls)) >= 2
