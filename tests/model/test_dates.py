"""Dates and times as people type them."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.model.dates import read_day, read_moment, read_partial_date
from cityplanner.model.names import UnreadableError


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29",
        "2024-13-01",
        "02/29/24",
        "29",
        "tomorrow",
        "2024",
        "99999999999/1/2020",
        "2024-02-30x",
        "0000-01-01",
    ],
)
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UnreadableError, match="2026-03-31"):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1959", "1959"),
        ("2020-04", "2020-04"),
        ("2020-4", "2020-04"),
        ("2020/04", "2020-04"),
        ("April 2020", "2020-04"),
        ("Apr. 2020", "2020-04"),
        ("2020-02-29", "2020-02-29"),
        ("Feb 29, 2020", "2020-02-29"),
    ],
)
def test_a_date_may_be_known_to_the_year_the_month_or_the_day(text: str, value: str) -> None:
    assert read_partial_date(text) == value


@pytest.mark.parametrize("text", ["59", "2021-02-29", "2020-13", "Spring 2020", ""])
def test_what_is_not_even_a_year_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_partial_date(text)


@pytest.mark.parametrize(
    ("text", "zone", "instant"),
    [
        ("2026-03-31 14:30", "America/Chicago", datetime(2026, 3, 31, 19, 30, tzinfo=UTC)),
        ("2026/03/31 14:30", None, datetime(2026, 3, 31, 14, 30, tzinfo=UTC)),
        ("2026-03-31 2:30 PM", "America/Chicago", datetime(2026, 3, 31, 19, 30, tzinfo=UTC)),
        ("Mar 31, 2026, 2:30\u202fPM", "America/Chicago", datetime(2026, 3, 31, 19, 30, tzinfo=UTC)),
        ("2026-03-31 12:05 am", None, datetime(2026, 3, 31, 0, 5, tzinfo=UTC)),
        ("2026-03-31 12:05 p.m.", None, datetime(2026, 3, 31, 12, 5, tzinfo=UTC)),
        ("2026-03-31T14:30:00+09:00", "America/Chicago", datetime(2026, 3, 31, 5, 30, tzinfo=UTC)),
        ("2026-03-31T14:30:00Z", "America/Chicago", datetime(2026, 3, 31, 14, 30, tzinfo=UTC)),
        ("2024-02-29 23:59", "Asia/Tokyo", datetime(2024, 2, 29, 14, 59, tzinfo=UTC)),
        ("2026-03-31", "UTC", datetime(2026, 3, 31, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_in_the_zone_it_is_meant_in(
    text: str, zone: str | None, instant: datetime
) -> None:
    assert read_moment(text, zone) == instant


@pytest.mark.parametrize(
    "text",
    ["soon", "2026-03-31 25:00", "2026-03-31 13:00 PM", "0001-01-01 00:00", "9999-12-31 23:59", "14:30"],
)
def test_what_is_no_instant_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UnreadableError, match="14:30"):
        read_moment(text, "America/Chicago" if text[0] == "9" else "Asia/Tokyo")


def test_an_unknown_zone_does_not_stop_the_reading() -> None:
    assert read_moment("2026-03-31 14:30", "Mars/Base") == datetime(2026, 3, 31, 14, 30, tzinfo=UTC)


@given(st.text(max_size=25))
def test_no_text_breaks_the_readers(text: str) -> None:
    for read in (read_day, read_partial_date, lambda typed: read_moment(typed, "Asia/Tokyo")):
        with suppress(UnreadableError):
            read(text)
