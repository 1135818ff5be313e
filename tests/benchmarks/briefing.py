"""A delegation book of 200 pages beside a bare canvas with the same marks and stock paragraphs and tables."""

from __future__ import annotations

import datetime as dt
import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path

from cityplanner.model.partner import Partner
from cityplanner.reports.blocks import Briefing
from cityplanner.reports.briefings.delegation_book.kind import DELEGATION_BOOK
from cityplanner.reports.choices import Audience, Choices
from cityplanner.reports.pdf.document import Job, collector_paused, draw
from cityplanner.reports.pdf.self_check import check_file
from cityplanner.reports.report import write_report
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.store.queries.listing import ids
from tests.benchmarks import stock
from tests.benchmarks.book import PARTNERS, TODAY, make_book_plan
from tests.benchmarks.data import Store
from tests.benchmarks.measure import Figure, figure, peak_memory, spent

CHOICES = Choices(audience=Audience.INTERNAL, end=TODAY + dt.timedelta(days=13))
SHARES = (0.125, 0.25, 0.5, 1.0)
WHAT = {
    "gather": "reading the plan, ms/page",
    "compose": "to blocks, ms/page",
    "draw": "drawn beside a bare canvas, ms/page",
    "stock": "drawn beside stock platypus, ms/page",
    "check": "self-check, ms/page",
    "whole": "all of it beside stock platypus, ms/page",
}
TARGETS = {"draw": 2.5, "stock": 1.0}


@dataclass(slots=True)
class Times:
    """Milliseconds of the processor per page of each step, run by run."""

    ours: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in WHAT})
    bare: list[float] = field(default_factory=list)
    stock: list[float] = field(default_factory=list)


def measure_briefing(store: Store, repeats: int) -> Iterator[Figure]:
    """Gather, compose, draw and check apart; growth from 25 to 200 pages; memory of a process that writes it."""
    partners = max(round(PARTNERS * store.size.scale), 3)
    path = store.folder / f"book-{partners}.cityplan"
    make_book_plan(path, partners)
    with open_plan(path, read_only=True) as plan:
        times, pages = _times(plan, store.folder, repeats)
        yield from _figures(times)
        yield figure("briefing", "pages", [pages], unit="pages")
        yield from _growth(plan, store.folder)
    before, after, cold = _apart(path, store.folder)
    yield figure("briefing", "first book of a process, ms/page", [cold / pages], unit="ms")
    yield figure("briefing", "memory before the book", [before], unit="MB")
    yield figure("briefing", "most memory with the book", [after], unit="MB")


def _times(plan: Plan, folder: Path, repeats: int) -> tuple[Times, int]:
    """Measure in turns: ours, the canvas, platypus; the first round is left out, it fills what is kept."""
    briefing = DELEGATION_BOOK.compose(plan, CHOICES, TODAY)
    marks, words = recorded(briefing, folder), stock.prepared(briefing)
    stock.register(stock.faces_of(marks) | stock.faces_in(words))
    pages, found = len(marks), Times()
    for number in range(repeats + 1):
        measured = found if number else Times()
        _ours(plan, folder, measured, pages)
        measured.bare.append(
            _per_page(lambda: stock.replay(marks, folder / "bare.pdf", stock.letter()), pages)
        )
        title, size = briefing.title, stock.letter()
        measured.stock.append(
            _per_page(lambda: stock.platypus(words, folder / "stock.pdf", size, title), pages)  # noqa: B023
        )
    return found, pages


def _per_page(step: Callable[[], object], pages: int) -> float:
    return 1000 * spent(step).cpu / pages


def _ours(plan: Plan, folder: Path, found: Times, pages: int) -> None:
    target = folder / "book.pdf"
    facts, made = [], []
    gather = _per_page(lambda: facts.append(DELEGATION_BOOK.gather(plan, CHOICES, TODAY)), pages)
    gathered = replace(DELEGATION_BOOK, gather=lambda _plan, _choices, _today: facts[0])
    compose = _per_page(lambda: made.append(gathered.compose(plan, CHOICES, TODAY)), pages)
    job = Job(made[0], stock.letter(), target)
    with collector_paused():
        drawn = _per_page(lambda: job.write(None), pages)
        check = _per_page(lambda: check_file(target, job.paper.root), pages)
    steps = {"gather": gather, "compose": compose, "draw": drawn, "stock": drawn, "check": check}
    for name, value in {**steps, "whole": gather + compose + drawn + check}.items():
        found.ours[name].append(value)


def _figures(found: Times) -> Iterator[Figure]:
    beside = {"draw": found.bare, "stock": found.stock, "whole": found.stock}
    for name, what in WHAT.items():
        yield figure(
            "briefing", what, found.ours[name], beside.get(name, ()), unit="ms", target=TARGETS.get(name)
        )


def recorded(briefing: Briefing, folder: Path) -> list[list[stock.Mark]]:
    """Everything that is drawn for a briefing, page by page."""
    job = Job(briefing, stock.letter(), folder / "recorded.pdf")
    job.paper = recorder = stock.Recorder(folder / "recorded.pdf", stock.letter(), job.metadata())
    recorder.pages = [[]]
    job.write(None)
    return recorder.pages


def _growth(plan: Plan, folder: Path) -> Iterator[Figure]:
    """The same book of fewer partners: milliseconds per page should not grow with the pages."""
    with plan.reading() as session:
        known = ids(session, Partner)
    for share in SHARES:
        some = replace(CHOICES, partners=tuple(known[: max(round(len(known) * share), 1)]))
        briefing = DELEGATION_BOOK.compose(plan, some, TODAY)
        pages: list[int] = []
        taken = spent(lambda: pages.append(draw(briefing, "Letter", folder / "part.pdf"))).cpu  # noqa: B023
        what = f"draw and check of {pages[0]} pages, ms/page"
        yield figure("briefing", what, [1000 * taken / pages[0]], unit="ms")


def _apart(path: Path, folder: Path) -> tuple[float, float, float]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_write_apart, args=(path, folder / "apart.pdf", theirs))
    process.start()
    theirs.close()
    found: tuple[float, float, float] = ours.recv()
    process.join()
    return found


def _write_apart(path: Path, target: Path, answer: Connection) -> None:
    """In a process of its own: the most memory before and after the book was written (MB), and milliseconds."""
    with open_plan(path, read_only=True) as plan:
        plan.office()
        before = peak_memory()
        taken = spent(lambda: write_report("delegation-book", plan, target, CHOICES, today=TODAY))
    answer.send((before, peak_memory(), 1000 * taken.cpu))
    answer.close()
