"""Reports of what went wrong inside the program, kept on this computer for whoever is to mend it.

A report holds versions, the commands that came before, and where in the program it happened; nothing of a plan.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from cityplanner.base import paths
from cityplanner.base.language import _

_NEW, _TOLD = ".new.txt", ".txt"
_STAMP = "%Y%m%dT%H%M%SZ"
MOST_KEPT = 20


def folder() -> Path:
    """Where reports are kept."""
    return paths.log_folder() / "reports"


def write(
    trace: str, steps: Sequence[str], parts: Sequence[str] = (), now: datetime | None = None
) -> Path | None:
    """Keep a report; None where the disk does not let it be kept. `parts` are names and versions, such as Qt's."""
    moment = now or datetime.now(UTC)
    try:
        folder().mkdir(parents=True, exist_ok=True)
        path = _free(f"{moment:{_STAMP}}")
        path.write_text(text(trace, steps, parts, moment), "utf-8")
        for old in reports()[MOST_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path


def text(trace: str, steps: Sequence[str], parts: Sequence[str], moment: datetime) -> str:
    """The words of a report."""
    return "\n".join(
        (
            _("What went wrong inside CityPlanner"),
            _("This report holds no names and nothing from a plan. It stays on this computer."),
            "",
            f"{moment:%Y-%m-%d %H:%M} UTC",
            " · ".join((*versions(), *parts)),
            "",
            _("Where it happened:"),
            trace,
            "",
            _("What was done before, the latest last:"),
            *(f"  {step}" for step in steps),
            "",
        )
    )


def versions() -> tuple[str, ...]:
    """What runs, on what kind of system."""
    import platform  # late, for a fast start
    from importlib import metadata

    try:
        ours = metadata.version("cityplanner")
    except metadata.PackageNotFoundError:
        ours = "?"
    return (
        f"CityPlanner {ours}",
        f"Python {platform.python_version()}",
        f"{sys.platform} {platform.machine()}",
    )


def _free(stem: str) -> Path:
    taken = {path.name.split(".")[0] for path in reports()}
    numbered = (f"report-{stem}-{number:02}" for number in count(1))
    return folder() / (next(name for name in numbered if name not in taken) + _NEW)


def reports() -> list[Path]:
    """The reports there are, newest first."""
    return sorted(folder().glob("report-*-*.txt"), key=lambda path: path.name, reverse=True)


def made_at(path: Path) -> datetime:
    """When a report was made."""
    return datetime.strptime(path.name.split("-")[1], _STAMP).replace(tzinfo=UTC)


def untold() -> list[Path]:
    """The reports nobody was told of, newest first."""
    return [path for path in reports() if path.name.endswith(_NEW)]


def told(path: Path) -> Path:
    """Note that a report was told of; its path from now on."""
    if not path.name.endswith(_NEW):
        return path
    known = path.with_name(path.name.removesuffix(_NEW) + _TOLD)
    with suppress(OSError):
        os.replace(path, known)
    return known
