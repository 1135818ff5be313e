"""When the sample office met whom: partners fall due by their intervals, and those of one initiative meet together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from cityplanner.exchange.sample.data import FIRST_DAY, LAST_DAY, Row, day, initiatives
from cityplanner.model.initiative import InitiativeStatus

SUSPENDED_SINCE = date(2026, 4, 30)
AHEAD = {InitiativeStatus.NOT_STARTED: 330, InitiativeStatus.DRAFT: 150}
"""Days before its beginning from which an initiative is talked about."""
TOGETHER = 45
"""Days ahead within which a partner that falls due joins a meeting of its initiative."""
_HOLIDAYS = ((6, 19), (7, 4), (11, 11))
_STRETCHES = tuple(number / 100 for number in range(130, 29, -2))


@dataclass(frozen=True, slots=True)
class Meeting:
    """One engagement to come: the day, the partners with the main one first, and the initiative it served."""

    on: date
    partners: tuple[str, ...]
    initiative: dict[str, Any] | None


def meetings(rows: dict[str, Row], count: int, seed: int) -> list[Meeting]:
    """Exactly `count` meetings in the order of their days: the widest intervals that give enough, then thinned."""
    for stretch in _STRETCHES:
        random = Random(seed)
        found = list(_Walk(rows, random, stretch).meetings())
        if len(found) >= count:
            dropped = frozenset(random.sample(range(len(found) * 3 // 4), len(found) - count))
            return [one for place, one in enumerate(found) if place not in dropped]
    raise ValueError(f"no schedule gives {count} meetings")


class _Walk:
    """A walk through the years from one due partner to the next."""

    def __init__(self, rows: dict[str, Row], random: Random, stretch: float) -> None:
        self._rows = rows
        self._random = random
        self._stretch = stretch
        self._due = {
            key: FIRST_DAY + timedelta(days=random.randrange(int(row["days"]))) for key, row in rows.items()
        }

    def meetings(self) -> Iterator[Meeting]:
        """Meetings until the log's last day."""
        while self._due:
            key = min(self._due, key=lambda one: (self._due[one], one))
            on = workday(self._due[key])
            if on > self._last(key):
                del self._due[key]
                continue
            initiative = self._initiative(key, on)
            guests = self._guests(key, on, initiative)
            for one in (key, *guests):
                self._due[one] = on + self._pause(one)
            yield Meeting(on, (key, *guests), initiative)

    def _last(self, key: str) -> date:
        return day(self._rows[key]["silent_since"]) or LAST_DAY

    def _pause(self, key: str) -> timedelta:
        row = self._rows[key]
        usual = int(row["days"]) * 100 / int(row["pace"]) * self._stretch
        return timedelta(days=max(6, round(usual * self._random.uniform(0.75, 1.2))))

    def _initiative(self, key: str, on: date) -> dict[str, Any] | None:
        running = [row for row in initiatives() if key in row["with"] and runs(row, on)]
        return self._random.choice(running) if running else None

    def _guests(self, key: str, on: date, initiative: dict[str, Any] | None) -> Sequence[str]:
        if initiative is None or self._random.random() < 0.35:
            return ()
        soon = on + timedelta(days=TOGETHER)
        ready = [
            one
            for one in initiative["with"]
            if one != key and on <= self._due.get(one, date.max) <= soon and on <= self._last(one)
        ]
        return ready[: self._random.choice((1, 1, 2))]


def runs(row: dict[str, Any], on: date) -> bool:
    """Whether an initiative was at work, or about to be, on a day."""
    status = InitiativeStatus[row["status"]]
    end = SUSPENDED_SINCE if status is InitiativeStatus.SUSPENDED else (day(row.get("until")) or date.max)
    begin: date = row["dates"]
    return begin - timedelta(days=AHEAD.get(status, 30)) <= on <= end


def workday(on: date) -> date:
    """The day, or the next one on which the office is open."""
    if (on.month, on.day) >= (12, 22):
        on = date(on.year + 1, 1, 5)
    elif on.month == 1 and on.day < 5:
        on = on.replace(day=5)
    if (on.month, on.day) in _HOLIDAYS:
        on += timedelta(days=1)
    return on + timedelta(days={5: 2, 6: 1}.get(on.weekday(), 0))
