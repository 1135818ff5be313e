"""The declaration of a field: what form, table, import, export, search, history and help know of it.

A noun's attribute is written once, with one of the functions below. Each returns a mapped column
that carries its `Field`; `cityplanner.model.entity.fields` reads them back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeEngine

from cityplanner.base.language import N_
from cityplanner.model import columns


class Kind(StrEnum):
    """What sort of value a field holds; every generic part chooses by it."""

    TEXT = "text"
    LONG_TEXT = "long text"
    INTEGER = "integer"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    FLAG = "flag"
    DATE = "date"
    PARTIAL_DATE = "partial date"
    MOMENT = "moment"
    CHOICE = "choice"
    WORDS = "words"
    CHOICES = "choices"
    LINK = "link"
    COUNTRY = "country"
    CURRENCY = "currency"
    LANGUAGES = "languages"
    ZONE = "time zone"
    EMAIL = "e-mail"
    EMAILS = "e-mails"
    PHONE = "phone"
    PHONES = "phones"
    COLOUR = "colour"


class OnDelete(StrEnum):
    """What becomes of a record when the one it points to is deleted."""

    OWN = "own"  # it goes too: a milestone of an initiative
    CLEAR = "clear"  # it stays and forgets: the engagement a gift was handed over at
    KEEP = "keep"  # the deletion is refused: the fund a budget line draws on


class Search(StrEnum):
    """Where a field's text stands in the search index."""

    NAME = "name"
    REST = "rest"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a noun. `label`, `help`, `unit` and `group` are untranslated texts (see `N_`)."""

    kind: Kind
    label: str
    name: str = ""
    help: str = ""
    unit: str = ""
    group: str = ""
    required: bool = False
    listed: bool = False
    minimum: int | None = None
    maximum: int | None = None
    longest: int = 500
    places: int = 0
    choices: type[StrEnum] | None = None
    target: str = ""
    on_delete: OnDelete = OnDelete.KEEP
    when: tuple[str, frozenset[str]] | None = None
    search: Search = Search.NONE
    unique: bool = False
    derived: bool = False

    def applies(self, record: object) -> bool:
        """Whether this field has a meaning for this record: consular fields only for consular posts."""
        return self.when is None or getattr(record, self.when[0]) in self.when[1]


LONGEST_TEXT = 20_000


def _column(kind: Kind, type_: TypeEngine[Any], label: str, options: dict[str, Any], **column: Any) -> Any:
    known = {key: options.pop(key) for key in ("index",) if key in options}
    field = Field(kind, label, **options)
    if not {"default", "default_factory"} & column.keys():
        column["default"] = None
    column.setdefault("nullable", not field.required)
    return mapped_column(
        type_,
        *column.pop("args", ()),
        info={"field": field},
        active_history=True,
        unique=field.unique or None,
        **known,
        **column,
    )


def text(label: str, **options: Any) -> Any:
    """One line of text; empty when not given. Searched with the rest unless said otherwise."""
    options = dict[str, Any]({"search": Search.REST, "longest": 300}) | options
    return _column(Kind.TEXT, String(options["longest"]), label, options, default="", nullable=False)


def code(label: str, **options: Any) -> Any:
    """A short code, unique in its noun; it stands before the title."""
    code = {"required": True, "unique": True, "search": Search.NAME, "listed": True, "longest": 40}
    return text(label, **(code | options))


def title(label: str, **options: Any) -> Any:
    """The field that names the record; never empty, found first."""
    title = {"required": True, "search": Search.NAME, "listed": True, "index": True}
    return text(label, **(title | options))


def long_text(label: str, **options: Any) -> Any:
    """Paragraphs of text; empty when not given."""
    options = {"search": Search.REST, "longest": LONGEST_TEXT} | options
    return _column(Kind.LONG_TEXT, Text(), label, options, default="", nullable=False)


def integer(label: str, *, minimum: int | None = 0, default: int | None = None, **options: Any) -> Any:
    """A whole number, or nothing."""
    return _column(Kind.INTEGER, Integer(), label, {"minimum": minimum} | options, default=default)


def number(label: str, *, places: int = 2, minimum: int | None = 0, **options: Any) -> Any:
    """An exact decimal number of fixed places (`Decimal`), or nothing."""
    options = {"minimum": minimum, "places": places} | options
    return _column(Kind.NUMBER, columns.Exact(places), label, options)


def percent(label: str, **options: Any) -> Any:
    """A whole percentage, 0 to 100 unless said otherwise."""
    options = {"minimum": 0, "maximum": 100, "unit": "%"} | options
    return _column(Kind.PERCENT, Integer(), label, options)


def money(label: str, **options: Any) -> Any:
    """An amount in integer minor units of the office's currency, or nothing."""
    return _column(Kind.MONEY, BigInteger(), label, {"minimum": 0} | options)


