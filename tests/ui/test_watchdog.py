"""The window never stands still: a watchdog goes along through every page and main dialog of the sample plan.

`python -m tests.benchmarks watchdog` does the same on the big plan, with every list scrolled, sorted and filtered.
"""

from __future__ import annotations

import gc
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.benchmarks.__main__ import main
from tests.benchmarks.walking import Walk, opened
from tests.benchmarks.watching import Stall, Watchdog, stacks
from tests.benchmarks.window import WINDOW
from tests.pace import pace
from tests.waiting import wait

OPENING_MS, AGAIN_MS = 200, 50
LEEWAY = 2
"""A machine that does much else at once takes longer for the same."""


@pytest.fixture
def nothing_before() -> Iterator[None]:
    """What all tests before have left is not searched while this one looks at the clock."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("nothing_before")
def test_no_page_holds_up_the_window(qtbot: QtBot, sample_file: Path, tmp_path: Path) -> None:
    plan = tmp_path / "Sample.cityplan"
    shutil.copyfile(sample_file, plan)
    with opened(plan) as shell:
        first, again = Watchdog(limit=OPENING_MS), Watchdog(limit=AGAIN_MS)
        for dog in (first, again):
            dog.begin()
            Walk(shell, dog.name).visits()
            if dog is first:
                Walk(shell, dog.name).dialogs()
            dog.end()
    slow = LEEWAY * pace()
    assert len(again.longest) > 30
    assert late(first, slow) == late(again, slow) == []


def late(dog: Watchdog, slow: float) -> list[str]:
    """What took the window's thread itself too long; what another program took of the clock does not count."""
    return [str(one) for one in dog.worst() if one.main > dog.limit * slow]


def test_the_watchdog_says_where_the_window_stood_still(qtbot: QtBot) -> None:
    dog = Watchdog(limit=50)
    dog.begin()
    dog.name("a long step")
    _compute(0.3)
    wait(20)
    dog.name("a short step")
    wait(20)
    dog.end()
    (worst,) = [one for one in dog.worst() if one.during == "a long step"]
    assert worst.main >= 300
    assert worst in dog.stalls
    assert not [one for one in dog.stalls if one.during == "a short step" and one.main > 50]


def _compute(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_a_stall_counts_what_this_process_did_and_not_what_others_took() -> None:
    def blocked(wall: float, process: float, waited: float = 0) -> float:
        return Stall("", wall, main=20, process=process, waited=waited, collecting=0, where=()).blocked

    assert blocked(wall=400, process=30) == 30
    assert blocked(wall=90, process=160) == 90
    assert blocked(wall=90, process=160, waited=50) == 40


def test_the_stacks_of_all_threads_are_read_off_a_fault_report() -> None:
    report = [
        "Thread 0x00000a2b (most recent call first):\n",
        '  File "C:\\at\\cityplanner\\store\\search.py", line 12 in find\n',
        '  File "<string>", line 1 in <module>\n',
        "\n",
        "Current thread 0x00000001 (most recent call first):\n",
        "  <no Python frame>\n",
    ]
    assert stacks(report) == {
        0xA2B: [("C:/at/cityplanner/store/search.py", 12, "find"), ("<string>", 1, "<module>")],
        1: [],
    }


def test_every_workload_of_the_window_is_measured(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = ["--scale", "0.0005", "--repeat", "1", "--json", "--folder", str(tmp_path / "made")]
    assert main([*WINDOW, *small]) == 0
    (figures,) = json.loads(capsys.readouterr().out).values()
    assert {one["workload"] for one in figures} == set(WINDOW)
    assert all(one["ours"] >= 0 for one in figures)
