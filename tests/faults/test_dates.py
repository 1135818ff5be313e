"""Dates are exact: 29 February, the hour that clocks skip and the one they repeat, languages from the right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cityplanner.base.language import Language, current, use
from cityplanner.exchange.formats import OUT, read_sheet
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.preview import preview
from cityplanner.model.dates import read_day, read_moment, read_partial_date
from cityplanner.model.engagement import Engagement
from cityplanner.model.names import UnreadableError
from cityplanner.planning.recurrence import Rhythm, next_dates, next_moments
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from tests.faults.sizes import size

LEAP = date(2024, 2, 29)
CHICAGO, TOKYO = "America/Chicago", "Asia/Tokyo"
ZONES = (
    CHICAGO,
    TOKYO,
    "Europe/London",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Africa/Casablanca",
)
LANGUAGES = ("en", "de", "fr", "es", "pt-BR", "zh", "ja", "ar", "he", "fa")


@pytest.fixture(params=LANGUAGES)
def tongue(request: pytest.FixtureRequest) -> Iterator[Language]:
    """The window's language, each in turn."""
    before = current().tag
    use(request.param)
    yield current()
    use(before)


# --- 29 February ---


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-29",
        "2024/2/29",
        "2024.02.29",
        "Feb 29, 2024",
        "February 29, 2024",
        "29 Feb 2024",
        "29 February 2024",
        "2/29/2024",
    ],
)
def test_the_twenty_ninth_of_february_is_read_in_every_way_it_is_written(text: str) -> None:
    assert read_day(text) == LEAP


@pytest.mark.parametrize("text", ["2023-02-29", "2100-02-29", "Feb 29, 2023", "2/29/2025"])
def test_in_other_years_there_is_none(text: str) -> None:
    with pytest.raises(UnreadableError, match="2026-03-31"):
        read_day(text)
    with pytest.raises(UnreadableError):
        read_partial_date(text)


def test_what_recurs_from_it_falls_on_the_last_day_of_other_februaries() -> None:
    assert [str(day) for day in next_dates(LEAP, Rhythm.YEARLY, 4)] == [
        "2025-02-28",
        "2026-02-28",
        "2027-02-28",
        "2028-02-29",
    ]


# --- the hour that is skipped, and the one that comes twice ---


def test_of_the_hour_that_repeats_the_first_is_meant() -> None:
    assert read_moment("2026-11-01 01:30", CHICAGO) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_a_time_that_the_clock_skips_is_the_one_it_shows_instead() -> None:
    assert read_moment("2026-03-08 02:30", CHICAGO) == datetime(2026, 3, 8, 8, 30, tzinfo=UTC)


def test_what_recurs_keeps_its_time_of_day_across_the_change_of_clocks() -> None:
    anchor = datetime(2026, 1, 15, 15, 0, tzinfo=UTC)  # nine in the morning in Chicago
    for moment in next_moments(anchor, CHICAGO, Rhythm.MONTHLY, 24):
        assert moment.astimezone(ZoneInfo(CHICAGO)).hour == 9


@settings(
    max_examples=size(200, 20_000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)), st.sampled_from(ZONES))
def test_an_instant_shown_by_the_wall_clock_is_read_back(moment: datetime, zone: str) -> None:
    instant = moment.replace(tzinfo=UTC, microsecond=0)
    wall = instant.astimezone(ZoneInfo(zone))
    read = read_moment(f"{wall:%Y-%m-%d %H:%M:%S}", zone)
    assert read == instant or (wall.fold == 1 and instant - read < timedelta(hours=1, minutes=1))
    assert read_moment(wall.isoformat(), zone) == instant, "with its offset no hour is in doubt"


def test_both_times_of_the_hour_that_repeats_leave_as_every_format_and_come_back(
    plan: Plan, tmp_path: Path
) -> None:
    first = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    starts = [
        first,
        first + timedelta(hours=1),
        datetime(2026, 3, 8, 8, 30, tzinfo=UTC),
        datetime(2024, 2, 29, 23, 59, tzinfo=UTC),
    ]
    with plan.edit("Make") as edit:
        edit.add_all(
            [
                Engagement(title=f"Call {n} {zone}", starts_at=start, zone=zone)
                for n, start in enumerate(starts)
                for zone in ZONES
            ]
        )
    for form in ("csv", "xlsx", "ics"):
        OUT[form](plan, Engagement, tmp_path / f"out.{form}")
        sheet = read_sheet(tmp_path / f"out.{form}")
        found = preview(plan, sheet, Engagement, match(sheet.headers, Engagement))
        assert [line.problems for line in found.lines if line.problems] == []
        assert [line.differences for line in found.lines if line.differences] == [], form
        assert len(found.lines) == len(starts) * len(ZONES)
    with plan.reading() as session:
        assert {one.starts_at for one in records(session, Engagement)} == set(starts)


# --- languages ---


def test_a_day_that_is_shown_is_read_as_that_day_or_refused_and_never_as_another(tongue: Language) -> None:
    for day in (LEAP, date(2024, 12, 11), date(2026, 1, 2), date(1999, 10, 31)):
        for form in ("short", "medium", "long"):
            with suppress(UnreadableError):
                assert read_day(tongue.date(day, form)) == day, form
        assert read_day(day.isoformat()) == day


@pytest.mark.parametrize("tag", ["ar", "he", "fa"])
def test_a_day_in_digits_is_read_back_in_a_language_from_the_right(tag: str) -> None:
    before = current().tag
    use(tag)
    try:
        assert read_day(current().date(LEAP, "short")) == LEAP
        assert read_day("٢٠٢٤-٠٢-٢٩") == LEAP
        assert read_moment("٢٠٢٤-٠٢-٢٩ 14:30", TOKYO) == datetime(2024, 2, 29, 5, 30, tzinfo=UTC)
    finally:
        use(before)
