"""The retention commands: rules, the review list, a dry run by default, and letting go with --yes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cityplanner.model.engagement import Commitment, Engagement
from cityplanner.model.partner import Partner
from cityplanner.model.retention import RecordSeries, RetentionRule
from cityplanner.store.backups import backups
from cityplanner.store.plan_file import create_plan, open_plan
from tests.builders import make
from tests.conftest import make_office
from tests.test_cli import Line


@pytest.fixture
def line(capfd: pytest.CaptureFixture[str]) -> Line:
    return Line(capfd)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A plan with two old visits, one of which an open promise keeps, and a history as old."""
    path = tmp_path / "office.cityplan"
    clock = datetime(2012, 1, 1, tzinfo=UTC)
    with (
        create_plan(path, make_office(), user="tester", clock=lambda: clock) as plan,
        plan.edit("Make") as edit,
    ):
        for title, series in (("Visits", RecordSeries.ENGAGEMENTS), ("Log", RecordSeries.HISTORY)):
            edit.add(RetentionRule(title=title, series=series, years=7))
        old, kept = (
            Engagement(title=title, starts_at=clock, zone="America/Chicago") for title in ("Old", "Kept")
        )
        edit.add_all([old, kept])
        edit.flush()
        promise = Commitment(text="Send plans", partner_id=make(edit, Partner).id, engagement_id=kept.id)
        edit.add(promise)
    return path


def titles(path: Path) -> list[str]:
    with open_plan(path, read_only=True) as plan, plan.reading() as session:
        return sorted(one.title for one in session.query(Engagement))


def test_the_rules_are_listed_with_how_much_may_go(line: Line, file: Path) -> None:
    assert line("retention", "list", "--plan", file) == 0
    visits, log = line.out.splitlines()
    assert visits.split("\t") == ["Visits", "engagements", "7 years", "date of the record", "delete", "1"]
    assert log.split("\t")[0] == "Log"
    assert line("retention", "list", "--plan", file, "--json") == 0
    assert [(one["rule"], one["may_go"], one["kept"]) for one in json.loads(line.out)] == [
        ("Visits", 1, 1),
        ("Log", 1, 0),
    ]


def test_the_review_names_what_may_go_and_why_the_rest_is_kept(line: Line, file: Path) -> None:
    assert line("retention", "review", "--plan", file, "--rule", "visits") == 0
    assert "2 records are past their time, 1 may go." in line.out
    assert "may go\tOld" in line.out
    assert "kept\tKept\tStill open: commitment “Send plans”" in line.out
    assert line("retention", "review", "--plan", file, "--json") == 0
    visits = json.loads(line.out)[0]
    assert [one["title"] for one in visits["records"] if not one["kept_by"]] == ["Old"]


def test_applying_is_a_dry_run_until_it_is_agreed_to(line: Line, file: Path) -> None:
    before = file.read_bytes()
    assert line("retention", "apply", "--plan", file) == 0
    assert "Nothing was changed" in line.out
    assert file.read_bytes() == before
    assert backups(file) == []
    assert line("retention", "apply", "--plan", file, "--rule", "Visits", "--yes") == 0
    assert "1 record was let go." in line.out
    assert titles(file) == ["Kept"]
    assert len(backups(file)) == 1


def test_everything_is_applied_for_a_script_and_the_check_says_what_was_pruned(
    line: Line, file: Path
) -> None:
    assert line("retention", "apply", "--plan", file, "--yes", "--json") == 0
    done = json.loads(line.out)
    assert (done["gone"], done["kept"], done["pruned"]) == (1, 0, 1)
    assert line("check", "--plan", file) == 0
    assert "under the rule “Log”" in line.out
    assert line("history", "--plan", file) == 0
    assert "Prune the history up to Jan 1, 2012: Log" in line.out


def test_an_unknown_rule_and_nothing_to_do_are_told_in_words(line: Line, file: Path) -> None:
    assert line("retention", "review", "--plan", file, "--rule", "Gifts") == 1
    assert "There is no retention rule “gifts”" in line.err
    line("retention", "apply", "--plan", file, "--yes")
    assert line("retention", "apply", "--plan", file, "--yes", "--rule", "Visits") == 1
    assert "Nothing is past its time and free to go" in line.err
