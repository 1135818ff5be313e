"""Spreadsheets (XLSX, ODS) as tables of text, read in a process of its own after a look at the archive."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.exchange.cell_texts import safe
from cityplanner.exchange.shaping import shaped, too_large
from cityplanner.exchange.sheet import Hints, Sheet, Told

MOST_UNPACKED = 600_000_000
MOST_RATIO = 150
SMALL = 20_000_000
"""A member up to this size may be packed as tightly as it likes: there is no harm in it."""
MOST_MEMBERS = 5000
# The columns XFD begins are 703 and more; rows of seven digits are more than anybody imports.
_FAR = re.compile(rb'<c [^>]{0,80}?\br="(?:[A-Z]{3}\d+|[A-Z]+\d{7,})"')
_SIGN_OF_FAR = re.compile(rb'r="(?:[A-Z]{3}\d|[A-Z]+\d{7})')
"""What each such cell has in it: found five times as fast, but maybe in a text."""
_WINDOW = 1 << 20


def read_spreadsheet(data: bytes, name: str, hints: Hints) -> Generator[Told, None, Sheet]:
    """A sheet out of the bytes of a spreadsheet: the one that is named, else the first with anything in it."""
    _refuse_bombs(data, name)
    _refuse_far_cells(data, name)
    import python_calamine as calamine  # loaded only here, for start-up time

    errors = (calamine.CalamineError, ValueError, TypeError, IndexError, OverflowError, OSError)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            cells = ([_text(cell) for cell in row] for row in _rows(book, hints.sheet, name))
            headers = yield from shaped(name, enumerate(cells, 1))
            return Sheet(name, headers, sheets=tuple(book.sheet_names))
    except calamine.PasswordError as error:
        raise UserError(
            _("“{name}” is protected by a password.").format(name=name),
            _("Save it without one and import it again."),
        ) from error
    except errors as error:
        raise _damaged(name) from error


def _rows(book: Any, wanted: str, name: str) -> Iterator[Sequence[Any]]:
    if wanted and wanted not in book.sheet_names:
        raise UserError(
            _("“{name}” has no sheet “{sheet}”.").format(name=name, sheet=wanted),
            _("It has: {sheets}.").format(sheets=", ".join(book.sheet_names)),
        )
    for title in (wanted,) if wanted else book.sheet_names:
        sheet = book.get_sheet_by_name(title)
        if sheet.height:
            return iter(sheet.iter_rows())
    return iter(())


def _text(cell: Any) -> str:
    """A cell as an import reads it; a text is one, whatever it begins with."""
    if type(cell) is str:  # by far the commonest
        return safe(cell) if cell and not cell[0].isalnum() else cell
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
        case datetime() | date() | time():
            return cell.isoformat()
        case timedelta():
            return f"{cell.total_seconds() / 60:g}"
        case _:
            return str(cell)


def _damaged(name: str) -> UserError:
    return UserError(
        _("“{name}” is damaged, or is no spreadsheet that can be read.").format(name=name),
        _("Open it in its own program, save it as XLSX or CSV, and import that."),
    )


# --- before anything is unpacked ---


def _refuse_bombs(data: bytes, name: str) -> None:
    """Refuse an archive whose directory says that it unpacks to more than any list."""
    total = 0
    members = _members(data, name)
    for member in members:
        total += member.file_size
        if member.file_size > SMALL and member.file_size > MOST_RATIO * max(member.compress_size, 1):
            raise too_large(name)
    if total > MOST_UNPACKED or len(members) > MOST_MEMBERS:
        raise too_large(name)


def _members(data: bytes, name: str) -> list[zipfile.ZipInfo]:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(
            _("“{name}” is an old or a protected spreadsheet.").format(name=name),
            _("Open it in its own program and save it as XLSX without a password."),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, IndexError) as error:
        raise _damaged(name) from error


def _refuse_far_cells(data: bytes, name: str) -> None:
    """Refuse a cell in the far corner, for which a reader would make room for all the cells before it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if "worksheets/" in member.filename:
                    _refuse_far_cells_of(archive, member, name)
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        EOFError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise _damaged(name) from error


def _refuse_far_cells_of(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    with archive.open(member) as file:
        tail = b""
        while window := file.read(_WINDOW):
            seen = tail + window
            if _SIGN_OF_FAR.search(seen) and _FAR.search(seen):
                raise UserError(
                    _("“{name}” has a cell far away from its table.").format(name=name),
                    _("Copy the rows you need to a new file and import that."),
                )
            tail = window[-200:]
