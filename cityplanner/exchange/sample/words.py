"""How the sample's sentences are put together: patterns with places to fill, dates in words, decks of patterns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from random import Random

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SOON = 300
"""Days within which a date is told without its year."""
_SENTENCE = re.compile(r"(^|[.!?]\s+)([a-z])")
_CLAUSE = re.compile(r"^(which|who|what|how|why|years|no|a result that)\b")


def capital(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def sentences(text: str) -> str:
    """The text with a capital letter at the beginning of every sentence."""
    return _SENTENCE.sub(lambda match: match[1] + match[2].upper(), text)


def day_words(on: date, seen_from: date) -> str:
    """`March 12`, with the year where the other date is far away."""
    words = f"{MONTHS[on.month - 1]} {on.day}"
    return words if abs((on - seen_from).days) < SOON else f"{words}, {on.year}"


def month_words(on: date) -> str:
    """`March 2026`."""
    return f"{MONTHS[on.month - 1]} {on.year}"


def is_clause(subject: str) -> bool:
    """Whether a subject is half a question, which one can talk about but not visit."""
    return bool(_CLAUSE.match(subject))


def fill(pattern: str, places: Mapping[str, str]) -> str:
    """A pattern with its places filled; a place named with a capital gets one."""
    both = {**places, **{capital(name): capital(text) for name, text in places.items()}}
    return sentences(pattern.format_map(both))


class Decks:
    """Patterns dealt like cards, a deck for each holder, so that one page seldom says a thing twice.

    Of what a holder has not said yet, the pattern that was used least by anybody comes first.
    """

    def __init__(self, random: Random) -> None:
        self._random = random
        self._decks: dict[tuple[str, str], list[str]] = {}
        self._used: Counter[str] = Counter()

    def draw(self, holder: str, name: str, patterns: Sequence[str], known: Mapping[str, str]) -> str:
        """The next pattern of a holder's deck that can be filled from what is known."""
        fitting = {pattern for pattern in patterns if places(pattern) <= known.keys()}
        for _ in range(2):
            deck = self._decks.setdefault((holder, name), [])
            ready = [pattern for pattern in deck if pattern in fitting]
            if ready:
                chosen = min(ready, key=lambda pattern: self._used[pattern])
                deck.remove(chosen)
                self._used[chosen] += 1
                return chosen
            self._decks[holder, name] = self._random.sample(list(patterns), len(patterns))
        raise ValueError(f"none of the patterns of “{name}” can be filled")


@cache
def places(pattern: str) -> frozenset[str]:
    """The names of the places in a pattern, in lower case."""
    return frozenset(name.lower() for name in re.findall(r"{(\w+)}", pattern))
