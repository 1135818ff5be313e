"""Values in words, before and after: what a preview shows of a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cityplanner.base.language import _
from cityplanner.exchange.intake.directory import Directory
from cityplanner.exchange.intake.outcome import Difference
from cityplanner.model import wording
from cityplanner.model.entity import Entity, field_of
from cityplanner.model.field import Field, Kind


class Wording:
    """Shows values as the window's language and the office's currency and zone have them."""

    def __init__(self, directory: Directory, currency: str, zone: str | None) -> None:
        self._directory = directory
        self._currency = currency
        self._zone = zone

    def show(self, field: Field, value: Any) -> str:
        """A value in words; a link by the title of what it points to."""
        if field.kind is Kind.TEXT:
            return value or ""
        if field.kind is Kind.LINK and value is not None:
            return self._directory.title(field.target, value)
        return wording.show(field, value, currency=self._currency, zone=self._zone)

    def differences(
        self, noun: type[Entity], before: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> tuple[Difference, ...]:
        """Each changed field of a record, before and after."""
        found = []
        for name, after in changes.items():
            field = field_of(noun, name)
            shown = Difference(
                name, _(field.label), self.show(field, before.get(name)), self.show(field, after)
            )
            found.append(shown)
        return tuple(found)
