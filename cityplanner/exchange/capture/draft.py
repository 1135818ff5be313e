"""What a captured text would become: records with their values, to be looked at, changed and only then saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cityplanner.base.language import _
from cityplanner.model.entity import Entity, InvalidRecordError, Problem
from cityplanner.store.plan_file import Plan
from cityplanner.store.rows import Change


@dataclass(frozen=True, slots=True)
class Piece:
    """One record of a draft.

    `shown` are the fields that are offered; `ties` say which fields come from other pieces: the name of the
    field there, or `id` for the piece's own record. A piece without one of `needs` is not saved.
    """

    key: str
    noun: type[Entity]
    values: Mapping[str, Any]
    shown: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    ties: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The pieces in the order they are saved, and what to say about them; without pieces nothing was understood."""

    pieces: tuple[Piece, ...] = ()
    hint: str = ""


class DraftError(InvalidRecordError):
    """A piece of a draft was refused; `key` says which."""

    def __init__(self, key: str, record: Entity, problems: list[Problem]) -> None:
        super().__init__(record, problems)
        self.key = key


def save(plan: Plan, pieces: Sequence[Piece], title: str) -> Change | None:
    """Write the pieces as one undoable change; raises `DraftError`, and then nothing was written."""
    kept: dict[str, dict[str, Any]] = {}
    with plan.edit(_("Capture “{title}”").format(title=title[:80])) as edit:
        for piece in pieces:
            values = dict(piece.values)
            for name, (key, source) in piece.ties.items():
                if key in kept and kept[key].get(source) is not None:
                    values[name] = kept[key][source]
            kept[piece.key] = values
            if any(values.get(name) is None for name in piece.needs):
                continue
            record = piece.noun(**values)
            problems = record.check()
            if problems:
                raise DraftError(piece.key, record, problems)
            edit.add(record)
            edit.flush()
            values["id"] = record.id
    return edit.change


def filled(piece: Piece, typed: Mapping[str, Any]) -> Piece:
    """A piece with what the user made of it."""
    return replace(piece, values={**piece.values, **typed})
