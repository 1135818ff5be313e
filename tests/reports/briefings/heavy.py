"""A plan that strains a page: names in every script, names of 200 letters, texts of 20,000, hundreds of rows."""

from __future__ import annotations

import datetime as dt

from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.agreement import Agreement, AgreementPartner, AgreementStatus, Deliverable
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import (
    Commitment,
    Engagement,
    EngagementContact,
    EngagementInitiative,
    EngagementPartner,
    Side,
)
from cityplanner.model.indicator import Indicator, Measurement
from cityplanner.model.initiative import Initiative, InitiativePartner
from cityplanner.model.ledger import Aid, AidStatus, Direction, Gift
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.model.practice import Practice
from cityplanner.model.recommendation import Answer
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from tests.reports.sample import SCRIPTS

LONG = " ".join(["Association of the Neighborhoods of the Northern Harbor and Its Islands"] * 4)[:240]
"""A name of 240 letters."""
SENTENCE = "The delegation visited the harbor, the market and two schools, and asked for the plans. "
TEXT = (SENTENCE * 300)[:19_990]
"""More than any page holds in one cell."""
WORD = "Harborfront" * 1_800
"""19,800 letters without a space."""
FORMULAS = (
    "=SUM(A1:A9)",
    "<b>bold</b> & <script>alert(1)</script>",
    "{name} %s $x^2$ \\frac{a}{b} `code` **star** [link](https://example.org)",
    "+1-2@3 &lt;nbsp;&#0; </para> ]]> -->",
)
ROWS = 400
HOST = "Twin City of the Harbor"
LONELY = "Just One Row"
"""The partner of which there is one record of everything."""


