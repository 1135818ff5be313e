"""What another process does with a plan, for tests of locks and of sudden death."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOLD = """
import sys, time
from pathlib import Path
from cityplanner.store.plan_file import open_plan
with open_plan(Path(sys.argv[1]), user="other") as plan:
    print("open", flush=True)
    sys.stdin.readline()
"""

EDIT_FOR_EVER = """
import sys
from pathlib import Path
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import open_plan
plan = open_plan(Path(sys.argv[1]), user="other")
print("open", flush=True)
number = 0
while True:
    number += 1
    with plan.edit(f"Add {number}") as edit:
        partner = Partner(name=f"Partner {number}", notes="x" * 5000)
        edit.add(partner)
    if number % 5 == 0:
        plan.undo()
        plan.redo()
    print(partner.uid, flush=True)
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
