"""Cells: how a value stands in a table so that it can be read back exactly, and how a cell is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from cityplanner.base import money
from cityplanner.base.errors import UserError
from cityplanner.exchange.cell_texts import join, safe, split, unsafe
from cityplanner.model import wording
from cityplanner.model.codes import is_language
from cityplanner.model.field import Field, Kind

_NUMBERS = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.PERCENT, Kind.MONEY})


# --- writing ---------------------------------------------------------------------------------------------


def write(field: Field, value: Any, currency: str = "USD") -> str:
    """The cell of a value: ISO dates, codes, exact numbers, texts made safe; links are written by their owner."""
    if value is None or value == "" or value == ():
        return ""
    text = _written(field, value, currency)
    return text if field.kind in _NUMBERS else safe(text)


def _written(field: Field, value: Any, currency: str) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return join(value)
        case int() if field.kind is Kind.MONEY:
            return f"{money.to_decimal(value, currency):f}"
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        case _:
            return str(value)


# --- reading ---------------------------------------------------------------------------------------------

LinkFinder = Callable[[str, str], int]
"""The id of a record of a noun's table by what a cell calls it; raises `UserError`."""

_SINGLE = {
    Kind.CHOICES: Kind.CHOICE,
    Kind.EMAILS: Kind.EMAIL,
    Kind.PHONES: Kind.PHONE,
    Kind.WORDS: Kind.TEXT,
    Kind.LANGUAGES: Kind.LANGUAGES,
}
# Kinds whose reading costs time and repeats from row to row.
_REPEATING = frozenset({Kind.COUNTRY, Kind.CHOICE, Kind.CHOICES, Kind.LANGUAGES})
_MOST_KEPT = 5000


@dataclass(slots=True)
class CellReader:
    """Reads cells as the office means them: its currency, time zone and country."""

    currency: str = "USD"
    zone: str | None = None
    region: str | None = None
    link: LinkFinder | None = None
    _known: dict[tuple[Kind, type | None, str], Any] = field(default_factory=dict)
    _lists: dict[tuple[Kind, type | None, str], tuple[str, ...]] = field(default_factory=dict)

    def read(self, field: Field, cell: str, zone: str | None = None) -> Any:
        """The value of a cell; raises `UserError` in words. `zone`: where a moment without one is meant."""
        text = unsafe(cell).strip()
        if field.kind in _SINGLE:
            return self._several(field, text)
        if field.kind is Kind.LONG_TEXT:
            return text.replace("\r\n", "\n").replace("\r", "\n")
        return self._one(field, text, zone)

    def _several(self, field: Field, text: str) -> tuple[str, ...]:
        if field.kind not in _REPEATING:
            return tuple(dict.fromkeys(self._items(field, text)))
        key = (field.kind, field.choices, text)
        if key not in self._lists:
            if len(self._lists) > _MOST_KEPT:
                self._lists.clear()
            self._lists[key] = tuple(dict.fromkeys(self._items(field, text)))
        return self._lists[key]

    def _one(self, field: Field, text: str, zone: str | None = None) -> Any:
        if field.kind not in _REPEATING:
            return wording.read(field, text, self.currency, zone or self.zone, self.region, self.link)
        key = (field.kind, field.choices, text)
        if key not in self._known:
            if len(self._known) > _MOST_KEPT:
                self._known.clear()
            self._known[key] = wording.read(field, text)
        return self._known[key]

    def _items(self, field: Field, text: str) -> list[str]:
        single = replace(field, kind=_SINGLE[field.kind])
        found: list[str] = []
        for item, quoted in split(text):
            if quoted or "," not in item or self._is_whole(single, item):
                found += self._item(single, item)
            else:
                for part in item.split(","):
                    found += self._item(single, part.strip())
        return [item for item in found if item]

    def _item(self, single: Field, text: str) -> tuple[str, ...]:
        if single.kind is Kind.TEXT or (single.kind is Kind.LANGUAGES and _is_tag(text)):
            return (text,)
        value = self._one(single, text)
        return value if isinstance(value, tuple) else (str(value),) if value is not None else ()

    def _is_whole(self, single: Field, item: str) -> bool:
        """Whether an item with a comma is one choice: “culture, health, sport and trade”."""
        if single.kind is not Kind.CHOICE:
            return False
        try:
            return self._one(single, item) is not None
        except UserError:
            return False


def _is_tag(text: str) -> bool:
    """Whether a text is a language tag as it stands: “ga” is Irish, though another language is called Ga."""
    return is_language(text) and text.split("-")[0].islower()
