"""Files that are read if they are not too large."""

from __future__ import annotations

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
