"""The office's seal: a picture attached to the office under one name, its note the words that stand for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model.attachment import Attachment
from cityplanner.model.office import Office
from cityplanner.store import attachments
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import Reading

STEM = "seal"
ENDINGS = (".png", ".jpg", ".jpeg")


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal's picture and the words that stand for it."""

    attachment_id: int
    data: bytes
    words: str


def seal_of(session: Reading, office: Office) -> Seal | None:
    """The office's seal; None where it has none. Raises `NotFoundError` where its contents are damaged."""
    for file in attachments.files(session, Office.__tablename__, office.id):
        path = Path(file.name)
        if path.stem.casefold() == STEM and path.suffix.casefold() in ENDINGS:
            return Seal(file.id, attachments.content(session, file.sha256), file.note)
    return None


def set_seal(plan: Plan, picture: Path | None, words: str) -> None:
    """Give the office another seal, or other words for the one it has, as one undoable change.

    Without a `picture` the present one stays. Raises `UserError` for a file that is no PNG or JPEG, or where
    there is neither a picture nor a seal.
    """
    with plan.edit(_("Change the office's seal")) as edit:
        office = edit.query(Office).order_by(Office.id).first()
        if office is None:
            raise UserError(_("This plan has no office yet."), _("Fill in the office first."))
        present = seal_of(edit, office)
        if picture is None:
            if present is None:
                raise UserError(_("There is no seal yet."), _("Choose a picture first."))
            edit.get_one(Attachment, present.attachment_id).note = words
            return
        if picture.suffix.casefold() not in ENDINGS:
            raise UserError(
                _("“{name}” is no PNG or JPEG.").format(name=picture.name), _("Save the seal as PNG or JPEG.")
            )
        if present is not None:
            edit.remove(edit.get_one(Attachment, present.attachment_id))
            edit.flush()
        name = STEM + picture.suffix.casefold()
        data = attachments.read(picture)
        attachments.add(edit, Office.__tablename__, office.id, name, data).note = words


def remove_seal(plan: Plan) -> None:
    """Take the seal off the office as one undoable change; nothing happens where there is none."""
    with plan.reading() as session:
        office = session.query(Office).order_by(Office.id).first()
        present = seal_of(session, office) if office else None
    if present is not None:
        attachments.remove(plan, present.attachment_id)
