"""The history as a file: one line for each field that changed as CSV, or every row before and after as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cityplanner.base.errors import UserError
from cityplanner.base.files import whole_file
from cityplanner.base.language import _
from cityplanner.exchange.cell_texts import safe
from cityplanner.exchange.history_words import Told, tell
from cityplanner.exchange.sheet import Progress, silent
from cityplanner.exchange.tables import currency_of, write_table
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.history import history, newest
from cityplanner.store.rows import Change

FORMS = ("csv", "json")
_PAGE = 50


def export_history(
    plan: Plan, target: Path, *, table: str = "", record_id: int = 0, progress: Progress = silent
) -> int:
    """Write the history of the plan, of a noun or of a record, newest first; how many lines or changes there are.

    The ending of the file says the form. The file is written whole or not at all. Raises `UserError` for another
    ending, and where the file cannot be written.
    """
    form = target.suffix.lower().lstrip(".")
    if form not in FORMS:
        raise UserError(
            _("A history is not written as “{ending}”.").format(ending=target.suffix),
            _("Choose a name that ends in .csv or .json."),
        )
    with plan.reading() as session:
        last = newest(session)
    write = _write_csv if form == "csv" else _write_json
    count = write(
        plan, target, table, record_id, lambda number: progress(1 - number / max(last, 1), _("Exporting"))
    )
    progress(1, _("Exporting"))
    return count


def _write_csv(plan: Plan, target: Path, table: str, record_id: int, heed: Callable[[int], None]) -> int:
    headers = [
        _("Change"),
        _("When (UTC)"),
        _("Who"),
        _("What"),
        _("Record"),
        _("Field"),
        _("Before"),
        _("After"),
    ]
    office = plan.office()
    zone = (office.zone if office else "") or "UTC"

    def lines() -> Iterator[list[str]]:
        below: int | None = None
        while told := tell(
            plan, currency_of(plan), zone, table, record_id, _PAGE, below=below, most_rows=None, longest=None
        ):
            for one in told:
                yield from _lines(one)
            below = told[-1].id
            heed(below)

    return write_table(target, headers, lines())


def _lines(told: Told) -> Iterator[list[str]]:
    for row in told.rows:
        for line in row.lines:
            cells = (
                f"{told.made_at:%Y-%m-%d %H:%M:%S}",
                told.who,
                told.label,
                row.title,
                line.label,
                line.before or "",
                line.after or "",
            )
            yield [str(told.id), *map(safe, cells)]


def _write_json(plan: Plan, target: Path, table: str, record_id: int, heed: Callable[[int], None]) -> int:
    count = 0
    with whole_file(target) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        below: int | None = None
        while True:
            with plan.reading() as session:
                changes = history(
                    session, table=table or None, record_id=record_id or None, limit=_PAGE, below=below
                )
            for change in changes:
                file.write(",\n" if count else "\n")
                file.write(json.dumps(_as_data(change), ensure_ascii=False))
                count += 1
            if not changes:
                break
            below = changes[-1].id
            heed(below)
        file.write("\n]\n")
    return count


def _as_data(change: Change) -> dict[str, Any]:
    return {
        "id": change.id,
        "label": change.label,
        "kind": str(change.kind),
        "made_at": change.made_at.isoformat(),
        "made_by": change.made_by,
        "rows": [
            {"table": row.table, "id": row.record_id, "before": row.before, "after": row.after}
            for row in change.rows
        ],
    }
