"""The time of an engagement in words: by the office's clock, and by those of its partners where they differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from cityplanner.base.errors import UserError
from cityplanner.base.language import N_, Language, _, current
from cityplanner.model.codes import zones
from cityplanner.store.queries.visits import zones_of
from cityplanner.ui.context import Context
from cityplanner.ui.parts.form_row import FieldRow
from cityplanner.ui.parts.jobs import Job

if TYPE_CHECKING:
    from cityplanner.store.plan_file import Plan

Clock = tuple[str, str]
"""Whose clock it is, and its time zone."""
MOST = 4


class ClocksBelow(QObject):
    """Says below the field of an engagement's time what the clocks show then at the office and at its partners.

    `zone` is the one that the field is typed in.
    """

    def __init__(self, context: Context, when: FieldRow, zone: Callable[[], object]) -> None:
        super().__init__(when)
        self._context, self._when, self._zone = context, when, zone
        self._partners: frozenset[int] = frozenset()
        self._clocks: list[Clock] = []
        self._job: Job | None = None
        when.edited.connect(self.show)
        context.changed.connect(self._hear)

    def look(self, partners: Collection[int]) -> None:
        """Go by the clocks of these partners, and of the office."""
        if frozenset(partners) != self._partners:
            self._partners = frozenset(partners)
            self._read()
        self.show()

    def show(self) -> None:
        """Say it for the time that stands in the field now."""
        note = ""
        with suppress(UserError):
            moment, zone = self._when.editor.value(), self._zone()
            if isinstance(moment, dt.datetime) and isinstance(zone, str) and zone in zones():
                office = (_("the office"), self._context.zone)
                note = elsewhere(moment, zone, (office, *self._clocks))
        self._when.show_note(note)

    def _read(self) -> None:
        if self._job is not None:
            self._job.drop()
        plan, partners = self._context.plan, self._partners
        self._job = self._context.jobs.start(
            lambda _progress: _clocks(plan, partners), self._take, owner=self
        )

    def _take(self, clocks: list[Clock]) -> None:
        self._job, self._clocks = None, clocks
        self.show()

    def _hear(self, change: object) -> None:
        if {"partner", "office"} & getattr(change, "tables", frozenset()):
            self._read()


def _clocks(plan: Plan, partners: Collection[int]) -> list[Clock]:
    with plan.reading() as session:
        return zones_of(session, partners) if partners else []


def elsewhere(
    moment: dt.datetime, zone: str, clocks: Iterable[Clock], language: Language | None = None
) -> str:
    """What other clocks show at a moment that stands in `zone`: `11:30 PM: Nagoya`; empty where all agree."""
    say = language or current()
    here = moment.astimezone(ZoneInfo(zone))
    shown: dict[str, list[str]] = {}
    for name, there in clocks:
        far = moment.astimezone(ZoneInfo(there))
        if far.utcoffset() != here.utcoffset():
            names = shown.setdefault(_day_and_time(far, here.date(), say), [])
            names += [name] if name not in names else []
    text = say.text(N_("{time} at {names}"))
    return " · ".join(
        text.format(time=time, names=", ".join([*names[:MOST], "…"] if len(names) > MOST else names))
        for time, names in shown.items()
    )


def local_times(moment: dt.datetime, office: str, there: str | None, language: Language | None = None) -> str:
    """A moment in the office's zone and, where clocks differ, in the partner's: `…, 9:30 AM (11:30 PM there)`."""
    say = language or current()
    here = moment.astimezone(ZoneInfo(office))
    own = f"{say.date(here.date())}, {say.time(here)}"
    far = moment.astimezone(ZoneInfo(there)) if there else here
    if far.utcoffset() == here.utcoffset():
        return own
    time = _day_and_time(far, here.date(), say)
    return say.text(N_("{own} ({time} there)")).format(own=own, time=time)


def _day_and_time(far: dt.datetime, here: dt.date, say: Language) -> str:
    return say.time(far) if far.date() == here else f"{say.date(far.date())}, {say.time(far)}"
