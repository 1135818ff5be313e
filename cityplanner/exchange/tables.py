"""Records out of the plan as a table: exact, harmless in a spreadsheet, and read back without a difference."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current, language
from cityplanner.exchange.cells import safe, write
from cityplanner.exchange.sheet import Progress, silent
from cityplanner.model.entity import Entity, field_of, fields
from cityplanner.model.field import Field, Kind
from cityplanner.model.nouns import nouns
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing
from cityplanner.store.queries.values import uids

UID = "uid"
_STEP = 2000


def export_csv(
    plan: Plan,
    noun: type[Entity],
    target: Path | TextIO,
    *,
    names: Sequence[str] | None = None,
    ids: Sequence[int] | None = None,
    language_tag: str | None = None,
    progress: Progress = silent,
) -> int:
    """Write records of a noun as CSV and return how many there were.

    `names`: which fields (default: all), `ids`: which records in which order (default: all in the noun's
    order); the labels stand in the language given. A link takes two columns, its title and its uid. A file
    gets a byte order mark, so that spreadsheets read it as UTF-8, and is written whole or not at all.
    """
    chosen = tuple(names) if names is not None else tuple(field.name for field in fields(noun))
    rows = _rows(plan, noun, chosen, ids, progress)
    headers = table_headers(noun, chosen, language_tag)
    if isinstance(target, Path):
        return write_table(target, headers, rows)
    return _write(target, headers, rows)


def table_headers(noun: type[Entity], names: Sequence[str], language_tag: str | None = None) -> list[str]:
    """The header of each column of an export; the uid stands last."""
    spoken = language(language_tag) if language_tag else current()
    headers: list[str] = []
    for name in names:
        field = field_of(noun, name)
        label = spoken.text(field.label)
        headers += [label, f"{label} {UID}"] if field.kind is Kind.LINK else [label]
    return [*map(safe, headers), UID]


def _rows(
    plan: Plan, noun: type[Entity], names: Sequence[str], ids: Sequence[int] | None, progress: Progress
) -> Iterator[list[str]]:
    """The rows of an export, read in pages of one consistent state of the plan."""
    office = plan.office()
    currency = office.currency if office else "USD"
    chosen = [field_of(noun, name) for name in names]
    with plan.reading() as session:
        wanted = listing.ids(session, noun) if ids is None else ids
        for start in range(0, len(wanted), _STEP):
            progress(start / len(wanted), _("Exporting"))
            page = list(wanted[start : start + _STEP])
            own = uids(session, noun, page)
            read = listing.rows(session, noun, names, [number for number in page if number in own])
            linked = [
                uids(
                    session, nouns()[field.target], {row[place].id for row in read if row[place] is not None}
                )
                if field.kind is Kind.LINK
                else {}
                for place, field in enumerate(chosen)
            ]
            for number, row in zip((number for number in page if number in own), read, strict=True):
                yield [*_cells(chosen, row, linked, currency), own[number]]
    progress(1, _("Exporting"))


def _cells(
    chosen: Sequence[Field], row: tuple[Any, ...], linked: Sequence[dict[int, str]], currency: str
) -> Iterator[str]:
    for field, value, known in zip(chosen, row, linked, strict=True):
        if field.kind is not Kind.LINK:
            yield write(field, value, currency)
        elif value is None:
            yield from ("", "")
        else:
            yield from (safe(value.title), known[value.id])


def write_table(target: Path, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a CSV file whole or not at all: UTF-8 with a mark, lines as spreadsheets end them."""
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        with temporary.open("w", encoding="utf-8-sig", newline="") as file:
            count = _write(file, headers, rows)
        os.replace(temporary, target)
    except OSError as error:
        raise UserError(
            _("“{name}” cannot be written: {detail}").format(
                name=target.name, detail=error.strerror or error
            ),
            _("Choose another folder, or close the program that has the file open."),
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
    return count


def _write(file: TextIO, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    writer = csv.writer(file)
    writer.writerow(headers)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count
