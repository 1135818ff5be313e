"""Reports of faults: kept without names, told of once, and not without end."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cityplanner.base import crash
from cityplanner.base.traces import trace
from tests.base.test_traces import NAME, caught

NOW = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)


def test_a_report_tells_versions_place_and_steps() -> None:
    path = crash.write(trace(caught(NAME)), ["started", "record_new"], ["Qt 6"], NOW)
    assert path is not None
    text = path.read_text("utf-8")
    for part in ("2026-11-02 15:00 UTC", "CityPlanner ", "Python 3.", "Qt 6", "in fail", "  record_new\n"):
        assert part in text


def test_a_report_holds_no_name_no_path_and_no_value() -> None:
    path = crash.write(trace(caught(NAME)), ["started"], now=NOW)
    assert path is not None
    text = path.read_text("utf-8")
    for part in (*NAME.split(), str(Path.home()), "/", "\\"):
        assert part not in text
    assert f" {getpass.getuser()}" not in text


def test_a_report_is_told_of_once_and_kept() -> None:
    path = crash.write("ValueError", [], now=NOW)
    assert path is not None
    assert crash.untold() == [path]
    known = crash.told(path)
    assert crash.untold() == []
    assert crash.reports() == [known]
    assert crash.told(known) == known
    assert crash.made_at(known) == NOW


def test_reports_of_one_second_are_all_kept_and_of_many_the_newest() -> None:
    first = crash.write("ValueError", [], now=NOW)
    assert first is not None
    crash.told(first)
    second = crash.write("KeyError", [], now=NOW)
    assert crash.reports()[0] == second
    assert len(crash.reports()) == 2
    for minute in range(1, 30):
        crash.write("KeyError", [], now=NOW + timedelta(minutes=minute))
    assert len(crash.reports()) == crash.MOST_KEPT
    assert crash.reports()[0].name == "report-20261102T152900Z-01.new.txt"


def test_where_nothing_can_be_written_there_is_no_report(tmp_path: Path) -> None:
    crash.folder().parent.mkdir(parents=True, exist_ok=True)
    crash.folder().write_text("in the way", "utf-8")
    assert crash.write("ValueError", []) is None
    assert crash.reports() == []
