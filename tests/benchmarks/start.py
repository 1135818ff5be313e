"""Start of the application to a painted window and to its first rows, beside a bare Qt window; child processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.benchmarks.data import Store
from tests.benchmarks.measure import Figure, figure

BARE = """
import json, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

def told():
    print(json.dumps({"painted": time.time(), "painted_cpu": time.process_time()}), flush=True)
    application.quit()

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, told)

application = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
application.exec()
"""
WORD = BARE.replace(
    "window.show()",
    """
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
window.setCentralWidget(QLabel("Opening…", alignment=Qt.AlignmentFlag.AlignCenter))
window.show()""",
)
"""The same with one word in its middle: fonts are looked for, and Qt's names for places are made."""
OURS = "from tests.benchmarks.starting import tell; tell()"
LONGEST_S = 120
MOMENTS = {"painted": 1.3, "usable": 2.5, "open": None, "whole": None}
"""When the frame is painted, first rows are, the plan is open, and everything on the first page is there."""


def _child(program: str, home: Path, platform: Mapping[str, str]) -> dict[str, float]:
    """What a child tells, in seconds since it was asked for."""
    environment = {**os.environ, **platform, "CITYPLANNER_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # who starts it twice has it compiled the second time
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=True,
    )
    told = json.loads(done.stdout.strip().splitlines()[-1])
    for line in told.get("stalls", ()):
        print(f"  start: {line}", file=sys.stderr)
    times = {name: told[name] - begun for name in MOMENTS if name in told}
    return {**{name: value for name, value in told.items() if isinstance(value, float)}, **times}


def _displays() -> Iterator[tuple[str, dict[str, str]]]:
    """Without a screen, and on one of a server in memory where there is such."""
    yield "offscreen", {"QT_QPA_PLATFORM": "offscreen"}
    if os.environ.get("DISPLAY"):
        yield "X11", {"QT_QPA_PLATFORM": "xcb"}


def measure_start(store: Store, repeats: int) -> Iterator[Figure]:
    """Painted and first rows, by the clock and of the processor; and the longest stall of the event loop."""
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        plan = home / "data" / "Our office.cityplan"
        plan.parent.mkdir()
        shutil.copyfile(store.big_plan(), plan)
        for name, platform in _displays():
            _child(OURS, home, platform)  # what is compiled once
            bare, word, ours = [], [], []
            for _ in range(2 * repeats + 1):
                bare.append(_child(BARE, home, platform))
                word.append(_child(WORD, home, platform))
                ours.append(_child(OURS, home, platform))
            yield from _figures(name, bare, word, ours)


def _figures(
    name: str, bare: list[dict[str, float]], word: list[dict[str, float]], ours: list[dict[str, float]]
) -> Iterator[Figure]:
    limits = [one["painted"] for one in bare], [one["painted_cpu"] for one in bare]
    for what, target in MOMENTS.items():
        yield figure("start", f"{what}, {name}", [one[what] for one in ours], limits[0], target=target)
        cpu = [one[f"{what}_cpu"] for one in ours]
        yield figure("start", f"{what}, {name}, processor", cpu, limits[1], target=target)
    spoken = [one["painted_cpu"] for one in ours], [one["painted_cpu"] for one in word]
    yield figure("start", f"painted beside one word, {name}, processor", *spoken)
    stalls = [one["stall"] for one in ours]
    yield figure("start", f"longest stall, {name}", stalls, unit="ms", target=50)
