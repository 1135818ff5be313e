"""What can hang on a record: the records that point to it, and those it is paired with, in both directions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cityplanner.model.entity import Entity, is_pairing, links
from cityplanner.model.field import Field
from cityplanner.model.nouns import nouns, references


@dataclass(frozen=True, slots=True)
class Related:
    """One kind of related records.

    `noun` holds the link `link` to the record at hand. For a pairing, `other_link` leads on to the record
    on its far side, and `shows` is the noun of that record; otherwise `shows` is `noun` itself.
    """

    noun: type[Entity]
    link: Field
    other_link: Field | None
    shows: type[Entity]

    @property
    def label(self) -> str:
        """What the section is called, untranslated: the plural of what it shows."""
        return self.shows.__plural__


@cache
def related(noun: type[Entity]) -> tuple[Related, ...]:
    """Everything that can hang on a record of this noun, in the order of the model."""
    found = []
    for reference in references(noun.__tablename__):
        other = _far_side(reference.noun, reference.field) if is_pairing(reference.noun) else None
        shows = nouns()[other.target] if other is not None else reference.noun
        found.append(Related(reference.noun, reference.field, other, shows))
    return tuple(found)


def _far_side(pairing: type[Entity], near: Field) -> Field | None:
    """The owning link of a pairing that is not the near one; the last, where there are several.

    What the near record links to itself says nothing new: a service level's decision leads to the scenario,
    not back to its own initiative.
    """
    known = {link.target for link in links(nouns()[near.target])}
    far = [link for link in links(pairing) if link.name != near.name and link.required]
    return next((link for link in reversed(far) if link.target not in known), far[-1] if far else None)
