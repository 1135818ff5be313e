"""What the first page says first: the office by numbers, and what happened last.

Read through the driver alone, so that it is there before the store is loaded: SQLAlchemy and the nouns take longer to
import than Qt. Each number comes off an index, however long the lists are.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from cityplanner.store.marks import APPLICATION_ID, CURRENT

MOST_RECENT = 6
YEAR = dt.timedelta(days=365)
IN_FORCE = ("signed", "active", "dormant", "renewed")
NOT_HELD = ("requested", "declined", "cancelled")
"""Statuses of agreements and engagements as they are kept; a test holds them against the model."""
_HELD = f"starts_at >= ? AND starts_at < ? AND status NOT IN ({', '.join('?' * len(NOT_HELD))})"


@dataclass(frozen=True, slots=True)
class Encounter:
    """An engagement of the past."""

    id: int
    title: str
    day: dt.date
    format: str


@dataclass(frozen=True, slots=True)
class Glance:
    """The office and its numbers, as of a day."""

    today: dt.date
    office: str
    city: str
    region: str
    partners: int
    countries: int
    agreements_in_force: int
    engagements: int
    initiatives: int
    recent: tuple[Encounter, ...]


def look(path: Path, today: dt.date) -> Glance | None:
    """What a plan says at first sight; None where it has to be opened properly to be understood.

    Nothing is written: not even what a killed writer left half done is rolled back.
    """
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=0)) as connection:
            connection.execute("BEGIN")
            return glance(connection, path, today) if _is_known(connection) else None
    except (sqlite3.Error, UnicodeDecodeError, ValueError, LookupError):
        return None


def _is_known(connection: sqlite3.Connection) -> bool:
    found = [
        connection.execute(asked).fetchone()
        for asked in ("PRAGMA application_id", "SELECT version_num FROM alembic_version")
    ]
    return found == [(APPLICATION_ID,), (CURRENT,)]


def glance(connection: sqlite3.Connection, path: Path, today: dt.date) -> Glance:
    """The same of the plan at `path` that is open; `connection` is in a transaction."""

    def one(statement: str, *values: object) -> tuple[int, ...]:
        found: tuple[int, ...] = connection.execute(statement, values).fetchone()
        return found

    office = connection.execute("SELECT name, city, region, zone FROM office LIMIT 1").fetchone()
    name, city, region, zone = office or ("", "", "", None)
    here = ZoneInfo(zone or "UTC")
    end = dt.datetime.combine(today + dt.timedelta(days=1), dt.time(), here)
    held = (_kept(end - YEAR), _kept(end), *NOT_HELD)
    partners, countries = one("SELECT count(*), count(DISTINCT nullif(country, '')) FROM partner")
    in_force = ", ".join("?" * len(IN_FORCE))
    return Glance(
        today=today,
        office=name or path.stem,
        city=city or "",
        region=region or "",
        partners=partners,
        countries=countries,
        agreements_in_force=one(f"SELECT count(*) FROM agreement WHERE status IN ({in_force})", *IN_FORCE)[0],
        engagements=one(f"SELECT count(*) FROM engagement WHERE {_HELD}", *held)[0],
        initiatives=one("SELECT count(*) FROM initiative")[0],
        recent=tuple(_recent(connection, held, here)),
    )


def _recent(connection: sqlite3.Connection, held: tuple[str, ...], here: ZoneInfo) -> list[Encounter]:
    found = connection.execute(
        f"SELECT id, title, starts_at, format FROM engagement WHERE {_HELD}"
        " ORDER BY starts_at DESC, id DESC LIMIT ?",
        (*held, MOST_RECENT),
    )
    return [
        Encounter(number, title, dt.datetime.fromisoformat(began).astimezone(here).date(), form)
        for number, title, began, form in found
    ]


def _kept(moment: dt.datetime) -> str:
    """A moment as the plan keeps it."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
