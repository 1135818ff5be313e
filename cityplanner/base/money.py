"""Exact money: integer minor units inside, `Decimal` outside, never a float."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current


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
    return Decimal(f"{minor}E-{exponent(currency)}")


def to_minor(amount: Decimal | int | str, currency: str) -> int:
    """An exact amount as minor units; refuses more decimals than the currency has."""
    places = exponent(currency)
    numerator, denominator = Decimal(amount).as_integer_ratio()
    whole, rest = divmod(numerator * int(10**places), denominator)
    if rest:
        raise UserError(
            _("{amount} has more decimals than {currency} uses.").format(amount=amount, currency=currency),
            _("Use at most {n} decimals.").format(n=places),
        )
    return whole


_SIGNED = re.compile(
    r"^(?P<open>\()?(?P<minus>[-+])?(?P<amount>\d[\d.,']*|[.,]\d+)(?P<after>-)?(?P<close>\))?$"
)
_GROUPED = re.compile(r"^\d{1,3}(?:([.,'])\d{3}(?:\1\d{3})*)?$")
LONGEST_AMOUNT = 30


def parse(text: str, currency: str) -> int:
    """Minor units from what a person typed: `1,250.50`, `1.250,50`, `$ 1250`, `(1250)` or `USD 1250`.

    One separator before exactly three digits groups thousands, except the language's decimal separator in
    a currency of three decimals; in every other place the last separator is the decimal one. Raises
    `UserError` for anything that is not one amount, or is one in another currency.
    """
    cleaned = re.sub(r"[\s\u00a0\u202f\u2009\u200e\u200f]", "", text).replace("\u2212", "-")
    match = _SIGNED.match(_without_currency(cleaned, currency))
    if match is None or len(cleaned) > LONGEST_AMOUNT or bool(match["open"]) != bool(match["close"]):
        raise _not_money(text)
    signs = [sign for sign in (match["open"], match["minus"], match["after"]) if sign and sign != "+"]
    whole, decimals = _parted(match["amount"], currency)
    if len(signs) > 1 or not (whole.isdigit() or _GROUPED.match(whole)) or not decimals.isdigit():
        raise _not_money(text)
    amount = to_minor(f"{re.sub(r'[^0-9]', '', _western(whole))}.{_western(decimals)}", currency)
    return -amount if signs else amount


def _parted(amount: str, currency: str) -> tuple[str, str]:
    """The part before the decimal separator and the digits behind it, `0` where there are none."""
    last = max(amount.rfind("."), amount.rfind(","))
    if last < 0:
        return amount, "0"
    mark, tail = amount[last], amount[last + 1 :]
    grouping = len(tail) == 3 and not ({".", ",", "'"} - {mark}) & set(amount)
    decimal_in_three = exponent(currency) == 3 and mark == _decimal_mark() and amount.count(mark) == 1
    if amount.count(mark) > 1 or (grouping and not decimal_in_three):
        return amount, "0"
    if mark != _decimal_mark() and len(tail) > max(exponent(currency), 1):
        return amount, "-"  # 1,2500 is a slip, not 1.25
    return amount[:last] or "0", tail or "0"


def _decimal_mark() -> str:
    from babel.numbers import get_decimal_symbol

    return str(get_decimal_symbol(current().locale))


def _western(digits: str) -> str:
    """The digits of any script as 0 to 9."""
    return "".join(str(int(sign)) if sign.isdigit() else sign for sign in digits)


def _without_currency(text: str, currency: str) -> str:
    """`text` without this currency's code or sign at either end; another currency's stays and is refused."""
    for sign in _signs(currency):
        for pattern in (rf"^([-(+]*){sign}(?=[-\d.,])", rf"(?<=[\d.,]){sign}([-)]*)$"):
            without = re.sub(pattern, r"\1", text, flags=re.IGNORECASE)
            if without != text:
                return without
    return text


@cache
def _signs(currency: str) -> tuple[str, ...]:
    """The ways this currency is written, as patterns: its code, its sign, and a bare $ where that is part of it."""
    from babel.numbers import get_currency_symbol

    known = {currency, *(str(get_currency_symbol(currency, tag)) for tag in ("en", str(current().locale)))}
    known |= {sign for sign in "$¥£₩" for name in tuple(known) if sign in name}
    return tuple(re.escape(sign.replace(" ", "")) for sign in sorted(known, key=len, reverse=True))


def _not_money(text: str) -> UserError:
    return UserError(
        _("“{text}” is not an amount of money.").format(text=text), _("Write it like 12500 or 12,500.00.")
    )
