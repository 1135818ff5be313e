"""A person is found in any text however their name, address or number is written, and nobody else is."""

from __future__ import annotations

import unicodedata

import pytest

from cityplanner.store.personal.signs import MARK, Signs

SIGNS = Signs(
    ["José Muñoz Ariza", "森下 和彦", "أحمد علي", "Şükriye Özbıyıklı", "Sato"],
    ["jose.munoz@hall.example"],
    ["+14155550123", "+4930123456"],
)
STRUCK = [
    "José Muñoz Ariza",
    "JOSÉ MUÑOZ ARIZA",
    "jose munoz ariza",
    "José\n  Muñoz\tAriza",
    "Ariza, José Muñoz",
    unicodedata.normalize("NFD", "José Muñoz Ariza"),
    "森下和彦",
    "森下　和彦",
    "森下・和彦",
    "أحمد علي",
    "ŞÜKRİYE ÖZBIYIKLI",
    "Jose.Munoz@Hall.Example",
    "+1 415-555-0123",
    "(415) 555 0123",
    "001 415 555 0123",
    "415.555.0123",
]
LEFT = [
    "José",
    "Muñoz Ariza",
    "Sato",
    "José Muñoz Arizaga",
    "森下",
    "xjose.munoz@hall.example",
    "jose.munoz@hall.example-city",
    "415 555 01234",
    "9415 555 0123",
    "+1 415 555 0124",
    "123456",
    "",
]


@pytest.mark.parametrize("text", STRUCK)
def test_every_way_to_write_the_person_is_struck_out(text: str) -> None:
    assert SIGNS.found(f"See {text}.")
    assert SIGNS.struck(f"See {text}.") == f"See {MARK}."


@pytest.mark.parametrize("text", LEFT)
def test_what_may_be_somebody_else_is_left(text: str) -> None:
    assert not SIGNS.found(f"See {text}.")
    assert SIGNS.struck(f"See {text}.") == f"See {text}."


@pytest.mark.parametrize(("text", "found"), [("Mr. Muñoz", True), ("Ms. Sato", True), ("Satoshi", False)])
def test_a_single_word_of_the_name_is_found_apart(text: str, found: bool) -> None:
    assert SIGNS.lone is not None
    assert bool(SIGNS.lone.search(text)) is found


def test_without_signs_nothing_is_found() -> None:
    empty = Signs([], [], [])
    assert (empty.found("x"), empty.struck("x"), empty.lone, empty.plain) == (False, "x", None, [])


def test_a_text_of_many_letters_is_read_in_no_time_to_speak_of() -> None:
    assert not SIGNS.found("(0) 1-4-1-5-5-5-0-1-2-" * 20_000)
