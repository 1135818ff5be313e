"""What this computer keeps of a person beside the plan: drafts of forms, and what was chosen for a briefing."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from cityplanner.base import paths
from cityplanner.base.settings import BRIEFINGS, Settings
from cityplanner.store.personal.person import Person
from cityplanner.store.personal.signs import Signs


def forget_unsaved(plan: Path, person: Person, settings: Settings, drafts: Path | None = None) -> int:
    """Take a person out of the drafts of a plan and out of the settings; how many drafts told of them.

    `drafts` is the folder of all drafts where it is not the usual one. Whoever holds the drafts in memory reads them
    anew. Raises `OSError` where they cannot be written.
    """
    briefings = settings.get(BRIEFINGS)
    left = _struck(briefings, person.signs)
    if left != briefings:
        settings.set(BRIEFINGS, left)
    return _forget_drafts(paths.drafts_file(plan, drafts), person)


def _forget_drafts(path: Path, person: Person) -> int:
    try:
        kept = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return 0
    except (ValueError, RecursionError):  # damaged: nobody gets anything back out of it but by reading it
        path.unlink()
        return 1
    own = {f"{table}/{number}" for table, number in person.keys}
    left = {key: _struck(typed, person.signs) for key, typed in kept.items() if key not in own}
    told = sum(1 for key, typed in kept.items() if key not in left or left[key] != typed)
    if told and left:
        temporary = path.with_suffix(".tmp")
        temporary.write_text(json.dumps(left, ensure_ascii=False), "utf-8")
        os.replace(temporary, path)
    elif told:
        path.unlink()
    return told


def _struck(value: Any, signs: Signs) -> Any:
    """A JSON value without the person, in texts that are JSON themselves as well."""
    if isinstance(value, dict):
        return {key: _struck(inner, signs) for key, inner in value.items()}
    if isinstance(value, list):
        return [_struck(inner, signs) for inner in value]
    if not isinstance(value, str):
        return value
    if value[:1] in ("{", "["):
        try:
            return json.dumps(_struck(json.loads(value), signs))
        except (ValueError, RecursionError):
            pass
    return signs.struck(value)
