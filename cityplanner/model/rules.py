"""The rules that follow from a field's kind: each says in words what is wrong and what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from cityplanner.base.language import _
from cityplanner.base.money import is_currency
from cityplanner.model.codes import is_country, is_language, zones
from cityplanner.model.field import Field, Kind

Rule = Callable[[Field, Any], str]
EARLIEST, LATEST = 1000, 9999
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_PARTIAL = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


def fault(field: Field, value: Any) -> str:
    """What is wrong with a value of a field, in words; empty when nothing is."""
    if field.required and (_is_empty(value) or (isinstance(value, str) and not value.strip())):
        return _("is missing. {help}").format(help=_(field.help)).strip()
    return "" if _is_empty(value) else _RULES[field.kind](field, value)


def faultless(field: Field, values: Sequence[Any]) -> bool:
    """Whether nothing is wrong with any of many values: asked of all at once where that can be seen."""
    kinds = set(map(type, values))
    if kinds == {int} and field.kind in _WHOLE:
        return not fault(field, min(values)) and not fault(field, max(values))
    if field.required or not kinds <= {str, type(None)} or field.kind not in _ALL_PLAIN:
        return not any(fault(field, value) for value in _once(values, kinds))
    said = list(filter(None, values))
    return not said or _ALL_PLAIN[field.kind](field, said) or not any(fault(field, value) for value in said)


def _once(values: Sequence[Any], kinds: Collection[type]) -> Collection[Any]:
    """Each value once; equal ones of two types, 1 and True, are two."""
    told = {kind for kind in kinds if kind is not type(None)}
    return set(values) if len(told) <= 1 and all(issubclass(kind, Hashable) for kind in told) else values


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", ())


def _text(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        return _("must be text.")
    if len(value) > field.longest:
        return _("has {n} characters. Shorten it to {most}.").format(n=len(value), most=field.longest)
    if _CONTROL.search(value):
        return _("contains characters that cannot be shown. Paste it as plain text.")
    if field.kind in (Kind.TEXT, Kind.WORDS) and ("\n" in value or "\r" in value):
        return _("must be one line.")
    return ""


def _range(field: Field, value: Any) -> str:
    if field.minimum is not None and value < field.minimum:
        return _("must be at least {n}.").format(n=field.minimum)
    if field.maximum is not None and value > field.maximum:
        return _("must be at most {n}.").format(n=field.maximum)
    return _("is too large.") if abs(value) > 10**15 else ""


def _integer(field: Field, value: Any) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        return _("must be a whole number.")
    return _range(field, value)


def _number(field: Field, value: Any) -> str:
    if isinstance(value, float | bool) or not isinstance(value, Decimal | int):
        return _("must be a number.")
    if isinstance(value, Decimal) and not value.is_finite():
        return _("must be a number.")
    beyond = _range(field, value)
    if not beyond and round(Decimal(value), field.places) != value:
        return _("has too many decimals. Use at most {n}.").format(n=field.places)
    return beyond


def _flag(field: Field, value: Any) -> str:
    return "" if isinstance(value, bool) else _("must be yes or no.")


def _date(field: Field, value: Any) -> str:
    if not isinstance(value, date) or isinstance(value, datetime):
        return _("must be a date. Write it like 2026-03-31.")
    return "" if EARLIEST <= value.year <= LATEST else _("has a year that cannot be right.")


def _partial_date(field: Field, value: Any) -> str:
    return (
        ""
        if is_partial_date(value)
        else _("must be a year, a month or a day. Write 1959, 2020-04 or 2020-07-16.")
    )


def is_partial_date(value: Any) -> bool:
    """Whether a text is `YYYY`, `YYYY-MM` or `YYYY-MM-DD` and exists in the calendar."""
    match = _PARTIAL.match(value) if isinstance(value, str) else None
    if match is None or int(match[1]) < EARLIEST:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def _moment(field: Field, value: Any) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        return _("must be a date and time with a time zone.")
    # A day inside the limits, so that the instant has a year of four digits in every zone.
    return "" if EARLIEST < value.year < LATEST else _("has a year that cannot be right.")


def _choice(field: Field, value: Any) -> str:
    assert field.choices is not None
    if isinstance(value, field.choices) or (
        isinstance(value, str) and value in {member.value for member in field.choices}
    ):
        return ""
    return _("“{value}” is not one of: {choices}.").format(
        value=value, choices=", ".join(member.value for member in field.choices)
    )


def _each(rule: Rule) -> Rule:
    def check(field: Field, value: Any) -> str:
        if not isinstance(value, tuple) or not all(isinstance(item, str) for item in value):
            return _("must be a list of texts.")
        if len(set(value)) != len(value):
            return _("names something twice.")
        return next(filter(None, (rule(field, item) for item in value)), "")

    return check


def _country(field: Field, value: Any) -> str:
    if isinstance(value, str) and is_country(value):
        return ""
    return _("“{value}” is not a country code. Use two letters such as JP.").format(value=value)


def _currency(field: Field, value: Any) -> str:
    return (
        ""
        if isinstance(value, str) and is_currency(value)
        else _("“{value}” is not a currency code. Use three letters such as USD.").format(value=value)
    )


def _language(field: Field, value: str) -> str:
    if is_language(value):
        return ""
    return _("“{value}” is not a language tag. Use one such as en, pt-BR or zh-Hant.").format(value=value)


def _zone(field: Field, value: Any) -> str:
    if isinstance(value, str) and value in zones():
        ZoneInfo(value)
        return ""
    return _("“{value}” is not a time zone. Use a name such as America/Los_Angeles.").format(value=value)


# What nearly every address looks like; the whole grammar is fifty times slower, which an import would feel.
_PLAIN_EMAIL = re.compile(
    r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+[A-Za-z]{2,24}"
)
_LONGEST_PLAIN_EMAIL = 64


def _email(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        return _("must be text.")
    if _PLAIN_EMAIL.fullmatch(value) and len(value) <= _LONGEST_PLAIN_EMAIL:
        return ""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return _("“{value}” is not an e-mail address. Write it like name@example.org.").format(value=value)
    return ""


_PHONE = re.compile(r"\+[1-9]\d{5,14}(;ext=\d{1,7})?")


def _phone(field: Field, value: Any) -> str:
    if isinstance(value, str) and _PHONE.fullmatch(value):
        return ""
    return _("“{value}” is not a phone number. Begin with the country code, like +81 52 961 1111.").format(
        value=value
    )


def _colour(field: Field, value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        return ""
    return _("“{value}” is not a color. Write it like #1a5fb4.").format(value=value)


def _all_texts(field: Field, values: Sequence[str]) -> bool:
    """Whether all are as nearly every text is: without control characters, in one line, not too long."""
    return max(map(len, values)) <= field.longest and "".join(values).isprintable()


def _all_emails(field: Field, values: Sequence[str]) -> bool:
    return max(map(len, values)) <= _LONGEST_PLAIN_EMAIL and all(map(_PLAIN_EMAIL.fullmatch, values))


def _all_phones(field: Field, values: Sequence[str]) -> bool:
    return all(map(_PHONE.fullmatch, values))


_WHOLE = frozenset({Kind.INTEGER, Kind.PERCENT, Kind.MONEY, Kind.LINK})
_ALL_PLAIN: dict[Kind, Callable[[Field, Sequence[str]], bool]] = {
    Kind.TEXT: _all_texts,
    Kind.LONG_TEXT: _all_texts,
    Kind.EMAIL: _all_emails,
    Kind.PHONE: _all_phones,
}
_RULES: dict[Kind, Rule] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.PERCENT: _integer,
    Kind.MONEY: _integer,
    Kind.FLAG: _flag,
    Kind.DATE: _date,
    Kind.PARTIAL_DATE: _partial_date,
    Kind.MOMENT: _moment,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _each(_choice),
    Kind.WORDS: _each(_text),
    Kind.LINK: _integer,
    Kind.COUNTRY: _country,
    Kind.CURRENCY: _currency,
    Kind.LANGUAGES: _each(_language),
    Kind.ZONE: _zone,
    Kind.EMAIL: _email,
    Kind.EMAILS: _each(_email),
    Kind.PHONE: _phone,
    Kind.PHONES: _each(_phone),
    Kind.COLOUR: _colour,
}
