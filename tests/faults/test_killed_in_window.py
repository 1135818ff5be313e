"""A window that was killed half way through a form, or fell: the next one says so, and offers what was typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from cityplanner.base import crash
from cityplanner.store.checks import check_content, check_database
from cityplanner.store.plan_file import Plan, open_plan

ROOT = Path(__file__).parents[2]
TYPED = "Port of Elm Har"
LONGEST = 120
"""Seconds; a window that takes longer has not come to what it was started for."""


def window(deed: str, plan: Path) -> subprocess.Popen[str]:
    """The real application in a process of its own; see `tests.faults.apart` for what it does."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.apart", deed, str(plan)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def said(process: subprocess.Popen[str]) -> Any:
    """The next thing a process says; one that says nothing is ended."""
    assert process.stdout is not None
    patience = Timer(LONGEST, process.kill)
    patience.start()
    try:
        return json.loads(process.stdout.readline())
    finally:
        patience.cancel()


def closed(process: subprocess.Popen[str]) -> bool:
    """Whether a window closed by itself and in order."""
    process.communicate(timeout=LONGEST)
    return process.returncode == 0


def test_a_form_half_filled_in_a_window_that_is_killed_is_offered_by_the_next(plan: Plan) -> None:
    plan.close()
    before = plan.path.read_bytes()
    killed = window("type_into_a_form", plan.path)
    assert said(killed) == "typed"
    killed.kill()
    killed.communicate()

    next_one = window("go_on", plan.path)
    heading, offered = said(next_one)
    assert heading == "CityPlanner was not closed properly last time."
    assert offered == [["New partner", TYPED]]
    assert said(next_one) == [TYPED, "What you typed here earlier and did not save is back."]
    assert closed(next_one)

    after = window("look_around", plan.path)
    assert said(after) is False
    assert closed(after)
    assert crash.reports() == []
    assert plan.path.read_bytes() == before
    assert all(finding.ok for finding in check_database(plan.path))
    with open_plan(plan.path) as opened:
        assert all(finding.ok for finding in check_content(opened))


@pytest.mark.skipif(sys.platform == "win32", reason="a process is brought down by a signal here")
def test_a_window_that_crashed_leaves_a_report_that_the_next_start_shows(plan: Plan) -> None:
    plan.close()
    crashed = window("fall", plan.path)
    assert not closed(crashed)

    next_one = window("read_report", plan.path)
    heading, whole, about = said(next_one)
    assert heading == "Something went wrong inside CityPlanner last time."
    assert "everything that was saved is in it" in whole
    assert "no names and nothing from your plan" in about
    text = said(next_one)
    assert closed(next_one)
    assert "Segmentation fault\n" in text
    assert "Current thread, innermost first\n  tests.faults.apart" in text or "  ?, line" in text
    assert "in fall\n" in text
    assert "cityplanner.ui.app, line" in text
    assert "  page partners\n" in text
    for secret in (str(plan.path.parent), str(Path.home()), str(ROOT), plan.path.name):
        assert secret not in text
    assert crash.untold() == []
