"""A claim of the value case and the dated record it rests on; without one it can't be made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from cityplanner.base.language import N_
from cityplanner.model.entity import Entity
from cityplanner.reports.words import BlockError

NOUNS = (
    N_("agreement"),
    N_("aid"),
    N_("commitment"),
    N_("engagement"),
    N_("measurement"),
    N_("practice"),
)
"""The nouns of the records that claims rest on, as a briefing names them; held here to be translated."""


class UnfoundedError(BlockError):
    """A claim was to be made without a dated record; a mistake of the composer."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record of the plan: its noun, its id and what it says, and the day it stands for."""

    noun: str
    id: int
    title: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said, and the record that shows it; `value` in minor units where it has one."""

    record: Record
    partner: str = ""
    value: int | None = None
    quantity: Decimal | None = None
    unit: str = ""
    detail: str = ""
    """What else the record says: a result, the evidence."""

    def __post_init__(self) -> None:
        if not isinstance(self.record, Record) or not isinstance(self.record.on, dt.date):
            raise UnfoundedError("a claim needs a dated record")
        if self.record.id <= 0 or not self.record.title.strip():
            raise UnfoundedError("a claim needs a record that is in the plan")


def founded(
    record: Entity,
    title: str,
    on: dt.date | None,
    *,
    partner: str = "",
    value: int | None = None,
    quantity: Decimal | None = None,
    unit: str = "",
    detail: str = "",
) -> Claim:
    """A claim on a record of the plan; raises `UnfoundedError` where the record is not kept or has no day."""
    if on is None or record.id is None:
        raise UnfoundedError(f"{record.__tablename__} has no day that a claim could rest on")
    return Claim(Record(record.__label__, record.id, title, on), partner, value, quantity, unit, detail)
