"""Path traversal: no name in a bundle, an attachment, a zone or a title ever leads out of its folder."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cityplanner.base.errors import UserError
from cityplanner.base.files import safe_name
from cityplanner.exchange import bundle_reading
from cityplanner.exchange.bundle import restore_bundle
from cityplanner.exchange.drafts_eml import drafts, write_drafts
from cityplanner.exchange.formats import read_sheet
from cityplanner.exchange.recipients import Recipient, Recipients
from cityplanner.model.attachment import Attachment
from cityplanner.model.partner import Partner
from cityplanner.reports.choices import Choices, Form
from cityplanner.reports.report import file_name, write_each
from cityplanner.store import attachments
from cityplanner.store.attachments import files, is_program
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from tests.exchange.bundles import read_bundles_in_place, small_bundle
from tests.faults.sizes import size

NAMES = (
    "../../etc/passwd", "..\\..\\evil.pdf", "..", ".", "", "/", "//", "/etc/passwd", "\\\\host\\share\\x.pdf", "a/b/",
    "C:\\x\\note.txt", "C:note.txt", "no:te?.txt", "note.txt:stream", "gpj.\u202eexe.pdf", "NUL", "NUL.txt",
    "con.tar.gz", "COM1", "lpt9.pdf", "trailing. . ", "tab\there\n.txt", "\x00.txt", "~", "~root/x", "$HOME", "%TEMP%",
    "-rf", "x" * 400, "é" * 200, "友好協定.pdf", ".bashrc", "a\u2215b.txt", "..%2f..%2fx", "\ud800.txt",
    "\u2024\u2024/x",
)  # fmt: skip
DEVICES = {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))}


def is_plain(name: str) -> bool:
    """Whether a name stays in its folder on every system, and shows what it is."""
    return (
        bool(name.strip(" ."))
        and not set(name) & set('/\\:<>"|?*\x00\n\r\t\u202e')
        and name == name.strip(" .")
        and name.split(".")[0].lower() not in DEVICES
        and len(name.encode()) <= 255
    )


@contextmanager
def nothing_else_written(folder: Path, beside: set[str]) -> Iterator[None]:
    """Whatever is written stands in `folder`, and beside it only what is named."""
    before = {path.name for path in folder.parent.iterdir()}
    yield
    assert {path.name for path in folder.parent.iterdir()} - before - {folder.name} <= beside
    assert all(path.parent == folder for path in folder.rglob("*") if path.is_file())


# --- bundles ---


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A small bundle, made once."""
    return small_bundle(tmp_path_factory.mktemp("good"))


