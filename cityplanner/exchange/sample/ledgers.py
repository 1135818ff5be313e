"""The sample's gifts, aid and practices, tied to the engagements they belong to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from cityplanner.exchange.sample import partners
from cityplanner.exchange.sample.data import SAMPLE_TODAY, cents, document
from cityplanner.exchange.sample.story import Entry
from cityplanner.exchange.sample.writer import Writer
from cityplanner.model.engagement import Format, Mode
from cityplanner.model.initiative import Initiative
from cityplanner.model.ledger import Aid, AidStatus, Direction, Disposition, Gift
from cityplanner.model.partner import Partner
from cityplanner.model.practice import Practice, PracticeStatus
from cityplanner.model.roundtable import SourceItem

DISCLOSURE = timedelta(days=30)
LEAST_DISCLOSED = 50
"""Dollars from which a gift received has to be disclosed."""
OPEN = "open"
NEAR_AID, NEAR_PRACTICE = 45, 75
"""Days within which an engagement counts as the one that aid or a practice came from."""
_GIVING = (Format.COURTESY, Format.INBOUND, Format.OUTBOUND, Format.CEREMONY, Format.SIGNING, Format.EXCHANGE)


def write(writer: Writer, entries: Sequence[Entry]) -> None:
    """Enter all three ledgers."""
    _write_gifts(writer, entries)
    with writer.plan.edit("Enter aid given and received") as edit:
        for row in document("aid.yaml"):
            writer.keep(edit, [(row[0], _aid(writer, row, entries))])
    with writer.plan.edit("Note practices learned from peers") as edit:
        rows = document("practices.yaml")
        writer.insert(edit, [_practice(writer, row, entries) for row in rows])


def _write_gifts(writer: Writer, entries: Sequence[Entry]) -> None:
    used: set[int] = set()
    with writer.plan.edit("Register gifts") as edit:
        writer.insert(edit, [_gift(writer, row, entries, used) for row in document("gifts.yaml")])


def _gift(writer: Writer, row: list[object], entries: Sequence[Entry], used: set[int]) -> Gift:
    description, direction, key, official, dollars, disposition, disclosed = row
    received = Direction[str(direction)] is Direction.RECEIVED
    entry = _handed_over(entries, str(key), used, disclosed == OPEN)
    given = entry.on if entry else SAMPLE_TODAY - timedelta(days=writer.random.randrange(6, 42))
    due = given + DISCLOSURE if received and int(str(dollars)) >= LEAST_DISCLOSED else None
    done = given + timedelta(days=disclosed) if due and isinstance(disclosed, int) else None
    giver = entry.contacts[0].spoken if entry and entry.contacts else partners.rows()[str(key)]["name"]
    return writer.new(
        Gift,
        description=description,
        direction=Direction[str(direction)],
        partner_id=writer.id(Partner, str(key)),
        donor=giver if received else "City of Port Linden",
        official=official,
        value=cents(int(str(dollars))),
        given_on=given,
        disposition=Disposition[str(disposition)],
        disclosure_due_on=due,
        disclosed_on=done if done is None or done <= SAMPLE_TODAY else None,
        engagement_id=entry.id if entry else None,
    )


def _handed_over(entries: Sequence[Entry], key: str, used: set[int], recent: bool) -> Entry | None:
    """An engagement at which people met and at which no gift was handed over yet; a late one for an open gift."""
    met = [
        entry
        for entry in entries
        if key in entry.partners
        and entry.id not in used
        and entry.setting.mode in (Mode.IN_PERSON, Mode.HYBRID)
        and (not recent or entry.on > SAMPLE_TODAY - timedelta(days=60))
        and (recent or entry.on < SAMPLE_TODAY - timedelta(days=60))
    ]
    met.sort(key=lambda entry: (entry.setting.format not in _GIVING, entry.partners[0] != key, entry.on))
    if met:
        used.add(met[0].id)
    return met[0] if met else None


def _nearest(entries: Sequence[Entry], key: str, on: date, fits: Callable[[timedelta], bool]) -> int | None:
    """The engagement with a partner closest to a day among those whose distance fits."""
    near = [entry for entry in entries if key in entry.partners and fits(on - entry.on)]
    return min(near, key=lambda entry: (abs((on - entry.on).days), entry.id)).id if near else None


def _aid(writer: Writer, row: list[object], entries: Sequence[Entry]) -> Aid:
    _, item, direction, status, key, quantity, unit, dollars, on, answers, notes = row
    assert isinstance(on, date)
    return writer.new(
        Aid,
        item=item,
        direction=Direction[str(direction)],
        status=AidStatus[str(status)],
        partner_id=writer.id(Partner, str(key)),
        quantity=Decimal(str(quantity)) if quantity is not None else None,
        unit=unit or "",
        value=cents(int(str(dollars))) if dollars is not None else None,
        occurred_on=on,
        engagement_id=_nearest(entries, str(key), on, lambda gap: abs(gap.days) <= NEAR_AID),
        answers_id=writer.id(Aid, str(answers)) if answers else None,
        notes=notes,
    )


def _practice(writer: Writer, row: list[object], entries: Sequence[Entry]) -> Practice:
    topic, key, status, on, item, code, summary, adapted = row
    assert isinstance(on, date)
    return writer.new(
        Practice,
        topic=topic,
        partner_id=writer.id(Partner, str(key)),
        status=PracticeStatus[str(status)],
        noted_on=on,
        summary=summary,
        adapted=adapted,
        source_item_id=writer.id(SourceItem, str(item)) if item else None,
        engagement_id=_nearest(entries, str(key), on, lambda gap: 0 <= gap.days <= NEAR_PRACTICE),
        initiative_id=writer.id(Initiative, str(code)) if code else None,
    )
