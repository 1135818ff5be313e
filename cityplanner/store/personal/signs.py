"""The texts one person is told by: names, e-mail addresses, phone numbers, found and struck out wherever they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property

from cityplanner.store.search import fold

MARK = "[erased]"
"""What stands in a text where a person was named."""
_FEWEST_DIGITS = 6


class Signs:
    """What tells of one person in any text.

    Names of one word are too common to be struck out of texts; `lone` finds them, for somebody to look at.
    """

    def __init__(self, names: Iterable[str], emails: Iterable[str], phones: Iterable[str]) -> None:
        told = sorted({name.strip() for name in names} - {""}, key=len, reverse=True)
        self.names = [name for name in told if _is_telling(name)]
        self.emails = sorted(set(emails) - {""}, key=len, reverse=True)
        self.phones = sorted(set(phones) - {""}, key=len, reverse=True)
        self._lone = [name for name in told if not _is_telling(name) and len(name) > 1]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return _any_of(
            [
                *(_address(email) for email in self.emails),
                *(_number(phone) for phone in self.phones),
                *(pattern for name in self.names for pattern in _name(name)),
            ]
        )

    @cached_property
    def lone(self) -> re.Pattern[str] | None:
        """Finds a single word of the name, which may mean somebody else."""
        words = {word.strip(",") for name in self.names for word in name.split()} | set(self._lone)
        return _any_of(
            [_bounded(re.escape(form), form) for word in words if len(word) > 2 for form in _forms(word)]
        )

    def found(self, text: str) -> bool:
        """Whether a text tells of the person."""
        return self._may_tell(text) and self._pattern is not None and self._pattern.search(text) is not None

    def struck(self, text: str) -> str:
        """A text with the person struck out of it."""
        return self._pattern.sub(MARK, text) if self._may_tell(text) and self._pattern is not None else text

    @cached_property
    def _hints(self) -> tuple[tuple[str, ...], tuple[frozenset[str], ...]]:
        """What a text holds at least: the longest word of a name or a whole address, or every digit of a number."""
        words = [max(form.split(), key=len) for name in self.names for form in _forms(name)]
        digits = (frozenset(national(phone) or phone) - {"+"} for phone in self.phones)
        return tuple({_key(text) for text in (*words, *self.emails)}), tuple(digits)

    def _may_tell(self, text: str) -> bool:
        """Whether it is worth to look closely: the pattern takes twenty times as long."""
        texts, numbers = self._hints
        key = _key(text)
        if any(hint in key for hint in texts):
            return True
        there = set(text) if numbers else set()
        return any(digits <= there for digits in numbers)

    @property
    def plain(self) -> list[bytes]:
        """The plainest spellings as they would stand in a file."""
        texts = {form for name in (*self.names, *self.emails, *self.phones) for form in _forms(name)}
        return sorted(text.encode() for text in texts)


def _is_telling(name: str) -> bool:
    """Whether a name says whom it means: of two words, or of two signs in a script without capitals."""
    return len(name.split()) > 1 or (len(name) > 1 and not any(map(_has_case, name)))


def _has_case(char: str) -> bool:
    return char.lower() != char.upper()


def _any_of(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(dict.fromkeys(patterns)), re.IGNORECASE) if patterns else None


_ALIKE = str.maketrans({"İ": "i", "ı": "i", "ſ": "s", "\u212a": "k"})
"""Letters that a pattern takes for others when it ignores case, and that `lower` does not."""


def _key(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_ALIKE).lower()


def _forms(text: str) -> Iterator[str]:
    """A text as systems write it: composed, decomposed, without accents."""
    yield from dict.fromkeys(
        (unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text), text, fold(text))
    )


def _name(name: str) -> Iterator[str]:
    """A name as it is written, with any space between its words, and with its last word first."""
    for form in _forms(name):
        words = form.split()
        for order in (words, [*words[-1:], *words[:-1]]):
            between = r",?\s+" if _has_case(order[0][0]) else r"[\s・·]*"
            yield _bounded(between.join(map(re.escape, order)), order[0][:1] + order[-1][-1:])


def _bounded(pattern: str, ends: str) -> str:
    """A pattern that begins and ends a word; scripts without capitals write words together."""
    before = r"(?<!\w)" if _has_case(ends[0]) or ends[0].isdigit() else ""
    after = r"(?!\w)" if _has_case(ends[-1]) or ends[-1].isdigit() else ""
    return before + pattern + after


def _address(email: str) -> str:
    return r"(?<![\w.+-])" + re.escape(email) + r"(?![\w-])"


def _number(phone: str) -> str:
    """A phone number as it is kept, or with spaces, dots and brackets; also without its country code."""
    wholes = [r"(?:\+|00)?" + _spaced(re.sub(r"\D", "", phone))]
    inland = national(phone)
    if len(inland) > _FEWEST_DIGITS:
        wholes.append(r"\(?0?\)?" + _spaced(inland))
    return r"(?<![\d+])(?:" + "|".join(wholes) + r")(?!\d)"


def national(phone: str) -> str:
    """The digits of a number without its country code; empty where it is no number."""
    import phonenumbers

    try:
        return phonenumbers.national_significant_number(phonenumbers.parse(phone))
    except phonenumbers.NumberParseException:
        return ""


def _spaced(digits: str) -> str:
    return r"[\s().\-/]*".join(digits)
