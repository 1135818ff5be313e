"""A walk through the whole window: every page, tab and main dialog; with a watchdog, and for an hour."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from cityplanner.base.settings import Settings
from cityplanner.ui.app import Shell, set_up
from cityplanner.ui.pages.atlas import Atlas
from cityplanner.ui.pages.scenario_desk.desk import ScenarioDesk
from cityplanner.ui.pages.section import SectionPage
from tests.benchmarks import dialogs
from tests.benchmarks.data import Store
from tests.benchmarks.measure import Figure, figure, memory
from tests.benchmarks.watching import Watchdog
from tests.waiting import wait, wait_until

ROUNDS = 20
TOLD = 15
"""How many of the longest stalls are told of."""
TURNS = 3
"""How many quiet turns of the event loop end a step: what was asked for by what came."""


def application() -> QApplication:
    """The one application of this process."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = QApplication.instance()
    made = found if isinstance(found, QApplication) else QApplication([])
    set_up(made)
    return made


@contextmanager
def opened(plan: Path, *, read_only: bool = False) -> Iterator[Shell]:
    """The application's window on a plan."""
    with tempfile.TemporaryDirectory() as home:
        shell = Shell(application(), Settings(Path(home) / "settings.json"))
        shell.window.resize(1280, 800)
        shell.window.show_busy("")
        shell.window.show()
        shell.desk.open(plan, read_only=read_only)
        wait_until(lambda: shell.window.is_open)
        try:
            calm(shell)
            yield shell
        finally:
            shell.window.close()
            wait(0)
            shell.window.deleteLater()
            shell.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def calm(shell: Shell) -> None:
    """Wait until nothing is under way any more."""
    quiet = 0
    while quiet < TURNS:
        busy = (shell.desk.context is not None and shell.desk.context.jobs.busy) or shell.desk._jobs.busy
        quiet = 0 if busy else quiet + 1
        wait(2)


