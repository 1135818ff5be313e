"""What another process does with a plan, for tests of locks and of sudden death."""

from __future__ import annotations

import multiprocessing
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import open_plan

HOLD = """
import sys, time
from pathlib import Path
from cityplanner.store.plan_file import open_plan
with open_plan(Path(sys.argv[1]), user="other") as plan:
    print("open", flush=True)
    sys.stdin.readline()
"""

HALF_WAY = """
import sys, time
from pathlib import Path
from cityplanner.store.sqlite import connect
connection = connect(Path(sys.argv[1]))
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("PRAGMA cache_spill = 1")
for number in range(2000):
    connection.execute("INSERT INTO partner (name, own_name, kind, city, languages, sensitivity, website, tags, notes,"
                       " consular_district, network_role, network_benefit, uid)"
                       " VALUES ('half', '', 'city', '', '[]', 'public', '', '[]', ?, '', '', '', ?)",
                       ("x" * 500, str(number)))
print("half way", flush=True)
time.sleep(60)
"""


def start(program: str, plan: Path) -> subprocess.Popen[str]:
    """Run a program on a plan and wait for its first line."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(plan)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() in ("open", "half way")
    return process


def end(process: subprocess.Popen[str]) -> list[str]:
    """Kill it where it stands; what it said is returned."""
    process.kill()
    said, _ = process.communicate()
    return said.splitlines()


def begin(work: Callable[[Connection, Path], object], plan: Path) -> tuple[BaseProcess, Connection]:
    """Run a function in a process of its own, begun in a hundredth of a second where processes can fork."""
    ways = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
    if "forkserver" in ways:
        context.set_forkserver_preload([__name__])
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, plan), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def die_after(seconds: float) -> None:
    """Let the system end this process, as suddenly as a kill does, once it has computed so long (0: never)."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def killed(
    work: Callable[[Connection, Path], object], plan: Path, dice: random.Random, longest: float
) -> None:
    """Let a process begin its work and die in it: after some computing, or some time, of `longest` seconds at most.

    What it computes tells more on a busy machine, where it may stand still for long; what it waits for, the disk
    say, it dies in only by time.
    """
    process, said = begin(work, plan)
    with said:
        assert said.recv() == "ready"
        by_clock, seconds = dice.random() < 0.5, dice.uniform(0.001, longest)
        said.send(0 if by_clock else seconds)
        process.join(seconds if by_clock else 60)
        process.kill()
        process.join()


def edit_for_ever(said: Connection, path: Path) -> None:
    """Change a plan again and again; what was kept is said only afterwards."""
    plan = open_plan(path, user="other")
    number = 0
    while True:
        number += 1
        with plan.edit(f"Add {number}") as edit:
            partner = Partner(name=f"Partner {number}", notes="x" * 5000)
            edit.add(partner)
        if number % 5 == 0:
            plan.undo()
            plan.redo()
        said.send(partner.uid)
