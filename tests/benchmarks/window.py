"""What is done in the window on the big plan: lists, a partner met often, the matrix, a scenario, a save."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial

from PySide6.QtWidgets import QAbstractItemView, QWidget
from sqlalchemy import event

from cityplanner.model.nouns import nouns
from cityplanner.store import sqlite
from cityplanner.ui.app import Shell
from cityplanner.ui.context import Context
from cityplanner.ui.pages.coverage_matrix import CoverageMatrixPage
from cityplanner.ui.pages.registry import NARROWED_BY
from cityplanner.ui.pages.scenario_desk.desk import ScenarioDesk
from cityplanner.ui.pages.section import SectionPage
from cityplanner.ui.parts import columns
from cityplanner.ui.parts.list_panel import ListPanel
from cityplanner.ui.parts.list_reading import Query
from cityplanner.ui.parts.table_model import NOT_READ, PAGE
from tests.benchmarks.data import Size, Store
from tests.benchmarks.measure import Figure, Spent, centile, figure, memory, spent
from tests.benchmarks.walking import calm, opened
from tests.benchmarks.working import bare_commit, big_copy
from tests.waiting import wait_until

KNOWN_WELL = 1
"""The partner that was met 5,000 times in a million."""
PLACES, SAVES, MOVES = 40, 40, 20
SMALL_OFFICE = 0.01
"""The share of the big plan that has 40 initiatives."""
ORDERS = {
    "contact": ("family = '', lower(family), given = '', lower(given)", "family", "lower(family)"),
    "engagement": ("starts_at DESC", "title", "lower(title)"),
    "initiative": ("lower(code)", "title", "lower(title)"),
}
"""The lists: the noun's own order in SQL, the column that is sorted by, and that in SQL."""


FILTERS = {
    "contact": ("country", "FR"),
    "engagement": ("format", "meeting"),
    "initiative": ("status", "draft"),
}
"""A value that narrows each list; the latter two have it throughout, so that nothing is spared."""
WORDS = "san"


def _cpu_ms(step: Callable[[], object]) -> float:
    """What a step takes of the window's own thread, which another program cannot lengthen."""
    begun = time.thread_time()
    step()
    return 1000 * (time.thread_time() - begun)


def _both(
    workload: str, what: str, ours: Sequence[Spent], limit: Sequence[Spent] = (), target: float | None = None
) -> Iterator[Figure]:
    """The same by the clock and of the processor, in milliseconds."""
    for name, pick in (("", "wall"), (", processor", "cpu")):
        spans = [[1000 * getattr(one, pick) for one in side] for side in (ours, limit)]
        yield figure(workload, what + name, spans[0], spans[1], unit="ms", target=target)


