"""The formats that a table can be read from, found by the file's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.base.language import N_, _
from cityplanner.exchange.csv_reading import read_csv
from cityplanner.exchange.sheet import MOST_BYTES, Progress, Sheet, silent

Reader = Callable[[bytes, str, str, str, Progress], Sheet]
"""Makes a sheet of bytes, a name, an encoding and a delimiter (both empty: detect them)."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name for people, the suffixes of its files, and how it is read."""

    name: str
    suffixes: tuple[str, ...]
    read: Reader


CSV = Format(N_("comma-separated values"), (".csv", ".tsv", ".tab", ".txt"), read_csv)
FORMATS = (CSV,)


def format_of(path: Path) -> Format:
    """The format of a file by its suffix; text in columns where the suffix says nothing."""
    return next((known for known in FORMATS if path.suffix.lower() in known.suffixes), CSV)


def read_sheet(path: Path, *, encoding: str = "", delimiter: str = "", progress: Progress = silent) -> Sheet:
    """Read a table from a file; raises `UserError` in words where it cannot be one."""
    progress(0, _("Reading {name}").format(name=path.name))
    data = _bytes(path)
    sheet = format_of(path).read(data, path.name, encoding, delimiter, progress)
    progress(1, _("Reading {name}").format(name=path.name))
    return sheet


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError(
                _("“{name}” is larger than {n} MB.").format(name=path.name, n=MOST_BYTES // 1_000_000),
                _("Split it into several files and import them one by one."),
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(_("There is no file {path}.").format(path=path), _("Check its name.")) from error
    except OSError as error:
        raise UserError(
            _("“{name}” cannot be read: {detail}").format(name=path.name, detail=error.strerror or error),
            _("Check that it is a file and that you may read it."),
        ) from error
