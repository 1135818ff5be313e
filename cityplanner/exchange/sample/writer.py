"""How the sample is written: through the plan's door, each record with a uid and an id that are the same every time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from cityplanner.model.entity import Entity
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan

E = TypeVar("E", bound=Entity)
SEED = 2026


class SteadyClock:
    """A clock that runs seven minutes on at every look, so that two builds carry the same times."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        self._now += timedelta(minutes=7)
        return self._now


@dataclass
class Writer:
    """The plan being written, the one source of chance, and the ids of what was written by noun and key."""

    plan: Plan
    random: Random = field(default_factory=lambda: Random(SEED))
    ids: dict[tuple[type[Entity], str], int] = field(default_factory=dict)

    def new(self, noun: type[E], **values: Any) -> E:
        """A record of the noun with its uid drawn from the seed."""
        return noun(uid=new_uid(self.random), **values)

    def insert(self, edit: Editing, records: Iterable[Entity]) -> None:
        """Write records, many of one noun at a time, in the order given."""
        waiting = list(records)
        for noun in dict.fromkeys(type(record) for record in waiting):
            edit.insert_many(noun, [record for record in waiting if type(record) is noun])

    def keep(self, edit: Editing, keyed: Iterable[tuple[str, Entity]]) -> None:
        """Write records of one noun and remember their ids by their keys."""
        pairs = list(keyed)
        self.insert(edit, [record for _, record in pairs])
        for key, record in pairs:
            self.ids[type(record), key] = record.id

    def id(self, noun: type[Entity], key: str) -> int:
        """The id of a record that was written under this key; KeyError where there is none."""
        return self.ids[noun, key]


def new_uid(random: Random) -> str:
    """A version 4 uid drawn from a seeded source."""
    return str(UUID(int=random.getrandbits(128), version=4))
