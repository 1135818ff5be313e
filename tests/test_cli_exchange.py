"""The exchange formats on the command line: cards, spreadsheets, calendars and whole plans, there and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityplanner.base.settings import LEARNED_COLUMNS, Settings
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


def test_columns_matched_by_hand_and_doubtful_rows_on_the_command_line(
    closed: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    settings = Settings()
    settings.set(LEARNED_COLUMNS, {"contact": {"rufname": "given", "sippe": "family"}})
    table, mapping = tmp_path / "people.csv", tmp_path / "map.json"
    table.write_text("Rufname,Sippe,E-mail\nIto,Ana,ana@example.org\n", "utf-8")
    mapping.write_text('{"Rufname": "family", "Sippe": "given"}', "utf-8")
    words = ("import", table, "--noun", "contact", "--plan", closed)
    assert cityplanner(*words, "--dry-run") == 0
    assert "1 new" in capfd.readouterr().out
    for doubtful, told in (("update", "1 update"), ("skip", "1 left out")):
        assert cityplanner(*words, "--dry-run", "--doubtful", doubtful) == 0
        assert told in capfd.readouterr().out
    assert cityplanner(*words, "--dry-run", "--map", mapping) == 0
    assert "1 update" in capfd.readouterr().out
