"""What is shown can be read back, whatever the kind of field."""

from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.base.errors import UserError
from cityplanner.base.language import Language
from cityplanner.base.money import exponent
from cityplanner.model.engagement import Sector
from cityplanner.model.field import Field, Kind
from cityplanner.model.partner import PartnerKind
from cityplanner.model.roundtable import Theme
from cityplanner.model.rules import fault
from cityplanner.model.wording import UnreadableError, choice_label, read, show, show_partial_date, show_phone

EN = Language("en")
PHONES = [
    phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    if (number := phonenumbers.example_number(region)) is not None
]
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=20).map(
    str.strip
)
ITEM = LINE.filter(lambda text: text and ";" not in text)
DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))
PARTIAL = st.one_of(DAYS.map(str), DAYS.map(lambda day: str(day)[:7]), DAYS.map(lambda day: str(day)[:4]))
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: LINE,
    Kind.LONG_TEXT: LINE,
    Kind.INTEGER: st.integers(-(10**12), 10**12),
    Kind.NUMBER: st.decimals(-(10**9), 10**9, places=5),
    Kind.PERCENT: st.integers(-100, 1000),
    Kind.FLAG: st.booleans(),
    Kind.DATE: DAYS,
    Kind.PARTIAL_DATE: PARTIAL,
    Kind.CHOICE: st.sampled_from(Sector),
    Kind.CHOICES: st.lists(st.sampled_from([theme.value for theme in Theme]), unique=True).map(tuple),
    Kind.WORDS: st.lists(ITEM, unique=True, max_size=4).map(tuple),
    Kind.COUNTRY: st.sampled_from(["JP", "US", "CI", "BA", "ST", "TR", "HK", "MM", "XK"]),
    Kind.CURRENCY: st.sampled_from(["USD", "JPY", "KWD"]),
    Kind.LANGUAGES: st.lists(
        st.sampled_from(["en", "pt-BR", "zh-Hant", "zh-Hant-TW", "he"]), unique=True
    ).map(tuple),
    Kind.ZONE: st.sampled_from(["America/Los_Angeles", "Asia/Kolkata"]),
    Kind.EMAIL: st.emails().filter(lambda address: not fault(Field(Kind.EMAIL, "E"), address)),
    Kind.EMAILS: st.lists(st.sampled_from(["a@example.org", "b@example.org"]), unique=True).map(tuple),
    Kind.PHONE: st.sampled_from(PHONES),
    Kind.PHONES: st.lists(st.sampled_from(PHONES), unique=True, max_size=3).map(tuple),
    Kind.COLOUR: st.from_regex(r"#[0-9a-f]{6}", fullmatch=True),
}


def a_field(kind: Kind) -> Field:
    """A field of a kind with what it needs."""
    choices = {Kind.CHOICE: Sector, Kind.CHOICES: Theme}.get(kind)
    return Field(kind, "Label", name="field", choices=choices)


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_what_is_shown_is_read_back(kind: Kind, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])

    back = read(a_field(kind), show(a_field(kind), value, EN))

    assert back == (
        value if kind is not Kind.EMAIL else value.rpartition("@")[0] + "@" + value.rpartition("@")[2].lower()
    )


@given(st.integers(-(10**13), 10**13), st.sampled_from(["USD", "JPY", "KWD", "MXN", "CHF"]))
def test_money_that_is_shown_is_read_back(minor: int, currency: str) -> None:
    field = a_field(Kind.MONEY)

    assert read(field, show(field, minor, EN, currency), currency) == minor


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
    st.sampled_from(["America/Chicago", "Asia/Tokyo", "Europe/Berlin", "Asia/Kathmandu"]),
)
def test_an_instant_that_is_shown_is_read_back_to_the_minute(instant: datetime, zone: str) -> None:
    field = a_field(Kind.MOMENT)
    value = instant.replace(second=0, microsecond=0, tzinfo=UTC)
    back = read(field, show(field, value, EN, zone=zone), zone=zone)

    # In the hour that repeats, and under zones with offsets of odd seconds, a shown minute has several instants.
    assert show(field, back, EN, zone=zone) == show(field, value, EN, zone=zone)


def test_every_kind_is_walked_there_and_back() -> None:
    assert set(VALUES) | {Kind.MONEY, Kind.MOMENT, Kind.LINK} == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_shown_as_nothing_and_read_as_nothing(kind: Kind) -> None:
    field = a_field(kind)
    lists = (Kind.WORDS, Kind.CHOICES, Kind.LANGUAGES, Kind.EMAILS, Kind.PHONES)
    nothing = (
        ()
        if kind in lists
        else ""
        if kind in (Kind.TEXT, Kind.LONG_TEXT)
        else False
        if kind is Kind.FLAG
        else None
    )

    assert show(field, None, EN) == show(field, "", EN) == show(field, (), EN) == ""
    assert read(field, "  ") == nothing


@pytest.mark.parametrize("kind", Kind)
@given(text=st.text(max_size=30))
def test_no_text_breaks_a_reader_and_what_it_reads_can_be_checked(kind: Kind, text: str) -> None:
    field = Field(
        kind, "Label", name="field", choices=PartnerKind if "choice" in kind else None, places=2, minimum=0
    )
    with suppress(UserError):
        value = read(field, text, "KWD", "Asia/Tokyo", "JP")
        if not fault(field, value):
            show(field, value, EN, "KWD", "Asia/Tokyo")


