"""The exchange formats on the command line: cards, spreadsheets, calendars and whole plans, there and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityplanner.cli.app import run
from cityplanner.model.contact import Contact
from cityplanner.store.plan_file import Plan


def cityplanner(*words: object) -> int:
    return run(lambda _plan: 0, [str(word) for word in words])


@pytest.fixture
def closed(plan: Plan) -> Path:
    """A plan with one contact, which nobody has open."""
    with plan.edit("x") as edit:
        edit.add(Contact(given="Ana", family="Ito", do_not_contact=True))
    plan.close()
    return plan.path


def test_what_leaves_comes_back_the_same(
    closed: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, more in (("a.xlsx", []), ("a.vcf", ["--all"]), ("b.vcf", ["--all", "--vcard", "3.0"])):
        assert cityplanner("export", "contact", "-o", tmp_path / name, "--plan", closed, *more) == 0
        assert cityplanner("import", tmp_path / name, "--plan", closed, "--dry-run") == 0
        assert "1 same" in capfd.readouterr().out
    assert "VERSION:3.0" in (tmp_path / "b.vcf").read_text("utf-8")


def test_a_bundle_becomes_a_new_plan_and_nothing_else(
    closed: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cityplanner("export", "--bundle", tmp_path / "b.json", "--plan", closed) == 0
    assert cityplanner("new", tmp_path / "again", "--from", tmp_path / "b.json") == 0
    assert (tmp_path / "again.cityplan").exists()
    assert cityplanner("import", tmp_path / "b.json", "--plan", closed) == 1
    assert "--from b.json" in capfd.readouterr().err


def test_a_format_that_does_not_fit_is_refused_in_words(
    closed: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cityplanner("export", "contact", "--format", "ics", "--plan", closed) == 1
    assert cityplanner("export", "contact", "--format", "xlsx", "--plan", closed) == 1
    assert cityplanner("export", "contact", "--vcard", "9", "--plan", closed) == 1
    assert "--output" in capfd.readouterr().err
