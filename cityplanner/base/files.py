"""Files: names that every system takes, writing whole or not at all, and what a full disk is called."""

from __future__ import annotations

import errno
import os
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from cityplanner.base.errors import UserError
from cityplanner.base.language import _

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
LONGEST_NAME, LONGEST_ENDING, MOST_BYTES = 150, 20, 240
"""Characters, and bytes in UTF-8: of the 255 a system allows, some are left for a number behind the name."""
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_FORBIDDEN = frozenset('<>:"|?*')
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))}
)
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


def safe_name(name: str) -> str:
    """A file name that stays in the folder it is written to, shows what it is, and that every system takes.

    Folders, characters that systems forbid, and unseen ones such as marks of direction are taken out; a long
    name keeps its ending.
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    seen = "".join(
        "_" if char in _FORBIDDEN else char
        for char in unicodedata.normalize("NFC", last)
        if unicodedata.category(char) not in _UNSEEN
    )
    path = PurePosixPath(seen.strip(" .") or "file")
    if path.name.split(".")[0].strip().lower() in _RESERVED:
        path = PurePosixPath(f"_{path.name}")
    ending = path.suffix[:LONGEST_ENDING]
    stem = path.stem[: LONGEST_NAME - len(ending)].encode()[: MOST_BYTES - len(ending.encode())]
    return stem.decode(errors="ignore").rstrip(" .") + ending


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
