"""The chain that the history hangs together by."""

from __future__ import annotations

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from cityplanner.model.change import GENESIS, chain_hash, dumps, dumps_all

HEADER = (1, "Rename", "edit", "2026-11-02T15:00:00Z", "dana", None)
ROWS = [("partner", 1, None, '{"name":"A"}')]


def test_the_same_change_has_the_same_hash() -> None:
    assert chain_hash(GENESIS, HEADER, ROWS) == chain_hash(GENESIS, HEADER, list(ROWS))


def test_any_difference_gives_another_hash() -> None:
    hashes = {
        chain_hash(GENESIS, HEADER, ROWS),
        chain_hash("1" * 64, HEADER, ROWS),
        chain_hash(GENESIS, (2, *HEADER[1:]), ROWS),
        chain_hash(GENESIS, (1, "Rename!", *HEADER[2:]), ROWS),
        chain_hash(GENESIS, (*HEADER[:5], 1), ROWS),
        chain_hash(GENESIS, HEADER, []),
        chain_hash(GENESIS, HEADER, ROWS * 2),
        chain_hash(GENESIS, HEADER, [("partner", 1, '{"name":"A"}', None)]),
        chain_hash(GENESIS, HEADER, [("partner", 2, None, '{"name":"A"}')]),
    }

    assert len(hashes) == 9


def test_a_row_is_written_the_same_way_whatever_its_order() -> None:
    assert dumps({"b": 1, "a": "é"}) == '{"a":"é","b":1}' == dumps({"a": "é", "b": 1})
    assert dumps(None) is None


TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.tuples(TEXT, st.integers(0), st.none() | TEXT, st.none() | TEXT)))
def test_rows_are_chained_as_the_json_they_stand_for(
    rows: list[tuple[str, int, str | None, str | None]],
) -> None:
    header = (1, "label", "edit", "2026-01-01T00:00:00Z", "tester", None)
    digest = hashlib.sha256(GENESIS.encode())
    for part in (header, *rows):
        digest.update(json.dumps(part, ensure_ascii=False).encode("utf-8", "strict"))
    assert chain_hash(GENESIS, header, rows) == digest.hexdigest()


VALUE = st.none() | st.booleans() | st.integers() | TEXT


@given(
    st.sets(TEXT, max_size=5).flatmap(
        lambda names: st.lists(st.fixed_dictionaries(dict.fromkeys(names, VALUE)))
    )
)
def test_many_rows_are_written_as_each_is_alone(rows: list[dict[str, object]]) -> None:
    assert dumps_all(rows) == [dumps(row) for row in rows]
    assert dumps_all([*rows, None, {"a": "%s"}, {"a": "%d", "b": 1}]) == [
        *map(dumps, rows), None, '{"a":"%s"}', '{"a":"%d","b":1}',
    ]  # fmt: skip
