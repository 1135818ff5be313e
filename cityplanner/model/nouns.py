"""The complete model: every noun in the order people meet them, and which noun points to which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sqlalchemy.orm import configure_mappers

from cityplanner.model import (
    agreement,
    apart,
    attachment,
    contact,
    engagement,
    fund,
    group,
    indicator,
    initiative,
    ledger,
    office,
    partner,
    practice,
    priority,
    recommendation,
    retention,
    roundtable,
    scenario,
)
from cityplanner.model.entity import Entity, links
from cityplanner.model.field import Field, OnDelete

_MODULES = (
    office,
    roundtable,
    recommendation,
    partner,
    contact,
    apart,
    group,
    agreement,
    engagement,
    ledger,
    practice,
    initiative,
    priority,
    indicator,
    fund,
    scenario,
    attachment,
    retention,
)


@cache
def nouns() -> dict[str, type[Entity]]:
    """Every noun by its table's name, in the order of their declaration, ready to be read and written."""
    # Here, so that it is done wherever the model is loaded and not later in the window's thread.
    configure_mappers()
    return {
        noun.__tablename__: noun
        for module in _MODULES
        for noun in vars(module).values()
        if isinstance(noun, type) and issubclass(noun, Entity) and noun.__module__ == module.__name__
    }


@dataclass(frozen=True, slots=True)
class Reference:
    """A link seen from the record it points to: `noun.field` holds that record's id."""

    noun: type[Entity]
    field: Field

    @property
    def owns(self) -> bool:
        """Whether the records that hold this link belong to the one they point to."""
        return self.field.on_delete is OnDelete.OWN


@cache
def references(table: str) -> tuple[Reference, ...]:
    """Every link in the model that points to the noun of this table."""
    return tuple(
        Reference(noun, field) for noun in nouns().values() for field in links(noun) if field.target == table
    )
