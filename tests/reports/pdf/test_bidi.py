"""The order of mixed text agrees with another implementation of Unicode Annex 9."""

from __future__ import annotations

import random

import pytest

from cityplanner.reports.pdf.bidi import base_level, has_right_to_left, levels, visual_order

ALPHABET = "abc אבג عربي 123 ٤٥٦ .,-+%$()[]/: \u2067\u2068\u2066\u2069\u0301\u05b0"
UNSEEN = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u0301\u05b0"))


def visual(text: str, base: int) -> str:
    """The text from left to right."""
    return "".join(text[n] for n in visual_order(levels(text, base)))


@pytest.mark.parametrize(
    ("text", "base", "shown"),
    [
        ("abc אבג def", 0, "abc גבא def"),
        ("אבג abc", 1, "abc גבא"),
        ("אבג 123 דה", 1, "הד 123 גבא"),
        ("abc (אבג) d", 0, "abc (גבא) d"),
        ("a\u2067אב c\u2069d", 0, "a\u2067c בא\u2069d"),
        ("", 0, ""),
    ],
)
def test_text_runs_in_its_direction(text: str, base: int, shown: str) -> None:
    assert visual(text, base) == shown


def test_left_to_right_text_stays_at_level_nought() -> None:
    assert levels("Łódź, 北京", 0) == [0] * 8
    assert not has_right_to_left("Łódź, 北京")


def test_the_first_strong_letter_gives_the_direction() -> None:
    assert base_level("12 אב cd") == 1
    assert base_level("12 cd אב") == 0
    assert base_level("\u2067אב\u2069 cd") == 0


def test_random_text_agrees_with_the_oracle() -> None:
    oracle = pytest.importorskip("bidi")
    chance = random.Random(7)
    for _round in range(4000):
        text = "".join(chance.choice(ALPHABET) for _ in range(chance.randint(1, 14)))
        for base in (0, 1):
            expected = oracle.get_display(text, base_dir="R" if base else "L")
            assert visual(text, base).translate(UNSEEN) == expected.translate(UNSEEN), ascii(text)
