"""What the desk does in workers while the window paints: imports, and making the sample plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cityplanner.base.language import current
from cityplanner.ui.parts.jobs import Progress

if TYPE_CHECKING:
    from cityplanner.store.glance import Glance
    from cityplanner.store.plan_file import Plan

STEPS = 1000


def readable(plan: Plan) -> Plan:
    """A plan that was opened and whose office can be read; one that is too damaged for that is let go."""
    try:
        plan.office()
    except BaseException:
        plan.close()
        raise
    return plan


def first_sight(path: Path) -> Glance | None:
    """What a plan says at first sight; and imports the page that shows it, and what stands around it."""
    import datetime as dt

    import cityplanner.ui.furniture
    import cityplanner.ui.pages.home  # noqa: F401
    from cityplanner.store.glance import look

    found = look(path, dt.date.today())
    if found is not None:
        _warm_language()
    return found


def _warm_language() -> None:
    """Read the number and date patterns of the window's language, which takes a moment the first time."""
    import datetime as dt

    say, today = current(), dt.date.today()
    say.number(1)
    say.date(today)
    say.date(today, "full")


def import_store(_progress: Progress | None = None) -> int:
    """Import, in the thread that calls, what pages need besides Qt; tells how many nouns there are."""
    import cityplanner.model.nouns
    import cityplanner.model.wording
    import cityplanner.store.plan_file
    import cityplanner.store.queries.listing
    import cityplanner.store.queries.related
    import cityplanner.ui.context
    import cityplanner.ui.pages.home
    import cityplanner.ui.pages.home_facts

    _warm_language()
    return len(cityplanner.model.nouns.nouns())


def import_lists(_progress: Progress) -> str:
    """Import and read, while the first page is looked at, what the first list and form would wait for."""
    import cityplanner.ui.dialogs.capture
    import cityplanner.ui.dialogs.duplicates
    import cityplanner.ui.dialogs.history
    import cityplanner.ui.dialogs.import_assistant
    import cityplanner.ui.dialogs.job_change
    import cityplanner.ui.pages.commitments
    import cityplanner.ui.pages.coverage_matrix
    import cityplanner.ui.pages.dormancy
    import cityplanner.ui.pages.initiative_overview
    import cityplanner.ui.pages.keep_in_touch
    import cityplanner.ui.pages.partner_overview
    import cityplanner.ui.pages.recommendations_board
    import cityplanner.ui.pages.reports.page
    import cityplanner.ui.pages.scenario_desk.desk
    import cityplanner.ui.pages.score_sheet
    import cityplanner.ui.pages.section
    from cityplanner.ui.parts.editors.choices import warm

    warm(current().tag)
    return cityplanner.ui.pages.section.__name__


def told_by(progress: Progress) -> Callable[[float, str], None]:
    """What the exchange reports its shares to."""
    return lambda share, what: progress.report(round(share * STEPS), STEPS, what)


def make_sample(path: Path, progress: Progress) -> None:
    """Build the sample plan under another name, so that one that was stopped half-way is never opened."""
    from cityplanner.exchange.sample.build import build_sample

    partial = path.with_name(f".{path.name}")
    partial.unlink(missing_ok=True)
    try:
        build_sample(partial, progress=told_by(progress)).close()
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)
