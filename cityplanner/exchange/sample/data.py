"""The sample city's facts as they stand in `resources/samples/port-linden`, and the day it is laid out around."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cityplanner.base import paths

SAMPLE_TODAY = date(2026, 11, 2)
"""The day the sample plan is seen from: three years of work lie before it, dates to come behind it."""

FIRST_DAY = date(2023, 11, 6)
"""The day the log begins."""

LAST_DAY = date(2026, 10, 30)
"""The last working day in the log."""

Row = dict[str, str]


def folder() -> Path:
    """Where the sample's files are."""
    return paths.resources() / "samples" / "port-linden"


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of a CSV file (semicolons, a heading line)."""
    with (folder() / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter=";"))


@cache
def document(name: str) -> Any:
    """What a YAML file holds; nothing is constructed from tags."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((folder() / name).read_text("utf-8"), loader)


@cache
def initiatives() -> tuple[dict[str, Any], ...]:
    """All initiatives, in the order of their files."""
    return tuple(document("initiatives-1.yaml") + document("initiatives-2.yaml"))


def day(text: Any) -> date | None:
    """A date of the files, or None where the place is empty."""
    if isinstance(text, date):
        return text
    return date.fromisoformat(text) if text else None


def cents(dollars: int | None) -> int | None:
    """Dollars as the files give them, in minor units."""
    return None if dollars is None else dollars * 100