def flag(label: str, *, default: bool = False, **options: Any) -> Any:
    """Yes or no."""
    return _column(
        Kind.FLAG, Boolean(create_constraint=False), label, options, default=default, nullable=False
    )


def date(label: str, **options: Any) -> Any:
    """A calendar date, or nothing."""
    return _column(Kind.DATE, Date(), label, options)


def partial_date(label: str, **options: Any) -> Any:
    """A date known to the year, the month or the day: `1959`, `2020-04`, `2020-07-16`; or nothing."""
    return _column(Kind.PARTIAL_DATE, String(10), label, options)


def moment(label: str, **options: Any) -> Any:
    """An instant: an aware datetime, kept in UTC; shown in the zone of the record."""
    return _column(Kind.MOMENT, columns.Moment(), label, options)


def choice(label: str, choices: type[StrEnum], default: StrEnum | None = None, **options: Any) -> Any:
    """One of an enumeration; required where it has a default."""
    options = {"choices": choices, "required": default is not None} | options
    return _column(Kind.CHOICE, columns.Choice(choices), label, options, default=default)


def choices(label: str, of: type[StrEnum], **options: Any) -> Any:
    """Any number out of an enumeration, kept as their values."""
    return _words(Kind.CHOICES, label, {"choices": of} | options)


def words(label: str, **options: Any) -> Any:
    """A list of short texts, such as tags."""
    return _words(Kind.WORDS, label, {"search": Search.REST} | options)


def _words(kind: Kind, label: str, options: dict[str, Any]) -> Any:
    return _column(kind, columns.Words(), label, options, default=(), nullable=False)


def country(label: str, **options: Any) -> Any:
    """An ISO 3166-1 alpha-2 country code, or nothing."""
    return _column(Kind.COUNTRY, String(2), label, options)


def currency(label: str, default: str, **options: Any) -> Any:
    """An ISO 4217 currency code."""
    return _column(
        Kind.CURRENCY, String(3), label, {"required": True} | options, default=default, nullable=False
    )


def languages(label: str, **options: Any) -> Any:
    """BCP 47 language tags, most used first."""
    return _words(Kind.LANGUAGES, label, options)


def zone(label: str, **options: Any) -> Any:
    """An IANA time zone, or nothing."""
    return _column(Kind.ZONE, String(60), label, options)


def email(label: str, **options: Any) -> Any:
    """An e-mail address, or nothing."""
    options = {"search": Search.REST, "longest": 254} | options
    return _column(Kind.EMAIL, String(254), label, options)


def emails(label: str, **options: Any) -> Any:
    """Further e-mail addresses."""
    return _words(Kind.EMAILS, label, {"search": Search.REST} | options)


def phone(label: str, **options: Any) -> Any:
    """A phone number in E.164, or nothing."""
    return _column(Kind.PHONE, String(32), label, {"search": Search.REST} | options)


def phones(label: str, **options: Any) -> Any:
    """Further phone numbers in E.164."""
    return _words(Kind.PHONES, label, {"search": Search.REST} | options)


def colour(label: str, **options: Any) -> Any:
    """A colour as #rrggbb, or nothing."""
    return _column(Kind.COLOUR, String(7), label, options)


def link(target: str, label: str, *, on_delete: OnDelete = OnDelete.KEEP, **options: Any) -> Any:
    """The id of a record of the noun `target`. A link that owns is required."""
    required = options.setdefault("required", on_delete is OnDelete.OWN)
    key = ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    options = {"target": target, "on_delete": on_delete} | options
    return _column(Kind.LINK, Integer(), label, {"index": True} | options, args=(key,), nullable=not required)


def when(attribute: str, *values: str) -> tuple[str, frozenset[str]]:
    """The condition under which a field applies, for the `when` option."""
    return attribute, frozenset(values)


def named(field: Field, name: str) -> Field:
    """The field under its attribute's name."""
    return replace(field, name=name)


Default = Callable[[], Any]
DETAILS = N_("Details")
NOTES = N_("Notes")
