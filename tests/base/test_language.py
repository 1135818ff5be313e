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
    assert Language("en").percent(0.125) == "12%"
    assert Language("fr").percent(0.125, 1) == "12,5\u00a0%"
    assert Language("ar").percent(0.5, 2).replace("\u200e", "") == "50.00%"


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    french = Language("fr")

    assert french.date(date(2026, 11, 1), "long") == "1er novembre 2026"
    assert french.date(date(2026, 11, 11), "long") == "11 novembre 2026"
    assert french.date(date(2026, 11, 1), "short") == "01/11/2026"


def test_a_label_leads_with_the_colon_of_the_language() -> None:
    assert Language("en").led("Who decides") == "Who decides: "
    assert Language("fr").led("Qui décide") == "Qui décide\u00a0: "
    assert Language("fr").parted(["a", "b"]) == "a\u202f; b"


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


def test_names_put_into_a_text_from_the_right_leave_the_order_around_them_alone() -> None:
    arabic = Language("ar")

    assert arabic.text("{office}: {n}") == "\u2068{office}\u2069: \u2068{n}\u2069"
    assert Language("en").text("{office}: {n}") == "{office}: {n}"


def test_a_day_in_a_language_from_the_right_keeps_its_order_after_a_latin_name() -> None:
    said = Language("ar").date(date(2024, 2, 29))

    assert (said[0], said[-1]) == ("\u2067", "\u2069")


def test_a_dollar_sign_stays_with_its_letters_in_text_from_the_right() -> None:
    assert Language("ar").money(125_000, "USD").endswith("US$\u200e")


def test_a_minus_stays_before_its_digits_in_text_from_the_right() -> None:
    arabic = Language("ar")

    assert arabic.number(-3) == "\u2066-3\u2069"
    assert arabic.percent(-0.25).replace("\u200e", "") == "\u2066-25%\u2069"
    assert "\u2066-1,250\u2069" in arabic.money(-125_000, "USD")


def test_a_time_is_not_broken_across_lines() -> None:
    assert " " not in Language("ar").time(datetime(2024, 2, 29, 15, 5, tzinfo=UTC))


def test_items_are_separated_as_the_language_does() -> None:
    assert Language("en").listed(["a", "b"]) == "a, b"
    assert Language("zh").listed(["a", "b"]) == "a、b"
    assert Language("ar").listed(["مدينة", "b"]) == "\u200f\u2068مدينة\u2069، \u2068b\u2069"
    assert Language("ar").listed(["a", "b"]) == "a, b"
    assert Language("en").parted(["a, b", "c"]) == "a, b; c"
    assert Language("en").listed(iter(())) == Language("ar").listed(iter(())) == ""
