"""Times of day in a line."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.exchange.capture.clock import find_length, find_time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow 10:00", time(10)),
        ("10am", time(10)),
        ("at 10 a.m.", time(10)),
        ("3:30 pm", time(15, 30)),
        ("3.30pm", time(15, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("at noon", time(12)),
        ("midnight", time(0)),
        ("14h30", time(14, 30)),
        ("14h", time(14)),
        ("at 9", time(9)),
        ("at 9 o'clock", time(9)),
        ("2026-11-04 08:15", time(8, 15)),
    ],
)
def test_times_are_read_as_people_write_them(text: str, expected: time) -> None:
    found = find_time(text)
    assert found is not None
    assert found.time == expected


@pytest.mark.parametrize(
    "text", ["", "ten", "25:00", "13pm", "3/3/2027", "at 3 days", "in 3 days", "March 3"]
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert find_time(text) is None


@pytest.mark.parametrize(
    ("text", "begin", "minutes"),
    [
        ("10:00-11:30", time(10), 90),
        ("from 2 to 3pm", time(14), 60),
        ("11-1pm", time(11), 120),
        ("10:00 to 9:00", time(10), None),
    ],
)
def test_a_span_tells_how_long_it_takes(text: str, begin: time, minutes: int | None) -> None:
    found = find_time(text)
    assert found is not None
    assert (found.time, found.minutes) == (begin, minutes)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("for an hour", 60), ("for half an hour", 30), ("for 45 min", 45), ("for 2 hours", 120)],
)
def test_a_length_is_read(text: str, minutes: int) -> None:
    found = find_length(text)
    assert found is not None
    assert found[0] == minutes


def test_without_a_length_there_is_none() -> None:
    assert find_length("for the mayor") is None


@given(st.text(alphabet="0123456789:.- amphtfornAPM", max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    find_time(text)
    find_length(text)
