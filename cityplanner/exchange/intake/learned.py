"""What a person matched by hand is remembered and holds the next time, in the window and on the command line."""

from __future__ import annotations

from collections.abc import Iterable

from cityplanner.base.settings import LEARNED_COLUMNS, Settings
from cityplanner.exchange.intake.match import Column, Source
from cityplanner.exchange.intake.shorthands import phrase
from cityplanner.model.entity import Entity

MOST = 500
"""How many columns are remembered for a noun; the oldest are forgotten."""


def learned(settings: Settings, noun: type[Entity]) -> dict[str, str]:
    """What was learned of columns of this noun's files: phrase to field name, empty to leave out."""
    return settings.get(LEARNED_COLUMNS).get(noun.__tablename__, {})


def learn(settings: Settings, noun: type[Entity], columns: Iterable[Column]) -> None:
    """Remember the columns that a person matched by hand."""
    lessons = {
        phrase(column.header): str(column.target or "")
        for column in columns
        if column.source is Source.CHOSEN and phrase(column.header)
    }
    if not lessons:
        return
    everything = settings.get(LEARNED_COLUMNS)
    kept = {text: to for text, to in everything.get(noun.__tablename__, {}).items() if text not in lessons}
    everything[noun.__tablename__] = dict([*kept.items(), *lessons.items()][-MOST:])
    settings.set(LEARNED_COLUMNS, everything)
