"""Making one record of two: the values that were chosen, and everything that points to either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from cityplanner.base.errors import NotFoundError
from cityplanner.base.language import _
from cityplanner.model.attachment import Attachment
from cityplanner.model.contact import Contact
from cityplanner.model.entity import Entity, fields, is_pairing, links
from cityplanner.model.field import Kind, OnDelete
from cityplanner.model.nouns import Reference, references
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.likeness import APART
from cityplanner.store.queries.titles import title_of
from cityplanner.store.rows import Change


def merge_records(
    plan: Plan, noun: type[Entity], keep_id: int, drop_id: int, values: Mapping[str, Any]
) -> Change | None:
    """Make one record of two as one undoable change; raises `NotFoundError` where one of them is gone.

    `values` are what the record that stays holds in the fields that were chosen.
    """
    with plan.reading() as session:
        kept = session.get(noun, keep_id)
        title = title_of(session, kept) if kept is not None else ""
    label = _("Merge two {nouns}: “{title}”").format(nouns=_(noun.__plural__), title=title[:80])
    with plan.edit(label) as edit:
        keep, drop = edit.get(noun, keep_id), edit.get(noun, drop_id)
        if keep is None or drop is None or keep is drop:
            raise NotFoundError(
                _("One of the two was deleted in the meantime."), _("Look for duplicates again.")
            )
        merge(edit, keep, drop, values)
    return edit.change


def merge(edit: Editing, keep: Entity, drop: Entity, values: Mapping[str, Any]) -> None:
    """Give `keep` the chosen values and all that points to `drop`, and delete `drop`.

    What is locked refuses, as in any edit, and then nothing of it was done.
    """
    for name, value in values.items():
        setattr(keep, name, value)
    _move_links(edit, keep, drop)
    _move_files(edit, keep, drop)
    edit.flush()
    edit.remove(drop)


def keep_apart(plan: Plan, noun: type[Entity], first_id: int, second_id: int) -> Change | None:
    """Remember that two records are not the same, as one undoable change."""
    pairing = APART[noun.__tablename__]
    first, second = sorted((first_id, second_id))
    with plan.edit(_("Keep two {nouns} apart").format(nouns=_(noun.__plural__))) as edit:
        known = select(pairing).where(pairing.first_id == first, pairing.second_id == second)
        if edit.scalars(known).first() is None:
            edit.add(pairing(first_id=first, second_id=second))
    return edit.change


def _move_links(edit: Editing, keep: Entity, drop: Entity) -> None:
    for reference in references(drop.__tablename__):
        column = getattr(reference.noun, reference.field.name)
        for user in edit.scalars(select(reference.noun).where(column == drop.id)).all():
            _move(edit, reference, user, keep)
        edit.flush()


def _move(edit: Editing, reference: Reference, user: Entity, keep: Entity) -> None:
    """Let a record point to the one that stays; one that would then say nothing new is merged or dropped."""
    if _points_elsewhere_too(reference, user, keep):
        if reference.field.on_delete is OnDelete.CLEAR:
            setattr(user, reference.field.name, None)
            return
        if is_pairing(reference.noun):
            edit.remove(user)  # a pair of the two, or of one with itself: kept apart, and now one
            return
    twin = _twin(edit, reference, user, keep) if is_pairing(reference.noun) else None
    if twin is None:
        setattr(user, reference.field.name, keep.id)
    else:
        merge(edit, twin, user, _filled(twin, user))


def _points_elsewhere_too(reference: Reference, user: Entity, keep: Entity) -> bool:
    """Whether another link of the record points to the one that stays already: somebody's own successor."""
    return any(
        getattr(user, link.name) == keep.id
        for link in links(reference.noun)
        if link.target == reference.field.target and link.name != reference.field.name
    )


def _twin(edit: Editing, reference: Reference, user: Entity, keep: Entity) -> Entity | None:
    """The pairing that says of the one that stays what `user` said of the other."""
    column = getattr(reference.noun, reference.field.name)
    near = edit.scalars(select(reference.noun).where(column == keep.id)).all()
    return next((other for other in near if _same(reference, other, user)), None)


def _same(reference: Reference, other: Entity, user: Entity) -> bool:
    unique = reference.noun.__unique__
    if unique:
        return all(getattr(other, n) == getattr(user, n) for n in unique if n != reference.field.name)
    for field in fields(reference.noun):
        ours, theirs = getattr(other, field.name), getattr(user, field.name)
        if field.name == reference.field.name or ours == theirs:
            continue
        if (field.kind is Kind.LINK and field.required) or not (_empty(ours) or _empty(theirs)):
            return False
    return True


def _filled(twin: Entity, user: Entity) -> dict[str, Any]:
    """What only the record that goes can tell."""
    return {
        field.name: getattr(user, field.name)
        for field in fields(type(twin))
        if _empty(getattr(twin, field.name)) and not _empty(getattr(user, field.name))
    }


def _empty(value: object) -> bool:
    return value is None or value == "" or value == ()


def _move_files(edit: Editing, keep: Entity, drop: Entity) -> None:
    """Attached files follow; of two of the same content and name one is enough."""
    here = Attachment.noun == keep.__tablename__
    held = edit.scalars(select(Attachment).where(here, Attachment.record_id == keep.id)).all()
    known = {(file.sha256, file.name) for file in held}
    for file in edit.scalars(select(Attachment).where(here, Attachment.record_id == drop.id)).all():
        if (file.sha256, file.name) in known:
            edit.remove(file)
        else:
            file.record_id = keep.id


def proposed(keep: Entity, drop: Entity) -> dict[str, Any]:
    """What one record of the two would best hold: what only one knows, lists together, no address lost."""
    values: dict[str, Any] = {}
    for field in fields(type(keep)):
        ours, theirs = getattr(keep, field.name), getattr(drop, field.name)
        if field.derived or ours == theirs:
            continue
        if isinstance(ours, tuple) and isinstance(theirs, tuple):
            values[field.name] = tuple(dict.fromkeys((*ours, *theirs)))
        elif field.kind is Kind.LONG_TEXT and ours and theirs:
            values[field.name] = f"{ours}\n\n{theirs}"
        elif field.kind is Kind.FLAG:
            values[field.name] = ours or theirs  # who must not be written to stays so
        else:
            values[field.name] = theirs if _empty(ours) else ours
    if isinstance(keep, Contact) and isinstance(drop, Contact):
        keep_addresses(values, keep, drop)
    return values


def keep_addresses(values: dict[str, Any], keep: Contact, drop: Contact) -> None:
    """Put each e-mail and phone that is not the chosen one among the other ones."""
    for one, others in (("email", "other_emails"), ("phone", "other_phones")):
        chosen = values.get(one, getattr(keep, one))
        told = (*values.get(others, getattr(keep, others)), getattr(keep, one), getattr(drop, one))
        rest = tuple(dict.fromkeys(value for value in told if value and value != chosen))
        if rest != getattr(keep, others):
            values[others] = rest
