"""Recurring dates are counted from the anchor, so that a clamped one does not drag the rest along."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cityplanner.planning.recurrence import Rhythm, next_dates, next_moments


@pytest.mark.parametrize(
    ("anchor", "rhythm", "dates"),
    [
        ("2026-01-31", Rhythm.MONTHLY, ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        ("2023-12-31", Rhythm.MONTHLY, ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]),
        ("2025-11-30", Rhythm.QUARTERLY, ["2026-02-28", "2026-05-30", "2026-08-30", "2026-11-30"]),
        ("2024-02-29", Rhythm.YEARLY, ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
        ("2026-05-04", Rhythm.YEARLY, ["2027-05-04", "2028-05-04", "2029-05-04", "2030-05-04"]),
    ],
)
def test_dates_recur_from_the_anchor(anchor: str, rhythm: Rhythm, dates: list[str]) -> None:
    assert [day.isoformat() for day in next_dates(date.fromisoformat(anchor), rhythm, 4)] == dates


def test_the_time_of_day_stays_over_a_change_of_clocks() -> None:
    anchor = datetime(2026, 2, 10, 15, 30, tzinfo=UTC)  # 9:30 in Chicago

    assert next_moments(anchor, "America/Chicago", Rhythm.MONTHLY, 2) == [
        datetime(2026, 3, 10, 14, 30, tzinfo=UTC),
        datetime(2026, 4, 10, 14, 30, tzinfo=UTC),
    ]


def test_what_has_passed_is_left_out_and_the_rest_still_counted_from_the_anchor() -> None:
    anchor = datetime(2024, 1, 31, 12, 0, tzinfo=UTC)
    now = datetime(2026, 2, 10, 0, 0, tzinfo=UTC)

    assert next_moments(anchor, "UTC", Rhythm.MONTHLY, 2, now) == [
        datetime(2026, 2, 28, 12, 0, tzinfo=UTC),
        datetime(2026, 3, 31, 12, 0, tzinfo=UTC),
    ]


def test_the_day_is_that_of_the_zone() -> None:
    anchor = datetime(2026, 1, 31, 20, 0, tzinfo=UTC)  # 1 February in Tokyo

    assert next_moments(anchor, "Asia/Tokyo", Rhythm.MONTHLY, 1) == [datetime(2026, 2, 28, 20, 0, tzinfo=UTC)]
