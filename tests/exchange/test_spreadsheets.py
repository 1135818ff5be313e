"""Spreadsheets leave with typed cells, come back without a difference, and hostile ones are refused in words."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from cityplanner.base.errors import Cancelled, UserError
from cityplanner.exchange import child
from cityplanner.exchange.formats import read_sheet, writer_of
from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.outcome import Fate
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.sheet import Hints, Sheet
from cityplanner.exchange.spreadsheet_reading import read_spreadsheet
from cityplanner.exchange.spreadsheets import export_xlsx
from cityplanner.exchange.tables import export_csv
from cityplanner.model.engagement import Engagement
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan, create_plan
from tests.conftest import make_office
from tests.exchange.in_place import read_in_place
from tests.exchange.whole_plan import fill

LIST = [["Name", "Country"], ["Nagoya", "JP"], ["Bordeaux", "FR"]]
MUTATIONS = 200


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        for title, rows in sheets:
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return written.getvalue()


def open_document(cells: str) -> bytes:
    """A spreadsheet as LibreOffice writes it, cut to the parts that matter."""
    names = "office:1.0", "table:1.0", "text:1.0"
    spaces = " ".join(
        f'xmlns:{name.split(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{name}"' for name in names
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{cells}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return written.getvalue()


def ods_rows(rows: list[list[str]]) -> str:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    return "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)


def sheet_of(path: Path) -> Sheet:
    return read_in_place(read_spreadsheet, path.read_bytes(), path.name)


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


def test_cells_are_typed_and_texts_are_never_formulas(plan: Plan, tmp_path: Path) -> None:
    with plan.edit("x") as edit:
        edit.add(Partner(name='=HYPERLINK("http://example.org")', country="JP"))
    export_xlsx(plan, Partner, tmp_path / "p.xlsx")
    with zipfile.ZipFile(tmp_path / "p.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"autoFilter" in sheet
    assert b'state="frozen"' in sheet
    assert sheet_of(tmp_path / "p.xlsx").rows[0].cells[0].startswith("'=")


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


def bomb(size: int) -> bytes:
    written = io.BytesIO(workbook(("one", LIST)))
    with (
        zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/bomb.xml", "w") as file,
    ):
        for _part in range(size // 1_000_000):
            file.write(b" " * 1_000_000)
    return written.getvalue()


def far_corner() -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "Name")
        sheet.write_string(1_048_575, 16_383, "far away")
    return written.getvalue()


REPEATED = (
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" '
    'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", lambda: bomb(30_000_000), "unpacks to more"),
        ("a.xlsx", far_corner, "far away|more memory|all of a sudden"),
        ("a.ods", lambda: open_document(REPEATED), "damaged|more memory|took too long"),
        ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "protected"),
        ("a.xlsx", lambda: b"PK\x03\x04 nothing", "damaged"),
        ("a.xlsx", lambda: b"", "damaged"),
        ("a.xlsx", lambda: workbook(("one", [])), "empty"),
        ("a.xlsx", lambda: workbook(("one", LIST[:1])), "no rows"),
    ],
)
def test_what_no_list_is_is_refused_in_words_within_seconds(
    name: str, data: Callable[[], bytes], words: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data())
    begin = time.monotonic()
    with pytest.raises(UserError, match=words) as refused:
        read_sheet(tmp_path / name)
    assert refused.value.remedy
    assert time.monotonic() - begin < 30


def test_a_process_that_takes_too_long_is_ended() -> None:
    heard = child.heard_from_child(_sleep, (), "slow.xlsx", lambda: None, child.Limits(seconds=0.5))
    with pytest.raises(UserError, match="took too long"):
        list(heard)


def _sleep(_send: object) -> None:
    time.sleep(60)


def _mutants(data: bytes, seed: int) -> list[bytes]:
    chance = random.Random(seed)
    made = []
    for _number in range(MUTATIONS):
        mutant = bytearray(data)
        for _change in range(chance.choice((1, 3, 20))):
            place = chance.randrange(len(mutant))
            match chance.randrange(3):
                case 0:
                    mutant[place] = chance.randrange(256)
                case 1:
                    del mutant[place : place + chance.randrange(40)]
                case _:
                    mutant[place:place] = bytes(chance.randrange(256) for _byte in range(chance.randrange(9)))
        made.append(bytes(mutant))
    return made


def read_all(mutants: list[bytes], send: child.Send) -> None:
    """In the child: what becomes of each broken file."""
    for mutant in mutants:
        try:
            send(len(read_in_place(read_spreadsheet, mutant).rows))
        except UserError as error:
            send(error.what)


def loosely_packed(data: bytes) -> bytes:
    """The same archive without compression, so that changes reach the XML inside."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        for member in old.infolist():
            new.writestr(member.filename, old.read(member))
    return written.getvalue()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_broken_spreadsheets_end_in_rows_or_in_words(seed: int) -> None:
    good = {
        1: workbook(("one", LIST)),
        2: loosely_packed(workbook(("one", LIST))),
        3: open_document(ods_rows(LIST)),
    }
    mutants = _mutants(good[seed], seed)
    heard = list(child.heard_from_child(read_all, (mutants,), "fuzz", lambda: None))
    assert len(heard) == MUTATIONS


def test_a_name_that_says_no_format_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="no format") as refused:
        writer_of(Path("list.docx"), "partner")
    assert ".xlsx" in refused.value.remedy
