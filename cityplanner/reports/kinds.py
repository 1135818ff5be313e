"""Which briefings there are, and the way each goes: gather, compose, draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cityplanner.base.errors import UserError
from cityplanner.base.language import N_, Language, _, language
from cityplanner.reports.blocks import Briefing
from cityplanner.store.plan_file import Plan

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of briefing: its name on the command line, and what it is (untranslated)."""

    name: str
    label: str
    description: str
    compose: Callable[[Plan, dt.date, Language], Briefing]


def _executive(plan: Plan, today: dt.date, say: Language) -> Briefing:
    from cityplanner.reports.executive.compose import compose
    from cityplanner.reports.executive.gather import gather

    return compose(gather(plan, today), say)


_KINDS = (
    Kind(
        "executive",
        N_("Executive briefing"),
        N_("The office at a glance for a mayor: coverage, priorities, scenarios and the year."),
        _executive,
    ),
)


def kinds() -> dict[str, Kind]:
    """Every kind of briefing by its name."""
    return {kind.name: kind for kind in _KINDS}


def compose_report(kind: str, plan: Plan, *, tag: str = "en", today: dt.date | None = None) -> Briefing:
    """The blocks of a briefing; raises `UserError` for a kind that does not exist."""
    known = kinds()
    if kind not in known:
        raise UserError(
            _("There is no briefing called “{kind}”.").format(kind=kind),
            _("Choose one of: {kinds}.").format(kinds=", ".join(known)),
        )
    return known[kind].compose(plan, today or dt.date.today(), language(tag))


def write_report(
    kind: str,
    plan: Plan,
    target: Path,
    *,
    tag: str = "en",
    paper: str = "Letter",
    today: dt.date | None = None,
    progress: Progress | None = None,
) -> int:
    """Write a briefing as PDF and return its number of pages; the file appears only when it is whole.

    `tag` is the language of the briefing, `paper` Letter or A4. `progress` is told a share from 0 to 1 and
    what is being done; raising `Cancelled` in it stops the work.
    """
    from cityplanner.reports.document import render

    tell = progress or (lambda _share, _what: None)
    tell(0.0, _("Reading the plan"))
    briefing = compose_report(kind, plan, tag=tag, today=today)
    tell(0.3, _("Drawing the pages"))
    result = render(
        briefing,
        paper,
        target,
        lambda done, total: tell(0.3 + 0.7 * done / max(total, 1), _("Drawing the pages")),
    )
    return result.pages