@pytest.mark.parametrize(
    "text", ["1e9999999", "9" * 5000, "1_000", "Infinity", "NaN", "0x10", "ten", "1,2,3"]
)
@pytest.mark.parametrize("kind", [Kind.INTEGER, Kind.NUMBER, Kind.PERCENT])
def test_what_is_no_number_is_refused_at_once(kind: Kind, text: str) -> None:
    with pytest.raises(UnreadableError, match="is not a"):
        read(a_field(kind), text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234.5", "1234.5"), ("1 234,5", "1234.5"), ("1'234", "1234"), ("12,5", "12.5"), ("\u22123", "-3")],
)
def test_numbers_are_read_with_the_separators_people_use(text: str, value: str) -> None:
    assert read(a_field(Kind.NUMBER), text) == Decimal(value)


def test_a_fraction_is_no_whole_number() -> None:
    with pytest.raises(UnreadableError, match="whole number"):
        read(a_field(Kind.INTEGER), "1.5")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("a, b", ("a", "b")),
        ("a; b, c", ("a", "b, c")),
        ("Call the consuls, then the partners\nWrite", ("Call the consuls, then the partners", "Write")),
        ("a,, a ,b", ("a", "b")),
        ("a, b;", ("a, b",)),
        (";,", (",",)),
    ],
)
def test_a_list_is_split_at_lines_and_semicolons_before_commas(text: str, items: tuple[str, ...]) -> None:
    assert read(a_field(Kind.WORDS), text) == items


def test_a_choice_whose_name_has_commas_stays_one() -> None:
    field = a_field(Kind.CHOICES)

    assert read(field, "Culture, health, sport and trade") == (Theme.CULTURE.value,)
    assert read(field, "emergency response, value narrative") == (Theme.EMERGENCY.value, Theme.VALUE.value)


@pytest.mark.parametrize(
    "text", ["career consulate", "Career Consulate", "CONSULATE", "career_consulate", "career-consulate"]
)
def test_a_choice_is_read_whatever_its_case_and_joints(text: str) -> None:
    assert read(Field(Kind.CHOICE, "Kind", choices=PartnerKind), text) is PartnerKind.CONSULATE


def test_an_unknown_choice_is_told_which_there_are() -> None:
    with pytest.raises(
        UnreadableError, match=r"“town” is not one of the choices. Use one of: city, region/state"
    ):
        read(Field(Kind.CHOICE, "Kind", choices=PartnerKind), "town")


@pytest.mark.parametrize(
    ("text", "flag"), [("Yes", True), ("x", True), ("1", True), ("no", False), ("-", False), ("0", False)]
)
def test_yes_and_no_are_read_in_many_words(text: str, flag: bool) -> None:
    assert read(a_field(Kind.FLAG), text) is flag


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(UnreadableError, match="neither yes nor no"):
        read(a_field(Kind.FLAG), "maybe")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("mailto:a@Example.org", "a@example.org"),
        ("Dana <d@example.org>", "d@example.org"),
        ("D@EXAMPLE.ORG", "D@example.org"),
    ],
)
def test_an_address_is_taken_out_of_what_was_pasted(text: str, address: str) -> None:
    assert read(a_field(Kind.EMAIL), text) == address


def test_a_phone_number_is_read_in_the_region_it_is_meant_in() -> None:
    field = a_field(Kind.PHONE)

    assert read(field, "052-961-1111", region="JP") == "+81529611111"
    assert read(field, "+1 213 555 0100 ext. 12") == "+12135550100;ext=12"
    assert read(field, "not a number", region="JP") == "not a number"
    assert show_phone("+81529611111") == "+81 52-961-1111"
    assert show_phone("nonsense") == "nonsense"


def test_a_link_is_looked_up_by_whoever_can() -> None:
    field = Field(Kind.LINK, "Partner", target="partner")

    assert read(field, "Nagoya", link=lambda table, text: len(table) + len(text)) == 13
    with pytest.raises(UnreadableError, match="cannot be looked up"):
        read(field, "Nagoya")


def test_partial_dates_are_shown_as_far_as_they_are_known() -> None:
    assert [show_partial_date(text, EN) for text in ("1959", "2020-04", "2020-07-16")] == [
        "1959",
        "April 2020",
        "Jul 16, 2020",
    ]


def test_a_fiscal_year_has_no_thousands() -> None:
    assert show(Field(Kind.INTEGER, "Fiscal year", name="fiscal_year"), 2027, EN) == "2027"
    assert show(Field(Kind.INTEGER, "Population", name="population"), 2027, EN) == "2,027"


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (Kind.PERCENT, 50, "50%"),
        (Kind.MONEY, 125_000, "$1,250"),
        (Kind.MONEY, 125_050, "$1,250.50"),
        (Kind.FLAG, True, "yes"),
        (Kind.FLAG, False, "no"),
        (Kind.COUNTRY, "JP", "Japan"),
        (Kind.LANGUAGES, ("en", "ja"), "English, Japanese"),
        (Kind.CHOICE, Sector.ARTS, "Arts & culture"),
        (Kind.DATE, date(2024, 2, 29), "Feb 29, 2024"),
    ],
)
def test_values_are_shown_in_words(kind: Kind, value: object, shown: str) -> None:
    assert show(a_field(kind), value, EN) == shown


def test_cents_are_shown_by_what_the_currency_has() -> None:
    assert exponent("KWD") == 3
    assert show(a_field(Kind.MONEY), 1_250_500, EN, "KWD").endswith("1,250.500")
    assert choice_label(PartnerKind.REGION) == "Region/state"


@pytest.mark.parametrize(("tag", "comma"), [("ar", "، "), ("zh", "、"), ("fr", ", ")])
def test_languages_stand_between_the_commas_of_the_language(tag: str, comma: str) -> None:
    shown = show(a_field(Kind.LANGUAGES), ("en", "ja"), Language(tag))

    assert len(shown.split(comma)) == 2
