"""Putting a record, or one field of it, back to what it was before or after a change, as a change of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model.attachment import FileContent
from cityplanner.model.entity import Entity, field_of, fields, links
from cityplanner.model.nouns import nouns
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.history import rows_of
from cityplanner.store.queries.titles import titles
from cityplanner.store.rows import Change, Plain, table_of, typed_row

_LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True)
class Past:
    """A state of a record in the history: before or after a change. `field` names one field, "" the whole record."""

    change_id: int
    table: str
    record_id: int
    after: bool = False
    field: str = ""


def put_back(plan: Plan, past: Past) -> Change | None:
    """Bring a record back to a past state; None where it is in that state already.

    A deleted record comes back under its own identity, without what was deleted along with it. Raises `UserError`
    where the record did not exist then, where what it pointed to is gone, or where a rule of its noun forbids it.
    """
    noun = nouns()[past.table]
    with plan.reading() as session:
        values = _values(session, noun, past)
        title = titles(session, noun, [past.record_id]).get(past.record_id, "")
    with plan.edit(_label(noun, past.field, title)) as edit:
        _refuse_gone(edit, noun, values)
        record = edit.get(noun, past.record_id)
        if record is None:
            edit.add(_anew(noun, past, values))
        else:
            for name, value in values.items():
                setattr(record, name, value)
    return edit.change


def _label(noun: type[Entity], name: str, title: str) -> str:
    words = {"noun": _(noun.__label__), "title": title[:_LONGEST_TITLE]}
    if name:
        return _("Put {field} of {noun} {title} back").format(field=_(field_of(noun, name).label), **words)
    return " ".join(_("Put {noun} {title} back").format(**words).split())


def _values(session: Session, noun: type[Entity], past: Past) -> dict[str, Any]:
    """What the fields were then; a field that the history is too old for is left as it is."""
    row = next(
        (
            row.after if past.after else row.before
            for row in rows_of(session, past.change_id)
            if (row.table, row.record_id) == (past.table, past.record_id)
        ),
        None,
    )
    if row is None:
        raise UserError(
            _("The {noun} did not exist then.").format(noun=_(noun.__label__)),
            _("To take it away, delete it; to bring it back, choose the time when it existed."),
        )
    if not row:
        raise UserError(
            _("The {noun} was erased since.").format(noun=_(noun.__label__)),
            _("What was erased cannot come back."),
        )
    kept: Plain = {field.name: row[field.name] for field in fields(noun) if field.name in row}
    if past.field:
        kept = {past.field: kept[past.field]}
    else:
        kept["uid"] = row["uid"]
    return typed_row(table_of(past.table), kept)


def _anew(noun: type[Entity], past: Past, values: dict[str, Any]) -> Entity:
    """A deleted record once more, under the number that the history knows it by."""
    if past.field:
        raise UserError(
            _("The {noun} was deleted since.").format(noun=_(noun.__label__)),
            _("Put the whole record back first."),
        )
    record = noun(**values)
    record.id = past.record_id
    return record


def _refuse_gone(session: Session, noun: type[Entity], values: dict[str, Any]) -> None:
    """Whatever it points to has to be there."""
    gone = [
        _(link.label)
        for link in links(noun)
        if (number := values.get(link.name)) is not None and session.get(nouns()[link.target], number) is None
    ]
    digest = values.get("sha256")
    if digest and session.scalar(select(FileContent.sha256).where(FileContent.sha256 == digest)) is None:
        gone.append(_("contents of the file"))
    if gone:
        raise UserError(
            _("What it pointed to then is no longer there: {fields}.").format(fields=", ".join(gone)),
            _("Put that back first, or put the other fields back one by one."),
        )
