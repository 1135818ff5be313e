"""Records that may be one and the same, with the reasons in words; made for tens of thousands of them.

Only records that share something are compared: an address, a number, a name in own script, or a word of
the name. A name alone is never enough where what else is known speaks against it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import combinations
from typing import TypeVar

from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from cityplanner.base.collecting import emptied_after
from cityplanner.base.language import _, current
from cityplanner.planning.romanizing import ABJAD, HAN, skeleton, sounds
from cityplanner.store.search import fold

ALIKE = 92
"""From here on two names are alike enough to be one, in per cent."""
NEAR = 60
"""Below this, one address or number is a shared mailbox, not one person."""
NEAR_ENOUGH = 85
"""From here on a pair of names gets the long look."""
AT_ONCE = 50_000
"""Names compared in one go; no other thread, the window's above all, runs meanwhile."""
WITHOUT_VOWELS = 0.95
"""What names alike without their vowels count."""
LARGEST_BLOCK = 400
"""More than so many share something that tells nobody apart."""
LARGEST_NEAR = 2000
STEP = 500
SCALE = 1000
SHIFT = 1 << 40
Progress = Callable[[int, int, str], None]
_T = TypeVar("_T")
_GENERIC = frozenset(
    {"the", "of", "in", "at", "for", "and", "a", "city", "town", "ville", "de", "der", "stadt", "ciudad", "cidade",
     "comune", "di", "la", "le", "el", "municipality", "metropolitan"}
)  # fmt: skip
_SHORT = frozenset({"mr", "mrs", "ms", "dr", "prof", "sir", "h", "e", "he"})


@dataclass(frozen=True)
class Candidate:
    """What is known of one record, as far as it can tell it from others."""

    id: int
    title: str
    own_name: str = ""
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    site: str = ""
    country: str = ""
    city: str = ""
    kind: str = ""
    partners: frozenset[int] = field(default=frozenset())
    is_person: bool = True

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the name as they sound, those left out that name nobody."""
        found, left_out = sounds(self.title), _left_out(self.is_person)
        return tuple(word for word in found if word not in left_out) or found

    @cached_property
    def own(self) -> str:
        """The name in own script without spaces."""
        return re.sub(r"\W", "", fold(self.own_name))

    @cached_property
    def own_words(self) -> tuple[str, ...]:
        """The name in own script as it sounds, where its script can be read."""
        return () if HAN.search(self.own_name) else sounds(self.own_name)

    @cached_property
    def bare(self) -> tuple[str, ...]:
        """The words of the name without their vowels."""
        return skeleton(self.own_words or self.words)

    @cached_property
    def is_abjad(self) -> bool:
        """Whether the name in own script is written without vowels."""
        return bool(ABJAD.search(self.own_name))


@cache
def _left_out(is_person: bool) -> frozenset[str]:
    return frozenset("".join(sounds(word)) for word in (_SHORT if is_person else _GENERIC))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two records that may be one; `score` orders them, `reasons` say why."""

    first: int
    second: int
    score: int
    reasons: tuple[str, ...]


def find(
    candidates: Sequence[Candidate],
    apart: Collection[frozenset[int]] = (),
    progress: Progress | None = None,
) -> list[Likeness]:
    """Pairs that may be one record, the surest first; pairs in `apart` were said to be two.

    What `progress` raises ends the search.
    """
    tell = _Steps(progress or (lambda _done, _total, _text: None))
    by_id = {one.id: one for one in candidates}
    found = []
    pairs: set[int] = set()
    with emptied_after(pairs):
        _gather_pairs(pairs, sorted(candidates, key=lambda one: one.id), tell)
        for pair in tell.through(2, pairs):
            first, second = divmod(pair, SHIFT)
            likeness = compare(by_id[first], by_id[second])
            if likeness is not None and frozenset((first, second)) not in apart:
                found.append(likeness)
    return sorted(found, key=lambda one: (-one.score, one.first, one.second))


