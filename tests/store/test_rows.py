"""Rows as plain values and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from cityplanner.model.change import ChangeKind
from cityplanner.model.entity import Entity
from cityplanner.model.nouns import nouns
from cityplanner.store.rows import Change, RowChange, plain_row, table_of, typed_row
from tests.builders import values_for


@pytest.mark.parametrize("noun", nouns().values(), ids=lambda noun: noun.__tablename__)
def test_a_row_survives_being_written_as_json(noun: type[Entity]) -> None:
    table = table_of(noun.__tablename__)
    record = noun(**values_for(noun, 7))
    values = {column.key: getattr(record, column.key) for column in table.columns}

    plain = json.loads(json.dumps(plain_row(table, values)))

    assert typed_row(table, plain) == values


def test_a_row_of_an_older_history_leaves_new_columns_to_their_defaults() -> None:
    table = table_of("partner")

    assert typed_row(table, {"id": 1, "name": "A"}) == {"id": 1, "name": "A"}


def test_a_change_knows_its_tables() -> None:
    rows = (RowChange("partner", 1, None, {}), RowChange("gift", 1, {}, None), RowChange("gift", 2, {}, None))

    change = Change(1, "Move", ChangeKind.EDIT, datetime(2026, 11, 2, tzinfo=UTC), "dana", rows)

    assert change.tables == {"partner", "gift"}
