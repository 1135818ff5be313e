"""Files attached to records: what they are called here, and their contents, kept once each."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy import Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from cityplanner.base.language import N_, _
from cityplanner.model import field as f
from cityplanner.model.entity import Base, Entity, Problem

_DIGEST = re.compile("[0-9a-f]{64}")
LONGEST_NAME = 150


class Attachment(Entity):
    """A file that belongs to a record of any noun: `noun` is its table, `record_id` its id there."""

    __tablename__ = "attachment"
    __label__ = N_("attached file")
    __plural__ = N_("attached files")
    __title__ = ("name",)
    __order__ = ("name",)

    name: Mapped[str] = f.title(N_("File name"), longest=LONGEST_NAME)
    note: Mapped[str] = f.text(N_("Note"), listed=True)
    size: Mapped[int | None] = f.integer(N_("Size"), unit=N_("bytes"), listed=True, derived=True)
    attached_on: Mapped[date | None] = f.date(N_("Attached on"), listed=True, derived=True)
    noun: Mapped[str] = f.text(N_("Attached to"), longest=60, derived=True, index=True)
    record_id: Mapped[int | None] = f.integer(N_("Number of the record"), derived=True, index=True)
    sha256: Mapped[str] = f.text(N_("Fingerprint"), longest=64, required=True, derived=True, index=True)

    def check(self) -> list[Problem]:
        """Only a file makes an attachment: its contents are told by their SHA-256."""
        found = [one for one in super().check() if one.field != "sha256"]
        if not self.sha256:
            text = _("is missing: attach files on the page of the record they belong to.")
            found.append(self.problem("sha256", text))
        elif not _DIGEST.fullmatch(self.sha256):
            found.append(self.problem("sha256", _("names no file. Attach the file anew.")))
        return found


class FileContent(Base, kw_only=True, eq=False):
    """The bytes of attached files, each kept once under its SHA-256.

    They stand outside the history, which only names them, and can only be added to: as long as the
    history can bring an attachment back, its contents are there.
    """

    __tablename__ = "file_content"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(Integer)
    data: Mapped[bytes] = mapped_column(LargeBinary)
