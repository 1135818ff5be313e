"""Files kept in the plan with the records they belong to: read, named safely, stored once, given back.

The contents stand in a table outside the history, under their SHA-256, and are never taken out: an
attachment that was removed can come back by undo for as long as the history lasts. A history row holds the
name, size and fingerprint of a file, never its bytes, so that nothing is kept twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.base.files import safe_name, whole_file
from cityplanner.base.language import _, current
from cityplanner.model.attachment import Attachment, FileContent
from cityplanner.model.nouns import nouns
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.titles import title_of

MEGABYTE = 1_000_000
LARGEST = 50 * MEGABYTE
"""The largest file that is taken in: a plan has to stay a file that is quickly backed up and sent."""
_PROGRAMS = frozenset(
    {
        ".app", ".apk", ".appimage", ".bat", ".bin", ".cmd", ".com", ".command", ".cpl", ".deb",
        ".desktop", ".dll", ".dmg", ".exe", ".gadget", ".hta", ".inf", ".jar", ".jnlp", ".js",
        ".jse", ".lnk", ".msc", ".msi", ".msix", ".msp", ".pif", ".pkg", ".pl", ".ps1",
        ".psm1", ".py", ".pyw", ".pyz", ".rb", ".reg", ".rpm", ".run", ".scf", ".scr",
        ".sh", ".so", ".url", ".vb", ".vbe", ".vbs", ".webloc", ".workflow", ".ws", ".wsf",
        ".wsh",
    }
)  # fmt: skip
_SIGNS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"\xca\xfe\xba\xbe",
)


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is attached: its id, name, note, size in bytes and SHA-256."""

    id: int
    name: str
    note: str
    size: int
    sha256: str


def attach(plan: Plan, noun: str, record_id: int, title: str, paths: Sequence[Path]) -> str:
    """Take files in as one undoable change; returns its label.

    Raises `UserError` in words for what is no file, cannot be read or is too large; then none is taken in.
    """
    taken = [(safe_name(path.name), read(path)) for path in paths]
    names = ", ".join(name for name, _data in taken)
    label = _("Attach {names} to “{title}”").format(names=names, title=title)
    with plan.edit(label[:300]) as edit:
        for name, data in taken:
            add(edit, noun, record_id, name, data)
    return label


def add(edit: Editing, noun: str, record_id: int, name: str, data: bytes) -> Attachment:
    """Attach one file to a record of the table `noun`; its contents are stored unless they are there already."""
    attachment = Attachment(
        name=safe_name(name),
        size=len(data),
        attached_on=edit.now().date(),
        noun=noun,
        record_id=record_id,
        sha256=edit.keep_file(data),
    )
    edit.add(attachment)
    edit.flush()
    return attachment


def remove(plan: Plan, attachment_id: int) -> str:
    """Take a file off its record as one undoable change; returns its label."""
    with plan.reading() as session:
        name = _found(session, attachment_id).name
    label = _("Remove the file “{name}”").format(name=name)
    with plan.edit(label) as edit:
        edit.remove(_found(edit, attachment_id))
    return label


def files(session: Session, noun: str, record_id: int) -> list[File]:
    """The files of a record, by name."""
    statement = _of(noun, record_id).order_by(Attachment.name, Attachment.id)
    return [File(one.id, one.name, one.note, one.size or 0, one.sha256) for one in session.scalars(statement)]


@dataclass(frozen=True, slots=True)
class Holder:
    """The record that a file is attached to."""

    table: str
    record_id: int
    title: str


def holders(session: Session, wanted: Sequence[int]) -> dict[int, Holder]:
    """The records that files are attached to, by the ids of the attachments."""
    found: dict[int, Holder] = {}
    statement = select(Attachment.id, Attachment.noun, Attachment.record_id).where(Attachment.id.in_(wanted))
    for number, table, record_id in session.execute(statement):
        record = session.get(nouns()[table], record_id)
        if record is not None:
            found[number] = Holder(table, record.id, title_of(session, record))
    return found


def content(session: Session, sha256: str) -> bytes:
    """The bytes of a file. Raises `NotFoundError` where they are not in the plan or not what they were."""
    data = session.scalar(select(FileContent.data).where(FileContent.sha256 == sha256))
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        raise NotFoundError(
            _("The contents of this file are missing or damaged."), _("Look for it in a backup of the plan.")
        )
    return data


def missing(session: Session) -> list[str]:
    """The names of attached files whose contents are not in the plan."""
    kept = select(FileContent.sha256)
    return list(session.scalars(select(Attachment.name).where(Attachment.sha256.not_in(kept))))


def write_copy(plan: Plan, attachment_id: int, target: Path) -> Path:
    """Write a file of the plan to `target`, never marked as a program. Raises `UserError`."""
    with plan.reading() as session:
        data = content(session, _found(session, attachment_id).sha256)
    with whole_file(target) as temporary:
        temporary.write_bytes(data)
    return target


def open_copy(plan: Plan, attachment_id: int, folder: Path) -> Path:
    """Write a copy into `folder` for the system's program to show. Raises `UserError` for programs."""
    with plan.reading() as session:
        found = _found(session, attachment_id)
        data = content(session, found.sha256)
        name = safe_name(found.name)
    if is_program(name, data):
        raise UserError(
            _("“{name}” is a program or a script; CityPlanner does not open those.").format(name=name),
            _("Save it, and open it yourself if you trust where it comes from."),
        )
    target = folder / found.sha256[:16] / name
    if target.exists():
        target.chmod(0o600)  # the last copy; the user may have changed it meanwhile
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.write_bytes(data)
    target.chmod(0o400)
    return target


def is_program(name: str, data: bytes) -> bool:
    """Whether a file would be run rather than shown: by its ending or its first bytes."""
    return PurePosixPath(name.lower()).suffix in _PROGRAMS or data.startswith(_SIGNS)


def size_words(size: int) -> str:
    """A size in words: `340 B`, `12.5 kB`, `3.1 MB`; decimal units."""
    if size < 1000:
        return f"{current().number(size)} B"
    unit, value = ("kB", size / 1000) if size < MEGABYTE else ("MB", size / MEGABYTE)
    return f"{current().number(round(value, 1))} {unit}"


def read(path: Path) -> bytes:
    """The bytes of a file to attach; raises `UserError` for what is no file, cannot be read or is too large."""
    try:
        if not path.is_file():
            raise UserError(_("“{name}” is no file.").format(name=path.name), _("Attach files one by one."))
        size = path.stat().st_size
        if size > LARGEST:
            raise UserError(
                _("“{name}” has {size}; a plan takes files of up to {most}.").format(
                    name=path.name, size=size_words(size), most=size_words(LARGEST)
                ),
                _("Attach a smaller version, or note where the file is kept."),
            )
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            _("“{name}” cannot be read: {detail}").format(name=path.name, detail=error.strerror or error),
            _("Check that the file is still there."),
        ) from error


def _found(session: Session, attachment_id: int) -> Attachment:
    found = session.get(Attachment, attachment_id)
    if found is None:
        raise NotFoundError(
            _("This file was removed in the meantime."), _("Undo the removal to get it back.")
        )
    return found


def _of(noun: str, record_id: int) -> Select[Attachment]:
    return select(Attachment).where(Attachment.noun == noun, Attachment.record_id == record_id)
