"""Values in words: how a field's value is shown, and how what a person typed is read; for form, list, import alike."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from cityplanner.base import money
from cityplanner.base.language import Language, _, current
from cityplanner.model.codes import is_country
from cityplanner.model.dates import read_day, read_moment, read_partial_date
from cityplanner.model.field import Field, Kind
from cityplanner.model.names import UnreadableError as UnreadableError
from cityplanner.model.names import country_named as country_named
from cityplanner.model.names import language_named, plain
from cityplanner.model.phones import is_plain

LinkReader = Callable[[str, str], int]
"""Finds the record of a noun's table by what a person typed; raises `UserError`."""


# --- showing ---------------------------------------------------------------------------------------------


def choice_label(member: StrEnum | str, language: Language | None = None) -> str:
    """A choice as a person reads it, capitalized."""
    text = (language or current()).text(str(member))
    return text[:1].upper() + text[1:]


def show(
    field: Field, value: Any, language: Language | None = None, currency: str = "USD", zone: str | None = None
) -> str:
    """A value as a person reads it; empty for nothing. Links come as something that says its title."""
    if value is None or value == "" or value == ():
        return ""
    return _SHOWN.get(field.kind, _as_text)(field, value, language or current(), currency, zone)


Shower = Callable[[Field, Any, Language, str, str | None], str]


def _as_text(field: Field, value: Any, language: Language, currency: str, zone: str | None) -> str:
    return str(value)


def _show_number(field: Field, value: Any, language: Language, currency: str, zone: str | None) -> str:
    return language.number(value)


def _show_year_or_integer(
    field: Field, value: Any, language: Language, currency: str, zone: str | None
) -> str:
    return str(value) if field.name == "fiscal_year" else language.number(value)


def _show_percent(field: Field, value: Any, language: Language, currency: str, zone: str | None) -> str:
    return language.percent(value / 100)


def _show_money(field: Field, value: Any, language: Language, currency: str, zone: str | None) -> str:
    return language.money(value, currency, cents=value % 10 ** money.exponent(currency) != 0)


def _show_flag(field: Field, value: Any, language: Language, currency: str, zone: str | None) -> str:
    return language.text("yes") if value else language.text("no")


def _show_date(field: Field, value: Any, language: Language, currency: str, zone: str | None) -> str:
    return language.date(value)


def show_partial_date(value: str, language: Language) -> str:
    """`1959` as it is, `2020-04` as April 2020, a full date as a date."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return value
    if len(parts) == 2:
        return language.month(dt.date(parts[0], parts[1], 1))
    return language.date(dt.date(*parts))


def _show_partial(field: Field, value: Any, language: Language, currency: str, zone: str | None) -> str:
    return show_partial_date(value, language)


def _show_moment(field: Field, value: Any, language: Language, currency: str, zone: str | None) -> str:
    local = value.astimezone(ZoneInfo(zone)) if zone else value
    return f"{language.date(local.date())}, {language.time(local)}"


def _show_choice(field: Field, value: Any, language: Language, currency: str, zone: str | None) -> str:
    return choice_label(value, language)


def joined(items: Sequence[str], comma: str = ", ") -> str:
    """A list in one line: with commas, or where an item has one itself, with semicolons (see `read`)."""
    if not any("," in item for item in items):
        return comma.join(items)
    return "; ".join(items) + (";" if len(items) == 1 else "")


def _show_list(field: Field, value: Any, language: Language, currency: str, zone: str | None) -> str:
    return joined(value)


def _show_choices(field: Field, value: Any, language: Language, currency: str, zone: str | None) -> str:
    labels = [choice_label(item, language) for item in value]
    return labels[0] if len(labels) == 1 else joined(labels, language.comma)


def _show_country(field: Field, value: Any, language: Language, currency: str, zone: str | None) -> str:
    return language.country(value)


def _show_languages(field: Field, value: Any, language: Language, currency: str, zone: str | None) -> str:
    return joined([language.language(tag) for tag in value], language.comma)


def _show_phone(field: Field, value: Any, language: Language, currency: str, zone: str | None) -> str:
    return show_phone(value)


def show_phone(number: str) -> str:
    """An E.164 number with the spaces its country uses."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


