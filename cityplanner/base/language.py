"""The language of words, numbers, money and dates: one for the window, another for a report if asked."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cityplanner.base import paths

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from babel import Locale

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "yi", "dv", "ckb", "sd", "ug"})
FROM_RIGHT, APART, END_APART = "\u2067", "\u2068", "\u2069"
FROM_LEFT, LEFT_MARK, RIGHT_MARK = "\u2066", "\u200e", "\u200f"
"""Signs without width (Unicode Annex 9) that keep what they enclose from changing the order around it."""
_PLACE = re.compile(r"\{\w+\}")
_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LATIN_SIGN = re.compile(r"(?<=[A-Za-z])[$£¥€]")
_BELOW_ZERO = re.compile(r"-[\d.,]+%?")
_COMMAS = {"ar": "، ", "fa": "، ", "ur": "، ", "zh": "、", "ja": "、"}
_SEMICOLONS = {"ar": "؛ ", "fa": "؛ ", "ur": "؛ ", "zh": "；", "ja": "；", "fr": "\u202f; "}
_LOCALES = {"es": "es-419"}
"""Spanish is that of the Americas: its offices write 1,923,600 and 0.1."""
_WIDE = frozenset({"zh", "ja"})
_COLONS = {"zh": "：", "ja": "：", "fr": "\u00a0: "}
_FIRST = re.compile(r"\b1 (?=\w)")
"""The first day of a month in a French date, which is said as an ordinal."""


def N_(text: str) -> str:
    """Mark a text for translation without translating it yet."""
    return text


def _catalog_path(tag: str) -> Path:
    return paths.resources() / "locale" / f"{tag.replace('-', '_')}.po"


def _catalog(tag: str) -> gettext.NullTranslations:
    """The texts of a language, or none: English, and languages nobody has translated to yet."""
    path = _catalog_path(tag)
    if tag == "en" or not tag.replace("-", "").isalnum() or not path.is_file():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=tag.replace("-", "_")))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def translated() -> tuple[str, ...]:
    """The languages a briefing can be in: English first, then those with a catalog of texts."""
    found = {path.stem.replace("_", "-") for path in (paths.resources() / "locale").glob("*.po")}
    return ("en", *sorted(found - {"en"}))


class Language:
    """One language: its translated texts, and how it writes numbers, money and dates."""

    def __init__(self, tag: str = "en") -> None:
        self.tag = tag.replace("_", "-")

    @cached_property
    def _texts(self) -> gettext.NullTranslations:
        """The catalog, read when the first text is asked for: a process that reads a file rarely says any."""
        return _catalog(self.tag)

    @cached_property
    def locale(self) -> Locale:
        """Babel's locale, English for a tag it does not know; imported late, the first window paints without it."""
        from babel import Locale, UnknownLocaleError

        try:
            return Locale.parse(_LOCALES.get(self.tag, self.tag), sep="-")
        except (ValueError, UnknownLocaleError):
            return Locale("en")

    @property
    def right_to_left(self) -> bool:
        """Whether text of this language runs from right to left."""
        return self.tag.split("-")[0] in RIGHT_TO_LEFT

    def text(self, message: str) -> str:
        """The translation of `message`, or itself; in text from the right, each of its places stands apart."""
        return self._apart(self._texts.gettext(message)) if message else ""

    def plural(self, one: str, many: str, count: int) -> str:
        """The right plural form, with `{n}` replaced by the formatted count."""
        said = self._texts.ngettext(one, many, count).replace("{n}", self.number(count))
        return self._apart(said)

    def _apart(self, text: str) -> str:
        """A text whose places may be filled with Latin names without moving the signs and numbers beside them."""
        return _PLACE.sub(rf"{APART}\g<0>{END_APART}", text) if self.right_to_left else text

    @property
    def comma(self) -> str:
        """The comma between items, with its space."""
        return _COMMAS.get(self.tag.split("-")[0], ", ")

    def listed(self, items: Iterable[str]) -> str:
        """Items one after the other with the language's comma."""
        return self._strung(items, ", ", _COMMAS)

    def parted(self, items: Iterable[str]) -> str:
        """Items that may hold commas themselves, with the language's semicolon between them."""
        return self._strung(items, "; ", _SEMICOLONS)

    def sentences(self, items: Iterable[str]) -> str:
        """Sentences one after the other; Chinese and Japanese leave no space between them."""
        return ("" if self.tag.split("-")[0] in _WIDE else " ").join(filter(None, items))

    def ended(self, words: str) -> str:
        """Words as a sentence, with the language's full stop."""
        return words + ("。" if self.tag.split("-")[0] in _WIDE else ".")

    def led(self, label: str) -> str:
        """A label before what it names, with the language's colon and space."""
        return f"{label}{_COLONS.get(self.tag.split('-')[0], ': ')}"

    def _strung(self, items: Iterable[str], usual: str, own: Mapping[str, str]) -> str:
        """Items with a separator; among Latin names alone it is theirs, or their lines could hardly be read."""
        found, separator = list(items), own.get(self.tag.split("-")[0], usual)
        if not self.right_to_left:
            return separator.join(found)
        if not any(_RIGHT.search(one) for one in found):
            return usual.join(found)
        return RIGHT_MARK + separator.join(f"{APART}{one}{END_APART}" for one in found)

    def number(self, value: float | Decimal, places: int | None = None) -> str:
        """A number with the language's separators and at most `places` (or its own) decimals."""
        from decimal import Decimal  # late, for a fast start

        from babel.numbers import format_decimal

        pattern = None if places is None else "#,##0" + ("." + "0" * places if places else "")
        # An exact number is shown to its last place, a float to the language's usual three.
        exact = places is None and isinstance(value, Decimal)
        said = format_decimal(value, format=pattern, locale=self.locale, decimal_quantization=not exact)
        return self._signed(str(said))

    def _signed(self, said: str) -> str:
        """A figure whose minus stays to the left of its digits, as digits run in any text."""
        if not self.right_to_left:
            return said
        return _BELOW_ZERO.sub(rf"{FROM_LEFT}\g<0>{END_APART}", said)

    def percent(self, share: float, places: int = 0) -> str:
        """A share between 0 and 1 as a percentage."""
        from babel.numbers import format_percent

        pattern = self.locale.percent_formats[None].pattern
        if places:
            pattern = pattern.replace("0", f"0.{'0' * places}")
        return self._signed(str(format_percent(share, format=pattern, locale=self.locale)))

    def money(self, minor: int, currency: str, *, cents: bool = False) -> str:
        """An amount of integer minor units, in whole units unless `cents` is asked for."""
        from decimal import Decimal

        from babel.numbers import format_currency, get_currency_precision

        amount = Decimal(minor).scaleb(-get_currency_precision(currency))
        pattern = None if cents else self._whole_money
        said = self._signed(
            format_currency(amount, currency, format=pattern, locale=self.locale, currency_digits=cents)
        )
        # In text from the right the sign would leave its letters: $US.
        return _LATIN_SIGN.sub(rf"\g<0>{LEFT_MARK}", said) if self.right_to_left else said

    @cached_property
    def _whole_money(self) -> str:
        """The language's currency pattern without decimals."""
        return str(self.locale.currency_formats["standard"].pattern).replace(".00", "")

    def date(self, value: dt.date, form: str = "medium") -> str:
        """A calendar date; `form` is short, medium, long or full."""
        from babel.dates import format_date

        said = str(format_date(value, format=form, locale=self.locale))
        if value.day == 1 and self.tag.split("-")[0] == "fr":
            said = _FIRST.sub("1er ", said, count=1)
        return f"{FROM_RIGHT}{said}{END_APART}" if self.right_to_left else said

    def time(self, value: dt.datetime, form: str = "short") -> str:
        """A time of day, in the zone the value carries."""
        from babel.dates import format_time

        # "ص" alone at the start of a line says nothing.
        said = str(format_time(value.timetz(), format=form, locale=self.locale))
        return said.replace(" ", "\u00a0")

    def month(self, value: dt.date) -> str:
        """Month and year."""
        from babel.dates import format_skeleton

        return str(format_skeleton("yMMMM", value, locale=self.locale))

    def tick(self, day: dt.date, step: str) -> str:
        """A day on an axis that is marked every year, month or day."""
        from babel.dates import format_skeleton

        return str(format_skeleton({"year": "y", "month": "yMMM"}.get(step, "MMMd"), day, locale=self.locale))

    def country(self, code: str | None) -> str:
        """The name of an ISO 3166 country, or the code itself."""
        return str(self.locale.territories.get(code or "", code or ""))

    def language(self, tag: str) -> str:
        """The name of a BCP 47 language, or the tag itself."""
        from babel import Locale, UnknownLocaleError

        try:
            return Locale.parse(tag, sep="-").get_display_name(self.locale) or tag
        except (ValueError, UnknownLocaleError):
            return tag


_window = Language("en")


@cache
def language(tag: str) -> Language:
    """The one `Language` of a tag."""
    return Language(tag)


def use(tag: str) -> None:
    """Set the window's (and the command line's) language."""
    global _window
    _window = language(tag)


def current() -> Language:
    """The window's language."""
    return _window


def _(message: str) -> str:
    """`message` in the window's language."""
    return _window.text(message)
