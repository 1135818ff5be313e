"""Countries and languages by the names people give them, compared without case and accents."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.base.language import language as language_of
from cityplanner.model.codes import is_country


class UnreadableError(UserError):
    """A typed text does not make a value of its field."""


def plain(text: str) -> str:
    """A text without case, accents and what joins words, for comparing names."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return re.sub(r"[\s_/&,()’'-]+", " ", bare.casefold().replace(".", "")).strip()


def _plain_country(text: str) -> str:
    words = [{"saint": "st"}.get(word, word) for word in plain(text).split() if word not in ("and", "the")]
    return " ".join(words)


_COUNTRY_NAMES = {
    "uk": "GB", "great britain": "GB", "england": "GB", "usa": "US", "united states of america": "US",
    "korea": "KR", "republic of korea": "KR", "russian federation": "RU", "viet nam": "VN", "czech republic": "CZ",
    "turkey": "TR", "ivory coast": "CI", "cote d ivoire": "CI", "holland": "NL", "uae": "AE", "burma": "MM",
    "swaziland": "SZ", "macedonia": "MK", "hong kong": "HK", "macau": "MO", "macao": "MO", "palestine": "PS",
    "congo": "CG", "democratic republic of the congo": "CD", "cape verde": "CV", "bosnia": "BA", "east timor": "TL",
    "vatican": "VA", "brunei darussalam": "BN", "lao pdr": "LA", "syrian arab republic": "SY", "myanmar": "MM",
}  # fmt: skip


@cache
def _countries(tag: str) -> dict[str, str]:
    """The code of each country by its name in a language, compared without case, accents and joining words."""
    known = language_of(tag).locale.territories
    also = _COUNTRY_NAMES.items() if tag == "en" else ()
    return {_plain_country(name): code for name, code in also} | {
        _plain_country(str(name)): str(code) for code, name in known.items() if is_country(str(code))
    }


def country_named(name: str) -> str:
    """The code of a country by its name in the window's language or in English; raises `UnreadableError`."""
    wanted = _plain_country(name)
    code = _countries(current().tag).get(wanted) or _countries("en").get(wanted)
    if code:
        return code
    raise UnreadableError(
        _("“{text}” is not a country.").format(text=name),
        _("Use its English name or two letters such as JP."),
    )


def language_named(text: str) -> str:
    """The BCP 47 tag of a language by its name, such as `Chinese (Traditional)`; any other text as it is."""
    wanted = plain(text)
    if text in _tags():
        return text
    for tag in (current().tag, "en"):
        known = _languages(tag)
        if wanted in known:
            return known[wanted]
        base, _sep, variants = text.partition("(")
        if variants and plain(base) in known:
            parts = [_variants(tag).get(plain(part)) for part in variants.rstrip(") ").split(",")]
            if all(parts):
                return "-".join([known[plain(base)], *(part for part in parts if part)])
    return text


@cache
def _tags() -> frozenset[str]:
    """The tags themselves: `ga` is Irish, whatever language calls itself Ga."""
    return frozenset(str(code).replace("_", "-") for code in language_of("en").locale.languages)


@cache
def _languages(tag: str) -> dict[str, str]:
    """The tag of each language by its name in a language; the shorter tag where two are called the same."""
    known = language_of(tag).locale.languages.items()
    longest_first = sorted(known, key=lambda item: len(str(item[0])), reverse=True)
    return {plain(str(name)): str(code).replace("_", "-") for code, name in longest_first}


@cache
def _variants(tag: str) -> dict[str, str]:
    """The subtag of each script and territory by its name: `Brazil` in `Portuguese (Brazil)`."""
    locale = language_of(tag).locale
    return {
        plain(str(name)): str(code)
        for names in (locale.territories, locale.scripts)
        for code, name in names.items()
    }