_SHOWN: dict[Kind, Shower] = {
    Kind.INTEGER: _show_year_or_integer,
    Kind.NUMBER: _show_number,
    Kind.PERCENT: _show_percent,
    Kind.MONEY: _show_money,
    Kind.FLAG: _show_flag,
    Kind.DATE: _show_date,
    Kind.PARTIAL_DATE: _show_partial,
    Kind.MOMENT: _show_moment,
    Kind.CHOICE: _show_choice,
    Kind.CHOICES: _show_choices,
    Kind.WORDS: _show_list,
    Kind.EMAILS: _show_list,
    Kind.PHONES: lambda f, value, *rest: ", ".join(show_phone(number) for number in value),
    Kind.COUNTRY: _show_country,
    Kind.LANGUAGES: _show_languages,
    Kind.PHONE: _show_phone,
}


# --- reading ---------------------------------------------------------------------------------------------


def read(
    field: Field,
    text: str,
    currency: str = "USD",
    zone: str | None = None,
    region: str | None = None,
    link: LinkReader | None = None,
) -> Any:
    """The value that a typed text means; nothing for an empty one.

    `zone` is where moments without a zone are meant, `region` the country of phone numbers without a country
    code. Raises `UnreadableError` in words; whether the value is allowed is for `check()` to say.
    """
    text = text.strip()
    if field.kind in _LISTS:
        return tuple(dict.fromkeys(_LISTS[field.kind](field, part, region) for part in _parts(field, text)))
    if field.kind in (Kind.TEXT, Kind.LONG_TEXT):
        return text
    if not text:
        return False if field.kind is Kind.FLAG else None
    if field.kind is Kind.MONEY:
        return money.parse(text, currency)
    if field.kind is Kind.MOMENT:
        return read_moment(text, zone)
    if field.kind is Kind.LINK and link is not None:
        return link(field.target, text)
    return _READ[field.kind](field, text, region)


def _parts(field: Field, text: str) -> list[str]:
    """The items of a list: one a line or between semicolons, and only without either between commas."""
    commas = not re.search(r"[;\n]", text) and not (field.kind is Kind.CHOICES and _is_choice(field, text))
    own = "،、" if field.kind in (Kind.CHOICES, Kind.LANGUAGES) else ""
    return [part.strip() for part in re.split(f"[,{own}]" if commas else r"[;\n]", text) if part.strip()]


Reader = Callable[[Field, str, str | None], Any]


def _read_text(field: Field, text: str, region: str | None) -> str:
    return text


def _read_integer(field: Field, text: str, region: str | None) -> int:
    value = _read_decimal(field, text.removesuffix("%").strip(), region)
    if value != value.to_integral_value():
        raise UnreadableError(
            _("“{text}” is not a whole number.").format(text=text), _("Write it without decimals.")
        )
    return int(value)


def _read_decimal(field: Field, text: str, region: str | None) -> Decimal:
    cleaned = re.sub(r"[\s'\u00a0\u202f]", "", text.removesuffix("%")).replace("\u2212", "-")
    if len(cleaned) > LONGEST_NUMBER or "_" in cleaned or "e" in cleaned.lower():
        raise _not_a_number(text)
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", cleaned):
        cleaned = cleaned.replace(",", "")
    elif re.fullmatch(r"[-+]?\d+,\d+", cleaned):
        cleaned = cleaned.replace(",", ".")
    try:
        value = Decimal(cleaned)
    except InvalidOperation as error:
        raise _not_a_number(text) from error
    if not value.is_finite():
        raise _not_a_number(text)
    return value


LONGEST_NUMBER = 40


def _not_a_number(text: str) -> UnreadableError:
    return UnreadableError(_("“{text}” is not a number.").format(text=text), _("Write it like 12 or 12.5."))


_YES = frozenset({"yes", "y", "true", "1", "x", "✓", "sí", "si", "oui", "sim", "是", "نعم"})
_NO = frozenset({"no", "n", "false", "0", "-", "non", "não", "nao", "否", "لا"})


