"""The commands on one person: handing over, looking first, erasing with --yes, a hold that forbids it."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from cityplanner.model.contact import Contact
from cityplanner.model.retention import LegalHold
from cityplanner.store.backups import backup, backups
from cityplanner.store.plan_file import create_plan, open_plan
from tests.conftest import make_office
from tests.test_cli import Line


@pytest.fixture
def line(capfd: pytest.CaptureFixture[str]) -> Line:
    return Line(capfd)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A plan with a person, somebody who mentions her, a namesake of hers, and a backup."""
    path = tmp_path / "office.cityplan"
    with create_plan(path, make_office(), user="tester") as plan, plan.edit("Make") as edit:
        edit.add(Contact(given="Ada", family="Quillfeather", email="ada@hall.example"))
        edit.add(Contact(given="Bo", family="Lindqvist", notes="Knows Ada Quillfeather."))
        edit.add(Contact(given="Ada", family="Quist"))
    backup(path)
    return path


def run(line: Line, *arguments: str) -> tuple[int, str, str]:
    """One command: its exit code, what it wrote, what it complained of."""
    code = line(*arguments)
    return code, line.out, line.err


def test_a_person_is_handed_over(line: Line, file: Path, tmp_path: Path) -> None:
    target = tmp_path / "ada.zip"
    code, _out, error = run(
        line, "person", "export", "ada@hall.example", "-o", str(target), "--plan", str(file)
    )
    assert (code, error) == (0, "")
    with zipfile.ZipFile(target) as packed:
        assert json.loads(packed.read("data.json"))["person"]["name"] == "Ada Quillfeather"


def test_without_yes_it_is_only_shown_what_would_go(line: Line, file: Path) -> None:
    before = file.read_bytes()
    code, out, _error = run(line, "person", "erase", "1", "--plan", str(file))
    assert code == 0
    assert "struck out of their texts:\n  Bo Lindqvist (contact)\n" in out
    assert "look at them yourself:\n  Ada Quist (contact)\n" in out
    assert "Add --yes" in out
    assert backups(file)[0].path.name in out
    assert file.read_bytes() == before


def test_with_yes_the_person_is_gone_and_a_new_backup_took_the_old_ones_place(line: Line, file: Path) -> None:
    old = backups(file)[0].path
    code, out, error = run(
        line, "person", "erase", "ada quillfeather", "--yes", "--json", "--plan", str(file)
    )
    assert (code, error) == (0, "")
    assert json.loads(out)["backups_deleted"] == [str(old)]
    assert b"Quillfeather" not in file.read_bytes()
    assert [b"Quillfeather" in one.path.read_bytes() for one in backups(file)] == [False]


def test_backups_stay_where_that_is_asked(line: Line, file: Path) -> None:
    code, out, _error = run(line, "person", "erase", "1", "--yes", "--keep-backups", "--plan", str(file))
    assert code == 0
    assert f"Still in: {backups(file)[0].path}" in out
    assert len(backups(file)) == 1


def test_a_hold_forbids_it_in_words(line: Line, file: Path) -> None:
    with open_plan(file) as plan, plan.edit("Hold") as edit:
        edit.add(LegalHold(title="Case 42", since=date(2026, 1, 1)))
    _code, out, _error = run(line, "person", "erase", "1", "--plan", str(file))
    assert "A legal hold forbids it:\n  “Case 42”" in out
    code, _out, error = run(line, "person", "erase", "1", "--yes", "--plan", str(file))
    assert code == 1
    assert "Case 42" in error
    assert b"Quillfeather" in file.read_bytes()


@pytest.mark.parametrize(
    ("who", "words"), [("Ada", "Several contacts"), ("Nobody", "no contact"), ("99", "no contact 99")]
)
def test_whom_nobody_or_several_people_can_mean_is_asked_back(
    line: Line, file: Path, who: str, words: str
) -> None:
    code, _out, error = run(line, "person", "erase", who, "--plan", str(file))
    assert code == 1
    assert words in error
