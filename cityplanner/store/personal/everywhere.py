"""Erasing a person wherever this computer keeps them: the plan, the drafts and choices, the backups beside the plan."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cityplanner.base.settings import Settings
from cityplanner.store.personal.copies import Copy, copies, replace_copies
from cityplanner.store.personal.erasing import erase
from cityplanner.store.personal.person import Person
from cityplanner.store.personal.unsaved import forget_unsaved
from cityplanner.store.plan_file import Plan
from cityplanner.store.rows import Heed, heedless


@dataclass(frozen=True, slots=True)
class Erased:
    """Who was erased, how many drafts told of them, the copies that were deleted and those that still hold them."""

    person: Person
    drafts: int
    replaced: tuple[Copy, ...] = ()
    left: tuple[Copy, ...] = ()


def erase_everywhere(
    plan: Plan,
    contact_id: int,
    settings: Settings,
    *,
    replace: bool,
    drafts: Path | None = None,
    heed: Heed = heedless,
) -> Erased:
    """Erase a person for good; with `replace`, backups that hold them give way to one new backup.

    `heed` may give it up as long as nothing was erased. Raises what `erase` raises, and then nothing was done; what
    is raised after it leaves the person erased in the plan.
    """
    person = erase(plan, contact_id, heed)
    told = forget_unsaved(plan.path, person, settings, drafts)
    found = copies(plan.path, person)
    if not replace or not found:
        return Erased(person, told, left=found)
    replace_copies(plan.path, found)
    return Erased(person, told, replaced=found)
