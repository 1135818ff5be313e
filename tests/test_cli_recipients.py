"""The command line on groups: exactly a group's rows, its recipients, and drafts to them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from cityplanner.cli.app import run
from cityplanner.model.contact import Contact, Position
from cityplanner.model.group import GroupOf, SmartGroup
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store.plan_file import Plan


def command(*words: str | Path) -> int:
    """The exit code of a command."""
    return run(lambda _plan: 0, [str(word) for word in words])


@pytest.fixture
def path(plan: Plan) -> Path:
    """A plan with two partners, two people and a group of one partner."""
    with plan.edit("Make") as edit:
        post = Partner(name="Consulate of Chile", kind=PartnerKind.CONSULATE)
        ana = Contact(given="Ana", family="Reyes", email="ana@example.org")
        silent = Contact(family="Silent", email="silent@example.org", do_not_contact=True)
        edit.add_all([post, ana, silent, Partner(name="Nagoya")])
        edit.flush()
        edit.add_all(Position(contact_id=one.id, partner_id=post.id) for one in (ana, silent))
        edit.add(SmartGroup(title="Posts", of=GroupOf.PARTNER, conditions=("kind is career consulate",)))
    return plan.path


def test_an_export_of_a_group_has_exactly_its_rows(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "posts.csv"
    assert (
        command("export", "partner", "--group", "Posts", "--fields", "name", "-o", target, "--plan", path)
        == 0
    )
    rows = list(csv.reader(io.StringIO(target.read_text("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Name", "Consulate of Chile"]


def test_an_unknown_group_is_refused_in_words(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("export", "partner", "--group", "Castles", "--plan", path) == 1
    assert "There is no group “Castles”" in capsys.readouterr().err


def test_recipients_are_listed_without_those_who_must_not_be_contacted(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "people.csv"
    assert command("recipients", "Posts", "-o", target, "--plan", path) == 0
    text = target.read_text("utf-8-sig")
    assert "ana@example.org" in text
    assert "silent@example.org" not in text
    said = capsys.readouterr().err
    assert "must not be contacted: 1" in said
    assert "Salutations made, because none is recorded: 1" in said


def test_recipients_are_written_as_a_spreadsheet_where_the_file_is_named_so(
    path: Path, tmp_path: Path
) -> None:
    target = tmp_path / "people.xlsx"
    assert command("recipients", "Posts", "-o", target, "--plan", path) == 0
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Salutation", "Dear Ana Reyes:"]


def test_drafts_are_written_for_a_group(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("recipients", "Posts", "--eml", "-o", tmp_path / "mail.eml", "--plan", path) == 0
    assert "Bcc: ana@example.org" in (tmp_path / "mail.eml").read_text("utf-8")
    assert "mail.eml" in capsys.readouterr().out
    assert command("recipients", "Posts", "--eml", "--plan", path) == 1
