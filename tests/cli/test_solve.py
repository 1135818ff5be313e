"""The best plan on the command line: words, JSON, what is kept, exit codes."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from cityplanner.planning.gathering import gather
from cityplanner.planning.scenarios import outcome
from cityplanner.store.plan_file import open_plan
from tests.test_cli import Line

LESS = "Twenty-five per cent less FY 2028"


@pytest.fixture
def line(capfd: pytest.CaptureFixture[str]) -> Line:
    return Line(capfd)


@pytest.fixture
def file(sample_file: Path, tmp_path: Path) -> Path:
    """A copy of the sample plan that nobody has open."""
    return shutil.copyfile(sample_file, tmp_path / "sample.cityplan")


def test_it_says_how_good_the_plan_is_and_why_what_is_left_out_is(line: Line, file: Path) -> None:
    assert line("solve", "--plan", file, "--scenario", LESS) == 0
    assert "proven optimal" in line.out
    assert "at its fullest level" in line.out
    assert "more in General Fund" in line.out
    assert "0.1 FTE more" in line.out


def test_json_has_decisions_reasons_worth_and_a_frontier_that_never_falls(line: Line, file: Path) -> None:
    part_of_name = "twenty-five"

    assert line("solve", "--plan", file, "--scenario", part_of_name, "--frontier", 6, "--json") == 0
    found = json.loads(line.out)

    assert found["feasible"]
    assert found["proven"]
    assert found["gap"] == 0
    assert 0.84 < found["coverage"] <= 1
    assert len(found["decisions"]) == 39
    assert found["left_out"]
    assert all(one["words"] for one in found["left_out"])
    assert {one["more"] for one in found["one_more"]} >= {"0.1 FTE more", "one furlough day less"}
    reached = [one["coverage"] for one in found["frontier"] if one["coverage"] is not None]
    assert len(found["frontier"]) == 6
    assert reached == sorted(reached)
    assert found["saved_as"] is None


def test_the_frontier_is_a_table_of_budget_coverage_gap_and_what_changes(line: Line, file: Path) -> None:
    assert line("solve", "--plan", file, "--scenario", LESS, "--frontier", 5) == 0

    _before, table = line.out.split(
        "The frontier: Budget, Best coverage, Gap, Changes from the budget below\n"
    )
    rows = [row.split("\t") for row in table.splitlines()]
    assert len(rows) == 5
    assert all(len(row) == 4 for row in rows)
    assert all(row[0].startswith("$") for row in rows)
    reached = [row for row in rows if row[1] != "no plan"]
    assert all(row[2] == "proven" or row[2].startswith("at most") for row in reached)
    assert any("more of " in row[3] for row in reached[1:])


def test_floors_and_hours_for_partners_are_limits_of_the_plan(line: Line, file: Path) -> None:
    limits = ("--theme-floor", "networks and peer learning=90%", "--equity-floor", "60%", "--keep-in-touch")
    asked = ("solve", "--plan", file, "--scenario", LESS)

    assert line(*asked, *limits, "--json") == 0
    bound = json.loads(line.out)
    assert line(*asked, "--json") == 0
    assert bound["coverage"] <= json.loads(line.out)["coverage"]

    assert line(*asked, "--equity-floor", "100%") == 1
    assert "Equity stays at 100% of what is possible" in line.out


def test_a_plan_that_is_kept_is_a_scenario_that_balances(line: Line, file: Path) -> None:
    kept = ("--budget-change", "-2%", "--save", "Best of less")

    assert line("solve", "--plan", file, "--scenario", LESS, *kept) == 0

    assert "Kept as the scenario “Best of less”." in line.out
    with open_plan(file, user="tester") as opened:
        facts = gather(opened, date(2026, 11, 2))
        made = next(one for one in facts.scenarios if one.name == "Best of less")
        asked = next(one for one in facts.scenarios if one.name == LESS)
        now, then = outcome(facts.office, made), outcome(facts.office, asked)
        assert now.ready
        general = {one.fund_id: one.amount for one in then.funds}[1]
        assert now.funds[0].amount == pytest.approx(general * 0.98, abs=1)
        assert opened.undo() is not None
        assert len(gather(opened, date(2026, 11, 2)).scenarios) == len(facts.scenarios) - 1


def test_limits_that_contradict_each_other_are_named_and_the_command_fails(line: Line, file: Path) -> None:
    asked = ("solve", "--plan", file, "--scenario", LESS, "--budget-change", "-90%")

    assert line(*asked) == 1
    assert "No plan keeps to all limits" in line.out
    assert "staff positions take" in line.out
    assert line(*asked, "--json") == 1
    assert json.loads(line.out)["contradiction"]


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--theme-floor", "sailing=60%", "names no theme"),
        ("--theme-floor", "60%", "names no theme"),
        ("--theme-floor", "virtual engagement=most", "is not between 0% and 100%"),
        ("--equity-floor", "101%", "is not between 0% and 100%"),
    ],
)
def test_a_floor_that_cannot_be_meant_is_said(
    line: Line, file: Path, option: str, value: str, words: str
) -> None:
    assert line("solve", "--plan", file, "--scenario", LESS, option, value) == 1
    assert words in line.err


@pytest.mark.parametrize(
    ("scenario", "change", "words"),
    [
        ("Nothing like it", "", "There is no scenario"),
        ("less", "", "may be several scenarios"),
        (LESS, "fifteen", "is no change in per cent"),
        (LESS, "-101%", "is no change in per cent"),
    ],
)
def test_what_cannot_be_meant_is_said(line: Line, file: Path, scenario: str, change: str, words: str) -> None:
    assert line("solve", "--plan", file, "--scenario", scenario, "--budget-change", change) == 1
    assert words in line.err
