"""Other files that still hold a person: backups, plans that a restore put aside, journals left of a crash."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.store import backups, sqlite
from cityplanner.store.personal.person import Person
from cityplanner.store.rows import Heed, heedless


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that holds a person, and whether it is a backup or a plan that was put aside."""

    path: Path
    is_backup: bool


def copies(plan: Path, person: Person, heed: Heed = heedless) -> tuple[Copy, ...]:
    """The files beside a plan that still hold a person.

    What was exported, printed or copied elsewhere is known to nobody here.
    """
    found: list[Copy] = []
    candidates = list(_candidates(plan))
    for place, one in enumerate(candidates):
        heed(place / len(candidates))
        if _holds(one.path, person):
            found.append(one)
    return tuple(found)


def _candidates(plan: Path) -> Iterator[Copy]:
    folder = backups.folder_of(plan)
    if folder.is_dir():
        yield from (Copy(path, True) for path in sorted(folder.iterdir()) if path.is_file())
    own = {plan.name, *(plan.name + end for end in (*sqlite.JOURNALS, ".lock", ".holder"))}
    for path in sorted(plan.parent.iterdir()):
        starts = (f"{plan.stem} before restore ", f"{plan.name}-", f".{plan.name}.")
        if path.name.startswith(starts) and path.name not in own and path.is_file():
            yield Copy(path, False)


def _holds(path: Path, person: Person) -> bool:
    """Whether a file, sound or damaged, of whatever version, tells of a person: by their uid or by a plain sign."""
    wanted = [*(uid.encode() for uid in sorted(person.uids)), *person.signs.plain]
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return any(content.find(one) >= 0 for one in wanted)


def replace_copies(plan: Path, found: Iterable[Copy]) -> Path:
    """Make a new verified backup of a plan, then delete the copies that still hold somebody; the new one.

    Nothing is deleted where the backup cannot be made. Raises `UserError` naming what could not be deleted.
    """
    made = backups.backup(plan)
    left = []
    for one in found:
        try:
            for path in (one.path, *(Path(f"{one.path}{end}") for end in sqlite.JOURNALS)):
                path.unlink(missing_ok=True)
        except OSError:
            left.append(one.path.name)
    if left:
        raise UserError(
            _("These files still hold the person and could not be deleted: {names}.").format(
                names=", ".join(left)
            ),
            _("Close the programs that use them and delete them yourself."),
        )
    return made
