"""Where the user can go: the entries of the rail, and the places that back and forward lead to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """One entry of the rail: a page's name, its translated label, its icon, and the group it stands in."""

    name: str
    label: str
    icon: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and the record shown on it (0: none), or its view: then `table` is the view's key."""

    page: str
    table: str = ""
    record_id: int = 0
