"""Companions: records that one row makes along with its own.

A list of sister cities has a column that says since when: that is the signing of an agreement with the
partner. A list of people names their organization and their title there: that is a position. A list of
meetings names who took part. Each is declared here once; columns, preview and import follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cityplanner.model.agreement import Agreement, AgreementPartner, AgreementStatus
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import EngagementContact, EngagementInitiative, EngagementPartner
from cityplanner.model.entity import Entity, field_of, fields, links
from cityplanner.model.field import Field
from cityplanner.model.fund import FundRestriction
from cityplanner.model.initiative import Contribution, InitiativeAgreement, InitiativePartner
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner


@dataclass(frozen=True, slots=True)
class Companion:
    """A record that belongs to a row's own record.

    `near` is the link that leads to the row's record: a field of `through` where the two are tied by a
    pairing (then `far` is the pairing's link to the companion), otherwise of the companion itself.
    Without a value for `needs` there is none. `key` tells one of a record's companions from another.
    """

    name: str
    noun: type[Entity]
    near: str
    needs: str
    key: tuple[str, ...]
    through: type[Entity] | None = None
    far: str = ""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    many: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields a column can give; of a mere tie only its far side."""
        if self.many:
            return (field_of(self.noun, self.needs),)
        return tuple(known for known in fields(self.noun) if known.name != self.near and not known.derived)


_DECLARED: dict[type[Entity], tuple[Companion, ...]] = {
    Partner: (
        Companion(
            "agreement",
            Agreement,
            near="partner_id",
            needs="type",
            key=("type", "title"),
            through=AgreementPartner,
            far="agreement_id",
            defaults={"status": AgreementStatus.ACTIVE},
        ),
    ),
    Contact: (
        Companion("position", Position, near="contact_id", needs="partner_id", key=("partner_id", "title")),
    ),
}
_TIES: tuple[type[Entity], ...] = (
    AgreementPartner,
    EngagementPartner,
    EngagementContact,
    EngagementInitiative,
    InitiativePartner,
    InitiativeAgreement,
    Contribution,
    FundRestriction,
)


@cache
def companions(noun: type[Entity]) -> tuple[Companion, ...]:
    """What a row of this noun can bring along: declared companions, then ties to any number of others."""
    ties = [
        Companion(_plural(far), tie, near=near.name, needs=far.name, key=(far.name,), many=True)
        for tie in _TIES
        for near in links(tie)
        for far in links(tie)
        if near is not far and near.target == noun.__tablename__
    ]
    return (*_DECLARED.get(noun, ()), *ties)


def _plural(far: Field) -> str:
    return "recommendations" if far.target == "source_item" else nouns()[far.target].__plural__


def companion_of(noun: type[Entity], name: str) -> Companion:
    """The companion of that name; KeyError where there is none."""
    for known in companions(noun):
        if known.name == name:
            return known
    raise KeyError(name)
