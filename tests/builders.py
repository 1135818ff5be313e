"""Records for tests: a valid one of any noun, with the records it needs, unlike every other one made."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from cityplanner.model.entity import Entity, fields
from cityplanner.model.field import Field, Kind
from cityplanner.model.group import GroupOf
from cityplanner.model.nouns import nouns
from cityplanner.model.priority import Criterion, CriterionWeight
from cityplanner.store.journal import Editing

_number = itertools.count(1)


def value_of(field: Field, number: int) -> Any:
    """A value that the rules of a field allow; another number gives another value where there are others."""
    if field.kind in (Kind.CHOICE, Kind.CHOICES):
        assert field.choices is not None
        members = list(field.choices)
        member = members[number % len(members)]
        return member if field.kind is Kind.CHOICE else (member.value,)
    low = field.minimum if field.minimum is not None else -50
    high = field.maximum if field.maximum is not None else low + 1000
    spread = low + number % (high - low + 1)
    values: dict[Kind, Any] = {
        Kind.TEXT: f"Word{number}"[: field.longest],
        Kind.LONG_TEXT: f"Long text {number}\nin two lines",
        Kind.INTEGER: spread,
        Kind.NUMBER: Decimal(low) + Decimal(number % 100) / 100 * (high - low) / 1000,
        Kind.PERCENT: spread,
        Kind.MONEY: 100 * number + 50,
        Kind.FLAG: number % 2 == 0,
        Kind.DATE: date(2020, 1, 1) + timedelta(days=number),
        Kind.PARTIAL_DATE: ("1959", "2020-04", "2020-02-29")[number % 3],
        Kind.MOMENT: datetime(2020, 1, 1, 12, 0, tzinfo=UTC) + timedelta(hours=number),
        Kind.WORDS: (f"w{number}"[: field.longest], "tag"),
        Kind.COUNTRY: ("JP", "DE", "MX")[number % 3],
        Kind.CURRENCY: ("EUR", "JPY", "KWD")[number % 3],
        Kind.LANGUAGES: (("en", "pt-BR", "zh-Hant")[number % 3],),
        Kind.ZONE: ("Asia/Tokyo", "Europe/Berlin", "America/Mexico_City")[number % 3],
        Kind.EMAIL: f"a{number}@example.org",
        Kind.EMAILS: (f"b{number}@example.org",),
        Kind.PHONE: f"+4930{10000000 + number}",
        Kind.PHONES: (f"+4940{10000000 + number}",),
        Kind.COLOUR: f"#{number:06x}",
    }
    value = values[field.kind]
    return round(value, field.places) if field.kind is Kind.NUMBER else value


# Fields that only go together, or whose rule looks at another field: left to a plain value or to nothing.
PLAIN: dict[str, dict[str, Any]] = {
    "position": {"ends_on": None},
    "agreement": {"signed_on": "1959", "in_force_on": "1960", "expires_on": date(2030, 1, 1)},
    "attachment": {"noun": "office", "record_id": 1, "sha256": 64 * "0"},
    "initiative": {"ends_on": None, "sdgs": ("16.b", "4")},
    "fund_change": {"amount": None},
    "scenario": {"adopted_at": None, "adopted_by": ""},
    "smart_group": {
        "conditions": ("last_contact older than 365", "kind is city | university"),
        "of": GroupOf.PARTNER,
    },
    "score": {"criterion": Criterion.DEMAND},
}


def values_for(noun: type[Entity], number: int, *, full: bool = True) -> dict[str, Any]:
    """Values for the fields of a noun that are no links: all of them, or those that have to be given."""
    plain = noun()
    wanted = [field for field in fields(noun) if field.kind is not Kind.LINK]
    given = {
        f.name: value_of(f, number)
        for f in wanted
        if full or (f.required and getattr(plain, f.name) in (None, "", ()))
    }
    return given | {
        name: value for name, value in PLAIN.get(noun.__tablename__, {}).items() if full or name in given
    }


def make(edit: Editing, noun: type[Entity], *, full: bool = True, **values: Any) -> Any:
    """Add a valid record, and before it a record for each link that it needs and was not given; flushed."""
    number = next(_number)
    given = values_for(noun, number, full=full) | values
    for field in fields(noun):
        if field.kind is Kind.LINK and field.required and field.name not in given:
            shared = field.target == "service_level" and "initiative_id" in given
            own = {"initiative_id": given["initiative_id"]} if shared else {}
            given[field.name] = make(edit, nouns()[field.target], full=full, **own).id
    if not full and noun.__tablename__ == "fund_change":
        given.setdefault("percent", Decimal("-10"))
    if not full and noun.__tablename__ == "contact":
        given.setdefault("family", f"Family{number}")
    if noun.__tablename__ == "attachment" and "sha256" not in values:
        given["sha256"] = edit.keep_file(f"File {number}".encode())
    if noun is CriterionWeight and "criterion" not in values:  # each criterion has one weight
        weighed = set(edit.scalars(select(CriterionWeight.criterion)))
        given["criterion"] = next(one for one in Criterion if one not in weighed)
    record = noun(**given)
    edit.add(record)
    edit.flush()
    return record
