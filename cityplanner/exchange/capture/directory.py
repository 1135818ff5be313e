"""The partners and contacts of a plan by the words of their names, to find whom a captured text speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from cityplanner.model.partner import CONSULAR
from cityplanner.planning.romanizing import sounds
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import likeness
from cityplanner.store.search import fold

_COMMON = frozenset(
    word
    for text in (
        "the of in at for and a an with to from by on de la le el der die das city town office department ministry "
        "university consulate general honorary consul embassy association institute center centre chamber meeting "
        "call visit send draft report letter next this new group international affairs division section",
    )
    for word in sounds(text)
)
"""Words that name nobody."""
_CONSULAR = frozenset(sounds("consul consulate consular"))


@dataclass(frozen=True, slots=True)
class Someone:
    """A record that a text speaks of."""

    id: int
    title: str


@dataclass
class Directory:
    """Whom a plan knows; read once, asked at each word that is typed."""

    partners: dict[int, str] = field(default_factory=dict)
    contacts: dict[int, str] = field(default_factory=dict)
    consular: set[int] = field(default_factory=set)
    by_email: dict[str, int] = field(default_factory=dict)
    held: list[tuple[int, int, str]] = field(default_factory=list)
    _partner_words: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _contact_words: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _family: dict[int, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, plan: Plan) -> Directory:
        """Everything a plan knows; takes a moment for tens of thousands, so it belongs into a worker."""
        known = cls()
        with plan.reading() as session:
            for number, name, own_name, kind, _country, city, _site in likeness.partners(session):
                known.add_partner(number, name, f"{own_name} {city}", consular=kind in CONSULAR)
            for row in likeness.contacts(session):
                known.add_contact(row[0], row[1], row[2], row[3], [row[4], *row[5]])
            known.held = likeness.holders(session)
        return known

    def add_partner(self, number: int, name: str, also: str = "", *, consular: bool = False) -> None:
        """Know a partner."""
        self.partners[number] = name
        if consular:
            self.consular.add(number)
        for word in {*sounds(name), *sounds(also)} - _COMMON:
            self._partner_words[word].add(number)

    def add_contact(
        self, number: int, given: str, family: str, own_name: str = "", emails: Collection[str | None] = ()
    ) -> None:
        """Know a contact."""
        self.contacts[number] = f"{given} {family}".strip() or own_name
        self._family[number] = frozenset(sounds(family or own_name))
        for word in {*sounds(given), *sounds(family), *sounds(own_name)} - _COMMON:
            self._contact_words[word].add(number)
        self.by_email |= {address.casefold(): number for address in emails if address}

    def partner(self, text: str) -> Someone | None:
        """The partner that a text names; None where it names none, or several alike."""
        words = set(sounds(text))
        found: dict[int, float] = defaultdict(float)
        for word in words - _COMMON:
            for number in self._partner_words.get(word, ()):
                found[number] += 1
        speaks_of_consuls = bool(words & _CONSULAR)
        for number in found:
            found[number] += 0.5 if speaks_of_consuls and number in self.consular else 0
            found[number] += 0.3 * (fold(self.partners[number]) in fold(text))
        return _best(found, self.partners)

    def contact(self, text: str, partner: int | None = None) -> Someone | None:
        """The contact that a text names by family name, or by what they are at a partner (`Nagoya consul`)."""
        words = set(sounds(text))
        found: dict[int, float] = defaultdict(float)
        for word in words - _COMMON:
            for number in self._contact_words.get(word, ()):
                found[number] += 1
        at_partner = {contact for contact, where, _title in self.held if where == partner}
        found = {
            number: score + 0.5 * (number in at_partner)
            for number, score in found.items()
            if words & self._family[number]
        }
        named = _best(found, self.contacts)
        return named or (self._by_title(words, partner) if partner is not None else None)

    def _by_title(self, words: set[str], partner: int) -> Someone | None:
        """The one holder of a position whose title the text names."""
        found = {
            contact: float(len(set(sounds(title)) & words))
            for contact, where, title in self.held
            if where == partner and set(sounds(title)) & words - set(sounds("of the general in and for"))
        }
        return _best(found, self.contacts)

    def partner_of(self, contact: int) -> Someone | None:
        """Where a contact is now, if that is one place."""
        places = {where for who, where, _title in self.held if who == contact}
        number = places.pop() if len(places) == 1 else None
        return Someone(number, self.partners[number]) if number in self.partners and number else None


def _best(found: dict[int, float], titles: dict[int, str]) -> Someone | None:
    """The one with the highest score; None where two share it."""
    if not found:
        return None
    top = max(found.values())
    best = [number for number, score in found.items() if score == top]
    return Someone(best[0], titles[best[0]]) if len(best) == 1 else None
