"""The plan of a big delegation book: partners with people, long histories and promises, made with a fixed seed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cityplanner.model.agreement import Agreement, AgreementPartner, AgreementStatus
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, Engagement, EngagementPartner, Side
from cityplanner.model.office import Office
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import create_plan
from tests.benchmarks.data import SEED, Words

TODAY = dt.date(2026, 11, 2)
PARTNERS = 21
"""So many fill about 200 pages."""
LOG = 42
PEOPLE = 8
PROMISES = 12
DEEDS = 4


def make_book_plan(path: Path, partners: int) -> None:
    """Write the plan, unless it is there."""
    if path.exists():
        return
    office = Office(
        name="Office of International Affairs", city="Riverton", country="US", zone="America/Chicago"
    )
    words = Words(SEED)
    with create_plan(path, office, user="benchmark") as plan, plan.edit("Book") as edit:
        for number in range(partners):
            _partner(edit, words, number)


def _sentence(words: Words, count: int) -> str:
    return f"{words.sentence(count).capitalize()}."


def _name(words: Words) -> str:
    return f"{words.dice.choice(words.family)} {words.dice.choice(words.family)}"


def _partner(edit: Editing, words: Words, number: int) -> None:
    (partner,) = edit.insert_values(
        Partner,
        [
            {
                "name": f"City of {_name(words)} {number}",
                "own_name": words.own_name(),
                "kind": PartnerKind.CITY,
                "country": "DE",
                "latitude": number - 30,
                "longitude": 2 * number - 60,
                "notes": _sentence(words, 40),
            }
        ],
    )
    _people(edit, words, partner)
    _log(edit, words, partner, number)
    promises = [
        {
            "text": _sentence(words, 12),
            "side": tuple(Side)[n % 2],
            "due_on": TODAY + dt.timedelta(days=7 * n),
            "owner": _name(words),
            "partner_id": partner,
        }
        for n in range(PROMISES)
    ]
    edit.insert_values(Commitment, promises)
    signed = {
        "status": AgreementStatus.ACTIVE,
        "signed_on": "2019",
        "expires_on": TODAY + dt.timedelta(days=400),
    }
    deeds = edit.insert_values(Agreement, [{**signed, "title": _sentence(words, 8)} for _ in range(DEEDS)])
    edit.insert_values(AgreementPartner, [{"agreement_id": one, "partner_id": partner} for one in deeds])


def _people(edit: Editing, words: Words, partner: int) -> None:
    people = edit.insert_values(
        Contact,
        [
            {
                "given": words.dice.choice(words.given),
                "family": words.dice.choice(words.family),
                "own_name": words.own_name(),
                "pronunciation": words.word(2, 4),
                "email": f"p{partner}-{n}@example.org",
                "protocol": _sentence(words, 20) if n < 2 else "",
            }
            for n in range(PEOPLE)
        ],
    )
    held = [{"contact_id": one, "partner_id": partner, "title": "Head of Protocol"} for one in people]
    edit.insert_values(Position, held)


def _log(edit: Editing, words: Words, partner: int, number: int) -> None:
    begin = dt.datetime.combine(TODAY, dt.time(15), dt.UTC)
    found = edit.insert_values(
        Engagement,
        [
            {
                "title": _sentence(words, 6),
                "starts_at": begin + dt.timedelta(days=1 + number % 12 if n == 0 else -8 * n),
                "zone": "Europe/Berlin",
                "minutes": 60,
                "place": _name(words),
                "purpose": _sentence(words, 15),
                "result": _sentence(words, 25),
            }
            for n in range(LOG)
        ],
    )
    edit.insert_values(EngagementPartner, [{"engagement_id": one, "partner_id": partner} for one in found])
