"""Days in a line, from a Wednesday."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.exchange.capture.days import find_days

TODAY = date(2026, 11, 4)


def first(text: str, *, day_first: bool = False) -> date | None:
    found = find_days(text, TODAY, day_first=day_first)
    return found[0].day if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", (2026, 11, 4)),
        ("call Tonight", (2026, 11, 4)),
        ("tomorrow", (2026, 11, 5)),
        ("the day after tomorrow", (2026, 11, 6)),
        ("yesterday", (2026, 11, 3)),
        ("Friday", (2026, 11, 6)),
        ("on Fri", (2026, 11, 6)),
        ("by friday", (2026, 11, 6)),
        ("Tues", (2026, 11, 10)),
        ("Thurs.", (2026, 11, 5)),
        ("Wednesday", (2026, 11, 11)),
        ("this Wednesday", (2026, 11, 4)),
        ("next Wednesday", (2026, 11, 11)),
        ("next Tuesday", (2026, 11, 10)),
        ("next Friday", (2026, 11, 13)),
        ("last Friday", (2026, 10, 30)),
        ("last Wednesday", (2026, 10, 28)),
        ("in 3 days", (2026, 11, 7)),
        ("in a week", (2026, 11, 11)),
        ("in two weeks", (2026, 11, 18)),
        ("in 3 months", (2027, 2, 4)),
        ("next week", (2026, 11, 9)),
        ("next month", (2026, 12, 1)),
        ("by end of week", (2026, 11, 6)),
        ("by the end of the month", (2026, 11, 30)),
        ("2027-03-03", (2027, 3, 3)),
        ("March 3", (2027, 3, 3)),
        ("Mar. 3rd", (2027, 3, 3)),
        ("March 3, 2028", (2028, 3, 3)),
        ("3 March", (2027, 3, 3)),
        ("3rd of March 2028", (2028, 3, 3)),
        ("November 4", (2026, 11, 4)),
        ("Sept 1", (2027, 9, 1)),
        ("3/3/2027", (2027, 3, 3)),
        ("3/4/27", (2027, 3, 4)),
        ("12/24", (2026, 12, 24)),
        ("24/12", (2026, 12, 24)),
        ("3.4.2027", (2027, 4, 3)),
        ("Feb 29", (2028, 2, 29)),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: tuple[int, int, int]) -> None:
    assert first(text) == date(*day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing",
        "maybe",
        "2027-13-40",
        "99/99",
        "Sunda",
        "February 31, 2027",
        "10:00",
        "the market",
        "wedding",
    ],
)
def test_what_is_no_day_is_left_alone(text: str) -> None:
    assert first(text) is None


def test_the_day_comes_first_where_that_is_the_custom() -> None:
    assert first("3/4/2027", day_first=True) == date(2027, 4, 3)


def test_the_last_day_of_something_is_told_from_the_day_it_happens() -> None:
    found = find_days("call tomorrow, draft by Friday", TODAY)
    assert [(one.day, one.is_due) for one in found] == [(date(2026, 11, 5), False), (date(2026, 11, 6), True)]


def test_a_day_is_found_where_it_stands() -> None:
    (found,) = find_days("send it by March 3, please", TODAY)
    assert "send it by March 3, please"[found.start : found.end] == "by March 3"


@given(st.text(alphabet="0123456789/.- abdefinorstuwyMTF:,", max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    find_days(text, TODAY)
