"""The time of an engagement by several clocks, in words."""

from __future__ import annotations

import datetime as dt

from cityplanner.ui.parts.local_times import elsewhere, local_times


def test_the_partners_time_is_said_where_its_clock_differs() -> None:
    moment = dt.datetime(2026, 3, 31, 14, 30, tzinfo=dt.UTC)
    plain = local_times(moment, "America/Chicago", None)
    assert plain.replace("\u202f", " ") == "Mar 31, 2026, 9:30 AM"
    assert local_times(moment, "America/Chicago", "America/Winnipeg") == plain
    there = local_times(moment, "America/Chicago", "Asia/Tokyo").replace("\u202f", " ")
    assert there == "Mar 31, 2026, 9:30 AM (11:30 PM there)"
    later = local_times(moment + dt.timedelta(hours=3), "America/Chicago", "Asia/Tokyo")
    assert later.replace("\u202f", " ").endswith("12:30 PM (Apr 1, 2026, 2:30 AM there)")


def test_clocks_that_show_the_same_are_named_together_and_those_that_agree_not_at_all() -> None:
    moment = dt.datetime(2026, 3, 4, 15, 30, tzinfo=dt.UTC)
    clocks = [("the office", "America/Chicago"), ("Nagoya", "Asia/Tokyo"), ("Busan", "Asia/Seoul")]

    said = elsewhere(moment, "America/Winnipeg", clocks).replace("\u202f", " ")
    assert said == "Mar 5, 2026, 12:30 AM at Nagoya, Busan"
    assert (
        elsewhere(moment, "Asia/Tokyo", clocks).replace("\u202f", " ") == "Mar 4, 2026, 9:30 AM at the office"
    )


def test_the_hour_that_a_clock_shows_twice_is_told_apart() -> None:
    first = dt.datetime(2026, 11, 1, 6, 30, tzinfo=dt.UTC)
    clocks = [("Nagoya", "Asia/Tokyo")]

    assert elsewhere(first, "America/Chicago", clocks) != elsewhere(
        first + dt.timedelta(hours=1), "America/Chicago", clocks
    )
