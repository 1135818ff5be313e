"""The history as a file: every field that changed, whole or not at all."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from cityplanner.base.errors import Cancelled, UserError
from cityplanner.exchange import history_out
from cityplanner.exchange.history_out import export_history
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.history import history


@pytest.fixture
def told(plan: Plan) -> Plan:
    """A plan in which one partner was added, renamed, and the renaming undone, and another added."""
    with plan.edit("Add partner") as edit:
        edit.add(Partner(name="Nagoya"))
    with plan.edit("=Rename") as edit:
        found = edit.get(Partner, 1)
        assert found is not None
        found.name = "=SUM(A1)"
    plan.undo()
    with plan.edit("Add another") as edit:
        edit.add(Partner(name="Lima"))
    return plan


def rows(path: Path) -> list[dict[str, str]]:
    """The lines of a CSV file by their headers."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def data(path: Path) -> list[dict[str, Any]]:
    """The changes of a JSON file."""
    found = json.loads(path.read_text("utf-8"))
    assert isinstance(found, list)
    return found


def test_a_line_for_each_field_tells_who_when_and_what(told: Plan, tmp_path: Path) -> None:
    target = tmp_path / "history.csv"
    count = export_history(told, target)
    found = rows(target)
    assert len(found) == count
    renamed = [line for line in found if line["Change"] == "3"]
    assert renamed == [
        {
            "Change": "3",
            "When (UTC)": "2026-11-02 15:00:00",
            "Who": "tester",
            "What": "'=Rename",
            "Record": "Partner changed: Nagoya",
            "Field": "Name",
            "Before": "Nagoya",
            "After": "'=SUM(A1)",
        }
    ]
    assert [line["What"] for line in found if line["Change"] == "4"] == ["Undo: =Rename"]
    assert [int(line["Change"]) for line in found] == sorted(
        (int(line["Change"]) for line in found), reverse=True
    )


def test_every_change_with_every_row_is_in_the_json(told: Plan, tmp_path: Path) -> None:
    target = tmp_path / "history.json"
    count = export_history(told, target)
    found = data(target)
    with told.reading() as session:
        kept = history(session, limit=100)
    assert count == len(found) == len(kept) == 5
    assert [one["id"] for one in found] == [one.id for one in kept]
    assert found[2]["kind"] == "edit"
    assert found[2]["rows"][0]["before"]["name"] == "Nagoya"
    assert found[2]["rows"][0]["after"]["name"] == "=SUM(A1)"


def test_the_history_of_a_noun_and_of_a_record(told: Plan, tmp_path: Path) -> None:
    with told.edit("Both") as edit:
        for number in (1, 2):
            found = edit.get(Partner, number)
            assert found is not None
            found.notes = f"Note {number}"
    target = tmp_path / "one.json"
    export_history(told, target, table="partner", record_id=2)
    assert [[row["id"] for row in one["rows"]] for one in data(target)] == [[2], [2]]
    export_history(told, tmp_path / "one.csv", table="partner", record_id=2)
    assert {line["Record"] for line in rows(tmp_path / "one.csv")} == {
        "Partner changed: Lima",
        "Partner added: Lima",
    }
    export_history(told, target, table="office")
    assert [one["label"] for one in data(target)] == ["Set up the office"]
    assert export_history(told, target, table="fund") == 0
    assert data(target) == []


def test_a_history_longer_than_a_page_is_whole(
    told: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_out, "_PAGE", 2)
    heard: list[float] = []
    export_history(told, tmp_path / "a.json", progress=lambda share, _text: heard.append(share))
    assert [one["id"] for one in data(tmp_path / "a.json")] == [5, 4, 3, 2, 1]
    assert heard == sorted(heard)
    assert heard[-1] == 1
    export_history(told, tmp_path / "a.csv")
    assert {int(line["Change"]) for line in rows(tmp_path / "a.csv")} == {1, 2, 3, 4, 5}


def test_long_texts_are_not_cut(plan: Plan, tmp_path: Path) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="Lima", notes="x" * 5000))
    export_history(plan, tmp_path / "a.csv")
    assert any(line["After"] == "x" * 5000 for line in rows(tmp_path / "a.csv"))


def test_another_ending_is_refused_in_words(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"“\.xlsx”") as refused:
        export_history(plan, tmp_path / "history.xlsx")
    assert ".csv or .json" in refused.value.remedy
    assert not (tmp_path / "history.xlsx").exists()


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_stopping_leaves_what_was_there(told: Plan, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"history.{ending}"
    target.write_text("earlier", "utf-8")
    before = set(tmp_path.iterdir())

    def stop(_share: float, _text: str) -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        export_history(told, target, progress=stop)
    assert target.read_text("utf-8") == "earlier"
    assert set(tmp_path.iterdir()) == before


def test_where_nothing_can_be_written_it_is_told_in_words(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        export_history(plan, tmp_path / "none" / "history.csv")


def test_the_command_line_writes_the_same_file(told: Plan, tmp_path: Path) -> None:
    from cityplanner.cli.app import run

    told.close()
    target = tmp_path / "out.json"
    assert run(lambda _plan: 1, ["history", "--plan", str(told.path), "--output", str(target)]) == 0
    assert len(data(target)) == 5
    assert run(lambda _plan: 1, ["history", "--plan", str(told.path), "--output", str(tmp_path / "a.x")]) == 1
