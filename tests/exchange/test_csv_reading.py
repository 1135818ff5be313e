"""Text in columns: whatever its encoding and delimiter, and refused in words where it is no table."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cityplanner.base.errors import Cancelled, NotFoundError, UserError
from cityplanner.exchange import shaping
from cityplanner.exchange.csv_reading import read_csv
from cityplanner.exchange.formats import read_sheet
from cityplanner.exchange.sheet import LONGEST_CELL, MOST_BYTES, NO_HINTS, Hints, Sheet
from tests.exchange.in_place import read_in_place

DATA = Path(__file__).parents[1] / "data" / "import"
TOWNS = "Name;Country\nMünchen;Deutschland\nSão Paulo;Brasil\nMálaga;España\n"


def sheet_of(data: bytes, hints: Hints = NO_HINTS) -> Sheet:
    return read_in_place(read_csv, data, "list.csv", hints)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_the_encoding_is_found_out(encoding: str) -> None:
    sheet = sheet_of(TOWNS.encode(encoding))
    assert [row.cells[0] for row in sheet.rows] == ["München", "São Paulo", "Málaga"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Имя,Город\nИван Петров,Санкт-Петербург\nАнна Смирнова,Новосибирск и окрестности\n"),
        ("cp932", "名前,都市\n田中太郎,名古屋市\n鈴木花子,東京都\n"),
        ("cp1250", "Name,City\nŁódź,Kraków\nGdańsk,Poznań\nWrocław,Świętochłowice\n"),
    ],
)
def test_other_encodings_of_old_are_told_from_western_european(encoding: str, text: str) -> None:
    assert ",".join(sheet_of(text.encode(encoding)).headers) == text.split("\n")[0]
    assert ",".join(sheet_of(text.encode(encoding)).rows[0].cells) == text.split("\n")[1]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(delimiter: str) -> None:
    text = f'A{delimiter}B{delimiter}C\n"x,;y"{delimiter}2{delimiter}\n1{delimiter}{delimiter}3\n'
    sheet = sheet_of(text.encode())
    assert (sheet.delimiter, sheet.headers) == (delimiter, ("A", "B", "C"))
    assert sheet.rows[0].cells == ("x,;y", "2", "")


def test_a_separator_line_is_obeyed_and_counted() -> None:
    sheet = sheet_of(b"sep=;\r\nName;Notes\r\nOsaka;a,b,c\r\n")
    assert (sheet.headers, sheet.rows[0].number) == (("Name", "Notes"), 3)


def test_a_single_column_is_a_table() -> None:
    assert [row.cells for row in sheet_of(b"Name\nOsaka\nLima\n").rows] == [("Osaka",), ("Lima",)]


def test_quoted_line_breaks_stay_in_their_cell_and_rows_are_numbered_as_in_a_spreadsheet() -> None:
    sheet = sheet_of(b'Name,Notes\nOsaka,"one\ntwo"\n\nLima,x\n')
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ("Osaka", "one\ntwo")), (4, ("Lima", "x"))]


def test_stray_quotation_marks_are_taken_as_they_are() -> None:
    assert sheet_of(b'Name,Size\nOsaka,5" pipe\n"Li" ma,2\n').rows[0].cells == ("Osaka", '5" pipe')


def test_a_short_row_is_filled_up_and_a_long_one_says_so() -> None:
    sheet = read_sheet(DATA / "ragged.csv")
    assert [row.cells for row in sheet.rows[:2]] == [("Lima", "", ""), ("Cusco", "PE", "high")]
    assert sheet.rows[2].fault == "The row has 5 cells, but there are 3 columns."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\n \n\n", "is empty"),
        (b"Name,City\n", "no rows"),
        (b"Name,City\n,\n", "no rows"),
        (b"Name\nOsa\x00ka\n", "bytes that no text has"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"SQLite format 3\x00", "database"),
        (b"%PDF-1.7", "PDF"),
        (b'Name,City\nOsaka,"never closed\nLima,x\n', "never closed"),
        (b"Name\n" + b"x" * (LONGEST_CELL + 1), "more than 100000 characters"),
        (b'Name,City\nOsaka,"' + b"x" * 200_000 + b'"\n', "more than 100000 characters"),
        (b",".join([b"h"] * 600) + b"\n1\n", "more than 500 columns"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as refused:
        sheet_of(data)
    assert refused.value.remedy


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shaping, "MOST_ROWS", 3)
    with pytest.raises(UserError, match="more than 3 rows"):
        sheet_of(b"Name\n" + b"x\n" * 4)


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(UserError, match="larger than 100 MB"):
        read_sheet(tmp_path / "a.csv")


def test_a_missing_file_and_a_folder_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no file"):
        read_sheet(tmp_path / "none.csv")
    with pytest.raises(UserError, match="cannot be read"):
        read_sheet(tmp_path)


def test_an_encoding_that_is_given_is_used_or_refused_in_words() -> None:
    assert sheet_of(TOWNS.encode("cp850"), Hints("cp850")).rows[0].cells[0] == "München"
    with pytest.raises(UserError, match="no encoding"):
        sheet_of(b"a\n1\n", Hints("klingon"))
    with pytest.raises(UserError, match="cannot be read as utf-8"):
        sheet_of(TOWNS.encode("cp1252"), Hints("utf-8"))


def test_reading_can_be_cancelled() -> None:
    def stop(share: float, text: str) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        read_sheet(DATA / "ragged.csv", progress=stop)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_a_table_or_refused_in_words(data: bytes) -> None:
    with suppress(UserError):
        sheet = sheet_of(data)
        assert all(len(row.cells) == len(sheet.headers) for row in sheet.rows)
