"""Indicators worked by hand: paths, progress, standing by kind, and the steps of a chart."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.model.indicator import IndicatorKind
from cityplanner.planning.indicators import (
    IndicatorFact,
    Reading,
    Standing,
    adds_up,
    falls,
    groups,
    mean_progress,
    path_at,
    progress,
    standing,
    trace,
    whole,
)

CUMULATIVE, SNAPSHOT = IndicatorKind.CUMULATIVE, IndicatorKind.SNAPSHOT
PERCENTAGE, PROCESS = IndicatorKind.PERCENTAGE, IndicatorKind.PROCESS
TODAY = date(2026, 11, 22)


def fact(
    kind: IndicatorKind = CUMULATIVE,
    *values: tuple[str, int],
    start: int | None = 0,
    target: int | None = 100,
    begin: str | None = "2024-01-01",
    end: str | None = "2028-01-01",
) -> IndicatorFact:
    """An indicator of 1,461 days from 0 to 100 unless told otherwise."""
    return IndicatorFact(
        kind,
        None if start is None else Decimal(start),
        date.fromisoformat(begin) if begin else None,
        None if target is None else Decimal(target),
        date.fromisoformat(end) if end else None,
        tuple(Reading(date.fromisoformat(day), Decimal(value)) for day, value in values),
    )


# --- the path: 0 to 100 over 1,461 days (2024 is a leap year) ---


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2023-05-01", Fraction(0)),
        ("2024-01-01", Fraction(0)),
        ("2025-01-01", Fraction(36600, 1461)),
        ("2026-01-01", Fraction(73100, 1461)),
        ("2028-01-01", Fraction(100)),
        ("2030-01-01", Fraction(100)),
    ],
)
def test_the_path_is_straight_and_level_outside(day: str, value: Fraction) -> None:
    assert path_at(fact(), date.fromisoformat(day)) == value


def test_a_path_may_lead_downwards() -> None:
    days = fact(SNAPSHOT, start=19, target=7, begin="2024-01-01", end="2024-01-13")
    assert path_at(days, date(2024, 1, 5)) == 15


def test_the_path_of_a_process_climbs_in_whole_steps() -> None:
    policies = fact(PROCESS, target=4, begin="2024-01-01", end="2024-01-09")
    assert [path_at(policies, date(2024, 1, day)) for day in (1, 2, 3, 8, 9)] == [0, 0, 1, 3, 4]
    closing = fact(PROCESS, start=4, target=0, begin="2024-01-01", end="2024-01-09")
    assert [path_at(closing, date(2024, 1, day)) for day in (1, 2, 3, 9)] == [4, 4, 3, 0]


def test_without_its_ends_there_is_no_path_but_counting_up_begins_at_nought() -> None:
    assert path_at(fact(target=None), TODAY) is None
    assert path_at(fact(end=None), TODAY) is None
    assert path_at(fact(begin=None), TODAY) is None
    assert path_at(fact(SNAPSHOT, start=None), TODAY) is None
    assert path_at(fact(start=None), date(2024, 1, 1)) == 0


def test_without_the_day_of_the_baseline_the_path_begins_at_the_first_measurement() -> None:
    one = fact(SNAPSHOT, ("2024-01-03", 5), start=0, begin=None, end="2024-01-13")
    assert path_at(one, date(2024, 1, 8)) == 50


def test_a_path_of_no_length_is_the_target_from_its_day_on() -> None:
    one = fact(begin="2024-01-01", end="2024-01-01")
    assert path_at(one, date(2023, 12, 31)) == 0
    assert path_at(one, date(2024, 1, 1)) == 100


# --- progress ---


@pytest.mark.parametrize(
    ("one", "share"),
    [
        (fact(CUMULATIVE, ("2024-06-30", 25), ("2025-06-30", 40)), Fraction(2, 5)),
        (fact(SNAPSHOT, ("2024-06-30", 13), start=19, target=7), Fraction(1, 2)),
        (fact(PERCENTAGE, ("2024-06-30", 60), start=20, target=100), Fraction(1, 2)),
        (fact(CUMULATIVE, ("2024-06-30", 130)), Fraction(1)),
        (fact(SNAPSHOT, ("2024-06-30", 25), start=19, target=7), Fraction(0)),
        (fact(CUMULATIVE), None),
        (fact(CUMULATIVE, ("2024-06-30", 5), target=None), None),
        (fact(PERCENTAGE, ("2024-06-30", 5), start=None), None),
        (fact(PROCESS, ("2024-06-30", 1), start=None, target=4), Fraction(1, 4)),
        (fact(SNAPSHOT, ("2024-06-30", 7), start=7, target=7), Fraction(1)),
        (fact(SNAPSHOT, ("2024-06-30", 6), start=7, target=7), Fraction(0)),
    ],
)
def test_progress_is_the_share_of_the_way_from_baseline_to_target(
    one: IndicatorFact, share: Fraction | None
) -> None:
    assert progress(one) == share


def test_the_mean_is_taken_over_what_is_known() -> None:
    assert mean_progress([Fraction(1, 2), None, Fraction(1)]) == Fraction(3, 4)
    assert mean_progress([None]) is None


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-200, 200))
def test_progress_and_path_stay_between_baseline_and_target(start: int, target: int, value: int) -> None:
    one = fact(SNAPSHOT, ("2025-01-01", value), start=start, target=target)
    share = progress(one)
    assert share is not None
    assert 0 <= share <= 1
    for days in (0, 400, 2000):
        at = path_at(one, date(2024, 1, 1) + timedelta(days))
        assert at is not None
        assert min(start, target) <= at <= max(start, target)


# --- standing ---


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (fact(), Standing.UNMEASURED),
        (fact(CUMULATIVE, ("2025-01-01", 26)), Standing.ON_PATH),
        (fact(CUMULATIVE, ("2025-01-01", 25)), Standing.BEHIND),
        (fact(CUMULATIVE, ("2025-01-01", 100)), Standing.REACHED),
        (fact(CUMULATIVE, ("2025-01-01", 90), end="2026-01-01"), Standing.OVERDUE),
        (fact(SNAPSHOT, ("2025-01-01", 15), start=19, target=7), Standing.ON_PATH),
        (fact(SNAPSHOT, ("2025-01-01", 17), start=19, target=7), Standing.BEHIND),
        (fact(CUMULATIVE, ("2025-01-01", 5), target=None), Standing.NO_TARGET),
        (fact(CUMULATIVE, ("2025-01-01", 5), end=None), Standing.NO_TARGET),
        (fact(target=None), Standing.UNMEASURED),
        # A process need not be further than its last whole step: 4 steps over 4 years, one due after a year.
        (fact(PROCESS, ("2024-12-31", 0), target=4, begin="2024-01-01", end="2028-01-01"), Standing.ON_PATH),
        (fact(PROCESS, ("2025-06-30", 0), target=4, begin="2024-01-01", end="2028-01-01"), Standing.BEHIND),
    ],
)
def test_the_latest_measurement_stands_against_the_path_of_its_day(
    one: IndicatorFact, expected: Standing
) -> None:
    assert standing(one, TODAY) is expected


# --- groups and what cannot be right ---


def grouped(kind: IndicatorKind) -> IndicatorFact:
    day, later = date(2025, 1, 1), date(2025, 7, 1)
    readings = (
        Reading(later, Decimal(3), "Youth"), Reading(day, Decimal(1), "Youth"), Reading(day, Decimal(2), "Adults"),
        Reading(later, Decimal(9)), Reading(later, Decimal(4), "Adults"),
    )  # fmt: skip
    return IndicatorFact(kind, readings=readings)


def test_groups_are_summed_only_where_no_whole_was_measured_and_never_for_percentages() -> None:
    assert [one.value for one in whole(grouped(CUMULATIVE))] == [3, 9]
    assert [one.value for one in whole(grouped(PERCENTAGE))] == [9]


def test_groups_come_by_name_and_by_day() -> None:
    found = groups(grouped(SNAPSHOT))
    assert {name: [one.value for one in of_one] for name, of_one in found.items()} == {
        "Adults": [2, 4],
        "Youth": [1, 3],
    }


def test_groups_are_parts_only_where_they_sum_to_the_whole() -> None:
    assert adds_up(grouped(SNAPSHOT))  # 3 + 4 against 9: each group may be rounded by one
    assert not adds_up(grouped(PERCENTAGE))
    assert not adds_up(fact())
    day = date(2025, 1, 1)
    parts = (Reading(day, Decimal(49), "A"), Reading(day, Decimal(50), "B"))
    assert adds_up(IndicatorFact(CUMULATIVE, readings=(*parts, Reading(day, Decimal(100)))))
    assert adds_up(IndicatorFact(CUMULATIVE, readings=parts))
    assert not adds_up(IndicatorFact(CUMULATIVE, readings=(*parts, Reading(day, Decimal(80)))))


def test_a_running_total_cannot_fall_but_a_state_can() -> None:
    values = (("2025-01-01", 5), ("2025-07-01", 4), ("2026-01-01", 6))
    assert [one.on for one in falls(fact(CUMULATIVE, *values))] == [date(2025, 7, 1)]
    assert [one.on for one in falls(fact(PROCESS, *values))] == [date(2025, 7, 1)]
    assert falls(fact(SNAPSHOT, *values)) == ()


# --- the steps of a chart ---


def test_steps_are_as_wide_as_the_measurements_allow_and_last_to_the_target() -> None:
    one = fact(
        CUMULATIVE,
        ("2024-06-30", 10),
        ("2024-12-31", 30),
        ("2025-06-30", 40),
        begin="2023-12-31",
        end="2026-06-30",
    )
    found = trace(one)
    assert found.days == (
        date(2023, 12, 31), date(2024, 6, 30), date(2024, 12, 31), date(2025, 6, 30), date(2025, 12, 31),
        date(2026, 6, 30),
    )  # fmt: skip
    assert list(found.measured) == [0, 10, 30, 40, None, None]
    assert found.path[0] == 0
    assert found.path[-1] == 100


def test_the_last_step_holds_the_target_although_it_begins_before() -> None:
    found = trace(fact(CUMULATIVE, ("2025-03-31", 3), begin="2024-09-30", end="2027-06-30"))
    assert found.days[-1] == date(2027, 3, 31)
    assert found.path[-1] == 100


def test_of_several_measurements_in_a_month_the_last_counts() -> None:
    found = trace(
        fact(CUMULATIVE, ("2024-02-01", 1), ("2024-02-20", 2), begin="2024-01-31", end="2024-03-31")
    )
    assert found.days == (date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31))
    assert list(found.measured) == [0, 2, None]


def test_a_long_row_keeps_its_latest_steps() -> None:
    monthly = [(f"{2000 + n // 12}-{n % 12 + 1:02}-15", n) for n in range(240)]
    found = trace(fact(CUMULATIVE, *monthly, begin=None, end=None))
    assert len(found.days) == 60
    assert found.measured[-1] == 239


def test_an_indicator_without_any_day_has_no_steps() -> None:
    assert trace(fact(begin=None, end=None)).days == ()
    assert trace(fact(begin=None)).days == ()
