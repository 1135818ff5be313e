"""Numbers, dates and names in the words of a language."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cityplanner.base import language
from cityplanner.base.language import Language


def test_an_unknown_language_falls_back_to_english() -> None:
    assert Language("zz-ZZ").month(date(2026, 2, 1)) == "February 2026"
    assert Language("not a tag").number(1234) == "1,234"


@pytest.mark.parametrize(
    ("tag", "rtl"), [("ar", True), ("he-IL", True), ("fa", True), ("en", False), ("ja", False)]
)
def test_a_language_knows_its_direction(tag: str, rtl: bool) -> None:
    assert Language(tag).right_to_left is rtl


def test_an_exact_number_is_shown_to_its_last_place() -> None:
    assert Language("en").number(Decimal("35.18147")) == "35.18147"
    assert Language("en").number(1 / 3) == "0.333"
    assert Language("en").number(Decimal("1234.5"), 2) == "1,234.50"


def test_numbers_take_the_separators_of_the_language() -> None:
    assert Language("de").number(Decimal("1234.5")) == "1.234,5"


def test_money_is_whole_unless_cents_are_asked_for() -> None:
    english = Language("en")

    assert english.money(125_000, "USD") == "$1,250"
    assert english.money(125_050, "USD", cents=True) == "$1,250.50"
    assert english.money(1250, "JPY") == "¥1,250"
    assert english.money(1_250_500, "KWD", cents=True).endswith("1,250.500")


def test_shares_are_percentages() -> None:
    assert Language("en").percent(0.125, 1) == "12.5%"


def test_dates_and_times_are_written_in_full() -> None:
    english = Language("en")

    assert english.date(date(2024, 2, 29)) == "Feb 29, 2024"
    assert english.date(date(2024, 2, 29), "long") == "February 29, 2024"
    assert english.time(datetime(2024, 2, 29, 15, 5, tzinfo=UTC)).replace("\u202f", " ") == "3:05 PM"


def test_countries_and_languages_have_names_and_unknown_ones_stay_as_they_are() -> None:
    english = Language("en")

    assert english.country("JP") == "Japan"
    assert english.country("??") == "??"
    assert english.country(None) == ""
    assert english.language("pt-BR") == "Portuguese (Brazil)"
    assert english.language("x!") == "x!"


def test_plurals_carry_the_count() -> None:
    assert Language("en").plural("{n} partner", "{n} partners", 1) == "1 partner"
    assert Language("en").plural("{n} partner", "{n} partners", 1200) == "1,200 partners"


def test_the_windows_language_can_be_set_and_is_one_object() -> None:
    before = language.current()
    try:
        language.use("fr")
        assert language.current().tag == "fr"
        assert language.current() is language.language("fr")
    finally:
        language.use(before.tag)


def test_an_empty_text_has_no_translation() -> None:
    assert Language("en").text("") == ""
    assert language.N_("x") == "x"
