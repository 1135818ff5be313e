"""How the model's values are kept in a database: exact numbers, UTC moments, lists, choices by value."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Dialect, String, Text, literal_column
from sqlalchemy.types import TypeDecorator

EMPTY: ColumnElement[str] = literal_column("''")
"""No text, written out: a database knows an index of `family = ''` again only where it stands in so many words."""


class Exact(TypeDecorator[Decimal]):
    """A decimal number with a fixed number of places, kept as a scaled integer: exact and sortable."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        """Scale up, rounding to the kept places."""
        return None if value is None else round(Decimal(value).scaleb(self.places))

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Scale down."""
        return None if value is None else Decimal(value).scaleb(-self.places)


class Moment(TypeDecorator[datetime]):
    """An instant in UTC, kept as ISO 8601 text to the second."""

    impl = String(20)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Refuse an instant without a zone: it could mean any of two dozen hours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        return None if value is None else datetime.fromisoformat(value)


@lru_cache(maxsize=1000)
def _array(items: tuple[str, ...]) -> str:
    return json.dumps(items, ensure_ascii=False)


class Words(TypeDecorator[tuple[str, ...]]):
    """A list of short texts, kept as a JSON array; a tuple, so that no change inside goes unseen."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        """An absent list is an empty one."""
        return _array(tuple(value)) if value else "[]"

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """A tuple, empty when nothing was kept."""
        return tuple(json.loads(value)) if value else ()


class Choice(TypeDecorator[StrEnum]):
    """A member of an enumeration, kept by its value."""

    impl = String(40)
    cache_ok = True

    def __init__(self, choices: type[StrEnum]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """The value; an unknown one raises ValueError."""
        return None if value is None else self.choices(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """The member."""
        return None if value is None else self.choices(value)
