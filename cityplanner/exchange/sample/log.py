"""The sample's log: six hundred engagements, written quarter by quarter with who took part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from cityplanner.exchange.sample import fixed, partners, schedule
from cityplanner.exchange.sample.contacts import Held
from cityplanner.exchange.sample.story import Entry, Storyteller
from cityplanner.exchange.sample.words import MONTHS
from cityplanner.exchange.sample.writer import SEED, Writer
from cityplanner.model.engagement import (
    Engagement,
    EngagementContact,
    EngagementInitiative,
    EngagementPartner,
)
from cityplanner.model.entity import Entity
from cityplanner.model.initiative import Initiative
from cityplanner.model.partner import Partner

ENGAGEMENTS = 600
SPEAKER, OTHER = "spoke for the partner", "took part"


def tell(writer: Writer, held: Sequence[Held]) -> list[Entry]:
    """All entries of the log in the order of their beginning, not yet written."""
    rows = partners.rows()
    standing = fixed.entries(rows, held)
    planned = schedule.meetings(rows, ENGAGEMENTS - len(standing), SEED)
    teller = Storyteller(writer.random, rows, held)
    return sorted([*standing, *map(teller.tell, planned)], key=lambda entry: (entry.starts_at, entry.title))


def quarters(entries: Iterable[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """The entries by quarter, each with the words for it: `July to September 2025`."""
    for (year, quarter), group in groupby(entries, key=lambda entry: _quarter(entry.on)):
        first, last = MONTHS[3 * quarter], MONTHS[3 * quarter + 2]
        yield f"{first} to {last} {year}", list(group)


def _quarter(on: date) -> tuple[int, int]:
    return on.year, (on.month - 1) // 3


def write(writer: Writer, label: str, entries: Sequence[Entry]) -> list[Entry]:
    """Log the engagements of a quarter; returns the entries under their ids."""
    with writer.plan.edit(f"Log engagements, {label}") as edit:
        records = [_engagement(writer, entry) for entry in entries]
        writer.insert(edit, records)
        numbered = [entry.numbered(record.id) for entry, record in zip(entries, records, strict=True)]
        writer.insert(edit, [one for entry in numbered for one in _part(writer, entry)])
    return numbered


def _engagement(writer: Writer, entry: Entry) -> Engagement:
    setting = entry.setting
    return writer.new(
        Engagement,
        title=entry.title,
        starts_at=setting.starts_at,
        minutes=setting.minutes,
        zone=setting.zone,
        format=setting.format,
        mode=setting.mode,
        sector=entry.sector,
        place=setting.place,
        in_person=setting.in_person,
        online=setting.online,
        staff=entry.staff,
        sensitivity=entry.sensitivity,
        purpose=entry.purpose,
        decisions=entry.decisions,
        result=entry.result,
    )


def _part(writer: Writer, entry: Entry) -> Iterator[Entity]:
    for key in entry.partners:
        yield writer.new(EngagementPartner, engagement_id=entry.id, partner_id=writer.id(Partner, key))
    for place, held in enumerate(entry.contacts):
        role = SPEAKER if place == 0 else OTHER
        yield writer.new(EngagementContact, engagement_id=entry.id, contact_id=held.contact_id, role=role)
    for code in entry.initiatives:
        yield writer.new(
            EngagementInitiative, engagement_id=entry.id, initiative_id=writer.id(Initiative, code)
        )
