"""Files that are written whole or not at all, and what a full disk is called."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cityplanner.base.errors import UserError
from cityplanner.base.language import _

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
LEAST_FREE = 1_000_000
"""Bytes; a disk with less is full for what a plan writes, whatever words the refusal comes in."""


def is_full(error: OSError) -> bool:
    """Whether a write was refused for want of space, or of a share in it."""
    return error.errno in _FULL


def has_no_space(path: Path) -> bool:
    """Whether the disk that a file is on has next to nothing left."""
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < LEAST_FREE
    return False


def cannot_write(target: Path, error: OSError) -> UserError:
    """What to tell when a file could not be written."""
    if is_full(error):
        return UserError(
            _("“{name}” cannot be written: the disk is full.").format(name=target.name),
            _("Free some space or choose another disk, then try again. Nothing unfinished was left behind."),
        )
    return UserError(
        _("“{name}” cannot be written: {detail}").format(name=target.name, detail=error.strerror or error),
        _("Choose another folder, or close the program that has the file open."),
    )


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A path to write to, which takes the target's place at the end; raises `UserError` where that fails."""
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        yield temporary
        os.replace(temporary, target)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        temporary.unlink(missing_ok=True)