@dataclass(frozen=True, slots=True)
class _Steps:
    """Tells how far the search is: names are read, then looked at in blocks, then compared pair by pair."""

    tell: Progress

    def through(self, step: int, things: Collection[_T]) -> Iterator[_T]:
        for number, thing in enumerate(things):
            if number % STEP == 0:
                self.tell(step * SCALE + SCALE * number // len(things), 3 * SCALE, _("Comparing"))
            yield thing


def _gather_pairs(pairs: set[int], candidates: Sequence[Candidate], tell: _Steps) -> None:
    """The pairs to compare, each once as `smaller id * SHIFT + larger id`: millions stay small."""
    sharing: dict[str, list[Candidate]] = defaultdict(list)
    nearby: dict[str, list[Candidate]] = defaultdict(list)
    blocks: dict[tuple[int, ...], list[Candidate]] = {}
    with emptied_after(sharing, nearby, blocks):
        for one in tell.through(0, candidates):
            for key in set(_keys(one)):
                sharing[key].append(one)
            for key in set(_near_keys(one)):
                nearby[key].append(one)
        for block in sharing.values():
            if 1 < len(block) <= LARGEST_BLOCK:
                pairs.update(first.id * SHIFT + second.id for first, second in combinations(block, 2))
        for block in nearby.values():
            if len(block) > 1:
                blocks[tuple(one.id for one in block)] = block
        for block in tell.through(1, blocks.values()):
            pairs.update(_near(block[:LARGEST_NEAR]))


def _keys(one: Candidate) -> Iterator[str]:
    """What is reason enough to compare a record with those that have it too."""
    yield from (f"@{address}" for address in one.emails)
    yield from (f"+{number}" for number in one.phones)
    if one.site:
        yield f"/{one.site}"
    if len(one.own) > 1:
        yield f"={one.own}"
    if one.is_abjad or not one.own:
        yield f"%{' '.join(sorted(one.bare))}"
    for words in filter(None, {one.words, one.own_words}):
        yield f"^{_in_order(words)}"
        yield f"~{''.join(words)}"


def _near_keys(one: Candidate) -> Iterator[str]:
    """What those have in common whose names may be near each other: whoever has it too gets a quick look."""
    for words in filter(None, {one.words, one.own_words}):
        if len(words) == 1:
            yield f"~{words[0][:5]}"
        for word in words:
            yield from (f"{word}|{other[:1]}" for other in words if other is not word)
            yield from (f"{word[:3]}&{other[:3]}" for other in words if other[:3] > word[:3])
            if not one.is_person and len(word) > 3:
                yield f"#{word}"


def _near(block: Sequence[Candidate]) -> Iterator[int]:
    """The pairs of a block whose names are near each other, in whatever script."""
    bare = any(one.is_abjad for one in block)
    named = [(one.id, name) for one in block for name in _spellings(one, bare)]
    names = [name for _id, name in named]
    many = AT_ONCE // max(len(names), 1) + 1
    for start in range(0, len(names), many):
        rest = names[start:]
        found = cdist(rest[:many], rest, scorer=fuzz.token_set_ratio, score_cutoff=NEAR_ENOUGH)
        for one, other in zip(*(axis.tolist() for axis in found.nonzero()), strict=True):
            first, second = sorted((named[start + one][0], named[start + other][0]))
            if one < other and first < second:
                yield first * SHIFT + second


def _spellings(one: Candidate, bare: bool) -> Iterator[str]:
    """A name as it sounds in each script, and without vowels where those of others have none."""
    yield from {_in_order(words) for words in (one.words, one.own_words) if words}
    if bare:
        yield " ".join(sorted(one.bare))


def compare(first: Candidate, second: Candidate) -> Likeness | None:
    """How much speaks for two records being one; None where too little does, or more speaks against it."""
    emails, phones = first.emails & second.emails, first.phones & second.phones
    site = first.site if first.site == second.site else ""
    same_own = len(first.own) > 1 and first.own == second.own
    alike = name_likeness(first, second)
    needed = NEAR if emails or phones or site else 0 if same_own else ALIKE
    if alike < needed:
        return None
    against = max(contradictions(first, second) - bool(first.partners & second.partners), 0)
    if emails or phones or site:
        sure = not _other_numbers(first, second) and (against < 2 or bool(emails))
    elif same_own:
        sure = against < 2
    else:
        sure = _telling(first) and _telling(second) and against <= (alike == 100)
    if not sure:
        return None
    score = (
        alike // 2 + 30 * bool(emails) + 20 * bool(phones) + 15 * bool(site) + 20 * same_own - 15 * against
    )
    reasons = _reasons(first, second, alike, same_own)
    return Likeness(min(first.id, second.id), max(first.id, second.id), max(min(score, 100), 1), reasons)


def name_likeness(first: Candidate, second: Candidate) -> int:
    """How alike two names are in per cent, in whatever order and script they are written."""
    best = _likeness(first.words, second.words)
    if first.own_words or second.own_words:
        for ours in (first.words, first.own_words):
            for theirs in (second.words, second.own_words):
                best = max(best, _likeness(ours, theirs))
        if first.is_abjad or second.is_abjad:
            best = max(best, _likeness(first.bare, second.bare) * WITHOUT_VOWELS)
    return int(best)


def _likeness(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    if not ours or not theirs:
        return 0.0
    if ours == theirs:
        return 100.0
    sorted_ours, sorted_theirs = _in_order(ours), _in_order(theirs)
    if sorted_ours == sorted_theirs:
        return 100.0
    alike = max(fuzz.ratio(sorted_ours, sorted_theirs), fuzz.ratio("".join(ours), "".join(theirs)))
    few, many = (ours, theirs) if len(ours) <= len(theirs) else (theirs, ours)
    if 1 < len(few) < len(many) and all(_has(many, word) for word in few):
        return max(alike, 95.0)  # a middle name or a title more
    return alike


@lru_cache(maxsize=4096)
def _in_order(words: tuple[str, ...]) -> str:
    return " ".join(sorted(words))


def _has(words: tuple[str, ...], word: str) -> bool:
    return any(word == other or (len(word) == 1 and other.startswith(word)) for other in words)


def contradictions(first: Candidate, second: Candidate) -> int:
    """How much speaks against two records being one; two and more is strong."""
    found = 0
    if first.emails and second.emails and not first.emails & second.emails:
        found += 2 if _two_at_one_house(first.emails, second.emails) else 1
    found += bool(first.phones and second.phones and not first.phones & second.phones)
    if first.country and second.country and first.country != second.country:
        found += 1 if first.is_person else 2
    if len(first.own) > 1 and len(second.own) > 1 and _unlike(first, second):
        found += 2
    if not first.is_person:
        found += 2 * bool(first.city and second.city and fold(first.city) != fold(second.city))
        found += bool(first.kind != second.kind) + bool(
            first.site and second.site and first.site != second.site
        )
        found += 2 * _other_numbers(first, second)
    return found


def _unlike(first: Candidate, second: Candidate) -> bool:
    """Whether two names in own script are of one script and differ; Chinese signs all count."""
    if bool(HAN.search(first.own)) is not bool(HAN.search(second.own)) or first.own == second.own:
        return False
    if HAN.search(first.own):
        return fuzz.ratio(first.own, second.own) < 100
    return fuzz.ratio(first.own, second.own) < 80 and _likeness(first.own_words, second.own_words) < 80


def _other_numbers(first: Candidate, second: Candidate) -> bool:
    """`District 1` and `District 2` are two."""
    return _digits(first.title) != _digits(second.title)


def _telling(one: Candidate) -> bool:
    """Whether a name says enough to go by: a family name alone does not."""
    return len(one.words or one.own_words) > 1 or not one.is_person


def _two_at_one_house(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two addresses of one domain are of two people: not `j.mueller` and `juergen.mueller`."""
    split = [[address.rpartition("@")[::2] for address in sorted(some)] for some in (ours, theirs)]
    return any(
        house == other_house
        and (_digits(name) != _digits(other) or fuzz.token_set_ratio(_parts(name), _parts(other)) < ALIKE)
        for name, house in split[0]
        for other, other_house in split[1]
    )


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _parts(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name)


def _reasons(first: Candidate, second: Candidate, alike: int, same_own: bool) -> tuple[str, ...]:
    found = [
        _("the same e-mail {value}").format(value=value) for value in sorted(first.emails & second.emails)
    ]
    found += [
        _("the same phone {value}").format(value=value) for value in sorted(first.phones & second.phones)
    ]
    if first.site and first.site == second.site:
        found.append(_("the same website {value}").format(value=first.site))
    if same_own:
        found.append(_("the same name in own script"))
    if alike == 100:
        found.append(
            _("the same name") if fold(first.title) == fold(second.title) else _("names that sound the same")
        )
    elif alike >= NEAR:
        found.append(_("names alike to {share}").format(share=current().percent(alike / 100)))
    if first.partners & second.partners:
        found.append(_("the same partner"))
    if first.country and first.country == second.country:
        found.append(_("the same country"))
    return tuple(found)