class Walk:
    """The steps through one window; each is over when nothing is under way."""

    def __init__(self, shell: Shell, named: Callable[[str], None] = lambda _name: None) -> None:
        self.shell, self._named = shell, named
        self.seen: set[str] = set()
        """The kinds of dialogs that were closed again."""

    def pages(self) -> None:
        """Every page and every tab of it, with a record chosen, scrolled, sorted and filtered."""
        window = self.shell.window
        for stop in Atlas().stops():
            self._do(f"{stop.name}", partial(window.go, stop.name))
            page = window.page
            if isinstance(page, SectionPage):
                self._tabs(stop.name, page)

    def visits(self) -> None:
        """Every page and every tab of it, looked at."""
        for stop in Atlas().stops():
            self._do(stop.name, partial(self.shell.window.go, stop.name))
            page = self.shell.window.page
            for at in range(page.tabs.count() if isinstance(page, SectionPage) else 0):
                assert isinstance(page, SectionPage)
                self._do(f"{stop.name}/{page._order[at]}", partial(page.tabs.setCurrentIndex, at))

    def dialogs(self, file: Path) -> None:
        """Every dialog, opened and closed, one that imports a file among them; and the field that finds everything."""
        for name, act in dialogs.one_by_one(self.shell):
            self._do(name, act)
            self._close()
        for steps in dialogs.step_by_step(self.shell, file):
            self._through(steps)
        self._do("palette", self.shell.window.open_palette)
        palette = self.shell.window.finder.palette
        if palette is not None:
            for text in ("k", "ka", "kam"):
                self._do("palette, typed", partial(palette.field.setText, text))
            self._do("palette, closed", palette.reject)

    def _through(self, steps: Iterator[dialogs.Opening]) -> None:
        """Apart, so that a dialog that was gone through is let go under its own name."""
        for name, act in steps:
            self._do(name, act)
        self._close()

    def _close(self) -> None:
        for dialog in dialogs.shown():
            self.seen.add(type(dialog).__name__)
            self._do(f"dialog {dialog.windowTitle()}, closed", dialog.close)

    def _tabs(self, name: str, page: SectionPage) -> None:
        for at in range(page.tabs.count()):
            self._do(f"{name}/{page._order[at]}", partial(page.tabs.setCurrentIndex, at))
            if page.table:
                self._list(f"{name}/{page.key}", page)
            elif isinstance(page.view, ScenarioDesk):
                self._desk(f"{name}/{page.key}", page.view)
            elif page.view is not None:
                self._scroll(f"{name}/{page.key}", page.view)

    def _list(self, name: str, page: SectionPage) -> None:
        panel = page.page.list
        ids = panel.view.table_model.ids
        if not ids:
            return
        self._do(f"{name} record", lambda: page.page.show_record(ids[len(ids) // 2]))
        self._scroll(name, panel)
        header = panel.view.horizontalHeader()
        self._do(f"{name} sorted", lambda: header.setSortIndicator(0, Qt.SortOrder.DescendingOrder))
        self._do(f"{name} as before", lambda: header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder))
        self._do(f"{name} filtered", lambda: panel.narrow("ka"))
        self._do(f"{name} all", lambda: panel.narrow())

    def _scroll(self, name: str, root: QWidget) -> None:
        for view in root.findChildren(QAbstractItemView):
            bar = view.verticalScrollBar()
            if view.isVisible() and bar.maximum() > 0:
                for place in (bar.maximum() // 2, bar.maximum(), 0):
                    self._do(f"{name} scrolled", partial(bar.setValue, place))

    def _desk(self, name: str, desk: ScenarioDesk) -> None:
        for at in range(desk.tabs.count()):
            self._do(f"{name} {desk.tabs.tabText(at)}", partial(desk.tabs.setCurrentIndex, at))
        desk.tabs.setCurrentIndex(0)

    def _do(self, name: str, act: Callable[[], object]) -> None:
        self._named(name)
        act()
        calm(self.shell)


def watched(shell: Shell, file: Path, limit: float = 50) -> tuple[Watchdog, Watchdog]:
    """A walk through everything for the first time, and one more; each with what the watchdog saw."""
    first, again = Watchdog(limit=limit), Watchdog(limit=limit)
    for dog in (first, again):
        walk = Walk(shell, dog.name)
        dog.begin()
        walk.pages()
        walk.dialogs(file)
        dog.end()
    return first, again


def measure_watchdog(store: Store, repeats: int) -> Iterator[Figure]:
    """The longest stall of the event loop: of first openings and of dialogs, which are made anew, and of all else."""
    with opened(store.big_plan(), read_only=True) as shell:
        first, again = watched(shell, store.csv())
    openings = [*first.worst(), *(one for one in again.worst() if "dialog" in one.during)]
    others = [one for one in again.worst() if "dialog" not in one.during]
    for what, stalls, target in (("opening", openings, 200), ("again", others, 50)):
        stalls.sort(key=lambda one: -one.blocked)
        for one in stalls[:TOLD]:
            print(f"  {what}: {one}", file=sys.stderr)
        yield figure("watchdog", f"longest stall, {what}", [stalls[0].blocked], unit="ms", target=target)
        late = [one for one in stalls if one.blocked > target]
        yield figure("watchdog", f"too long, of {len(stalls)} steps, {what}", [len(late)], unit="", target=0)


def measure_memory(store: Store, repeats: int) -> Iterator[Figure]:
    """What the process holds after each round through all pages; the growth is that of the last two thirds."""
    held: list[float] = []
    with opened(store.big_plan(), read_only=True) as shell:
        for number in range(ROUNDS * repeats):
            Walk(shell).visits()
            gc.collect()
            held.append(memory())
            print(f"  round {number + 1}: {held[-1]:.1f} MB", file=sys.stderr)
    settled = held[len(held) // 3 :]
    yield figure("memory", f"after {len(held)} rounds through all pages", held[-1:], held[:1], unit="MB")
    yield figure("memory", "growth of a round", [slope(settled)], unit="MB", target=0.05)


def slope(values: Sequence[float]) -> float:
    """How much values grow from one to the next, by least squares."""
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    spread = sum((at - middle) ** 2 for at in range(len(values)))
    return sum((at - middle) * (value - mean) for at, value in enumerate(values)) / spread if spread else 0.0
