"""Lines taken apart, on a Wednesday."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.exchange.capture.line import Line, read_line
from cityplanner.model.engagement import Format, Mode, Side

TODAY = date(2026, 11, 4)


def read(text: str) -> Line:
    return read_line(text, TODAY)


def test_the_line_of_the_story() -> None:
    said = read("call with Nagoya consul tomorrow 10:00, send MoU draft by Friday")
    assert said.title == "Call with Nagoya consul"
    assert (said.mode, said.day, said.time) == (Mode.PHONE, date(2026, 11, 5), time(10))
    (promise,) = said.promises
    assert (promise.text, promise.side, promise.due_on) == ("Send MoU draft", Side.OURS, date(2026, 11, 6))


@pytest.mark.parametrize(
    ("text", "format", "mode"),
    [
        ("courtesy call by the consul", Format.COURTESY, Mode.IN_PERSON),
        ("zoom with Osaka", None, Mode.VIRTUAL),
        ("video call with Osaka", None, Mode.VIRTUAL),
        ("met the mayor", Format.MEETING, None),
        ("lunch with Osaka", Format.MEETING, None),
        ("trade mission to Osaka", Format.OUTBOUND, None),
        ("delegation from Osaka", Format.INBOUND, None),
        ("signing with Osaka", Format.SIGNING, None),
        ("online workshop with Osaka", Format.WORKSHOP, Mode.VIRTUAL),
        ("emailed Osaka", None, Mode.EMAIL),
        ("Osaka", None, None),
    ],
)
def test_formats_and_modes_are_heard(text: str, format: Format | None, mode: Mode | None) -> None:
    said = read(text)
    assert (said.format, said.mode) == (format, mode)


def test_several_promises_of_both_sides() -> None:
    said = read(
        "Met Osaka today 3pm for an hour; we will send photos by March 3, 2027, they will invite us by 12/24"
    )
    assert said.title == "Met Osaka"
    assert (said.time, said.minutes) == (time(15), 60)
    assert [(p.text, p.side, p.due_on) for p in said.promises] == [
        ("Send photos", Side.OURS, date(2027, 3, 3)),
        ("Invite us", Side.THEIRS, date(2026, 12, 24)),
    ]


def test_a_line_may_be_nothing_but_a_promise() -> None:
    said = read("send the photos to Osaka by Friday")
    assert (said.title, len(said.promises)) == ("", 1)
    assert said.promises[0].text == "Send the photos to Osaka"


def test_and_parts_a_promise_from_the_encounter() -> None:
    said = read("meeting with Osaka on Friday and send agenda")
    assert said.title == "Meeting with Osaka"
    assert said.promises[0].text == "Send agenda"


@given(st.text(max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    read(text)
