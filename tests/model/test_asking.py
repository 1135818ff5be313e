"""Records that are asked together are told what each would be told alone."""

from __future__ import annotations

from typing import Any

import pytest

from cityplanner.model.asking import Asker
from cityplanner.model.entity import Entity, stand_in
from cityplanner.model.nouns import nouns
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