@pytest.fixture
def bundle(made: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A copy of it to spoil; it will be read in this process."""
    read_bundles_in_place(monkeypatch)
    return deepcopy(made)


def restored(whole: Any, folder: Path) -> Plan:
    """The plan that a bundle makes in a folder of its own."""
    folder.mkdir(exist_ok=True)
    (folder / "plan.json").write_text(json.dumps(whole), "utf-8")
    return restore_bundle(folder / "plan.json", folder / "b.cityplan")


@pytest.mark.parametrize("name", [*NAMES[:12], "__proto__", "sqlite_master", "change", "../partner"])
def test_only_nouns_are_taken_from_a_bundle(bundle: dict[str, Any], tmp_path: Path, name: str) -> None:
    for part in ("records", "files"):
        with pytest.raises(UserError) as refused:
            restored(
                bundle | {part: bundle[part] | {name: [{}] if part == "records" else "AAAA"}}, tmp_path / "in"
            )
        assert refused.value.remedy
    assert not list(tmp_path.rglob("b.cityplan*"))


@pytest.mark.parametrize("field", ["path", "file", "id", "__class__", "sha256 "])
def test_only_declared_fields_are_taken_from_a_record(
    bundle: dict[str, Any], tmp_path: Path, field: str
) -> None:
    bundle["records"]["attachment"][0][field] = "../../x"
    with pytest.raises(UserError, match="unknown field"):
        restored(bundle, tmp_path / "in")


@pytest.mark.parametrize("name", NAMES[:: size(3, 1)])
def test_a_file_of_a_bundle_is_shown_and_opened_in_its_folder_whatever_its_name(
    bundle: dict[str, Any], tmp_path: Path, name: str
) -> None:
    bundle["records"]["attachment"][0]["name"] = name
    temporary = tmp_path / "temp"
    try:
        plan = restored(bundle, tmp_path / "in")
    except UserError:
        return
    with plan:
        with plan.reading() as session:
            (one,) = records(session, Attachment)
        opened = attachments.open_copy(plan, one.id, temporary)
        assert opened.parent.parent == temporary
        assert opened.resolve().is_relative_to(temporary.resolve())
        assert is_plain(opened.name)


def test_a_file_whose_contents_are_others_is_refused(bundle: dict[str, Any], tmp_path: Path) -> None:
    digest = hashlib.sha256(b"bytes").hexdigest()
    assert digest in bundle["files"]
    bundle["files"][digest] = base64.b64encode(b"other").decode()
    with pytest.raises(UserError, match="not what it was"):
        restored(bundle, tmp_path / "in")


def test_a_bundle_has_a_largest_size_and_number_of_records(
    bundle: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_reading, "MOST_RECORDS", 10)
    with pytest.raises(UserError, match="more than 10 records"):
        restored(bundle, tmp_path / "in")
    monkeypatch.setattr(bundle_reading, "MOST_BYTES", 100)
    with pytest.raises(UserError, match="larger than"):
        restored(bundle, tmp_path / "in")


def test_a_bundle_that_is_a_link_or_a_device_harms_nothing(bundle: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "plan.json").symlink_to("/dev/null")
    with pytest.raises(UserError) as refused:
        restore_bundle(tmp_path / "plan.json", tmp_path / "b.cityplan")
    assert refused.value.remedy
    (tmp_path / "round.json").symlink_to(tmp_path / "round.json")
    with pytest.raises(UserError):
        restore_bundle(tmp_path / "round.json", tmp_path / "b.cityplan")
    assert not (tmp_path / "b.cityplan").exists()


# --- attachments ---


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\evil.pdf", "evil.pdf"),
        ("..", "file"),
        ("", "file"),
        ("a/b/", "b"),
        ("C:\\x\\note.txt", "note.txt"),
        ("no:te?.txt", "no_te_.txt"),
        ("gpj.\u202eexe.pdf", "gpj.exe.pdf"),
        ("NUL.txt", "_NUL.txt"),
        ("trailing. . ", "trailing"),
        ("tab\there\n.txt", "tabhere.txt"),
        ("友好協定.pdf", "友好協定.pdf"),
        ("n" * 400 + ".docx", "n" * 145 + ".docx"),
        ("友" * 400 + ".pdf", "友" * 78 + ".pdf"),
    ],
)
def test_names_of_attachments_stay_in_their_folder(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@settings(max_examples=size(300, 20_000), deadline=None)
@given(st.lists(st.one_of(st.sampled_from(NAMES), st.text(max_size=12)), max_size=4).map("/".join))
def test_any_name_of_an_attachment_is_a_plain_one(name: str) -> None:
    assert is_plain(safe_name(name)), safe_name(name)


def test_what_would_be_run_is_never_opened(plan: Plan, tmp_path: Path) -> None:
    with plan.edit("x") as edit:
        edit.add(Partner(name="Nagoya"))
        edit.flush()
        for number, name in enumerate(("a.pdf.exe", "start.desktop", "x.PDF.JS", "letter.pdf")):
            attachments.add(edit, "partner", 1, name, b"MZ" + bytes([number]))
    with plan.reading() as session:
        kept = files(session, "partner", 1)
    assert len(kept) == 4
    for file in kept:
        assert is_program(file.name, b"MZ")
        with pytest.raises(UserError, match="does not open"):
            attachments.open_copy(plan, file.id, tmp_path / "temp")


# --- reports, drafts of letters, zones ---


@settings(max_examples=size(300, 20_000), deadline=None)
@given(st.one_of(st.sampled_from(NAMES), st.text(max_size=100)), st.sampled_from(Form))
def test_any_title_makes_a_plain_file_name(title: str, form: Form) -> None:
    assert is_plain(file_name(title, form)), file_name(title, form)


def test_a_batch_of_briefings_stays_in_its_folder(plan: Plan, tmp_path: Path) -> None:
    names = [name for name in NAMES if name.strip() and name.isprintable() and len(name) <= 200][
        : size(5, 30)
    ]
    with plan.edit("x") as edit:
        edit.add_all([Partner(name=name) for name in names])
    folder = tmp_path / "reports"
    with nothing_else_written(folder, set()):
        made = write_each("partner-profile", plan, folder, Choices(), form=Form.HTML)
    assert len(made.made) == len(names)
    assert not made.failed
    assert all(is_plain(path.name) for path in folder.iterdir())


@pytest.mark.parametrize(
    "title", ["Reception\r\nBcc: evil@example.org", "x\nX-Evil: 1", "../../x", "\x00", "a\u2028b"]
)
def test_no_subject_or_group_adds_a_header_or_leads_elsewhere(tmp_path: Path, title: str) -> None:
    person = Recipient(1, "", "", "Ana", "Reyes", "", "en", "", "", "", "US", "ana@example.org")
    folder = tmp_path / "mail"
    folder.mkdir()
    with nothing_else_written(folder, set()):
        (path,) = write_drafts(drafts(Recipients(title, (person,), 0), body=title), folder / "drafts")
    head = path.read_bytes().split(b"\r\n\r\n")[0].decode()
    names = [line.split(":")[0] for line in head.split("\r\n") if not line.startswith(" ")]
    assert sorted(set(names)) == sorted(names)
    assert "X-Evil" not in names
    assert "evil@example.org" not in next(line for line in head.split("\r\n") if line.startswith("Bcc"))


@pytest.mark.parametrize("zone", ["../../../etc/passwd", "/etc/passwd", "C:\\x", "A" * 5000, "..", ""])
def test_a_zone_is_a_name_and_never_a_path(tmp_path: Path, zone: str) -> None:
    text = f"BEGIN:VEVENT\nSUMMARY:Call\nDTSTART;TZID={zone}:20260401T100000\nEND:VEVENT\n"
    text += "BEGIN:VEVENT\nSUMMARY:Visit\nDTSTART:20260401T100000Z\nEND:VEVENT\n"
    (tmp_path / "a.ics").write_text(text, "utf-8")
    assert "Visit" in {cell for row in read_sheet(tmp_path / "a.ics").rows for cell in row.cells}
