"""Run the workloads: `python -m tests.benchmarks [WORKLOAD ...] [--json] [--scale 0.1] [--grow]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.benchmarks.best_plan import measure_best_plan, measure_frontier
from tests.benchmarks.briefing import measure_briefing
from tests.benchmarks.data import Size, Store
from tests.benchmarks.importing import measure_import
from tests.benchmarks.keeping import measure_backup, measure_checks, measure_open
from tests.benchmarks.measure import Figure, growth, table
from tests.benchmarks.start import measure_start
from tests.benchmarks.working import measure_edit, measure_search

WORKLOADS: dict[str, Callable[[Store, int], Iterator[Figure]]] = {
    "import": measure_import,  # and its undoing
    "edit": measure_edit,
    "search": measure_search,
    "backup": measure_backup,
    "checks": measure_checks,
    "open": measure_open,
    "best_plan": measure_best_plan,
    "frontier": measure_frontier,
    "briefing": measure_briefing,
}
HEADLESS = tuple(WORKLOADS)
try:
    from tests.benchmarks.walking import measure_memory, measure_watchdog
    from tests.benchmarks.window import WINDOW
except (
    ImportError
) as error:  # Qt's system libraries are missing: everything headless is measured all the same
    print(f"workloads of the window left out, Qt does not load: {error}", file=sys.stderr)
else:
    WORKLOADS |= {"start": measure_start, **WINDOW, "memory": measure_memory, "watchdog": measure_watchdog}
GROWTH = (0.01, 0.1, 0.5, 1.0)


def run(names: Sequence[str], store: Store, repeats: int) -> list[Figure]:
    """Run workloads one after the other."""
    found: list[Figure] = []
    for name in names:
        print(f"{name} at {store.size.contacts} contacts", file=sys.stderr)
        made = list(WORKLOADS[name](store, repeats))
        print(table(made), file=sys.stderr)
        found += made
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("workload", nargs="*", help=f"one of {', '.join(WORKLOADS)}; all without any")
    parser.add_argument("--json", action="store_true", help="write JSON instead of a table")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the whole size")
    parser.add_argument("--grow", action="store_true", help="measure at 1, 10, 50 and 100 percent of it")
    parser.add_argument("--repeat", type=int, default=3, help="how often each is measured")
    parser.add_argument("--folder", type=Path, help="where made files are kept for the next time")
    chosen = parser.parse_args(arguments)
    names = chosen.workload or list(WORKLOADS)
    if unknown := [name for name in names if name not in WORKLOADS]:
        parser.error(f"there is no workload {', '.join(unknown)}; there are {', '.join(WORKLOADS)}")
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        os.environ.setdefault("CITYPLANNER_HOME", made)
        found: dict[int, list[Figure]] = {}
        for scale in GROWTH if chosen.grow else (1.0,):
            size = Size(scale * chosen.scale)
            found[size.contacts] = run(names, Store(folder, size), chosen.repeat)
    if chosen.json:
        listed = {str(contacts): [one.as_json() for one in figures] for contacts, figures in found.items()}
        print(json.dumps(listed, indent=2))
    else:
        for contacts, figures in found.items():
            print(f"\n{contacts} contacts\n{table(figures)}")
        if len(found) > 1:
            print(f"\ngrowth: the time is as the size to this power\n{growth(found)}")
    return int(any(stands_still(one) for figures in found.values() for one in figures))


def stands_still(one: Figure) -> bool:
    """Whether the watchdog saw the window stand still for too long: that is a fault, not a figure."""
    return one.workload == "watchdog" and one.target is not None and one.ours > one.target


if __name__ == "__main__":
    raise SystemExit(main())
