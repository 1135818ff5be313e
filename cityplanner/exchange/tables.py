"""Records out of the plan as a table: exact, harmless in a spreadsheet, and read back without a difference."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from cityplanner.base.files import whole_file
from cityplanner.base.language import _, current, language
from cityplanner.exchange.cell_texts import safe
from cityplanner.exchange.cells import write
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
    columns, currency = columns_of(noun, chosen), currency_of(plan)
    rows = (
        [
            value if field is None else write(field, value, currency)
            for field, value in zip(columns, row, strict=True)
        ]
        for row in raw_rows(plan, noun, chosen, ids, progress)
    )
    headers = table_headers(noun, chosen, language_tag)
    if isinstance(target, Path):
        return write_table(target, headers, rows)
    return _write(target, headers, rows)


def table_headers(noun: type[Entity], names: Sequence[str], language_tag: str | None = None) -> list[str]:
    """The header of each column of an export, harmless in a spreadsheet; the uid stands last."""
    return [*map(safe, labels(noun, names, language_tag)), UID]


def labels(noun: type[Entity], names: Sequence[str], language_tag: str | None = None) -> list[str]:
    """The labels of the columns but the last, as people read them."""
    spoken = language(language_tag) if language_tag else current()
    found: list[str] = []
    for name in names:
        field = field_of(noun, name)
        label = spoken.text(field.label)
        found += [label, f"{label} {UID}"] if field.kind is Kind.LINK else [label]
    return found


def raw_rows(
    plan: Plan, noun: type[Entity], names: Sequence[str], ids: Sequence[int] | None, progress: Progress
) -> Iterator[list[Any]]:
    """The values of an export by `columns_of`, read in pages of one consistent state of the plan."""
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
                yield [*_values(chosen, row, linked), own[number]]
    progress(1, _("Exporting"))


def columns_of(noun: type[Entity], names: Sequence[str]) -> list[Field | None]:
    """The field of each column of an export; None for a uid. Of a link, the title comes first."""
    columns: list[Field | None] = []
    for name in names:
        field = field_of(noun, name)
        columns += [field, None] if field.kind is Kind.LINK else [field]
    return [*columns, None]


def _values(chosen: Sequence[Field], row: tuple[Any, ...], linked: Sequence[dict[int, str]]) -> Iterator[Any]:
    for field, value, known in zip(chosen, row, linked, strict=True):
        if field.kind is not Kind.LINK:
            yield value
        else:
            yield from ("", "") if value is None else (value.title, known[value.id])


def currency_of(plan: Plan) -> str:
    """The currency that the plan's money is in."""
    office = plan.office()
    return office.currency if office else "USD"


def write_table(target: Path, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a CSV file whole or not at all: UTF-8 with a mark, lines as spreadsheets end them."""
    with whole_file(target) as path, path.open("w", encoding="utf-8-sig", newline="") as file:
        return _write(file, headers, rows)


def _write(file: TextIO, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    writer = csv.writer(file)
    writer.writerow(headers)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count
