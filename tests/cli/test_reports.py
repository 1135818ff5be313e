"""The command that writes briefings: every choice of the window, in all formats, one or one for each of many."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from cityplanner.model.partner import Partner, Sensitivity
from cityplanner.reports.kinds import KINDS
from cityplanner.store.plan_file import open_plan
from cityplanner.store.queries.records import records
from tests.test_cli import Line

DATE = ("--date", "2026-11-22")


@pytest.fixture
def line(capfd: pytest.CaptureFixture[str]) -> Line:
    return Line(capfd)


@pytest.fixture
def file(sample_file: Path, tmp_path: Path) -> Path:
    """A copy of the sample plan that nobody has open."""
    return shutil.copyfile(sample_file, tmp_path / "sample.cityplan")


@pytest.fixture
def partners(file: Path) -> tuple[Partner, Partner]:
    """One that may be named in public, and one that may not."""
    with open_plan(file, read_only=True) as plan, plan.reading() as session:
        found = list(records(session, Partner))
    open_one = next(one for one in found if one.sensitivity is Sensitivity.PUBLIC)
    return open_one, next(one for one in found if one.sensitivity is not Sensitivity.PUBLIC)


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_every_kind_is_listed_with_what_it_is(line: Line) -> None:
    assert line("report") == 0
    assert [row.split("\t")[0] for row in line.out.splitlines()] == [kind.name for kind in KINDS]


@pytest.mark.parametrize("form", ["pdf", "html", "docx"])
def test_the_ending_of_the_file_chooses_the_format(line: Line, file: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"r.{form}"
    assert line("report", "recommendations", "--plan", file, "-o", target, *DATE) == 0
    begins = {"pdf": b"%PDF", "html": b"<!DOCTYPE html", "docx": b"PK"}[form]
    assert target.read_bytes().startswith(begins)


def test_choices_have_their_effect(
    line: Line, file: Path, tmp_path: Path, partners: tuple[Partner, Partner]
) -> None:
    target = tmp_path / "p.pdf"
    chosen = (
        "--partner",
        partners[0].name,
        "--from",
        "2026-01-01",
        "--to",
        "2026-06-30",
        "--without",
        "people",
    )
    options = (*chosen, "--language", "es", "--paper", "a4", "--audience", "public")
    assert line("report", "partner-profile", "--plan", file, "-o", target, *options, *DATE) == 0
    said = text_of(target)
    assert partners[0].name in said
    assert "30 de junio de 2026" in said


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("partner-profile",), "about one partner"),
        (("executive", "--without", "nothing"), "no section"),
        (("executive", "--group", "Anybody"), "takes no group"),
        (("directory", "--group", "Anybody"), "no group"),
        (("executive", "--from", "2026-05-02", "--to", "2026-05-01"), "ends before it begins"),
        (("executive", "-o", "briefing.odt"), "names no format"),
        (("executive", "--each"), "not about one partner or initiative"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    line: Line, file: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(file.parent)
    assert line("report", *options, "--plan", file, *DATE) == 1
    assert words in line.err
    assert not list(file.parent.glob("*.pdf"))


def test_one_briefing_that_fails_does_not_stop_the_others(
    line: Line, file: Path, tmp_path: Path, partners: tuple[Partner, Partner]
) -> None:
    named = [word for one in partners for word in ("--partner", one.name)]
    folder = tmp_path / "many"
    options = ("--each", "--audience", "public", "--format", "html")
    assert line("report", "partner-profile", "--plan", file, "-o", folder, *named, *options, *DATE) == 1
    assert [path.suffix for path in folder.iterdir()] == [".html"]
    assert "Wrote 1 files" in line.out
    assert partners[1].name in line.err
