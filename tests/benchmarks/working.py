"""What is done all day: an edit, a keystroke in the search; each in turns with its limit."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from cityplanner.model.contact import Contact
from cityplanner.store import sqlite
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.store.search import query_tokens
from tests.benchmarks.data import Store, Words
from tests.benchmarks.measure import Figure, Spent, centile, figure, spent

EDITS, WARM = 200, 20
PEOPLE = 40
"""How many names are typed, from the first character to the last."""
_SHIFT = 40


def big_copy(store: Store, name: str) -> Path:
    """A copy of the big plan that a workload may change."""
    path = store.folder / f"{name}.cityplan"
    shutil.copyfile(store.big_plan(), path)
    return path


def measure_edit(store: Store, repeats: int) -> Iterator[Figure]:
    """One field of one contact, to committed, beside the bare statement with the same settings."""
    # A file each: what one writes, the other would have to read again.
    path, other = big_copy(store, "edited"), big_copy(store, "edited-barely")
    with open_plan(path, user="benchmark") as plan, closing(sqlite.connect(other)) as raw:
        bare, ours = [], []
        people = store.size.contacts
        for number in range(EDITS * repeats + WARM):
            bare.append(spent(lambda n=number: bare_commit(raw, n, 1 + n % people)))  # type: ignore[misc]
            ours.append(spent(lambda n=number: _change(plan, n, 1 + (n * 7) % people)))  # type: ignore[misc]
    walls = [1000 * one.wall for one in ours[WARM:]], [1000 * one.wall for one in bare[WARM:]]
    yield figure("edit", "to committed", *walls, unit="ms", target=1.8)
    cpus = [1000 * one.cpu for one in ours[WARM:]]
    yield figure("edit", "to committed, processor", cpus, unit="ms")
    yield figure("edit", "to committed, 99th of 100", [centile(walls[0], 0.99)], unit="ms", target=50)


def bare_commit(raw: sqlite3.Connection, number: int, record: int) -> None:
    """One field of one contact, written and synced without anything around it."""
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("UPDATE contact SET family = ? WHERE id = ?", (f"N{number}", record))
    raw.execute("COMMIT")


def _change(plan: Plan, number: int, record: int) -> None:
    with plan.edit("Rename") as edit:
        edit.get_one(Contact, record).family = f"M{number}"


def typed(people: int = PEOPLE) -> list[str]:
    """What stands in the search box after each keystroke of several names."""
    words = Words()
    names = [f"{words.dice.choice(words.given)} {words.dice.choice(words.family)}" for _ in range(people)]
    return [name[:length] for name in names for length in range(1, len(name) + 1)]


def measure_search(store: Store, repeats: int) -> Iterator[Figure]:
    """Each keystroke over all nouns and over two alone, beside the bare rows of the index and of the nouns.

    Each goes first every other time: what goes second finds its pages in the system's memory.
    """
    with (
        open_plan(store.big_plan(), read_only=True) as plan,
        closing(sqlite.connect(store.big_plan(), read_only=True)) as raw,
    ):
        numbers = {noun: number for number, noun in raw.execute("SELECT number, noun FROM searched")}
        plan.search("warm")
        parts = {"all nouns": tuple(numbers), "contacts": ("contact",), "engagements": ("engagement",)}
        for name, tables in parts.items():
            asked = {table: numbers[table] for table in tables}
            bare, ours = [list[Spent](), list[Spent]()]
            for place, text in enumerate(typed(PEOPLE * repeats)):
                sides = [
                    (bare, lambda t=text, a=asked: _bare_rows(raw, t, a)),
                    (ours, lambda t=text, n=tables: plan.search(t, n)),
                ]
                for kept, step in sides if place % 2 else reversed(sides):
                    kept.append(spent(step))
            yield from _keystrokes(name, ours, bare)


def _keystrokes(name: str, ours: Sequence[Spent], bare: Sequence[Spent]) -> Iterator[Figure]:
    """The middle and the slowest, by the clock and of the processor, in milliseconds."""
    for what, pick in (("", "wall"), (", processor", "cpu")):
        spans = [[1000 * getattr(one, pick) for one in side] for side in (ours, bare)]
        yield figure("search", f"keystroke, {name}{what}", *spans, unit="ms", target=1.3)
        slow = [[centile(span, 0.99)] for span in spans]
        yield figure("search", f"keystroke, {name}, 99th of 100{what}", *slow, unit="ms", target=1.3)
        yield figure(
            "search", f"keystroke, {name}, 99th of 100{what}, at most", slow[0], unit="ms", target=20
        )


def _bare_rows(raw: sqlite3.Connection, text: str, numbers: dict[str, int]) -> None:
    match = " AND ".join(f'"{token}"*' for token in query_tokens(text))
    if not match:
        return
    for noun, number in numbers.items():
        span = (number << _SHIFT, (number + 1) << _SHIFT)
        sql = "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT 50"
        ids = [row[0] - span[0] for row in raw.execute(sql, (match, *span))]
        places = ", ".join("?" * len(ids))
        raw.execute(f'SELECT * FROM "{noun}" WHERE id IN ({places})', ids).fetchall()