def heavy_names() -> dict[str, str]:
    """For each script a short name, and a long one of the same words."""
    return {text: " ".join([text] * (200 // len(text) + 1)) for _language, text in SCRIPTS.values()}


def add_heavy(plan: Plan) -> int:
    """Add to a plan what strains a page; gives the id of the partner that most of it hangs on."""
    with plan.edit("Strain") as edit:
        host = _partner(edit, HOST, TEXT, own_name=LONG, latitude=53, longitude=10)
        _people(edit, host)
        _log(edit, host, _partner(edit, LONG, city=LONG))
        _ledger(edit, host)
        _others(edit)
        _lonely(edit)
        _plans(edit, host)
    return host


def _partner(edit: Editing, name: str, notes: str = "", **also: object) -> int:
    (found,) = edit.insert_values(
        Partner, [{"name": name, "kind": PartnerKind.CITY, "country": "DE", "notes": notes, **also}]
    )
    return found


def _people(edit: Editing, host: int) -> None:
    languages, names = zip(*SCRIPTS.values(), strict=True)
    people = [
        {
            "given": names[n % len(names)][:50],
            "family": f"{LONG[:100]} {n}",
            "own_name": names[n % len(names)],
            "languages": (languages[n % len(names)],),
            "email": f"{'long-name-' * 5}{n}@{'subdomain.' * 5}example.org",
            "pronunciation": "pro-nun-ci-A-tion " * 8,
            "address_form": "Her Excellency the Ambassador Extraordinary and Plenipotentiary of the Kingdom",
            "protocol": TEXT if n == 0 else FORMULAS[n % 4],
            "do_not_contact": n % 7 == 0,
        }
        for n in range(40)
    ]
    found = edit.insert_values(Contact, people)
    held = [
        {"contact_id": one, "partner_id": host, "title": f"{LONG} {n}"[-290:]} for n, one in enumerate(found)
    ]
    edit.insert_values(Position, held)


def _log(edit: Editing, host: int, companion: int) -> None:
    initiative = records(edit, Initiative)[0].id
    contacts = [one.id for one in records(edit, Contact)][-40:]
    long_texts = {1: TEXT, 2: WORD, 3: "\n\n".join(FORMULAS), 5: LONG}
    found = edit.insert_values(
        Engagement,
        [
            {
                "title": FORMULAS[n % 4]
                if n % 9 == 0
                else LONG
                if n == 1
                else f"Meeting {n} about the harbor",
                "starts_at": _when(-(n % 360) if n > 11 else n - 2),
                "zone": "Europe/Berlin",
                "minutes": 90,
                "place": LONG if n == 1 else "City Hall",
                "staff": ("Ana Ruiz", "J. Park"),
                "purpose": SENTENCE,
                "result": long_texts.get(n, SENTENCE if n % 2 else ""),
            }
            for n in range(ROWS)
        ],
    )
    edit.insert_values(EngagementPartner, [{"engagement_id": one, "partner_id": host} for one in found])
    both = [{"engagement_id": one, "partner_id": companion} for one in found[:12]]
    edit.insert_values(EngagementPartner, both)
    guests = [
        {"engagement_id": one, "contact_id": who, "role": "guest"} for one in found[:3] for who in contacts
    ]
    edit.insert_values(EngagementContact, guests)
    edit.insert_values(
        EngagementInitiative, [{"engagement_id": one, "initiative_id": initiative} for one in found]
    )
    edit.insert_values(
        Commitment,
        [
            {
                "text": (LONG, WORD[:290], *FORMULAS)[n % 6] if n < 12 else f"Send the plans, part {n}",
                "side": (Side.OURS, Side.THEIRS)[n % 2],
                "due_on": SAMPLE_TODAY + dt.timedelta(days=n - 20),
                "owner": LONG if n == 0 else "Ana Ruiz",
                "partner_id": host,
                "evidence": TEXT if n == 0 else "",
            }
            for n in range(60)
        ],
    )


def _when(days: int) -> dt.datetime:
    return dt.datetime.combine(SAMPLE_TODAY, dt.time(14), dt.UTC) + dt.timedelta(days=days)


def _ledger(edit: Editing, host: int) -> None:
    day = SAMPLE_TODAY - dt.timedelta(days=30)
    common = {"partner_id": host, "direction": Direction.RECEIVED}
    gifts = [{**common, "description": text, "given_on": day, "value": 10**11} for text in (LONG, *FORMULAS)]
    edit.insert_values(Gift, gifts)
    items = (LONG, WORD[:290], *FORMULAS)
    aid = [{**common, "item": text, "occurred_on": day, "value": 10**11, "notes": TEXT} for text in items]
    edit.insert_values(Aid, [{**one, "status": AidStatus.RECEIVED} for one in aid])
    practices = [
        {"topic": LONG, "partner_id": host, "noted_on": day, "summary": TEXT},
        {"topic": FORMULAS[1], "partner_id": host, "noted_on": day, "summary": WORD},
    ]
    edit.insert_values(Practice, practices)
    deeds = edit.insert_values(
        Agreement,
        [
            {
                "title": title,
                "status": AgreementStatus.ACTIVE,
                "signed_on": "2020-05-04",
                "expires_on": SAMPLE_TODAY + dt.timedelta(days=60 + n),
                "notice_days": 90,
                "summary": TEXT if n == 0 else SENTENCE,
            }
            for n, title in enumerate([LONG, *FORMULAS, *heavy_names(), *heavy_names().values()])
        ],
    )
    edit.insert_values(AgreementPartner, [{"agreement_id": one, "partner_id": host} for one in deeds])
    promised = [{"agreement_id": deeds[0], "title": f"Deliverable {n}: {LONG}"} for n in range(30)]
    edit.insert_values(Deliverable, promised)


def _others(edit: Editing) -> None:
    """A partner for each script, with a person and an engagement to come that name it."""
    for number, (short, long) in enumerate(heavy_names().items()):
        tag = next(language for language, text in SCRIPTS.values() if text == short)
        own: dict[str, object] = {"own_name": long, "languages": (tag,), "city": short}
        partner = _partner(edit, short, "", latitude=10 + number, longitude=5 * number, **own)
        (person,) = edit.insert_values(Contact, [{"family": short, "own_name": short, "languages": (tag,)}])
        edit.insert_values(Position, [{"contact_id": person, "partner_id": partner, "title": short}])
        log = {"title": short, "place": short, "zone": "Asia/Tokyo", "minutes": 60, "result": long}
        when = (_when(1 + number % 10), _when(-5 - number))
        for one in edit.insert_values(Engagement, [{**log, "starts_at": moment} for moment in when]):
            edit.insert_values(EngagementPartner, [{"engagement_id": one, "partner_id": partner}])
            edit.insert_values(EngagementContact, [{"engagement_id": one, "contact_id": person}])
        item = {"item": short, "status": AidStatus.RECEIVED, "direction": Direction.RECEIVED, "value": 100}
        edit.insert_values(Aid, [{**item, "partner_id": partner, "occurred_on": SAMPLE_TODAY}])
        edit.insert_values(Commitment, [{"text": short, "partner_id": partner, "due_on": SAMPLE_TODAY}])


def _lonely(edit: Editing) -> None:
    partner = _partner(edit, LONELY)
    (person,) = edit.insert_values(Contact, [{"family": "Single"}])
    edit.insert_values(Position, [{"contact_id": person, "partner_id": partner, "title": "Mayor"}])
    (one,) = edit.insert_values(
        Engagement, [{"title": "The only meeting", "starts_at": _when(-3), "zone": "UTC"}]
    )
    edit.insert_values(EngagementPartner, [{"engagement_id": one, "partner_id": partner}])
    edit.insert_values(Commitment, [{"text": "The only promise", "partner_id": partner}])


def _plans(edit: Editing, host: int) -> None:
    """Long titles and texts in the plans of the office itself."""
    first, second = records(edit, Initiative)[:2]
    first.title, first.objective, first.risks, first.lead = LONG, TEXT, WORD, LONG
    second.title, second.objective = FORMULAS[1], "\n".join(FORMULAS)
    third = {one.partner_id for one in records(edit, InitiativePartner) if one.initiative_id == first.id}
    others = [one.id for one in records(edit, Partner) if one.id not in third][-30:]
    named = [{"initiative_id": first.id, "partner_id": one} for one in {host, *others}]
    edit.insert_values(InitiativePartner, named)
    for number, answer in enumerate(records(edit, Answer)[:3]):
        answer.rationale, answer.owner = (TEXT, WORD, "\n".join(FORMULAS))[number], LONG
    (one,) = edit.insert_values(
        Indicator,
        [{"initiative_id": first.id, "title": LONG, "unit": "people served in the harbor", "note": TEXT}],
    )
    measured = [
        {
            "indicator_id": one,
            "measured_on": SAMPLE_TODAY - dt.timedelta(days=n),
            "value": n,
            "group": LONG if n < 3 else "youth",
        }
        for n in range(ROWS)
    ]
    edit.insert_values(Measurement, measured)
