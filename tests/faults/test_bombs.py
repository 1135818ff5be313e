"""Zip and XML bombs and a cell in the far corner: refused in seconds, in words, while the window lives on."""

from __future__ import annotations

import io
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import xlsxwriter

from cityplanner.base.errors import UserError
from cityplanner.exchange.bundle import restore_bundle
from cityplanner.exchange.formats import read_sheet
from tests.exchange.spreadsheet_files import LIST, open_document, workbook
from tests.faults.sizes import size

SECONDS = 30
"""What a refusal may take at most; most take one."""
STALL = 2.0
"""Seconds that the process which asks may stand still at most, on a machine that has other work as well."""


def bomb(unpacked: int, times: int = 1) -> bytes:
    """A workbook with members of nothing but spaces."""
    written = io.BytesIO(workbook(("one", LIST)))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(times):
            with archive.open(f"xl/bomb{number}.xml", "w") as file:
                for _part in range(unpacked // 1_000_000):
                    file.write(b" " * 1_000_000)
    return written.getvalue()


def rewritten(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook of which one member is another."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(("one", LIST)))) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == name else content)
    return written.getvalue()


def laughing(depth: int = 9) -> bytes:
    """Shared texts that name each other, each ten times: a billion words of a few hundred bytes."""
    entities = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth + 1)
    )
    head, mark, rest = (
        b'<?xml version="1.0"?>',
        f"<!DOCTYPE sst [{entities}]>".encode(),
        f"&l{depth};".encode(),
    )
    return rewritten(
        "xl/sharedStrings.xml",
        lambda content: head + mark + content[content.index(b"<sst") :].replace(b"Nagoya", rest),
    )


def outside() -> bytes:
    """Shared texts that ask for a file of this computer."""
    mark = b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return rewritten(
        "xl/sharedStrings.xml",
        lambda content: mark + content[content.index(b"<sst") :].replace(b"Nagoya", b"&x;"),
    )


def lying() -> bytes:
    """An archive whose directory says that a table of 300 MB has ten bytes."""
    name = "xl/worksheets/sheet1.xml"
    swollen = rewritten(
        name, lambda content: content.replace(b"<sheetData>", b" " * 300_000_000 + b"<sheetData>")
    )
    data = bytearray(swollen)
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def far_corner(row: int = 1_048_575, column: int = 16_383) -> bytes:
    """A table of one word, and another in the far corner."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "Name")
        sheet.write_string(row, column, "far away")
    return written.getvalue()


def nested(depth: int = 100_000) -> bytes:
    """Elements in elements without end."""
    return rewritten(
        "xl/sharedStrings.xml",
        lambda content: content[: content.index(b"<si>")] + b"<si>" * depth + b"</si>" * depth + b"</sst>",
    )


REPEATED = (
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" '
    'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
)
SPACES = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>a<text:s text:c="4000000000"/></text:p>'
    "</table:table-cell></table:table-row>"
)
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "one large member": ("a.xlsx", lambda: bomb(30_000_000), "unpacks to more"),
    "many members": ("a.xlsx", lambda: bomb(19_000_000, size(32, 60)), "unpacks to more"),
    "far corner": ("a.xlsx", far_corner, "far away"),
    "far below": ("a.xlsx", lambda: far_corner(column=0), "far away"),
    "far to the right": ("a.xlsx", lambda: far_corner(row=1), "far away"),
    "repeated cells": ("a.ods", lambda: open_document(REPEATED), "damaged|more memory|took too long|sudden"),
    "old format": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "protected"),
    "no archive": ("a.xlsx", lambda: b"PK\x03\x04 nothing", "damaged"),
    "nothing": ("a.xlsx", lambda: b"", "damaged"),
    "an empty sheet": ("a.xlsx", lambda: workbook(("one", [])), "empty"),
    "headers alone": ("a.xlsx", lambda: workbook(("one", [LIST[0]])), "no rows"),
}
HARMLESS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "laughing": ("a.xlsx", laughing),
    "a file of this computer": ("a.xlsx", outside),
    "nested": ("a.xlsx", nested),
    "a lying directory": ("a.xlsx", lying),
    "spaces": ("a.ods", lambda: open_document(SPACES)),
}
"""What may be refused or read, as long as it costs nothing and brings nothing in."""


@contextmanager
def heartbeat() -> Iterator[list[float]]:
    """The gaps between the beats of a thread beside: they tell whether the window would have stood still."""
    gaps, ended = [0.0], threading.Event()

    def beat() -> None:
        last = time.monotonic()
        while not ended.wait(0.02):
            now = time.monotonic()
            gaps.append(now - last)
            last = now

    thread = threading.Thread(target=beat)
    thread.start()
    try:
        yield gaps
    finally:
        ended.set()
        thread.join()


@pytest.mark.parametrize("what", REFUSED)
def test_what_no_list_is_is_refused_in_words_within_seconds(what: str, tmp_path: Path) -> None:
    name, data, words = REFUSED[what]
    (tmp_path / name).write_bytes(data())
    begin = time.monotonic()
    with heartbeat() as gaps, pytest.raises(UserError, match=words) as refused:
        read_sheet(tmp_path / name)
    assert refused.value.remedy
    assert time.monotonic() - begin < SECONDS
    assert max(gaps) < STALL


@pytest.mark.parametrize("what", HARMLESS)
def test_mark_up_that_unfolds_or_reaches_out_costs_nothing_and_brings_nothing(
    what: str, tmp_path: Path
) -> None:
    name, data = HARMLESS[what]
    (tmp_path / name).write_bytes(data())
    begin, cells = time.monotonic(), ""
    with heartbeat() as gaps:
        try:
            cells = "".join(cell for row in read_sheet(tmp_path / name).rows for cell in row.cells)
        except UserError as refused:
            cells = refused.what
    assert "root:" not in cells
    assert len(cells) < 1_000_000
    assert time.monotonic() - begin < SECONDS
    assert max(gaps) < STALL


def test_a_bundle_nested_without_end_and_half_a_bundle_are_refused_in_words(tmp_path: Path) -> None:
    for text in ("[" * 200_000, '{"format": "cityplanner plan", "vers', "\ufeff"):
        (tmp_path / "plan.json").write_text(text, "utf-8")
        with pytest.raises(UserError, match="no JSON"):
            restore_bundle(tmp_path / "plan.json", tmp_path / "b.cityplan")
    assert not (tmp_path / "b.cityplan").exists()
