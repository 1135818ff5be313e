"""Codes the world agreed on: countries, languages, time zones. Loaded without the nouns, by what reads files too."""

from __future__ import annotations

from functools import cache, lru_cache
from zoneinfo import available_timezones

from cityplanner.base.language import current

_NOT_COUNTRIES = frozenset(
    {"ZZ", "EU", "UN", "EZ", "QO", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
)


@cache
def territories() -> frozenset[str]:
    """The codes of every territory that has a name, countries or not (CLDR)."""
    return frozenset(str(code) for code in current().locale.territories if str(code).isalpha())


def is_country(code: str) -> bool:
    """Whether a code is an ISO 3166-1 alpha-2 country (XK is accepted for Kosovo)."""
    return len(code) == 2 and code in territories() and code not in _NOT_COUNTRIES


@lru_cache(maxsize=2000)
def is_language(tag: str) -> bool:
    """Whether a text is a BCP 47 tag of a language that is known (CLDR)."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return False
    return True


@cache
def zones() -> frozenset[str]:
    """The names of all IANA time zones."""
    return frozenset(available_timezones())
