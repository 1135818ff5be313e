"""Smart groups: a saved search over one noun, which holds whatever fits it today."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_
from cityplanner.model import conditions
from cityplanner.model import field as f
from cityplanner.model.conditions import Condition
from cityplanner.model.entity import Entity, Problem


class GroupOf(StrEnum):
    """What a group is of; the names are those of the tables, the values what people call their records."""

    PARTNER = N_("partners")
    CONTACT = N_("contacts")
    POSITION = N_("positions")
    AGREEMENT = N_("agreements")
    DELIVERABLE = N_("deliverables")
    ENGAGEMENT = N_("engagements")
    COMMITMENT = N_("commitments")
    GIFT = N_("gifts")
    PRACTICE = N_("practices")
    INITIATIVE = N_("initiatives")

    @property
    def table(self) -> str:
        """The table of its records."""
        return self.name.lower()


OF_PEOPLE = (GroupOf.CONTACT, GroupOf.PARTNER, GroupOf.POSITION)
"""Groups whose people can be written to: the contacts, those at the partners, those in the positions."""


def group_of(table: str) -> GroupOf | None:
    """What a group over a table is of; None where there are no groups."""
    return next((of for of in GroupOf if of.table == table), None)


class SmartGroup(Entity):
    """A group over one noun: words and conditions that its records have to meet, all of them."""

    __tablename__ = "smart_group"
    __label__ = N_("group")
    __plural__ = N_("groups")
    __order__ = ("title",)
    __unique__ = ("of", "title")

    title: Mapped[str] = f.title(N_("Name"), longest=120)
    of: Mapped[GroupOf] = f.choice(N_("Group of"), GroupOf, GroupOf.PARTNER, listed=True)
    words: Mapped[str] = f.text(
        N_("Words"), listed=True, search=f.Search.NONE, help=N_("Its records hold each of these words.")
    )
    conditions: Mapped[tuple[str, ...]] = f.words(
        N_("Conditions"),
        listed=True,
        search=f.Search.NONE,
        help=N_("One a line, all have to be met: kind is city, last_contact older than 365."),
    )
    notes: Mapped[str] = f.long_text(N_("Notes"))

    @property
    def parsed(self) -> tuple[Condition, ...]:
        """Its conditions, read."""
        return tuple(map(conditions.read, self.conditions))

    def check(self) -> list[Problem]:
        """Its conditions can be asked of its noun."""
        found = super().check()
        noun = conditions.noun_of(self.of.table) if isinstance(self.of, GroupOf) else None
        if not found and noun is not None:
            wrong = (conditions.fault(noun, line) for line in self.conditions)
            text = next(filter(None, wrong), "")
            if text:
                found.append(self.problem("conditions", text))
        return found
