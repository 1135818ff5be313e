"""Import of contacts with their positions, and its undoing, beside `csv` and `executemany` of the same rows."""

from __future__ import annotations

import csv
import multiprocessing
import multiprocessing.connection
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cityplanner.exchange.formats import read_sheet
from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.preview import preview
from cityplanner.model.contact import Contact
from cityplanner.store import sqlite
from cityplanner.store.plan_file import open_plan
from cityplanner.store.search import entries_of
from tests.benchmarks.data import Store
from tests.benchmarks.measure import Figure, Spent, figure, peak_memory, spent

STEPS = ("read", "match", "preview", "apply", "undo")
TABLES = ("contact", "position")


@dataclass(slots=True)
class Run:
    """What one import took, step by step, and the most memory (MB) that the process held."""

    steps: dict[str, Spent] = field(default_factory=dict)
    peak: float = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure a step."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.steps[name] = Spent(time.perf_counter() - wall, time.process_time() - cpu)

    def seconds(self, *names: str, cpu: bool = False) -> float:
        """What some steps took together."""
        return sum(self.steps[name].cpu if cpu else self.steps[name].wall for name in names)


def import_file(plan_path: Path, file: Path, *, undo: bool = False) -> Run:
    """Import a file through the pipeline that window and command line use."""
    run = Run()
    with open_plan(plan_path, user="benchmark") as plan:
        with run.step("read"):
            sheet = read_sheet(file)
        with run.step("match"):
            columns = match(sheet.headers, Contact)
        with run.step("preview"):
            found = preview(plan, sheet, Contact, columns)
        assert not found.rejected, found.rejected[0]
        with run.step("apply"):
            report = apply(plan, found)
        assert report.created == len(sheet.rows)
        run.peak = peak_memory()
        if undo:
            del sheet, found, report
            with run.step("undo"):
                plan.undo()
    return run


def _serve(there: multiprocessing.connection.Connection, plan_path: Path, file: Path) -> None:
    there.send(import_file(plan_path, file, undo=True))


def import_apart(plan_path: Path, file: Path) -> Run:
    """The same in a process of its own, as the command line does it: memory is then that of the import."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(there, plan_path, file))
    child.start()
    there.close()
    try:
        run: Run = here.recv()
    finally:
        child.join()
    return run


class Bare:
    """The same rows, read with the bare library and inserted into tables with the same indexes.

    They are ready to be inserted: with their ids, their uids and the partners they name; nothing is compared,
    checked, folded or asked for. `whole`: with the rows of the history and of the search index besides.
    """

    def __init__(self, store: Store, *, whole: bool = False) -> None:
        """Take the rows from the plan that an import made."""
        self._store = store
        with sqlite3.connect(store.big_plan()) as plan:
            self._sql = [
                row[0]
                for row in plan.execute(
                    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger'"
                    " AND tbl_name IN ('contact', 'position', 'changed_row', 'search')"
                )
            ]
            self._rows = {table: plan.execute(f'SELECT * FROM "{table}"').fetchall() for table in TABLES}
            if whole:
                self._add_history_and_index(plan)
        plan.close()

    def _add_history_and_index(self, plan: sqlite3.Connection) -> None:
        (change,) = plan.execute(
            'SELECT min(change_id) FROM changed_row WHERE "table" = ?', TABLES[:1]
        ).fetchone()
        kept = plan.execute("SELECT * FROM changed_row WHERE change_id = ?", (change,)).fetchall()
        entries: list[tuple[int, str, str]] = []
        for number, table in enumerate(TABLES, 1):
            names = [row[1] for row in plan.execute(f'PRAGMA table_info("{table}")')]
            columns = dict(zip(names, zip(*self._rows[table], strict=True), strict=True))
            said = entries_of(table, columns, len(columns["id"]))
            entries += [
                ((number << 40) + record, *one) for record, one in zip(columns["id"], said, strict=True)
            ]
        self._rows |= {"changed_row": kept, "search": entries}

    def run(self, read: Callable[[], object]) -> Spent:
        """Read the file and insert the rows, in one transaction."""
        path = self._store.folder / "bare.db"
        path.unlink(missing_ok=True)
        path.touch()
        connection = sqlite.connect(path)
        for statement in self._sql:
            connection.execute(statement)
        connection.execute("PRAGMA foreign_keys = OFF")  # there are no partners here

        def work() -> None:
            read()
            connection.execute("BEGIN IMMEDIATE")
            for table, rows in self._rows.items():
                places = ", ".join("?" * len(rows[0]))
                names = "(rowid, name, rest)" if table == "search" else ""
                connection.executemany(f'INSERT INTO "{table}" {names} VALUES ({places})', rows)
            connection.execute("COMMIT")

        taken = spent(work)
        connection.close()
        path.unlink()
        return taken


def _read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _read_xlsx(path: Path) -> list[list[object]]:
    import python_calamine as calamine

    return calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()  # type: ignore[return-value]


def measure_import(store: Store, repeats: int) -> Iterator[Figure]:
    """Import from CSV and from XLSX, step by step; memory; and the undoing of the import."""
    bare, whole = Bare(store), Bare(store, whole=True)
    readers: tuple[tuple[str, Path, Callable[[Path], object]], ...] = (
        ("CSV", store.csv(), _read_csv),
        ("XLSX", store.xlsx(), _read_xlsx),
    )
    for name, file, read in readers:
        limits, wholes, runs = [], [], []
        for _ in range(repeats):
            limits.append(bare.run(lambda file=file, read=read: read(file)))  # type: ignore[misc]
            wholes.append(whole.run(lambda file=file, read=read: read(file)))  # type: ignore[misc]
            runs.append(import_apart(store.fresh_plan(), file))
            print(
                f"  {name}: {runs[-1].seconds(*STEPS[:4]):.1f} s, bare {limits[-1].wall:.1f} s",
                file=sys.stderr,
            )
        yield from _figures(name, runs, limits, wholes)


def _figures(name: str, runs: list[Run], limits: list[Spent], wholes: list[Spent]) -> Iterator[Figure]:
    whole = STEPS[:4]
    walls, cpus = [one.wall for one in limits], [one.cpu for one in limits]
    yield figure("import", f"{name}, whole", [run.seconds(*whole) for run in runs], walls, target=4.5)
    yield figure(
        "import",
        f"{name}, whole, processor",
        [run.seconds(*whole, cpu=True) for run in runs],
        cpus,
        target=4.5,
    )
    yield figure(
        "import",
        f"{name}, whole, processor, beside all that it writes",
        [run.seconds(*whole, cpu=True) for run in runs],
        [one.cpu for one in wholes],
    )
    for step in whole:
        yield figure("import", f"{name}, {step}", [run.seconds(step) for run in runs], walls)
    yield figure("import", f"{name}, most memory", [run.peak for run in runs], unit="MB", target=300)
    imports = [run.seconds(*whole) for run in runs]
    yield figure(
        "undo", f"{name}, beside the import", [run.seconds("undo") for run in runs], imports, target=1
    )
    applied = [run.seconds("apply") for run in runs]
    yield figure("undo", f"{name}, beside its last step", [run.seconds("undo") for run in runs], applied)
