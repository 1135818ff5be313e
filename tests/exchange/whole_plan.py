"""A plan with two records of every noun, filled from the declarations with awkward values."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from cityplanner.model.entity import Entity, fields, links
from cityplanner.model.field import Field, Kind
from cityplanner.model.nouns import nouns
from cityplanner.model.priority import Criterion
from cityplanner.store.plan_file import Plan
from cityplanner.store.rows import table_of

AWKWARD = (
    '=HYPERLINK("http://example.org","x"), a; b',
    "'+already 'quoted' \"twice\"",
    "-5 degrees, “São Paulo” | 名古屋\tटैब",
    "@mention; trailing semicolon;",
)
_VALUES: dict[Kind, tuple[Any, Any]] = {
    Kind.INTEGER: (0, 3),
    Kind.PERCENT: (0, 100),
    Kind.MONEY: (1_234_567_05, 7),
    Kind.FLAG: (True, False),
    Kind.DATE: (date(2024, 2, 29), date(2031, 12, 1)),
    Kind.PARTIAL_DATE: ("1959", "2020-04"),
    Kind.MOMENT: (datetime(2026, 3, 8, 9, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, 15, tzinfo=UTC)),
    Kind.WORDS: (("a, b", 'c "d"; e', "=f"), ("one",)),
    Kind.COUNTRY: ("JP", "CI"),
    Kind.CURRENCY: ("USD", "USD"),
    Kind.LANGUAGES: (("ga", "zh-Hant", "pt-BR"), ("ar",)),
    Kind.ZONE: ("Asia/Tokyo", "America/Chicago"),
    Kind.EMAIL: ("first.last@example.org", "+plus@example.org"),
    Kind.EMAILS: (("a@example.org", "b@example.org"), ()),
    Kind.PHONE: ("+81529611111", "+390612345678"),
    Kind.PHONES: (("+12025550123;ext=12", "+442079460958"), ()),
    Kind.COLOUR: ("#1a5fb4", "#000000"),
}


def fill(plan: Plan) -> None:
    """Add two records of every noun but the office to a plan."""
    waiting = [noun for noun in nouns().values() if noun.__tablename__ != "office"]
    with plan.edit("Fill") as edit:
        made: dict[str, list[int]] = {}
        while waiting:
            noun = waiting.pop(0)
            needed = [link for link in links(noun) if link.required and link.target != noun.__tablename__]
            if any(link.target not in made for link in needed):
                waiting.append(noun)
                continue
            records = [noun(**_values(noun, number, made)) for number in (0, 1)]
            for record in records:
                edit.add(record)
            edit.flush()
            made[noun.__tablename__] = [record.id for record in records]


def _values(noun: type[Entity], number: int, made: dict[str, list[int]]) -> dict[str, Any]:
    found = {field.name: _value(field, number, made) for field in fields(noun)}
    return found | _OWN.get(noun.__tablename__, lambda number: {})(number)


_OWN: dict[str, Any] = {
    "initiative": lambda n: {
        "sdgs": ("16.b", "4"),
        "ends_on": date(2031, 12, 1),
        "starts_on": date(2024, 1, 1),
    },
    "agreement": lambda n: {"signed_on": "1959", "in_force_on": "1960-02", "expires_on": date(2040, 1, 1)},
    "position": lambda n: {"starts_on": date(2020, 1, 1), "ends_on": None},
    "fund_change": lambda n: {"percent": Decimal("-12.5") if n else None, "amount": None if n else -5_000_00},
    "scenario": lambda n: {"adopted_at": None, "adopted_by": "", "fiscal_year": 2027},
    "fund_amount": lambda n: {"fiscal_year": 2027 + n},
    "answer": lambda n: {"weight": 4},
    "score": lambda n: {"criterion": Criterion.DEMAND},
    "staff_position": lambda n: {"fte": Decimal("0.75")},
    "commitment": lambda n: {"completed_on": date(2026, 1, 2)},
    "smart_group": lambda n: {"of": "partners", "conditions": ("kind is city | university",)},
    "attachment": lambda n: {"noun": "partner", "record_id": n + 1, "sha256": f"{n:064x}"},
}


def _value(field: Field, number: int, made: dict[str, list[int]]) -> Any:
    if field.kind is Kind.LINK:
        known = made.get(field.target)
        other = field.name in ("other_id", "to_id", "second_id")
        return known[1 - number if other else number] if known else None
    if field.kind in (Kind.CHOICE, Kind.CHOICES):
        assert field.choices is not None
        members = list(field.choices)
        chosen = members[-1 - number]
        return (chosen.value, members[0].value) if field.kind is Kind.CHOICES else chosen
    if field.kind is Kind.NUMBER:
        low = field.minimum if field.minimum is not None else -3
        return Decimal(low + number) + Decimal(1).scaleb(-field.places)
    if field.kind is Kind.INTEGER and field.minimum and field.minimum > 1:
        return field.minimum + number
    if field.kind is Kind.INTEGER:
        return (field.minimum or 0) + number
    if field.kind is Kind.TEXT:
        return f"{AWKWARD[number].replace(chr(9), ' ')} {field.name}"[: field.longest].strip()
    if field.kind is Kind.LONG_TEXT:
        return AWKWARD[number + 2] + "\n\n=1+1\n" + field.name
    return _VALUES[field.kind][number]


def contents(plan: Plan) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every noun's table."""
    with plan.reading() as session:
        return {
            name: [
                tuple(row) for row in session.execute(select(table_of(name)).order_by(table_of(name).c.id))
            ]
            for name in nouns()
        }
