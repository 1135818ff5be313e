"""Retention worked out by hand: when time is over, what keeps a record beyond it, and where a history is cut."""

from __future__ import annotations

from datetime import date

import pytest

from cityplanner.planning.retention import Cut, Entry, Reason, Why, cut, due, due_on
from cityplanner.store.pruning import Step
from cityplanner.store.queries.lasting import Tie

TODAY = date(2026, 11, 2)
OLD, LATE = date(2017, 5, 4), date(2020, 5, 4)


@pytest.mark.parametrize(
    ("ended", "years", "expected"),
    [
        (date(2019, 11, 2), 7, date(2026, 11, 2)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2020, 2, 29), 7, date(2027, 3, 1)),
        (date(9990, 1, 1), 50, date(9999, 1, 1)),
    ],
)
def test_time_is_over_on_the_same_day_years_later(ended: date, years: int, expected: date) -> None:
    assert due_on(ended, years) == expected


def kept_by(*ties: Tie, holds: tuple[str, ...] = ()) -> tuple[Reason, ...]:
    (found,) = due([Entry(1, "Visit", OLD, ties, holds)], 7, TODAY)
    assert found.may_go is (not found.reasons)
    return found.reasons


def test_a_record_is_due_from_the_very_day_and_not_the_day_before() -> None:
    entry = Entry(1, "Visit", date(2019, 11, 2))
    assert due([entry], 7, date(2026, 11, 1)) == ()
    (found,) = due([entry], 7, TODAY)
    assert found.may_go
    assert found.since == TODAY


def test_what_has_not_ended_is_never_due() -> None:
    assert due([Entry(1, "Twin city", None)], 1, TODAY) == ()


def test_the_longest_overdue_comes_first() -> None:
    days = {1: date(2018, 1, 1), 2: date(2016, 1, 1), 3: date(2018, 1, 1)}
    entries = [Entry(number, f"Visit {9 - number}", day) for number, day in days.items()]
    assert [one.entry.id for one in due(entries, 7, TODAY)] == [2, 3, 1]


def test_a_hold_keeps_and_is_named() -> None:
    assert kept_by(holds=("Audit",)) == (Reason(Why.HELD, "Audit"),)


def test_an_open_promise_keeps_however_old_it_is() -> None:
    assert kept_by(Tie("commitment", OLD, is_open=True)) == (Reason(Why.OPEN, "commitment"),)


def test_what_is_younger_keeps_until_its_own_time_is_over() -> None:
    assert kept_by(Tie("gift", LATE)) == (Reason(Why.YOUNGER, "gift", LATE),)
    assert kept_by(Tie("gift", OLD), Tie("aid", None)) == ()
    assert kept_by(Tie("gift", date(2019, 11, 3)))
    assert not kept_by(Tie("gift", date(2019, 11, 2)))


def test_what_cannot_be_without_it_keeps_it() -> None:
    assert kept_by(Tie("commitment", OLD, needs=True)) == (Reason(Why.NEEDED, "commitment"),)


def test_all_reasons_are_told_holds_first() -> None:
    ties = (Tie("a", OLD, is_open=True), Tie("b", LATE), Tie("c", needs=True))
    reasons = kept_by(*ties, holds=("Audit",))
    assert [one.why for one in reasons] == [Why.HELD, Why.OPEN, Why.YOUNGER, Why.NEEDED]


def step(number: int, year: int, target: int | None = None, hold: str = "") -> Step:
    return Step(number, date(year, 3, 1), target, hold)


def test_a_history_is_cut_before_its_first_change_that_is_young() -> None:
    steps = [step(1, 2015), step(2, 2016), step(3, 2024)]
    assert cut(steps, 7, TODAY) == Cut(2, 2)


def test_the_newest_change_stays_and_an_empty_history_is_left_alone() -> None:
    assert cut([step(1, 2001), step(2, 2002)], 7, TODAY) == Cut(1, 1)
    assert cut([step(1, 2001)], 7, TODAY) == Cut(0, 0)
    assert cut([], 7, TODAY) == Cut(0, 0)


def test_a_clock_that_was_set_back_lets_nothing_older_go_after_a_young_change() -> None:
    steps = [step(1, 2015), step(2, 2025), step(3, 2015), step(4, 2026)]
    assert cut(steps, 7, TODAY) == Cut(1, 1)


def test_a_hold_keeps_its_first_change_and_all_after_it() -> None:
    steps = [step(1, 2015), step(2, 2016, hold="Audit"), step(3, 2016), step(4, 2026)]
    assert cut(steps, 7, TODAY) == Cut(1, 1, Reason(Why.HELD, "Audit", date(2016, 3, 1)))


def test_what_a_kept_change_took_back_is_kept_and_what_that_took_back_too() -> None:
    # 5 is kept and took 4 back, which took 2 back: both stay, and 3 between them.
    steps = [step(1, 2014), step(2, 2015), step(3, 2016), step(4, 2016, 2), step(5, 2025, 4), step(6, 2026)]
    assert cut(steps, 7, TODAY) == Cut(1, 1, Reason(Why.NEEDED, "4", date(2016, 3, 1)))


def test_what_was_taken_back_within_the_old_part_goes() -> None:
    steps = [step(1, 2014), step(2, 2015, 1), step(3, 2025), step(4, 2026, 3)]
    assert cut(steps, 7, TODAY) == Cut(2, 2)
