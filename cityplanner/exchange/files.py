"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cityplanner.base.errors import UserError
from cityplanner.base.language import _


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
