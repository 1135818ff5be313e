"""The last step of an import: the preview becomes one undoable change, after a backup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cityplanner.base.collecting import holding_off
from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.exchange.intake.companions import Companion
from cityplanner.exchange.intake.outcome import Draft, Fate, Preview
from cityplanner.exchange.sheet import Progress, silent
from cityplanner.model.entity import Entity, links
from cityplanner.model.scenario import Scenario
from cityplanner.store import backups
from cityplanner.store.errors import ReadOnlyError
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.history import newest
from cityplanner.store.queries.records import by_id
from cityplanner.store.rows import Change, Heed, heedless

_STEP = 2000
BACKED_UP, MADE, CHANGED, BROUGHT = 0.05, 0.6, 0.7, 0.95


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did. `change` is None, and no backup was made, when there was nothing to do."""

    created: int
    updated: int
    same: int
    duplicates: int
    rejected: int
    also: Mapping[type[Entity], int]
    backup: Path | None
    change: Change | None


@holding_off()
def apply(plan: Plan, preview: Preview, *, progress: Progress = silent) -> Report:
    """Do what the preview says, all of it or nothing.

    Raises `UserError` where the plan has changed since the preview, or cannot be written.
    """
    if not preview.changes:
        return _report(preview, None, None)
    if plan.read_only:
        raise ReadOnlyError
    words = _("Importing")
    progress(0, words)
    backup = backups.backup(plan.path, reason="import")
    progress(BACKED_UP, words)
    with plan.edit(label(preview)) as edit:
        if newest(edit) != preview.after_change:
            raise UserError(_("The plan was changed since the preview."), _("Preview the file again."))
        owners = _make(edit, preview, progress)
        _change(edit, preview)
        progress(CHANGED, words)
        _bring_along(edit, preview, owners, progress)
        edit.flush()
        progress(BROUGHT, words)  # until the very commit it can be stopped
        edit.heed = lambda share: progress(BROUGHT + (1 - BROUGHT) * share, words)
    progress(1, words)
    return _report(preview, backup, edit.change)


def label(preview: Preview) -> str:
    """What the change is called in the history."""
    counts = preview.counts
    number = counts[Fate.NEW] + counts[Fate.UPDATE]
    noun = _(preview.noun.__label__ if number == 1 else preview.noun.__plural__)
    return _("Import {n} {noun} from {name}").format(
        n=current().number(number), noun=noun, name=preview.name
    )[:300]


def _make(edit: Editing, preview: Preview, progress: Progress) -> dict[int, int]:
    """Make the new records; the ids by the owners that lines name."""
    lines = [line for line in preview.lines if line.fate is Fate.NEW]
    words = _("Importing")
    made = _add(
        edit,
        preview.noun,
        [line.values for line in lines],
        lambda share: progress(BACKED_UP + (MADE - BACKED_UP) * share, words),
    )
    return dict(zip((line.owner for line in lines), made, strict=True))


def _add(
    edit: Editing, noun: type[Entity], values: Sequence[Mapping[str, Any]], heed: Heed = heedless
) -> list[int]:
    """Make many records; what belongs to a scenario asks each time whether that is locked."""
    if noun is not Scenario and all(link.target != Scenario.__tablename__ for link in links(noun)):
        return edit.insert_values(noun, values, heed)
    made: list[Entity] = [noun(**each) for each in values]
    edit.insert_many(noun, made)
    return [record.id for record in made]


def _change(edit: Editing, preview: Preview) -> None:
    lines = {line.owner: line for line in preview.lines if line.fate is Fate.UPDATE and line.values}
    _set(edit, preview.noun, {owner: line.values for owner, line in lines.items()})


def _set(edit: Editing, noun: type[Entity], changes: Mapping[int, Mapping[str, Any]]) -> None:
    for number, record in by_id(edit, noun, changes.keys()).items():
        for name, value in changes[number].items():
            setattr(record, name, value)
    edit.flush()


def _bring_along(edit: Editing, preview: Preview, owners: Mapping[int, int], progress: Progress) -> None:
    """Make and change the records that belong to those of the rows."""
    told: dict[str, tuple[Companion, list[tuple[int, Draft]], dict[int, Mapping[str, Any]]]] = {}
    for line in preview.lines:
        for draft in line.also:
            _companion, new, changed = told.setdefault(draft.companion.name, (draft.companion, [], {}))
            if draft.fate is Fate.NEW:
                new.append((owners.get(line.owner, line.owner), draft))
            elif draft.fate is Fate.UPDATE and draft.record_id is not None:
                changed[draft.record_id] = draft.values
    for companion, new, changed in told.values():
        for start in range(0, len(new), _STEP):  # in steps: they are many, and nothing points to them
            _make_companions(edit, companion, new[start : start + _STEP])
            progress(CHANGED + (BROUGHT - CHANGED) * start / len(new), _("Importing"))
        _set(edit, companion.noun, changed)


def _make_companions(edit: Editing, companion: Companion, new: Sequence[tuple[int, Draft]]) -> None:
    made: list[dict[str, Any]] = []
    for owner, draft in new:
        near = {} if companion.through is not None else {companion.near: owner}
        made.append(dict(draft.values) | near)
    ids = _add(edit, companion.noun, made)
    if companion.through is not None:
        ends = [
            {companion.near: owner, companion.far: number}
            for (owner, _draft), number in zip(new, ids, strict=True)
        ]
        _add(edit, companion.through, ends)


def _report(preview: Preview, backup: Path | None, change: Change | None) -> Report:
    counts = preview.counts
    return Report(
        counts[Fate.NEW],
        counts[Fate.UPDATE],
        counts[Fate.SAME],
        counts[Fate.DUPLICATE],
        counts[Fate.ERROR],
        preview.also_new,
        backup,
        change,
    )
