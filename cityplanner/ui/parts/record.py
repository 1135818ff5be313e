"""One record as a form shows it, and the edits of a form: loaded, begun, saved, removed through the door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cityplanner.base.errors import NotFoundError
from cityplanner.base.language import _, current
from cityplanner.model.entity import Entity, fields, links
from cityplanner.model.field import Kind
from cityplanner.model.nouns import nouns
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import titles as names
from cityplanner.ui.parts.plain import capitalized

Values = dict[str, Any]
TITLE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Shown:
    """A record's values, the titles of what it links to, and its own title; `id` None: not saved yet.

    A locked one, such as an adopted scenario, may no longer change.
    """

    id: int | None
    values: Values
    titles: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    locked: bool = False


def load(plan: Plan, noun: type[Entity], record_id: int) -> Shown | None:
    """Read one record; None when there is none any more."""
    with plan.reading() as session:
        record = session.get(noun, record_id)
        if record is None:
            return None
        values = {one.name: getattr(record, one.name) for one in fields(noun)}
        linked = {
            link.name: names.titles(session, nouns()[link.target], [values[link.name]])
            for link in links(noun)
            if values[link.name] is not None
        }
        title = names.titles(session, noun, [record_id]).get(record_id, "")
        linked_titles = {name: found.get(values[name], "") for name, found in linked.items()}
        return Shown(record_id, values, linked_titles, title, bool(getattr(record, "is_locked", False)))


def title(plan: Plan, noun: type[Entity], record_id: int) -> str:
    """The title of a record; empty where there is none any more."""
    with plan.reading() as session:
        return names.titles(session, noun, [record_id]).get(record_id, "")


def begin(plan: Plan, noun: type[Entity], given: Mapping[str, Any], zone: str) -> Shown:
    """A new record with its defaults and what is given; meetings begin in the office's time zone."""
    fresh = noun()
    values = {one.name: getattr(fresh, one.name) for one in fields(noun)}
    values |= {one.name: zone for one in fields(noun) if one.kind is Kind.ZONE and one.required}
    values |= given
    with plan.reading() as session:
        linked = {
            link.name: names.titles(session, nouns()[link.target], [values[link.name]]).get(
                values[link.name], ""
            )
            for link in links(noun)
            if values[link.name] is not None
        }
    return Shown(None, values, linked)


def make(noun: type[Entity], record_id: int | None, values: Values) -> Entity:
    """A record outside every session, to ask its rules."""
    record = noun(**values)
    if record_id is not None:
        record.id = record_id
    return record


def save(plan: Plan, noun: type[Entity], shown: Shown, changed: Values) -> int:
    """Write the changed fields of a record, or add a new one, as one change; returns its id.

    Raises `InvalidRecordError` naming the fields, or another `UserError`.
    """
    if shown.id is None:
        with plan.edit(_label(_("Add {noun} “{title}”"), noun, _own_title(noun, changed))) as edit:
            record = noun(**(shown.values | changed))
            edit.add(record)
            edit.flush()
            return record.id
    with plan.edit(_label(_("Edit {noun} “{title}”"), noun, shown.title)) as edit:
        found = edit.get(noun, shown.id)
        if found is None:
            raise gone(noun)
        for name, value in changed.items():
            setattr(found, name, value)
    return shown.id


def remove(plan: Plan, noun: type[Entity], ids: Sequence[int]) -> str:
    """Delete records with all they own as one change; returns its label."""
    with plan.reading() as session:
        named = names.titles(session, noun, ids)
    if len(ids) == 1:
        label = _label(_("Delete {noun} “{title}”"), noun, named.get(ids[0], ""))
    else:
        label = _("Delete {n} {nouns}").format(n=current().number(len(ids)), nouns=_(noun.__plural__))
    with plan.edit(label) as edit:
        for record_id in ids:
            record = edit.get(noun, record_id)
            if record is not None:
                edit.remove(record)
    return label


def gone(noun: type[Entity]) -> NotFoundError:
    """The record was deleted while it was shown."""
    return NotFoundError(
        _("This {noun} was deleted in the meantime.").format(noun=_(noun.__label__)),
        _("Undo the deletion to get it back."),
    )


def counted(noun: type[Entity], count: int) -> str:
    """A number of records in words: `80 partners`, `1 partner`."""
    word = noun.__label__ if count == 1 else noun.__plural__
    return f"{current().number(count)} {_(word)}"


def heading(noun: type[Entity]) -> str:
    """The plural of a noun as a heading."""
    return capitalized(_(noun.__plural__))


def _label(text: str, noun: type[Entity], title: str) -> str:
    short = title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1] + "…"
    return text.format(noun=_(noun.__label__), title=short).replace(" “”", "")


def _own_title(noun: type[Entity], values: Values) -> str:
    return names.title_text(value for name in noun.__title__ if isinstance(value := values.get(name), str))