def _frames(view: QAbstractItemView) -> list[float]:
    """Milliseconds of each frame while a list is scrolled to many places, once its rows are there."""
    bar, frames = view.verticalScrollBar(), []
    for place in range(PLACES):
        bar.setValue(bar.maximum() * place // PLACES)
        frames.append(_cpu_ms(view.viewport().repaint))
    return frames


class _List:
    """One list, opened anew each time, beside the bare statements."""

    def __init__(self, context: Context, raw: sqlite3.Connection, table: str) -> None:
        self.context, self.raw, self.table = context, raw, table
        self.order, self.column, self.sorted = ORDERS[table]
        self.narrowed = NARROWED_BY.get(table, ("country",))[0]

    def bare_first(self) -> None:
        ids = self.raw.execute(
            f'SELECT id FROM "{self.table}" ORDER BY {self.order}, id LIMIT {PAGE}'
        ).fetchall()
        places = ", ".join(str(number) for (number,) in ids)
        self.raw.execute(f'SELECT * FROM "{self.table}" WHERE id IN ({places})').fetchall()

    def bare_sort(self) -> None:
        self.raw.execute(f'SELECT id FROM "{self.table}" ORDER BY {self.sorted} DESC, id').fetchall()

    def open(self) -> ListPanel:
        noun = nouns()[self.table]
        columns.choose_sorting(self.context.settings, noun, ())
        panel = ListPanel(self.context, noun, narrowed_by=NARROWED_BY.get(self.table, ()))
        panel.resize(760, 800)
        return panel

    def first(self, panel: ListPanel) -> None:
        """Until the first rows can be read."""
        model = panel.view.table_model
        panel.show()
        wait_until(lambda: model.rowCount() > 0 and model.index(0, 0).data() != NOT_READ)
        panel.view.viewport().repaint()

    def filtered(self, panel: ListPanel, ask: Callable[[], object]) -> tuple[Spent, Spent]:
        """Until a list is narrowed, and its statement through the driver alone."""
        asked: list[tuple[str, tuple[object, ...]]] = []

        def note(
            _c: object, _cursor: object, statement: str, values: tuple[object, ...], *_rest: object
        ) -> None:
            if " ORDER BY " in statement and "LIMIT" not in statement and statement.startswith("SELECT"):
                asked.append((statement, values))

        engine = self.context.plan._engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            ours = spent(lambda: self.listed(panel, ask))
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return ours, spent(lambda: self.raw.execute(*asked[0]).fetchall())

    def listed(self, panel: ListPanel, ask: Callable[[], object]) -> None:
        """Until a list is as it was asked for."""
        heard: list[int] = []
        model = panel.view.table_model
        model.listed.connect(lambda shown, _total: heard.append(shown))
        ask()
        wait_until(lambda: bool(heard))


def measure_lists(store: Store, repeats: int) -> Iterator[Figure]:
    """The first rows, sorting, scrolling and memory of the long lists."""
    path = store.big_plan()
    with opened(path, read_only=True) as shell, closing(sqlite.connect(path, read_only=True)) as raw:
        assert shell.desk.context is not None
        for table in ORDERS:
            yield from _list_figures(_List(shell.desk.context, raw, table), shell, repeats)


def _list_figures(one: _List, shell: Shell, repeats: int) -> Iterator[Figure]:
    bare, first, sql, ours, frames, held = [], [], [], [], [], []
    asked = {"by words": Query(words=WORDS), "by a value": Query(equal=(FILTERS[one.table],))}
    filtered: dict[str, list[tuple[Spent, Spent]]] = {what: [] for what in asked}
    for _ in range(repeats + 1):
        bare.append(spent(one.bare_first))
        before = memory()
        panel = one.open()
        first.append(spent(lambda panel=panel: one.first(panel)))  # type: ignore[misc]
        calm(shell)
        held.append(max(memory() - before, 0.001))
        frames += _frames(panel.view)
        header, model = panel.view.horizontalHeader(), panel.view.table_model
        column = model.names.index(one.column)
        sql.append(spent(one.bare_sort))
        ours.append(spent(lambda: one.listed(panel, lambda: _downwards(header, column))))  # noqa: B023
        calm(shell)
        for what, query in asked.items():
            filtered[what].append(one.filtered(panel, partial(model.ask, query)))
            calm(shell)
        panel.close()
        panel.deleteLater()
    name = f"{one.table}s"
    yield from _both("lists", f"{name}, first rows", first, bare)
    yield from _both("lists", f"{name}, first rows, middle", first[1:], target=50)
    yield from _both("lists", f"{name}, sorted", ours, sql, target=1.3)
    for what, spans in filtered.items():
        yield from _both("lists", f"{name}, filtered {what}", *zip(*spans, strict=True), target=1.3)
    yield figure("lists", f"{name}, a frame, 99th of 100", [centile(frames, 0.99)], unit="ms", target=16)
    yield figure("lists", f"{name}, memory", [max(held)], unit="MB", target=100)


def _downwards(header: object, column: int) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QHeaderView

    assert isinstance(header, QHeaderView)
    header.setSortIndicator(column, Qt.SortOrder.DescendingOrder)


def measure_partner(store: Store, repeats: int) -> Iterator[Figure]:
    """Opening the partner that was met most often, beside reading all its engagements."""
    path = store.big_plan()
    with opened(path, read_only=True) as shell, closing(sqlite.connect(path, read_only=True)) as raw:
        bare, ours = [], []
        for number in range(repeats + 2):
            shell.window.open_record("partner", 2 + number)
            calm(shell)
            bare.append(spent(lambda: _engagements(raw)))
            ours.append(spent(lambda: _show(shell, KNOWN_WELL)))
        yield from _both("partner", "shown with everything, first time", ours[:1], bare[:1])
        yield from _both("partner", "shown with everything, again", ours[1:], bare[1:])


def _show(shell: Shell, partner: int) -> None:
    shell.window.open_record("partner", partner)
    calm(shell)


def _engagements(raw: sqlite3.Connection) -> None:
    raw.execute(
        "SELECT e.* FROM engagement e JOIN engagement_partner p ON p.engagement_id = e.id "
        "WHERE p.partner_id = ? ORDER BY e.starts_at DESC",
        (KNOWN_WELL,),
    ).fetchall()


def measure_matrix(store: Store, repeats: int) -> Iterator[Figure]:
    """The coverage matrix: opened and scrolled."""
    path = store.big_plan()
    with opened(path, read_only=True) as shell:
        context = shell.desk.context
        assert context is not None
        seconds, frames = [], []
        for _ in range(repeats):
            page = CoverageMatrixPage(context)
            page.resize(1280, 800)
            seconds.append(spent(lambda page=page: _fill(page)))  # type: ignore[misc]
            calm(shell)
            frames += _frames(page.view)
            size = f"{len(page.model.rows)} x {len(page.model.columns)}"
            _let_go(page)
        yield from _both("matrix", f"{size}, opened", seconds)
        yield figure("matrix", f"{size}, a frame, 99th of 100", [centile(frames, 0.99)], unit="ms", target=16)


def _fill(page: CoverageMatrixPage) -> None:
    page.show()
    wait_until(lambda: bool(page.model.rows))


def _let_go(page: QWidget) -> None:
    page.close()
    page.deleteLater()


def measure_scenario(store: Store, repeats: int) -> Iterator[Figure]:
    """What a scenario comes to while a lever moves: all that the page calculates and shows in one step."""
    small = Store(store.folder, Size(min(SMALL_OFFICE, store.size.scale)))
    for plan in dict.fromkeys((small.big_plan(), store.big_plan())):
        with opened(plan, read_only=True) as shell:
            desk = _desk(shell)
            steps = [_cpu_ms(lambda: _weigh(desk)) for _ in range(MOVES * repeats)]  # noqa: B023
            count = len(desk.facts.plan.office.initiatives) if desk.facts else 0
            target = 30 if plan == small.big_plan() else None
            yield figure(
                "scenario", f"{count} initiatives, a step of a lever", steps, unit="ms", target=target
            )
            yield figure("scenario", f"{count} initiatives, longest step", [max(steps)], unit="ms")


def _desk(shell: Shell) -> ScenarioDesk:
    shell.window.go("budget")
    page = shell.window.page
    assert isinstance(page, SectionPage)
    desk = page.view
    assert isinstance(desk, ScenarioDesk)
    wait_until(lambda: desk.scenario is not None)
    calm(shell)
    return desk


def _weigh(desk: ScenarioDesk) -> None:
    desk._weigh()
    desk.repaint()


def measure_saved(store: Store, repeats: int) -> Iterator[Figure]:
    """From the key in the form of a partner to "Saved" on the screen, beside the bare statement."""
    path = big_copy(store, "saved")
    with opened(path) as shell, closing(sqlite.connect(path)) as raw:
        shell.window.open_record("partner", KNOWN_WELL)
        calm(shell)
        page = shell.window.page
        assert isinstance(page, SectionPage)
        bare, ours, held = [], [], []
        for number in range(SAVES * repeats):
            bare.append(spent(lambda n=number: bare_commit(raw, n, 1 + n % store.size.contacts)))  # type: ignore[misc]
            shell.window.messages.show_message("…")
            editor = page.page.detail.form.form.row("notes").editor
            editor.set_typed(f"Note {number}")
            editor.edited.emit()
            calm(shell)  # what was typed is painted by the time the key is hit
            took, window = _save(shell, page)
            ours.append(took)
            held.append(window)
            calm(shell)
        yield from _both("saved", "key to Saved", ours, bare)
        slow = Spent(centile([one.wall for one in ours], 0.99), centile([one.cpu for one in ours], 0.99))
        yield from _both("saved", "key to Saved, 99th of 100", [slow], target=50)
        yield figure("saved", "until the next key is heard, 99th of 100", [centile(held, 0.99)], unit="ms")


def _save(shell: Shell, page: SectionPage) -> tuple[Spent, float]:
    """How long it takes until "Saved" is painted, and the milliseconds until the window hears the next key."""
    told: list[Spent] = []
    assert shell.desk.context is not None
    wall, cpu = time.perf_counter(), time.process_time()
    # Heard after the line of messages, which paints at once.
    heard = shell.desk.context.message.connect(
        lambda: told.append(Spent(time.perf_counter() - wall, time.process_time() - cpu))
    )
    page.save()
    held = 1000 * (time.perf_counter() - wall)
    wait_until(lambda: bool(told))
    shell.desk.context.disconnect(heard)
    assert "Saved" in shell.window.messages.text
    return told[0], held


WINDOW: dict[str, Callable[[Store, int], Iterator[Figure]]] = {
    "lists": measure_lists,
    "partner": measure_partner,
    "matrix": measure_matrix,
    "scenario": measure_scenario,
    "saved": measure_saved,
}
