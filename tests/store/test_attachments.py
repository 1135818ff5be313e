"""Attached files: kept once, undone and redone, copied with the plan, harmless by name and never run."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from sqlalchemy import func, select

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.model.attachment import Attachment, FileContent
from cityplanner.model.entity import InvalidRecordError
from cityplanner.model.partner import Partner
from cityplanner.store import attachments, backups
from cityplanner.store.attachments import (
    attach,
    content,
    files,
    is_program,
    size_words,
    write_copy,
)
from cityplanner.store.checks import check_content
from cityplanner.store.journal import BypassError
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.store.queries.history import history
from tests.builders import make
from tests.store.content import raw

DATA = b"%PDF-1.7 letter " * 400


@pytest.fixture
def partner(plan: Plan) -> int:
    """A partner to hang files on."""
    with plan.edit("Add") as edit:
        return int(make(edit, Partner).id)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A file outside the plan."""
    path = tmp_path / "Letter of intent.pdf"
    path.write_bytes(DATA)
    return path


def kept(plan: Plan) -> int:
    """How many contents the plan holds."""
    with plan.reading() as session:
        return session.scalar(select(func.count()).select_from(FileContent)) or 0


def of(plan: Plan, partner: int) -> list[attachments.File]:
    """The files of the partner."""
    with plan.reading() as session:
        return files(session, "partner", partner)


def test_a_file_comes_back_byte_for_byte_with_its_size(
    plan: Plan, partner: int, letter: Path, tmp_path: Path
) -> None:
    attach(plan, "partner", partner, "Nagoya", [letter])
    (file,) = of(plan, partner)

    assert (file.name, file.size) == ("Letter of intent.pdf", len(DATA))
    assert file.sha256 == hashlib.sha256(DATA).hexdigest()
    assert write_copy(plan, file.id, tmp_path / "out.pdf").read_bytes() == DATA


def test_the_same_contents_are_kept_once_and_never_in_the_history(
    plan: Plan, partner: int, letter: Path
) -> None:
    copy = letter.with_name("Copy.pdf")
    copy.write_bytes(DATA)
    attach(plan, "partner", partner, "Nagoya", [letter, copy])

    assert kept(plan) == 1
    assert len(of(plan, partner)) == 2
    with plan.reading() as session:
        (change, *_rest) = history(session, limit=1)
    assert "letter letter" not in str(change.rows)
    assert len(str(change.rows)) < len(DATA)


def test_attaching_and_removing_are_undone_and_redone_as_one_step_each(
    plan: Plan, partner: int, letter: Path
) -> None:
    attach(plan, "partner", partner, "Nagoya", [letter])
    attachments.remove(plan, of(plan, partner)[0].id)
    assert of(plan, partner) == []
    plan.undo()
    (file,) = of(plan, partner)
    with plan.reading() as session:
        assert content(session, file.sha256) == DATA
    plan.undo()
    assert of(plan, partner) == []
    plan.redo()
    assert len(of(plan, partner)) == 1


def test_files_go_with_their_record_and_come_back_with_it(plan: Plan, partner: int, letter: Path) -> None:
    attach(plan, "partner", partner, "Nagoya", [letter])
    with plan.edit("Delete") as edit:
        edit.remove(edit.get_one(Partner, partner))
    with plan.reading() as session:
        assert session.scalar(select(func.count()).select_from(Attachment)) == 0
    plan.undo()
    assert len(of(plan, partner)) == 1


def test_a_backup_holds_the_files(plan: Plan, partner: int, letter: Path) -> None:
    attach(plan, "partner", partner, "Nagoya", [letter])
    copy = backups.backup(plan.path, reason="manual")

    with open_plan(copy, read_only=True) as opened, opened.reading() as session:
        (file,) = files(session, "partner", partner)
        assert content(session, file.sha256) == DATA


def test_contents_are_neither_written_nor_taken_out_past_the_door(
    plan: Plan, partner: int, letter: Path
) -> None:
    attach(plan, "partner", partner, "Nagoya", [letter])
    with pytest.raises(BypassError), plan.edit("Bypass") as edit:
        edit.connection().exec_driver_sql("DELETE FROM file_content")
    with raw(plan.path) as connection, pytest.raises(Exception, match="can only be added to"):
        connection.execute("DELETE FROM file_content")
    assert kept(plan) == 1


def test_an_edit_that_fails_leaves_no_contents(plan: Plan, partner: int) -> None:
    with pytest.raises(InvalidRecordError), plan.edit("Fail") as edit:
        edit.add(Attachment(name="", noun="partner", record_id=partner, sha256=edit.keep_file(b"text")))
    assert kept(plan) == 0


def test_too_large_a_file_and_a_folder_are_refused_in_words(
    plan: Plan, partner: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "LARGEST", 1000)
    large = tmp_path / "large.bin"
    large.write_bytes(bytes(1001))
    with pytest.raises(UserError, match="up to 1 kB"):
        attach(plan, "partner", partner, "Nagoya", [large])
    with pytest.raises(UserError, match="is no file"):
        attach(plan, "partner", partner, "Nagoya", [tmp_path])
    assert of(plan, partner) == []


@pytest.mark.parametrize(
    ("name", "data", "program"),
    [
        ("letter.pdf", b"%PDF", False),
        ("photo.jpg", b"\xff\xd8", False),
        ("setup.exe", b"", True),
        ("Letter.PDF.JS", b"", True),
        ("letter.pdf", b"MZ\x90", True),
        ("run", b"#!/bin/sh", True),
        ("start.desktop", b"[Desktop Entry]", True),
    ],
)
def test_programs_are_told_by_ending_and_first_bytes(name: str, data: bytes, program: bool) -> None:
    assert is_program(name, data) is program


def test_opening_writes_a_copy_that_cannot_be_run_and_refuses_programs(
    plan: Plan, partner: int, letter: Path, tmp_path: Path
) -> None:
    script = tmp_path / "do.sh"
    script.write_text("#!/bin/sh")
    attach(plan, "partner", partner, "Nagoya", [letter, script])
    document, program = of(plan, partner)

    copy = attachments.open_copy(plan, document.id, tmp_path / "temp")
    assert copy.read_bytes() == DATA
    assert not os.access(copy, os.X_OK) or os.name == "nt"
    assert attachments.open_copy(plan, document.id, tmp_path / "temp") == copy
    with pytest.raises(UserError, match="does not open"):
        attachments.open_copy(plan, program.id, tmp_path / "temp")


def test_missing_contents_are_found_by_the_check_and_said_when_asked_for(plan: Plan, partner: int) -> None:
    with plan.edit("Harm") as edit:
        edit.add(Attachment(name="gone.pdf", noun="partner", record_id=partner, size=1, sha256=64 * "a"))
    with plan.reading() as session, pytest.raises(NotFoundError, match="missing or damaged"):
        content(session, 64 * "a")

    wrong = [finding.detail for finding in check_content(plan) if not finding.ok]
    assert wrong == ["gone.pdf"]


def test_sizes_are_said_in_decimal_units() -> None:
    assert [size_words(size) for size in (0, 999, 12_500, 3_140_000)] == ["0 B", "999 B", "12.5 kB", "3.1 MB"]
