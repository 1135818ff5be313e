"""Each kind of field has a rule: good values pass, bad ones are refused in words."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cityplanner.model.field import Field, Kind
from cityplanner.model.partner import PartnerKind
from cityplanner.model.rules import _RULES, fault

BOUNDED = {"minimum": 0, "maximum": 100}

GOOD: list[tuple[Kind, dict[str, Any], list[Any]]] = [
    (Kind.TEXT, {"longest": 5}, ["", "a", "abcde", "名古屋", "שלום", "  "]),
    (Kind.LONG_TEXT, {"longest": 20}, ["two\nlines", "tab\there", "\r\n"]),
    (Kind.INTEGER, BOUNDED, [None, 0, 100]),
    (Kind.NUMBER, {"places": 2, **BOUNDED}, [None, 0, Decimal("0.01"), Decimal(100), Decimal("1E+1")]),
    (Kind.PERCENT, BOUNDED, [0, 100]),
    (Kind.MONEY, {"minimum": None}, [0, -1, 10**15]),
    (Kind.FLAG, {}, [True, False]),
    (Kind.DATE, {}, [None, date(2024, 2, 29), date(1000, 1, 1), date(9999, 12, 31)]),
    (Kind.PARTIAL_DATE, {}, [None, "1959", "2020-04", "2020-02-29", "9999-12-31"]),
    (
        Kind.MOMENT,
        {},
        [None, datetime(2026, 1, 1, tzinfo=UTC), datetime(1001, 1, 1, tzinfo=ZoneInfo("Asia/Tokyo"))],
    ),
    (Kind.CHOICE, {"choices": PartnerKind}, [None, PartnerKind.CITY, "city"]),
    (Kind.CHOICES, {"choices": PartnerKind}, [(), ("city", "media")]),
    (Kind.WORDS, {"longest": 5}, [(), ("a", "abcde")]),
    (Kind.LINK, {}, [None, 1]),
    (Kind.COUNTRY, {}, [None, "", "JP", "XK", "TW", "SS"]),
    (Kind.CURRENCY, {}, ["USD", "KWD"]),
    (Kind.LANGUAGES, {}, [(), ("en", "pt-BR", "zh-Hant", "sr-Latn-RS")]),
    (Kind.ZONE, {}, [None, "America/Los_Angeles", "Asia/Kolkata"]),
    (Kind.EMAIL, {}, [None, "", "a.b+c@example.org", "用户@例子.广告"]),
    (Kind.EMAILS, {}, [(), ("a@example.org", "b@example.org")]),
    (Kind.PHONE, {}, [None, "+81529611111", "+12135550100;ext=12"]),
    (Kind.PHONES, {}, [(), ("+81529611111",)]),
    (Kind.COLOUR, {}, [None, "#1a5fb4", "#ABCDEF"]),
]

BAD: list[tuple[Kind, dict[str, Any], list[Any]]] = [
    (Kind.TEXT, {"longest": 5}, ["abcdef", "a\nb", "a\x00", "\ud800", 5, "\x1b[1m", "\x1f"]),
    (Kind.LONG_TEXT, {"longest": 5}, ["abcdef", "\x07", b"x"]),
    (Kind.INTEGER, BOUNDED, [-1, 101, 1.0, "1", True, Decimal(1)]),
    (Kind.INTEGER, {"minimum": None}, [10**16, -(10**16)]),
    (
        Kind.NUMBER,
        {"places": 2, **BOUNDED},
        [Decimal("0.001"), 1.5, "1", True, Decimal("NaN"), Decimal("Infinity")],
    ),
    (
        Kind.NUMBER,
        {"places": 2, **BOUNDED},
        [Decimal("100.01"), Decimal("-0.01"), Decimal("1E+30"), Decimal("1E-30")],
    ),
    (Kind.NUMBER, {"places": 2, "minimum": None}, [Decimal("1E+999999"), Decimal("-1E+30")]),
    (Kind.PERCENT, BOUNDED, [101, -1, 50.0]),
    (Kind.MONEY, {"minimum": 0}, [-1, 10**15 + 1, 1.5, Decimal(1)]),
    (Kind.FLAG, {}, [1, 0, "yes"]),
    (Kind.DATE, {}, [datetime(2026, 1, 1), "2026-01-01", date(999, 12, 31)]),
    (
        Kind.PARTIAL_DATE,
        {},
        ["59", "2021-02-29", "2020-13", "2020-4", "2020-04-31", "0999", 1959, "2020-04-", "2020\n"],
    ),
    (Kind.MOMENT, {}, [datetime(2026, 1, 1), date(2026, 1, 1), "now", datetime(1000, 1, 1, tzinfo=UTC)]),
    (Kind.MOMENT, {}, [datetime(9999, 12, 31, tzinfo=UTC)]),
    (Kind.CHOICE, {"choices": PartnerKind}, ["town", "CITY", 3, ["city"]]),
    (Kind.CHOICES, {"choices": PartnerKind}, [("town",), "city", ["city"], ("city", "city")]),
    (Kind.WORDS, {"longest": 5}, [("abcdef",), ("a", "a"), ["a"], "a", (1,), ("a\nb",), ("a\x00",)]),
    (Kind.LINK, {}, ["1", True, 1.0]),
    (Kind.COUNTRY, {}, ["jp", "Japan", "ZZ", "EU", "UK", "J", 1, " ", "001"]),
    (Kind.CURRENCY, {}, ["usd", "US", "$", 3, "XQQ"]),
    (Kind.LANGUAGES, {}, [("english!",), ("en_US",), ("qq-QQ-QQ",), ("",), ("en", "en")]),
    (Kind.ZONE, {}, ["Los Angeles", "PST8", 3, "../etc/passwd", "/etc/localtime"]),
    (Kind.EMAIL, {}, ["a", "a@", "@b.org", "a b@c.org", "a@b..org", "a@b.org, c@d.org", 3, "a\n@b.org"]),
    (Kind.EMAILS, {}, [("a@example.org", "b")]),
    (Kind.PHONE, {}, ["0529611111", "+0123456", "call me", "+1", 3, "+" + "1" * 16]),
    (Kind.PHONES, {}, [("+81529611111", "x")]),
    (Kind.COLOUR, {}, ["red", "#12345", "#12345g", "123456", 3]),
]


def cases(rows: list[tuple[Kind, dict[str, Any], list[Any]]]) -> list[Any]:
    """One case a value."""
    return [
        pytest.param(kind, options, value, id=f"{kind}-{value!r:.40}")
        for kind, options, values in rows
        for value in values
    ]


@pytest.mark.parametrize(("kind", "options", "value"), cases(GOOD))
def test_a_good_value_passes(kind: Kind, options: dict[str, Any], value: Any) -> None:
    assert fault(Field(kind, "Label", **options), value) == ""


@pytest.mark.parametrize(("kind", "options", "value"), cases(BAD))
def test_a_bad_value_is_refused_in_a_sentence(kind: Kind, options: dict[str, Any], value: Any) -> None:
    text = fault(Field(kind, "Label", **options), value)

    assert text.endswith(".")
    assert "{" not in text


def test_every_kind_has_a_rule_and_a_case_of_each_sort() -> None:
    assert set(_RULES) == set(Kind) == {row[0] for row in GOOD} == {row[0] for row in BAD}


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("value", [None, "", (), "  ", "\n\t"])
def test_nothing_given_is_missing_where_it_is_required(kind: Kind, value: object) -> None:
    assert (
        fault(Field(kind, "Label", required=True, help="Such as this."), value) == "is missing. Such as this."
    )


def test_an_unknown_choice_is_told_which_there_are() -> None:
    text = fault(Field(Kind.CHOICE, "Kind", choices=PartnerKind), "town")

    assert "“town” is not one of: city, region/state" in text


def test_a_text_that_is_too_long_is_told_by_how_much() -> None:
    assert fault(Field(Kind.TEXT, "Label", longest=5), "abcdef") == "has 6 characters. Shorten it to 5."
