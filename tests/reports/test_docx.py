"""Briefings as Word files: the same headings, tables and alternative texts, the same bytes every time."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn

from cityplanner.reports.blocks import (
    Block,
    Briefing,
    CallOut,
    Cell,
    Column,
    Fact,
    Figure,
    Heading,
    KeyFacts,
    ListBlock,
    Paragraph,
    Picture,
    Run,
    Source,
    Sources,
    Table,
    flatten,
    plain,
)
from cityplanner.reports.charts.description import BarChart, CoverageBar, CoverageBars, Series
from cityplanner.reports.docx.file import docx
from cityplanner.reports.docx.words import region, stretches
from cityplanner.reports.output import write_briefing
from tests.reports.pdf.test_document import HOSTILE
from tests.reports.sample import DAY, SCRIPTS, every_block, picture

SOFFICE = shutil.which("soffice")


def make(*blocks: Block, language: str = "en") -> Briefing:
    return Briefing("Title", blocks, DAY, language=language)


def opened(briefing: Briefing) -> Any:
    return Document(BytesIO(docx(briefing)))


def test_equal_briefings_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert write_briefing(every_block(), tmp_path / f"{name}.docx", form="docx", paper="A4") is None
    data = (tmp_path / "a.docx").read_bytes()
    assert data == (tmp_path / "b.docx").read_bytes()
    with ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


def test_headings_are_headings_of_their_level() -> None:
    briefing = every_block()
    found = [
        (paragraph.style.name, paragraph.text)
        for paragraph in opened(briefing).paragraphs
        if paragraph.style.name.startswith(("Heading", "Title"))
    ]
    headings = [one for one in flatten(briefing.blocks) if isinstance(one, Heading)]
    assert found == [
        ("Title", briefing.title),
        *((f"Heading {one.level}", plain(one.text)) for one in headings),
    ]


def test_tables_repeat_their_head_and_keep_their_spans() -> None:
    tables = opened(every_block()).tables
    assert len(tables) == 5
    for table in tables:
        assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    spanned = next(table for table in tables if table.rows[0].cells[1].text == "Visits")
    assert [cell.text for cell in spanned.rows[0].cells] == ["Theme", "Visits", "Visits", "Remark"]
    assert [cell.text for cell in spanned.rows[1].cells] == ["Theme", "Planned", "Done", "Remark"]
    assert [cell.text for cell in spanned.rows[3].cells] == ["Climate", "2", "2", "On time"]


def test_cells_over_many_rows_stay_whole() -> None:
    body = [[Cell("all", rows=30), "0"], *[[str(n)] for n in range(1, 30)]]
    table = opened(make(Table([Column("A"), Column("B")], body))).tables[0]
    assert [row.cells[0].text for row in table.rows[1:]] == ["all"] * 30
    assert [row.cells[1].text for row in table.rows[1:]] == [str(n) for n in range(30)]


def test_only_rows_of_long_texts_are_parted_by_the_end_of_a_page() -> None:
    table = opened(make(Table([Column("A")], [["short"], ["long " * 500]]))).tables[0]
    whole = [row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows]
    assert whole == [True, True, False]


def test_every_picture_has_its_words() -> None:
    document = opened(every_block())
    words = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    assert len(words) == 12
    assert all(words)
    assert "Green hills before a pale sky." in words
    seal = next(document.sections[0].header._element.iter(qn("wp:docPr")))
    assert seal.get("descr") == "Seal of the City of Harborview: a star in a ring."


def test_lists_count_and_nest() -> None:
    blocks = [ListBlock(["a", "b"], ordered=True, start=9), ListBlock(["c"], ordered=True)]
    document = opened(make(*blocks))
    numbers = [
        paragraph._p.pPr.numPr.numId.val for paragraph in document.paragraphs if paragraph.text in "abc"
    ]
    assert numbers[0] == numbers[1] != numbers[2]
    numbering = document.part.numbering_part.element
    starts = [one.get(qn("w:val")) for one in numbering.iter(qn("w:startOverride"))]
    assert starts == ["9", "1"]


def test_the_file_says_what_it_is_and_is_dated_by_the_briefing() -> None:
    own = opened(every_block("fr")).core_properties
    assert (own.title, own.language) == ("Executive briefing: the office at a glance", "fr")
    assert own.created == own.modified
    assert own.created.date() == datetime.date(2026, 3, 2)
    assert own.author == "Office of International Affairs"


def test_a_briefing_from_right_to_left_is_so_in_paragraphs_runs_and_tables() -> None:
    document = opened(make(Paragraph("سلام"), Table([Column("A")], [["سلام"]]), language="ar"))
    paragraph = next(one for one in document.paragraphs if one.text == "سلام")
    assert paragraph._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "1"
    assert paragraph.runs[0]._r.rPr.find(qn("w:rtl")) is not None
    assert document.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    default = next(document.styles.element.iter(qn("w:lang")))
    assert default.get(qn("w:bidi")).startswith("ar-")


def test_other_languages_are_said_run_by_run() -> None:
    runs = [Run(text, language=tag) for tag, text in SCRIPTS.values()]
    document = opened(make(Paragraph(runs)))
    tags = [value for one in document.element.body.iter(qn("w:lang")) for value in one.attrib.values()]
    assert {tag.split("-")[0] for tag in tags} == {tag for tag, _text in SCRIPTS.values()}


def test_mixed_text_is_parted_where_its_direction_changes() -> None:
    assert list(stretches("see بيروت now", False)) == [("see ", False), ("بيروت", True), (" now", False)]
    assert [right for _text, right in stretches("سنة 2026 في C40", True)] == [True, False]
    assert "".join(text for text, _right in stretches("سنة 2026 في C40", True)) == "سنة 2026 في C40"
    assert list(stretches("\u2068C40\u2069: \u206895%\u2069", True)) == [
        ("\u200f", True),
        ("C40", False),
        ("\u200f: \u200f95%\u200f", True),
    ]
    assert (region("en"), region("zh"), region("pt-BR")) == ("en-US", "zh-CN", "pt-BR")


@pytest.mark.parametrize("text", [*HOSTILE, "a\0b\x1b\ufffe"])
def test_hostile_text_stays_text(text: str) -> None:
    blocks: list[Block] = [
        Heading(1, text),
        Paragraph([Run(text, bold=True)]),
        ListBlock([text]),
        KeyFacts([Fact(text, text, text)]),
        CallOut("note", text, text),
        Table([Column(text)], [[text]], caption=text),
        Figure(CoverageBars([CoverageBar(text, 0.5)]), alt=text, caption=text),
        Picture(picture(), text, caption=text),
        Sources([Source(text)]),
    ]
    briefing = Briefing(
        text, blocks, DAY, office=text, classification=text, subtitle=text, note=text, author=text
    )
    document = opened(briefing)
    shown = text.replace("\0", "").replace("\x1b", "").replace("\ufffe", "\ufffd")
    words = [paragraph.text for paragraph in document.paragraphs]
    assert sum(shown in one for one in words) >= 10
    assert document.tables[0].rows[1].cells[0].text == shown


def test_links_lead_out_and_inside() -> None:
    blocks = [
        Paragraph([Run("out", link="https://example.org/ü?a=1"), Run("in", link="#there")]),
        Paragraph("x", id="there"),
    ]
    document = opened(make(*blocks))
    out, inside = document.element.body.iter(qn("w:hyperlink"))
    assert document.part.rels[out.get(qn("r:id"))].target_ref == "https://example.org/ü?a=1"
    names = [one.get(qn("w:name")) for one in document.element.body.iter(qn("w:bookmarkStart"))]
    assert inside.get(qn("w:anchor")) in names


def test_empty_blocks_print_nothing_or_say_so() -> None:
    empty: list[Block] = [
        ListBlock([]),
        KeyFacts([]),
        Sources([]),
        Paragraph(""),
        Table([Column("A")], []),
        Figure(BarChart([], [Series("a", [])]), alt="nothing yet"),
    ]
    assert opened(make(*empty)).tables[0].rows[1].cells[0].text == "Nothing recorded."


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_libreoffice_opens_it_and_makes_a_pdf(tmp_path: Path, language: str) -> None:
    assert SOFFICE
    write_briefing(every_block(language), tmp_path / "a.docx", form="docx")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    words = [SOFFICE, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "a.docx"]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert 7 <= len(pdf.pages) <= 14
