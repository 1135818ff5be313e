"""Records out of the plan as a spreadsheet: numbers are numbers, dates are dates, and a text is never a formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from cityplanner.base import money
from cityplanner.base.files import whole_file
from cityplanner.base.language import _
from cityplanner.exchange.cell_texts import join
from cityplanner.exchange.sheet import Progress, silent
from cityplanner.exchange.tables import UID, columns_of, currency_of, labels, raw_rows
from cityplanner.model.entity import Entity, fields
from cityplanner.model.field import Field, Kind
from cityplanner.store.plan_file import Plan

_LOOKED_AT = 200
_NARROWEST, _WIDEST = 8, 60
_FIRST_DAY = date(1900, 3, 1)
"""Before it, spreadsheets count days by a calendar of their own."""
_MOMENT_WIDTH = 19
_NAME_ENDS = 31


def export_xlsx(
    plan: Plan,
    noun: type[Entity],
    target: Path,
    *,
    names: Sequence[str] | None = None,
    ids: Sequence[int] | None = None,
    language_tag: str | None = None,
    progress: Progress = silent,
) -> int:
    """Write the rows and columns of a CSV export as a spreadsheet with typed cells; returns how many rows."""
    chosen = tuple(names) if names is not None else tuple(known.name for known in fields(noun))
    office = plan.office()
    return write_spreadsheet(
        target,
        _(noun.__plural__),
        columns_of(noun, chosen),
        [*labels(noun, chosen, language_tag), UID],
        raw_rows(plan, noun, chosen, ids, progress),
        currency=currency_of(plan),
        zone=office.zone if office else "UTC",
    )


def write_spreadsheet(
    target: Path,
    title: str,
    columns: Sequence[Field | None],
    headers: Sequence[str],
    rows: Iterator[Sequence[Any]],
    *,
    currency: str = "USD",
    zone: str = "UTC",
) -> int:
    """Write rows as a spreadsheet with cells typed by their columns' fields, whole or not at all; returns how many."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    first = list(islice(rows, _LOOKED_AT))
    with whole_file(target) as path, TemporaryDirectory() as rows_kept:
        book = xlsxwriter.Workbook(
            str(path),
            {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "tmpdir": rows_kept},
        )
        sheet = book.add_worksheet(_sheet_name(title))
        try:
            writer = _Writer(book, sheet, columns, currency, zone)
            writer.headers(headers, first)
            count = 0
            for count, row in enumerate(chain(first, rows), 1):
                writer.row(count, row)
            sheet.autofilter(0, 0, count, len(columns) - 1)
            book.close()
        except FileCreateError as error:
            refused = error.args[0] if error.args else error
            raise (refused if isinstance(refused, OSError) else OSError(str(error))) from error
        finally:
            with suppress(OSError):  # where the disk is full, the library leaves it open
                sheet.row_data_fh.close()
    return count


def _sheet_name(title: str) -> str:
    """A title as the sheet's name, which may not have certain signs nor be long."""
    clean = "".join(" " if sign in "[]:*?/\\'" else sign for sign in title).strip()[:_NAME_ENDS]
    return clean[:1].upper() + clean[1:]


@dataclass(slots=True)
class _Writer:
    """Writes rows by the fields of their columns."""

    book: Any
    sheet: Any
    columns: Sequence[Field | None]
    currency: str
    zone: str
    _formats: list[Any] = field(default_factory=list)
    _moment: Any = None
    _zone_column: int | None = None

    def headers(self, texts: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """The first row, which stays in view, and the columns as wide as what they hold."""
        bold = self.book.add_format({"bold": True})
        self._formats = [self._format(column) for column in self.columns]
        self._zone_column = next(
            (place for place, column in enumerate(self.columns) if column and column.kind is Kind.ZONE), None
        )
        for place, text in enumerate(texts):
            self.sheet.set_column(place, place, self._width(place, text, rows))
        for place, text in enumerate(texts):
            self.sheet.write_string(0, place, text, bold)
        self.sheet.freeze_panes(1, 0)

    def _width(self, place: int, header: str, rows: Sequence[Sequence[Any]]) -> int:
        column = self.columns[place]
        if column is not None and column.kind is Kind.MOMENT:
            return _MOMENT_WIDTH
        longest = max((len(str(row[place])) for row in rows if row[place] is not None), default=0)
        return min(max(longest + 1, len(header) + 3, _NARROWEST), _WIDEST)

    def _format(self, column: Field | None) -> Any:
        patterns = {
            Kind.DATE: "yyyy-mm-dd",
            Kind.MOMENT: "yyyy-mm-dd hh:mm:ss",
            Kind.MONEY: _money_pattern(self.currency),
            Kind.PERCENT: '0"%"',
        }
        pattern = patterns.get(column.kind) if column is not None else None
        return self.book.add_format({"num_format": pattern}) if pattern else None

    def row(self, number: int, values: Sequence[Any]) -> None:
        """One row, empty cells left out."""
        for place, value in enumerate(values):
            if value not in (None, "", ()):
                self._cell(number, place, value, values)

    def _cell(self, number: int, place: int, value: Any, values: Sequence[Any]) -> None:
        column, look = self.columns[place], self._formats[place]
        match value:
            case bool():
                self.sheet.write_boolean(number, place, value)
            case int() if column is not None and column.kind is Kind.MONEY:
                self._number(number, place, money.to_decimal(value, self.currency), look)
            case int() | Decimal():
                self._number(number, place, Decimal(value), look)
            case datetime():
                self._moment_cell(number, place, value, self._zone_of(values), look)
            case date() if value >= _FIRST_DAY:
                self.sheet.write_datetime(number, place, value, look)
            case tuple():
                self.sheet.write_string(number, place, join(value))
            case _:
                self.sheet.write_string(number, place, str(value))

    def _number(self, number: int, place: int, value: Decimal, look: Any) -> None:
        """A number, or its digits as a text where a spreadsheet would round them."""
        if Decimal(repr(float(value))) == value:
            self.sheet.write_number(number, place, float(value), look)
        else:
            self.sheet.write_string(number, place, f"{value:f}")

    def _zone_of(self, values: Sequence[Any]) -> str:
        """The zone an import reads the row's moments in: the row's own if it is shown, else the office's."""
        own = values[self._zone_column] if self._zone_column is not None else None
        return str(own or self.zone)

    def _moment_cell(self, number: int, place: int, value: datetime, zone: str, look: Any) -> None:
        """The time by the wall clock; as a text in UTC where the clock shows that time twice, or in old days."""
        wall = value.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        again = {wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(value.tzinfo) for fold in (0, 1)}
        if again == {value} and wall.date() >= _FIRST_DAY:
            self.sheet.write_datetime(number, place, wall, look)
        else:
            self.sheet.write_string(number, place, value.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _money_pattern(currency: str) -> str:
    places = money.exponent(currency)
    return "#,##0" + ("." + "0" * places if places else "")
