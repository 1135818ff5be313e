"""The short way for plain numbers agrees with the library of phone numbers."""

from __future__ import annotations

import phonenumbers
from hypothesis import given, settings
from hypothesis import strategies as st

from cityplanner.model.phones import is_plain

CODES = sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)


def by_the_library(text: str) -> str:
    """What the library makes of a number."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(text, None), phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        return text


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(CODES), st.text("0123456789", min_size=1, max_size=13))
def test_a_plain_number_is_one_that_the_library_leaves_as_it_is(code: int, rest: str) -> None:
    text = f"+{code}{rest}"
    assert not is_plain(text) or by_the_library(text) == text


@settings(max_examples=300, deadline=None)
@given(st.text("+0123456789 ()-x", max_size=18))
def test_nothing_else_is_taken_for_plain(text: str) -> None:
    assert not is_plain(text) or by_the_library(text) == text


def test_every_number_that_the_library_gives_as_an_example_goes_either_way() -> None:
    plain = 0
    for region in phonenumbers.SUPPORTED_REGIONS:
        example = phonenumbers.example_number(region)
        text = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
        assert not is_plain(text) or by_the_library(text) == text
        plain += is_plain(text)
    assert plain > 200
    assert not is_plain("+49030123456")
    assert is_plain("+4930123456")
