"""The formats that a table can be read from and written in, found by the file's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cityplanner.base.errors import UserError
from cityplanner.base.language import N_, _
from cityplanner.exchange.bundle import is_bundle
from cityplanner.exchange.calendars import DATED, export_icalendar
from cityplanner.exchange.csv_reading import read_csv
from cityplanner.exchange.icalendar_reading import read_icalendar
from cityplanner.exchange.reading_apart import read_apart
from cityplanner.exchange.sheet import NO_HINTS, Hints, Progress, Reader, Sheet, silent
from cityplanner.exchange.spreadsheet_reading import read_spreadsheet
from cityplanner.exchange.spreadsheets import export_xlsx
from cityplanner.exchange.tables import export_csv
from cityplanner.exchange.vcards import read_vcards
from cityplanner.exchange.vcards_out import export_vcards


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name for people, the suffixes of its files, and how it is read."""

    name: str
    suffixes: tuple[str, ...]
    read: Reader


CSV = Format(N_("comma-separated values"), (".csv", ".tsv", ".tab", ".txt"), read_csv)
SPREADSHEET = Format(N_("spreadsheet"), (".xlsx", ".xlsm", ".ods"), read_spreadsheet)
VCARD = Format(N_("vCard"), (".vcf", ".vcard"), read_vcards)
ICALENDAR = Format(N_("iCalendar"), (".ics", ".ical"), read_icalendar)
FORMATS = (CSV, SPREADSHEET, VCARD, ICALENDAR)


def format_of(path: Path) -> Format:
    """The format of a file by its suffix; text in columns where the suffix says nothing."""
    return next((known for known in FORMATS if path.suffix.lower() in known.suffixes), CSV)


def read_sheet(path: Path, *, hints: Hints = NO_HINTS, progress: Progress = silent) -> Sheet:
    """Read a table from a file in a process of its own; raises `UserError` in words where it cannot be one."""
    progress(0, _("Reading {name}").format(name=path.name))
    if is_bundle(path):
        raise UserError(
            _("“{name}” is a whole plan, which becomes a new plan of its own.").format(name=path.name),
            _("Use: cityplanner new FILE --from {name}").format(name=path.name),
        )
    sheet = read_apart(format_of(path).read, path, hints, progress)
    progress(1, _("Reading {name}").format(name=path.name))
    return sheet


# --- out ---

Writer = Callable[..., int]
OUT: dict[str, Writer] = {
    "csv": export_csv,
    "xlsx": export_xlsx,
    "vcf": export_vcards,
    "ics": export_icalendar,
}
"""Writers by the suffix of their files, all called like `export_csv`."""
NAMES = {"csv": CSV.name, "xlsx": SPREADSHEET.name, "vcf": VCARD.name, "ics": ICALENDAR.name}
"""What the formats that are written are called, untranslated."""
ONLY_FOR = {"vcf": frozenset({"contact"}), "ics": frozenset(DATED)}
"""The formats that are not made for every noun, and for which they are."""


def forms_of(table: str) -> tuple[str, ...]:
    """The formats that records of a noun can be written in."""
    return tuple(form for form in OUT if table in ONLY_FOR.get(form, (table,)))


def writer_of(path: Path, table: str) -> Writer:
    """What writes a file of this name; raises `UserError` where no such file is made of the noun's records."""
    form = path.suffix.lower().lstrip(".")
    if form not in forms_of(table):
        raise UserError(
            _("“{name}” says no format that this list is written in.").format(name=path.name),
            _("End its name in one of: {suffixes}.").format(
                suffixes=", ".join(f".{suffix}" for suffix in forms_of(table))
            ),
        )
    return OUT[form]
