"""Money is exact, and what is ambiguous is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.base import money
from cityplanner.base.errors import UserError


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12500", "USD", 1250000),
        ("1,250.50", "USD", 125050),
        ("1.250,50", "USD", 125050),
        ("1 250,50", "EUR", 125050),
        ("1\u202f250,50", "EUR", 125050),
        ("1'250.50", "CHF", 125050),
        ("$ 1250", "USD", 125000),
        ("USD 1250", "USD", 125000),
        ("1250 usd", "USD", 125000),
        ("MX$1,250", "MXN", 125000),
        ("$1,250", "MXN", 125000),
        ("¥1,250", "JPY", 1250),
        ("(1,250.10)", "USD", -125010),
        ("-$5", "USD", -500),
        ("5-", "USD", -500),
        ("\u22125", "USD", -500),
        ("+5", "USD", 500),
        (".5", "USD", 50),
        ("5.", "USD", 500),
        ("1,250", "USD", 125000),
        ("1.250", "EUR", 125000),
        ("1,250", "KWD", 1250000),
        ("1.250", "KWD", 1250),
        ("1.250.000", "KWD", 1250000000),
        ("1,000,000", "USD", 100000000),
        ("12,5", "USD", 1250),
        ("1.2500", "USD", 125),
        ("١٢٥٠", "USD", 125000),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, currency: str, minor: int) -> None:
    assert money.parse(text, currency) == minor


NOT_NUMBERS = ["$", "abc", "12abc", "1e5", "²", "1_000", "inf", "nan", "0x10", "5%", "", " ", "9" * 60]
SLIPS = ["1,2500", "1,25,000", "1,250,50", "--5", "(5", "5)", "-(5)", "-5-", "1.2.3", "12 34 5.6.7"]


@pytest.mark.parametrize("text", NOT_NUMBERS + SLIPS)
def test_what_is_not_one_amount_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="is not an amount"):
        money.parse(text, "USD")


@pytest.mark.parametrize("text", ["EUR 100", "€100", "100 JPY", "£5", "CAD 5"])
def test_an_amount_in_another_currency_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        money.parse(text, "USD")


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(UserError):
        assert isinstance(money.parse(text, "KWD"), int)


def test_only_codes_of_the_standard_are_currencies() -> None:
    assert money.is_currency("USD")
    assert not any(map(money.is_currency, ("usd", "US$", "XQQ", "", "dollar")))