def _read_flag(field: Field, text: str, region: str | None) -> bool:
    word = text.casefold()
    if word in _YES | {current().text("yes").casefold()}:
        return True
    if word in _NO | {current().text("no").casefold()}:
        return False
    raise UnreadableError(_("“{text}” is neither yes nor no.").format(text=text), _("Write yes or no."))


def _read_date(field: Field, text: str, region: str | None) -> dt.date:
    return read_day(text)


def _read_partial_date(field: Field, text: str, region: str | None) -> str:
    return read_partial_date(text)


def _read_choice(field: Field, text: str, region: str | None) -> StrEnum:
    member = _choice_of(field, text)
    if member is not None:
        return member
    assert field.choices is not None
    raise UnreadableError(
        _("“{text}” is not one of the choices.").format(text=text),
        _("Use one of: {choices}.").format(choices=", ".join(member.value for member in field.choices)),
    )


def _choice_of(field: Field, text: str) -> StrEnum | None:
    assert field.choices is not None
    wanted = plain(text)
    for member in field.choices:
        if wanted in (plain(member.value), plain(current().text(member.value)), plain(member.name)):
            return member
    return None


def _is_choice(field: Field, text: str) -> bool:
    return _choice_of(field, text) is not None


def _read_country(field: Field, text: str, region: str | None) -> str:
    code = text.upper()
    return code if is_country(code) else country_named(text)


def _read_language(field: Field, text: str, region: str | None) -> str:
    return language_named(text)


_AROUND_EMAIL = re.compile(r"^(mailto:|.*<)(?=[^<>]+@)|>$", re.IGNORECASE)


def _read_email(field: Field, text: str, region: str | None) -> str:
    address = _AROUND_EMAIL.sub("", text) if ":" in text or "<" in text or ">" in text else text
    name, at, domain = address.rpartition("@")
    return f"{name}@{domain.lower()}" if at else address


_EMAIL_AS_IT_STANDS = re.compile(r"[\w.+-]+@[a-z0-9.-]+", re.ASCII)
AS_IT_STANDS: dict[Kind, Callable[[str], object]] = {
    Kind.EMAIL: _EMAIL_AS_IT_STANDS.fullmatch,
    Kind.PHONE: is_plain,
}
"""What tells texts that mean themselves, without reading them: an import has very many."""


def _read_phone(field: Field, text: str, region: str | None) -> str:
    """E.164, where the text is a possible number; otherwise as it was typed, for `check()` to refuse."""
    if is_plain(text):
        return text
    import phonenumbers

    try:
        parsed = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return text
    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return f"{number};ext={parsed.extension}" if parsed.extension else number


def _read_upper(field: Field, text: str, region: str | None) -> str:
    return text.upper()


def _read_colour(field: Field, text: str, region: str | None) -> str:
    return text.lower() if text.startswith("#") else f"#{text.lower()}"


def _read_link(field: Field, text: str, region: str | None) -> int:
    raise UnreadableError(_("“{text}” cannot be looked up here.").format(text=text), "")


_READ: dict[Kind, Reader] = {
    Kind.INTEGER: _read_integer,
    Kind.NUMBER: _read_decimal,
    Kind.PERCENT: _read_integer,
    Kind.FLAG: _read_flag,
    Kind.DATE: _read_date,
    Kind.PARTIAL_DATE: _read_partial_date,
    Kind.CHOICE: _read_choice,
    Kind.COUNTRY: _read_country,
    Kind.CURRENCY: _read_upper,
    Kind.ZONE: _read_text,
    Kind.EMAIL: _read_email,
    Kind.PHONE: _read_phone,
    Kind.COLOUR: _read_colour,
    Kind.LINK: _read_link,
}

_LISTS: dict[Kind, Reader] = {
    Kind.WORDS: _read_text,
    Kind.CHOICES: lambda field, text, region: _read_choice(field, text, region).value,
    Kind.LANGUAGES: _read_language,
    Kind.EMAILS: _read_email,
    Kind.PHONES: _read_phone,
}
