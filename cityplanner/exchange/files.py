"""Files that are read if they are not too large, and written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.base.language import _


def content(path: Path, most: int) -> bytes:
    """The bytes of a file; raises `UserError` where there is none, it may not be read or has more than `most`."""
    try:
        if path.stat().st_size > most:
            raise UserError(
                _("“{name}” is larger than {n} MB.").format(name=path.name, n=most // 1_000_000),
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


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A path to write to, which takes the target's place at the end; raises `UserError` where that fails."""
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        yield temporary
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
