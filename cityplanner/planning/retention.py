"""Which records and which part of the history are past the time a rule keeps them, and what keeps them all the same.

A record's time runs from the day it ended. It is kept beyond that by a legal hold, by itself or a promise still
open, and by anything linked to it whose own time is not over: a file is as young as its youngest paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cityplanner.store.pruning import Step
from cityplanner.store.queries.lasting import Tie


class Why(StrEnum):
    """What keeps a record, or a part of the history, that is past its time."""

    HELD = "held"
    OPEN = "open"
    YOUNGER = "younger"
    NEEDED = "needed"


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of a series. `ended_on` is the day its time runs from, None where it has not ended."""

    id: int
    title: str
    ended_on: date | None
    ties: tuple[Tie, ...] = ()
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that keeps a record: of what sort, and its name; for what is younger, its day."""

    why: Why
    name: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A record past its time: since when, and what keeps it; without reasons it may go."""

    entry: Entry
    since: date
    reasons: tuple[Reason, ...]

    @property
    def may_go(self) -> bool:
        """Whether nothing keeps it."""
        return not self.reasons


def due_on(ended_on: date, years: int) -> date:
    """The first day on which a record that ended then may go; what ended on 29 February waits until 1 March."""
    year = min(ended_on.year + years, date.max.year)
    try:
        return ended_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def due(entries: Iterable[Entry], years: int, today: date) -> tuple[Due, ...]:
    """The records whose time is over, the longest overdue first, each with what keeps it."""
    found = [
        Due(one, since, tuple(_reasons(one, years, today)))
        for one in entries
        if one.ended_on is not None and (since := due_on(one.ended_on, years)) <= today
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.entry.title, one.entry.id)))


def _reasons(entry: Entry, years: int, today: date) -> Iterable[Reason]:
    for hold in entry.holds:
        yield Reason(Why.HELD, hold)
    for tie in entry.ties:
        if tie.is_open:
            yield Reason(Why.OPEN, tie.name)
        elif tie.last_on is not None and due_on(tie.last_on, years) > today:
            yield Reason(Why.YOUNGER, tie.name, tie.last_on)
        elif tie.needs:
            yield Reason(Why.NEEDED, tie.name)


# --- the history -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cut:
    """How far the history may be pruned: up to and with the change `last_id`, `count` in all; 0 for nothing.

    `reason` says what keeps changes that are past their time, where something does.
    """

    last_id: int
    count: int
    reason: Reason | None = None


def cut(steps: Sequence[Step], years: int, today: date) -> Cut:
    """Where to cut a history given oldest first: whole changes only, never the newest, never what a kept one undid."""
    kept_from, reason = len(steps), None
    for place, step in enumerate(steps):
        if due_on(step.made_on, years) > today:
            kept_from = place
            break
        if step.hold:
            kept_from, reason = place, Reason(Why.HELD, step.hold, step.made_on)
            break
    if kept_from == len(steps) > 0:
        kept_from -= 1
    places = {step.id: place for place, step in enumerate(steps)}
    # Walking back, what comes into the kept part may itself have undone something earlier.
    place = len(steps) - 1
    while place >= kept_from:
        target = places.get(steps[place].target_id or 0)
        if target is not None and target < kept_from:
            kept_from, reason = target, Reason(Why.NEEDED, str(steps[place].id), steps[place].made_on)
        place -= 1
    return Cut(steps[kept_from - 1].id if kept_from else 0, kept_from, reason)
