"""Periods by name are counted from today, by the office's fiscal year, and around all that is recorded."""

from __future__ import annotations

import datetime as dt

import pytest

from cityplanner.model.engagement import Engagement
from cityplanner.model.office import Office
from cityplanner.reports.periods import Preset, days, quarter
from cityplanner.store.plan_file import Plan

TODAY = dt.date(2026, 11, 22)


def starts_in(plan: Plan, month: int) -> None:
    with plan.edit("Fiscal year") as edit:
        edit.get(Office, 1).fiscal_year_start = month


@pytest.mark.parametrize(
    ("preset", "begin", "end"),
    [
        (Preset.THIS_YEAR, dt.date(2026, 7, 1), dt.date(2027, 6, 30)),
        (Preset.LAST_YEAR, dt.date(2025, 7, 1), dt.date(2026, 6, 30)),
        (Preset.QUARTER, dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
        (Preset.USUAL, None, None),
        (Preset.CUSTOM, None, None),
        (Preset.ALL, TODAY, TODAY),
    ],
)
def test_periods_follow_the_offices_fiscal_year(
    plan: Plan, preset: Preset, begin: dt.date | None, end: dt.date | None
) -> None:
    starts_in(plan, 7)
    assert days(preset, plan, TODAY) == (begin, end)


def test_a_quarter_is_one_of_the_fiscal_year() -> None:
    assert quarter(dt.date(2026, 1, 31), 2) == (dt.date(2025, 11, 1), dt.date(2026, 1, 31))
    assert quarter(dt.date(2026, 2, 1), 2) == (dt.date(2026, 2, 1), dt.date(2026, 4, 30))


def test_all_goes_from_the_first_to_the_last_record_by_the_offices_clock(plan: Plan) -> None:
    with plan.edit("Log") as edit:
        edit.get(Office, 1).zone = "America/Chicago"
        for year in (2019, 2028):
            moment = dt.datetime(year, 3, 2, 3, tzinfo=dt.UTC)
            edit.add(Engagement(title=str(year), starts_at=moment, zone="UTC"))
    assert days(Preset.ALL, plan, TODAY) == (dt.date(2019, 3, 1), dt.date(2028, 3, 1))
