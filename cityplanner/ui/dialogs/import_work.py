"""What the import assistant does in a worker: reading a file, comparing it with the plan, writing."""

from __future__ import annotations

from pathlib import Path

from cityplanner.base.collecting import setting_aside
from cityplanner.base.errors import UserError
from cityplanner.exchange.intake.apply import Report, apply
from cityplanner.exchange.intake.match import Column, best_noun
from cityplanner.exchange.intake.outcome import Choices, Preview
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.opening import Opened, open_file
from cityplanner.exchange.sheet import Hints, Sheet
from cityplanner.exchange.sheet import Progress as Told
from cityplanner.model.entity import Entity
from cityplanner.store.plan_file import Plan
from cityplanner.ui.parts.jobs import Progress

PARTS = 1000


def read(path: Path, hints: Hints, favored: str, progress: Progress) -> tuple[Opened, str]:
    """A file, and the noun that its rows most likely are (empty: no telling)."""
    with setting_aside():
        opened = open_file(path, hints, told(progress))
        return opened, opened.sheet.table or _best(opened.sheet.headers, favored)


def look(
    plan: Plan, sheet: Sheet, noun: type[Entity], columns: tuple[Column, ...], progress: Progress
) -> Preview:
    """What an import would do, with doubtful rows left to be decided on; it is counted here, not in the window."""
    with setting_aside():
        found = preview(plan, sheet, noun, columns, undecided=None, progress=told(progress))
        for count in ("counts", "also_new", "rejected", "doubtful", "changes"):
            getattr(found, count)
    return found


def write(
    plan: Plan, sheet: Sheet, found: Preview, choices: Choices, progress: Progress
) -> tuple[Preview, Report]:
    """Do what was previewed, doubtful rows as they were decided on; returns what was done in the end."""
    tell = told(progress)
    with setting_aside():
        if choices:
            found = preview(plan, sheet, found.noun, found.columns, choices=choices, progress=tell)
        return found, apply(plan, found, progress=tell)


def told(progress: Progress) -> Told:
    """What the exchange reports its shares to; what is done whole can no longer be stopped."""

    def tell(share: float, text: str) -> None:
        if share < 1 or not progress.cancelled:
            progress.report(round(share * PARTS), PARTS, text)

    return tell


def _best(headers: tuple[str, ...], favored: str) -> str:
    try:
        table: str = best_noun(headers, favored).__tablename__
    except UserError:
        return ""
    return table
