"""A power cut at any moment loses no acknowledged change and leaves no half one; only what was synced is sure."""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cityplanner.store.checks import check_database
from cityplanner.store.errors import DamagedPlanError, NotAPlanError
from cityplanner.store.plan_file import Plan, open_plan
from tests.faults.recorder import Event, digest
from tests.faults.sizes import is_long, size

POINTS = size(40, 1000)
WEAKER = [("TRUNCATE", "OFF"), ("DELETE", "FULL"), ("WAL", "NORMAL")]
SECTOR = 512
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="there the library of SQLite is not found by its module"
)


@dataclass
class Stored:
    """A file as the disk has it, and what was asked of it since it was last synced."""

    sure: bytearray = field(default_factory=bytearray)
    asked: list[Event] = field(default_factory=list)
    named: bool = False
    """Whether its name is sure to be in the folder."""

    def sync(self) -> None:
        """Everything asked is done."""
        for event in self.asked:
            do(self.sure, event)
        self.asked = []

    def after(self, dice: random.Random, share: float) -> bytes:
        """The file after the cut: of what was not synced a share was done, some of it in part."""
        left = bytearray(self.sure)
        for event in self.asked:
            if dice.random() < share:
                do(left, event)
            elif event[0] == "write" and dice.random() < 0.5:
                tear(left, event, dice)
        return bytes(left)


def do(file: bytearray, event: Event) -> None:
    """Write to a file, or cut it."""
    if event[0] == "truncate":
        del file[event[2] :]
        return
    _what, _name, at, data = event
    file.extend(bytes(max(0, at - len(file))))
    file[at : at + len(data)] = data


def tear(file: bytearray, event: Event, dice: random.Random) -> None:
    """Write only some sectors."""
    _what, name, at, data = event
    start = 0
    while start < len(data):
        end = start + SECTOR - (at + start) % SECTOR
        if dice.random() < 0.5:
            do(file, ("write", name, at + start, data[start:end]))
        start = end


@dataclass
class Disk:
    """The files of a plan, by what follows the plan's name, and those unlinked that may still come back."""

    files: dict[str, Stored]
    unlinked: dict[str, Stored] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Go through one event of the record."""
        what, name = event[0], event[1]
        if what == "create":
            self.files[name] = Stored()
        elif what == "sync":
            self.files[name].sync()
            if not self.files[name].named:  # SQLite syncs the folder with the first sync of a new file
                self.files[name].named = True
                self.unlinked.clear()
        elif what == "delete":
            self.unlinked[name] = self.files.pop(name)
        elif what == "synced delete":
            del self.files[name]
            self.unlinked.clear()
        elif what != "kept":
            self.files[name].asked.append(event)

    def cut(self, folder: Path, dice: random.Random) -> Path:
        """Write down what a power cut leaves; returns the plan."""
        share = dice.choice([0.0, 1.0, dice.random()])
        path = folder / "cut.cityplan"
        for left in folder.iterdir():
            left.unlink()
        kept = {n: f for n, f in self.files.items() if f.named or dice.random() < 0.5}
        kept |= {n: f for n, f in self.unlinked.items() if n not in kept and f.named and dice.random() < 0.5}
        for name, file in kept.items():
            Path(f"{path}{name}").write_bytes(file.after(dice, share))
        return path


def recorded(plan: Path, folder: Path, *weaker: str) -> list[Event]:
    """What is asked of the disk while a plan is edited, in a process of its own."""
    kept = folder / "record"
    subprocess.run(
        [sys.executable, "-m", "tests.faults.recorder", str(plan), str(kept), *weaker],
        check=True,
        timeout=300,
        cwd=ROOT,
    )
    events: list[Event] = pickle.loads(kept.read_bytes())
    return events


def losses(before: bytes, first: str, events: list[Event], folder: Path, points: int) -> list[str]:
    """Cut the power at many points; tells of each plan that is then damaged or not as it was acknowledged."""
    folder.mkdir()
    dice = random.Random(5)
    digests = [first, *(event[1] for event in events if event[0] == "kept")]
    disk = Disk({"": Stored(bytearray(before), named=True)})
    done, lost = 0, []
    for point in sorted(dice.choices(range(len(events)), k=points)):
        for event in events[done:point]:
            disk.take(event)
        done = point
        acknowledged = sum(event[0] == "kept" for event in events[:point])
        lost += wrong(disk.cut(folder, dice), digests[acknowledged : acknowledged + 2])
    return lost


def wrong(path: Path, allowed: list[str]) -> list[str]:
    """What is wrong with a plan after the cut: the damage, or that it is not one of the states it may be in."""
    try:
        with open_plan(path):
            pass
        found = [finding.detail for finding in check_database(path) if not finding.ok]
    except (DamagedPlanError, NotAPlanError) as error:
        return [str(error)]
    return found or ([] if digest(path) in allowed else ["an acknowledged change is gone"])


@pytest.fixture
def closed(plan: Plan) -> Path:
    """A plan that nobody has open."""
    plan.close()
    return plan.path


def test_no_power_cut_loses_an_acknowledged_change(closed: Path, tmp_path: Path) -> None:
    before, first = closed.read_bytes(), digest(closed)
    events = recorded(closed, tmp_path)
    lost = losses(before, first, events, tmp_path / "after", POINTS)

    print(f"{POINTS} power cuts among {len(events)} events, {len(lost)} lost")
    assert sum(event[0] == "sync" for event in events) > 40
    assert lost == []


@pytest.mark.parametrize("weaker", WEAKER if is_long() else WEAKER[:1], ids=" + ".join)
def test_the_proof_finds_what_less_safe_ways_of_writing_lose(
    closed: Path, tmp_path: Path, weaker: tuple[str, str]
) -> None:
    before, first = closed.read_bytes(), digest(closed)
    events = recorded(closed, tmp_path, *weaker)
    lost = losses(before, first, events, tmp_path / "after", POINTS)

    print(f"{' + '.join(weaker)}: {POINTS} power cuts among {len(events)} events, {len(lost)} lost")
    assert lost
