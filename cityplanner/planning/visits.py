"""Whether the same partner came about the same matter before, and in which words that is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from cityplanner.base.language import N_, Language
from cityplanner.store.queries.visits import Visit
from cityplanner.store.search import tokens

SPAN = timedelta(days=2 * 365)
"""How far back a visit counts as a repetition."""
FEWEST_LETTERS = 4
NOTHING_SAID = frozenset(
    {
        "about", "call", "city", "conference", "consultation", "courtesy", "delegation", "exchange", "from",
        "inbound", "meeting", "mission", "office", "outbound", "request", "site", "study", "their",
        "tour", "visit", "with", "workshop", "your", "ours", "this", "that", "into", "over",
        "after", "again", "also", "been", "before", "both", "come", "could", "each", "every", "first", "have", "here",
        "last", "made", "make", "many", "more", "most", "much", "next", "only", "other", "part", "said", "same", "side",
        "some", "such", "take", "than", "thank", "thanks", "them", "then", "there", "these", "they", "those", "time",
        "until", "very", "want", "well", "were", "what", "when", "where", "which", "while", "will", "year", "years",
    }
)  # fmt: skip
"""Words that say how people met, or nothing at all, but not about what."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What an engagement is about: its words, its sector, its initiatives.

    `names` are those of its partners: they tell nothing about the matter. `besides` is its own id, or 0.
    """

    words: str
    sector: str = ""
    initiatives: frozenset[int] = frozenset()
    names: str = ""
    besides: int = 0


@dataclass(frozen=True, slots=True)
class Repetition:
    """An earlier visit and why it counts as the same: words they share, an initiative, a sector."""

    visit: Visit
    words: tuple[str, ...]
    same_initiative: bool
    same_sector: bool


def repeated(topic: Topic, earlier: Iterable[Visit]) -> list[Repetition]:
    """The earlier visits about the same: the most alike first, then the newest.

    The same is: a telling word in common; where none has one, the same initiative; else the same sector.
    """
    wanted = telling(topic.words) - telling(topic.names)
    found = []
    for visit in earlier:
        if visit.id == topic.besides:
            continue
        shared = tuple(sorted(wanted & telling(f"{visit.title} {visit.purpose}")))
        initiative = bool(topic.initiatives & visit.initiatives)
        sector = bool(topic.sector) and visit.sector is not None and visit.sector.value == topic.sector
        if shared or initiative or sector:
            found.append(Repetition(visit, shared, initiative, sector))
    by_words = [one for one in found if one.words]
    found = by_words or [one for one in found if one.same_initiative] or found
    found.sort(key=lambda one: (-len(one.words), not one.same_initiative, -one.visit.starts_at.timestamp()))
    return found


def telling(text: str) -> frozenset[str]:
    """The folded words of a text that say what it is about."""
    return frozenset(
        word for word in tokens(text) if len(word) >= FEWEST_LETTERS and word not in NOTHING_SAID
    )


def words_of(one: Repetition, partner: str, say: Language) -> str:
    """A repetition in a sentence: who came when, and what makes it the same."""
    reasons = []
    if one.words:
        reasons.append(say.text(N_("same words: {words}")).format(words=say.listed(one.words)))
    if one.same_initiative:
        reasons.append(say.text(N_("same initiative")))
    if one.same_sector:
        reasons.append(say.text(N_("same sector")))
    on = say.date(one.visit.starts_at.astimezone(ZoneInfo(one.visit.zone)).date())
    text = say.text(N_("{partner} was here about this within two years: “{title}”, {date} ({why})."))
    return text.format(partner=partner, title=one.visit.title, date=on, why=say.parted(reasons))
