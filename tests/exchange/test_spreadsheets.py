"""Spreadsheets leave with typed cells and come back without a difference."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from cityplanner.base.errors import Cancelled, UserError
from cityplanner.exchange import child
from cityplanner.exchange.formats import read_sheet, writer_of
from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.outcome import Fate
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.sheet import Hints
from cityplanner.exchange.spreadsheet_reading import read_spreadsheet
from cityplanner.exchange.spreadsheets import export_xlsx
from cityplanner.exchange.tables import export_csv
from cityplanner.model.engagement import Engagement
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan, create_plan
from tests.conftest import make_office
from tests.exchange.in_place import read_in_place
from tests.exchange.spreadsheet_files import LIST, ods_rows, open_document, sheet_of, workbook
from tests.exchange.whole_plan import fill


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    made = create_plan(tmp_path_factory.mktemp("whole") / "whole.cityplan", make_office(), user="tester")
    fill(made)
    return made


def test_importing_a_spreadsheet_of_any_noun_changes_nothing(whole: Plan, tmp_path: Path) -> None:
    for table, noun in nouns().items():
        written = export_xlsx(whole, noun, tmp_path / f"{table}.xlsx")
        if not written:
            continue
        sheet = sheet_of(tmp_path / f"{table}.xlsx")
        found = preview(whole, sheet, noun, match(sheet.headers, noun), clear_empty=True)
        assert [line.problems for line in found.lines if line.problems] == [], table
        assert [line.differences for line in found.lines if line.differences] == [], table
        assert found.counts[Fate.SAME] == written > 0


def test_three_years_of_work_come_back_from_spreadsheets_without_a_difference(
    sample: Plan, tmp_path: Path
) -> None:
    for table in ("agreement", "engagement", "partner", "commitment", "gift", "initiative"):
        noun = nouns()[table]
        written = export_xlsx(sample, noun, tmp_path / "out.xlsx")
        sheet = sheet_of(tmp_path / "out.xlsx")
        found = preview(sample, sheet, noun, match(sheet.headers, noun), clear_empty=True)
        assert found.counts[Fate.SAME] == written > 0, [line.differences for line in found.lines]


def test_a_spreadsheet_has_the_columns_and_rows_of_a_csv(sample: Plan, tmp_path: Path) -> None:
    chosen = {"names": ("title", "starts_at", "place"), "ids": (3, 1, 2)}
    export_csv(sample, Engagement, tmp_path / "a.csv", **chosen)  # type: ignore[arg-type]
    export_xlsx(sample, Engagement, tmp_path / "a.xlsx", **chosen)  # type: ignore[arg-type]
    text, typed = read_sheet(tmp_path / "a.csv"), read_sheet(tmp_path / "a.xlsx")
    assert typed.headers == text.headers
    assert [row.cells[0] for row in typed.rows] == [row.cells[0] for row in text.rows]


def test_the_header_row_stays_in_view_and_filters(plan: Plan, tmp_path: Path) -> None:
    with plan.edit("x") as edit:
        edit.add(Partner(name="Nagoya", country="JP"))
    export_xlsx(plan, Partner, tmp_path / "p.xlsx")
    with zipfile.ZipFile(tmp_path / "p.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"autoFilter" in sheet
    assert b'state="frozen"' in sheet


def test_a_spreadsheet_and_an_open_document_are_read_in_a_process_of_their_own(tmp_path: Path) -> None:
    for name, data in (("a.xlsx", workbook(("one", LIST))), ("a.ods", open_document(ods_rows(LIST)))):
        (tmp_path / name).write_bytes(data)
        sheet = read_sheet(tmp_path / name)
        assert sheet.headers == ("Name", "Country")
        assert [row.cells for row in sheet.rows] == [("Nagoya", "JP"), ("Bordeaux", "FR")]
        assert [row.number for row in sheet.rows] == [2, 3]


def test_importing_an_open_document_twice_changes_nothing(sample: Plan, plan: Plan, tmp_path: Path) -> None:
    names = ("name", "kind", "country", "city", "languages", "notes")
    export_csv(sample, Partner, tmp_path / "partners.csv", names=names)
    read = read_sheet(tmp_path / "partners.csv")
    rows = [list(read.headers), *([escape(cell) for cell in row.cells] for row in read.rows)]
    (tmp_path / "partners.ods").write_bytes(open_document(ods_rows(rows)))
    sheet = read_sheet(tmp_path / "partners.ods")
    assert [row.cells for row in sheet.rows] == [row.cells for row in read.rows]
    first = preview(plan, sheet, Partner, match(sheet.headers, Partner))
    report = apply(plan, first)
    assert report.created == len(sheet.rows) > 40
    again = preview(plan, sheet, Partner, match(sheet.headers, Partner))
    assert again.counts[Fate.SAME] == len(sheet.rows)
    assert not again.changes


def test_the_first_sheet_with_anything_in_it_is_read_or_the_one_that_is_named() -> None:
    data = workbook(("empty", []), ("first", LIST), ("second", [["Name"], ["Turku"]]))
    first = read_in_place(read_spreadsheet, data)
    assert first.rows[0].cells == ("Nagoya", "JP")
    assert first.sheets == ("empty", "first", "second")
    second = read_in_place(read_spreadsheet, data, hints=Hints(sheet="second"))
    assert second.rows[0].cells == ("Turku",)
    with pytest.raises(UserError, match="no sheet “third”") as refused:
        read_in_place(read_spreadsheet, data, hints=Hints(sheet="third"))
    assert "first, second" in refused.value.remedy


def test_cancelling_ends_the_process(tmp_path: Path) -> None:
    many = [["Name", "City"], *([f"Partner {n}", "Town"] for n in range(60_000))]
    (tmp_path / "a.xlsx").write_bytes(workbook(("one", many)))
    begin = time.monotonic()

    def stop(share: float, text: str) -> None:
        if time.monotonic() - begin > 0.1:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        read_sheet(tmp_path / "a.xlsx", progress=stop)


def test_a_process_that_takes_too_long_is_ended() -> None:
    heard = child.heard_from_child(_sleep, (), "slow.xlsx", lambda: None, child.Limits(seconds=0.5))
    with pytest.raises(UserError, match="took too long"):
        list(heard)


def _sleep(_send: object) -> None:
    time.sleep(60)


def test_a_name_that_says_no_format_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="no format") as refused:
        writer_of(Path("list.docx"), "partner")
    assert ".xlsx" in refused.value.remedy
