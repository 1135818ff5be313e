"""The periods that can be chosen by name, counted from today and by the office's fiscal year."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from zoneinfo import ZoneInfo

from cityplanner.base.language import N_
from cityplanner.planning.years import fiscal_year, span
from cityplanner.reports.kind import office_of
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.recorded import recorded

MONTHS_OF_A_QUARTER = 3


class Preset(StrEnum):
    """A period by its name; the values are what is remembered, `LABELS` what a person reads."""

    USUAL = "usual"
    """What the kind takes when nothing is chosen."""
    THIS_YEAR = "this-year"
    LAST_YEAR = "last-year"
    QUARTER = "quarter"
    ALL = "all"
    CUSTOM = "custom"


LABELS = {
    Preset.THIS_YEAR: N_("This fiscal year"),
    Preset.LAST_YEAR: N_("Last fiscal year"),
    Preset.QUARTER: N_("This quarter"),
    Preset.ALL: N_("All that is recorded"),
    Preset.CUSTOM: N_("Other days"),
}
Days = tuple[dt.date | None, dt.date | None]
"""The first and the last day; None leaves them to the kind."""


def days(preset: Preset, plan: Plan, today: dt.date) -> Days:
    """The days of a period today; of `USUAL` and `CUSTOM` none. Raises `UserError` without an office."""
    if preset in (Preset.USUAL, Preset.CUSTOM):
        return None, None
    office = office_of(plan)
    if preset is Preset.ALL:
        with plan.reading() as session:
            return recorded(session, ZoneInfo(office.zone), today)
    if preset is Preset.QUARTER:
        return quarter(today, office.fiscal_year_start)
    year = fiscal_year(today, office.fiscal_year_start) - (preset is Preset.LAST_YEAR)
    return span(year, office.fiscal_year_start)


def quarter(today: dt.date, start_month: int) -> tuple[dt.date, dt.date]:
    """The quarter of the fiscal year that a day lies in."""
    months = today.year * 12 + today.month - 1
    first = months - (today.month - start_month) % MONTHS_OF_A_QUARTER
    begin, after = _first_day(first), _first_day(first + MONTHS_OF_A_QUARTER)
    return begin, after - dt.timedelta(days=1)


def _first_day(months: int) -> dt.date:
    return dt.date(months // 12, months % 12 + 1, 1)
