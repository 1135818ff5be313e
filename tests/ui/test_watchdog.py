"""The window never stands still: a watchdog goes along through every page and main dialog of the sample plan.

`python -m tests.benchmarks watchdog` does the same on the big plan, with every list scrolled, sorted and filtered.
"""

from __future__ import annotations

import gc
import importlib
import json
import pkgutil
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

import cityplanner.ui
from cityplanner.store.search import fold
from cityplanner.ui.actions import commands
from tests.benchmarks.__main__ import main
from tests.benchmarks.data import Size, make_csv
from tests.benchmarks.dialogs import OF_MENUS, OF_THE_SYSTEM
from tests.benchmarks.walking import Walk, opened
from tests.benchmarks.watching import Stall, Watchdog
from tests.benchmarks.window import WINDOW
from tests.pace import pace
from tests.waiting import wait

OPENING_MS, AGAIN_MS = 200, 50
NOT_WALKED = {"LockedDialog", "DamagedDialog", "NewerDialog", "UnsafePlaceDialog", "UncleanDialog", "Palette"}
"""What tells of trouble at the start; and the palette, which is no dialog to be closed."""
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
    make_csv(contacts := tmp_path / "contacts.csv", Size(0.001))
    with opened(plan) as shell:
        first, again = Watchdog(limit=OPENING_MS), Watchdog(limit=AGAIN_MS)
        for dog in (first, again):
            dog.begin()
            Walk(shell, dog.name).visits()
            if dog is first:
                walk = Walk(shell, dog.name)
                walk.dialogs(contacts)
            dog.end()
    slow = LEEWAY * pace()
    assert len(again.longest) > 30
    assert late(first, slow) == late(again, slow) == []
    assert kinds_of_dialogs() - walk.seen == NOT_WALKED


def kinds_of_dialogs() -> set[str]:
    """The names of all dialogs of the window."""
    for module in pkgutil.walk_packages(cityplanner.ui.__path__, "cityplanner.ui."):
        importlib.import_module(module.name)
    left, found = [QDialog], set()
    while left:
        for kind in left.pop().__subclasses__():
            left.append(kind)
            if kind.__module__.startswith("cityplanner.") and not kind.__subclasses__():
                found.add(kind.__name__)
    return found


def test_every_command_that_opens_a_dialog_is_walked() -> None:
    asking = {one.name for one in commands() if one.text.endswith("…")} - {"find"}
    assert asking - OF_THE_SYSTEM <= set(OF_MENUS)
    assert set(OF_MENUS) <= {one.name for one in commands()}


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
    assert worst.where[0].startswith("store/search.py:") or not hasattr(signal, "SIGUSR2")
    assert not [one for one in dog.stalls if one.during == "a short step" and one.main > 50]


def _compute(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        fold("Łódź, São Paulo, Đà Nẵng " * 1000)


def test_a_stall_counts_what_this_process_did_and_not_what_others_took() -> None:
    def blocked(wall: float, process: float, waited: float = 0) -> float:
        return Stall("", wall, main=20, process=process, waited=waited, collecting=0, where=()).blocked

    assert blocked(wall=400, process=30) == 30
    assert blocked(wall=90, process=160) == 90
    assert blocked(wall=90, process=160, waited=50) == 40


def test_every_workload_of_the_window_is_measured(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = ["--scale", "0.0005", "--repeat", "1", "--json", "--folder", str(tmp_path / "made")]
    assert main([*WINDOW, *small]) == 0
    (figures,) = json.loads(capsys.readouterr().out).values()
    assert {one["workload"] for one in figures} == set(WINDOW)
    assert all(one["ours"] >= 0 for one in figures)
