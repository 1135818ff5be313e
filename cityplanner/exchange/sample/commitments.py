"""What was promised at the sample's engagements, by either side, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from cityplanner.exchange.sample import partners
from cityplanner.exchange.sample.contacts import Held
from cityplanner.exchange.sample.data import SAMPLE_TODAY, document
from cityplanner.exchange.sample.schedule import workday
from cityplanner.exchange.sample.story import Entry
from cityplanner.exchange.sample.words import Decks, capital, day_words, fill
from cityplanner.exchange.sample.writer import Writer
from cityplanner.model.engagement import Commitment, CommitmentStatus, Side
from cityplanner.model.partner import Partner

SHARE = 0.47
"""How many of the engagements led to a promise that was written down."""
RECENT = 150
"""Days within which a promise past its date may still be open."""
_OPEN = (CommitmentStatus.PENDING, CommitmentStatus.PROGRESS)


class Promises:
    """Writes the commitments of one stretch of the log after the other."""

    def __init__(self, writer: Writer, held: Sequence[Held]) -> None:
        self._writer = writer
        self._random = writer.random
        self._held = held
        self._rows = partners.rows()
        self._decks = Decks(writer.random)
        self._texts: set[str] = set()

    def write(self, label: str, entries: Sequence[Entry]) -> None:
        """Enter what was promised at these engagements."""
        found = list(self._commitments(entries))
        if found:
            with self._writer.plan.edit(f"Enter commitments, {label}") as edit:
                self._writer.insert(edit, found)

    def _commitments(self, entries: Sequence[Entry]) -> Iterator[Commitment]:
        for entry in entries:
            if "coming" in entry.places and self._random.random() < SHARE:
                found = self._commitment(entry)
                if found is not None:
                    yield found

    def _commitment(self, entry: Entry) -> Commitment | None:
        side = self._random.choice((Side.OURS, Side.OURS, Side.THEIRS))
        text = capital(
            fill(self._decks.draw(side.name, "text", _phrases(side.value), entry.places), entry.places)
        )
        if text in self._texts:
            return None
        self._texts.add(text)
        due = workday(entry.on + timedelta(days=self._random.randrange(10, 150)))
        status = self._status(due)
        done = self._done(entry.on, due) if status is CommitmentStatus.COMPLETED else None
        key = entry.partners[0]
        contact = next((one for one in entry.contacts if one.partner == key), None)
        if contact is not None and status in _OPEN:
            contact = self._successor(contact)
        theirs = contact.spoken if contact else self._rows[key]["short"]
        return self._writer.new(
            Commitment,
            text=text,
            side=side,
            status=status,
            due_on=due,
            owner=entry.staff[0] if side is Side.OURS else theirs,
            partner_id=self._writer.id(Partner, key),
            contact_id=contact.contact_id if contact else None,
            engagement_id=entry.id,
            completed_on=done,
            evidence=self._evidence(status, done, due, entry, theirs),
        )

    def _status(self, due: date) -> CommitmentStatus:
        chance = self._random.random()
        if due >= SAMPLE_TODAY:
            return CommitmentStatus.COMPLETED if chance < 0.12 else self._random.choice(_OPEN)
        if chance < 0.07:
            return CommitmentStatus.CANCELLED
        late = 0.5 if due > SAMPLE_TODAY - timedelta(days=RECENT) else 0.012
        return self._random.choice(_OPEN) if chance < 0.07 + late else CommitmentStatus.COMPLETED

    def _done(self, on: date, due: date) -> date:
        """A day between the engagement and a fortnight after the due date, not after today."""
        last = min(due + timedelta(days=14), SAMPLE_TODAY - timedelta(days=1))
        done = on + timedelta(days=self._random.randint(min(3, (last - on).days), max(0, (last - on).days)))
        return done - timedelta(days=max(0, done.weekday() - 4))

    def _successor(self, contact: Held) -> Held | None:
        """Who holds the post today: the contact, or whoever came after at the same partner."""
        if contact.on(SAMPLE_TODAY):
            return contact
        return next(
            (one for one in self._held if one.partner == contact.partner and one.on(SAMPLE_TODAY)), None
        )

    def _evidence(
        self, status: CommitmentStatus, done: date | None, due: date, entry: Entry, theirs: str
    ) -> str:
        if status is CommitmentStatus.CANCELLED:
            on, name = due, "cancelled"
        elif done is not None:
            on, name = done, "evidence"
        else:
            return ""
        places = entry.places | {"date": day_words(on, SAMPLE_TODAY), "who": theirs}
        return fill(self._decks.draw(name, name, _phrases(name), places), places)


def _phrases(name: str) -> list[str]:
    return list(document("phrases.yaml")[name])
