"""Exact money: integer minor units inside, `Decimal` outside, never a float."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache

from cityplanner.base.errors import UserError
from cityplanner.base.language import _


@cache
def exponent(currency: str) -> int:
    """How many decimals a currency has (ISO 4217: USD 2, JPY 0, KWD 3)."""
    from babel.numbers import get_currency_precision

    return int(get_currency_precision(currency))


@cache
def is_currency(code: str) -> bool:
    """Whether `code` is an ISO 4217 currency code."""
    from babel.numbers import is_currency as known

    return bool(known(code))


def to_decimal(minor: int, currency: str) -> Decimal:
    """Minor units as an exact amount: (1050, USD) -> 10.50."""
    return Decimal(minor).scaleb(-exponent(currency))


def to_minor(amount: Decimal | int | str, currency: str) -> int:
    """An exact amount as minor units; refuses more decimals than the currency has."""
    scaled = Decimal(amount).scaleb(exponent(currency))
    if scaled != scaled.to_integral_value():
        raise UserError(
            _("{amount} has more decimals than {currency} uses.").format(amount=amount, currency=currency),
            _("Use at most {n} decimals.").format(n=exponent(currency)),
        )
    return int(scaled)


_AMOUNT = re.compile(r"^[-+]?\d{1,3}(?:[ ,.'\u00a0\u202f]?\d{3})*(?:[.,]\d+)?$|^[-+]?\d+(?:[.,]\d+)?$")


def parse(text: str, currency: str) -> int:
    """Minor units from what a person typed: `1,250.50`, `1.250,50`, `$ 1250` or `USD 1250`.

    A single separator followed by exactly three digits groups thousands, in every other place the
    last separator is the decimal one. Raises `UserError` for anything that is not one amount.
    """
    cleaned = re.sub(r"[\s\u00a0\u202f]|[A-Za-z]{3}|[$€£¥₹₩]", "", text)
    negative = cleaned.startswith("-") or (cleaned.startswith("(") and cleaned.endswith(")"))
    cleaned = cleaned.strip("-+()")
    if not cleaned or not _AMOUNT.match(cleaned):
        raise _not_money(text)
    last = max(cleaned.rfind("."), cleaned.rfind(","))
    digits = re.sub(r"\D", "", cleaned[:last] if last >= 0 else cleaned)
    tail = cleaned[last + 1 :] if last >= 0 else ""
    both = "." in cleaned and "," in cleaned
    if last >= 0 and len(tail) == 3 and not both and exponent(currency) != 3:
        digits, tail = digits + tail, ""
    try:
        amount = Decimal(f"{digits or '0'}.{tail or '0'}")
    except InvalidOperation as error:
        raise _not_money(text) from error
    return to_minor(-amount if negative else amount, currency)


def _not_money(text: str) -> UserError:
    return UserError(
        _("“{text}” is not an amount of money.").format(text=text), _("Write it like 12500 or 12,500.00.")
    )
