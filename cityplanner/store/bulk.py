"""One field of many records at once: what would change, who refuses, and all of it as one undoable change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cityplanner.base.errors import UserError
from cityplanner.base.language import N_, _, current
from cityplanner.model.entity import Entity, Problem, field_of, fields, stand_in
from cityplanner.model.field import Field, Kind
from cityplanner.store.guards import check_around
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import Reading, by_id
from cityplanner.store.queries.titles import titles
from cityplanner.store.rows import Change

_LISTS = frozenset({Kind.WORDS, Kind.CHOICES, Kind.LANGUAGES, Kind.EMAILS, Kind.PHONES})
_MOST_NAMED = 3


class Way(StrEnum):
    """What is done with a field."""

    SET = N_("set to")
    ADD = N_("add")
    REMOVE = N_("remove")


def settable(noun: type[Entity]) -> tuple[Field, ...]:
    """The fields that several records may share a value of."""
    return tuple(field for field in fields(noun) if not (field.unique or field.derived))


def ways(field: Field) -> tuple[Way, ...]:
    """What can be done with a field: of a list, single items come and go."""
    return tuple(Way) if field.kind in _LISTS else (Way.SET,)


@dataclass(frozen=True, slots=True)
class Setting:
    """What to do with one field."""

    field: str
    value: Any
    way: Way = Way.SET

    def after(self, before: Any) -> Any:
        """What the field holds then."""
        if self.way is Way.ADD:
            return tuple(dict.fromkeys((*before, *self.value)))
        if self.way is Way.REMOVE:
            gone = {item.casefold() for item in self.value}
            return tuple(item for item in before if item.casefold() not in gone)
        return self.value


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that cannot take the value, and why."""

    record_id: int
    title: str
    problem: str

    def __str__(self) -> str:
        return f"{self.title} – {self.problem}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would become of the records."""

    changed: tuple[int, ...]
    same: int
    refused: tuple[Refusal, ...]


def preview(plan: Plan, noun: type[Entity], ids: Sequence[int], setting: Setting) -> Outcome:
    """Work out what a setting would do, without doing it; records that are gone are left out."""
    with plan.reading() as session:
        return _outcome(session, noun, ids, setting)


def _outcome(session: Reading, noun: type[Entity], ids: Sequence[int], setting: Setting) -> Outcome:
    names = [field.name for field in fields(noun)]
    changed: list[int] = []
    problems: dict[int, Problem] = {}
    same = 0
    for number, record in by_id(session, noun, ids).items():
        before = {name: getattr(record, name) for name in names}
        value = setting.after(before[setting.field])
        if value == before[setting.field]:
            same += 1
            continue
        changed.append(number)
        then = stand_in(noun, before | {setting.field: value, "id": number, "uid": record.uid})
        found = then.check() or then.check_change(before) or check_around(session, then, number, before)
        if found:
            problems[number] = found[0]
    named = titles(session, noun, list(problems))
    refused = tuple(Refusal(number, named[number], str(problem)) for number, problem in problems.items())
    return Outcome(tuple(changed), same, refused)


def apply(plan: Plan, noun: type[Entity], ids: Sequence[int], setting: Setting) -> Change | None:
    """Set the field of all the records, or of none; raises `UserError` that names who refuses."""
    with plan.edit(label(noun, setting, len(ids))) as edit:
        outcome = _outcome(edit, noun, ids, setting)
        if outcome.refused:
            raise refusal(noun, outcome)
        for record in by_id(edit, noun, outcome.changed).values():
            setattr(record, setting.field, setting.after(getattr(record, setting.field)))
    return edit.change


def refusal(noun: type[Entity], outcome: Outcome) -> UserError:
    """Why nothing is changed: the first records that refuse, in words."""
    shown = [str(refused) for refused in outcome.refused[:_MOST_NAMED]]
    more = len(outcome.refused) - len(shown)
    if more > 0:
        shown.append(_("And {n} more.").format(n=current().number(more)))
    return UserError(
        _("{n} {nouns} cannot take this, so nothing changes.").format(
            n=current().number(len(outcome.refused)),
            nouns=_(noun.__label__ if len(outcome.refused) == 1 else noun.__plural__),
        ),
        " ".join(shown),
    )


def label(noun: type[Entity], setting: Setting, number: int) -> str:
    """What the change is called in the history."""
    return _("Change {field} of {n} {nouns}").format(
        field=_(field_of(noun, setting.field).label),
        n=current().number(number),
        nouns=_(noun.__label__ if number == 1 else noun.__plural__),
    )
