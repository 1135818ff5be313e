"""Pairs of the sample that look alike and are two: what the office said when it looked for duplicates."""

from __future__ import annotations

from cityplanner.exchange.sample.writer import Writer
from cityplanner.model.apart import ContactApart, PartnerApart
from cityplanner.model.contact import Contact
from cityplanner.model.entity import Entity
from cityplanner.model.partner import Partner

_PARTNERS = ("hcperu", "hcestonia")


def write(writer: Writer) -> None:
    """Enter one pair of partners and one of contacts."""
    namesakes = _namesakes(writer)
    with writer.plan.edit("Keep two partners and two contacts apart") as edit:
        first, second = sorted(writer.id(Partner, key) for key in _PARTNERS)
        pairs: list[Entity] = [writer.new(PartnerApart, first_id=first, second_id=second)]
        pairs.append(writer.new(ContactApart, first_id=namesakes[0], second_id=namesakes[1]))
        writer.insert(edit, pairs)


def _namesakes(writer: Writer) -> tuple[int, int]:
    """Two contacts of one family name."""
    known: dict[str, int] = {}
    for (noun, name), number in writer.ids.items():
        if noun is Contact:
            family = name.split()[-1]
            if family in known:
                return known[family], number
            known[family] = number
    raise LookupError("no two contacts of the sample have one family name")
