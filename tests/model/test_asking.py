"""Records that are asked together are told what each would be told alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cityplanner.model.asking import Asker
from cityplanner.model.contact import Contact, Position
from cityplanner.model.entity import Entity, stand_in
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store.columns import typed_columns
from cityplanner.store.plan_file import Plan
from cityplanner.store.rows import table_of
from tests.builders import make

NOUNS = list(nouns().values())
TROUBLES: tuple[Any, ...] = (None, "", " ", "a\x07b", "two\nlines", 10**18, -1, "x" * 100_000, ())


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__tablename__)
def test_many_records_are_told_what_each_is_told_alone(plan: Plan, noun: type[Entity]) -> None:
    with plan.edit("Make") as edit:
        make(edit, noun)
    with plan.reading() as session:
        (page,) = typed_columns(session.connection(), table_of(noun.__tablename__))
    assert list(Asker(noun).problems_by_id(page)) == []

    names = [name for name in page if name not in ("id", "uid")]
    rows = [{name: values[-1] for name, values in page.items()}]
    rows += [rows[0] | {name: trouble} for name in names for trouble in TROUBLES]
    asked, alone = [], []
    for number, row in enumerate(rows):
        try:
            problems = stand_in(noun, row).check()
        except (TypeError, AttributeError, ValueError, ArithmeticError):
            continue  # no value that a database could have given
        asked.append(row | {"id": number})
        if problems:
            alone.append((number, problems))
    together = Asker(noun).problems_by_id({name: [row[name] for row in asked] for name in page})
    assert list(together) == alone


DAY = date(2020, 1, 1)
COLUMNS: list[tuple[type[Entity], dict[str, list[Any]], int | None]] = [
    (Contact, {"family": ["Sato", "Ito", "Abe"], "email": ["a@example.org", None, "b@example.org"]}, None),
    (Contact, {"family": ["Sato", "Ito"], "email": ["a@example.org", "nowhere"]}, 1),
    (Contact, {"family": ["Sato", "two\nlines", ""], "own_name": ["", "", ""]}, 1),
    (Contact, {"family": ["Sato", ""], "own_name": ["", "佐藤"]}, None),
    (Contact, {"family": ["Sato", ""], "given": ["", " "]}, 1),
    (Contact, {"email": ["a@example.org"]}, 0),
    (Contact, {"family": ["x" * 120, "x" * 121]}, 1),
    (Contact, {"family": ["A", "B"], "languages": [("en",), ("en", "en")]}, 1),
    (Contact, {"family": ["A", "B", "C"], "do_not_contact": [True, False, 1]}, 2),
    (Contact, {"family": ["A", None]}, 1),
    (Partner, {"name": ["Lima", "Cusco"]}, None),
    (Partner, {"name": ["Lima", " "]}, 1),
    (Partner, {"city": ["Lima"]}, 0),
    (Position, {"contact_id": [1, 2], "partner_id": [3, None]}, 1),
    (Position, {"contact_id": [1, 2], "partner_id": [3, True]}, 1),
    (
        Position,
        {"contact_id": [1, 2], "partner_id": [3, 3], "starts_on": [DAY] * 2,
         "ends_on": [None, date(2019, 1, 1)]},
        1,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("noun", "columns", "refused"), COLUMNS)
def test_the_first_that_is_refused_is_found(
    noun: type[Entity], columns: dict[str, list[Any]], refused: int | None
) -> None:
    count = len(next(iter(columns.values())))
    assert Asker(noun).first_refused(columns, count) == refused

    one_by_one = [
        Asker(noun).problems({name: column[place] for name, column in columns.items()})
        for place in range(count)
    ]
    assert next((place for place, problems in enumerate(one_by_one) if problems), None) == refused
