"""Briefings on paper: whole, the same every time, of the right size, and hostile text stays text."""

from __future__ import annotations

import datetime
import gc
import re
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from cityplanner.base.errors import Cancelled, NotFoundError, UserError
from cityplanner.reports.blocks import (
    Block,
    Briefing,
    CallOut,
    Cell,
    Column,
    Contents,
    Fact,
    Figure,
    Heading,
    KeepTogether,
    KeyFacts,
    ListBlock,
    PageBreak,
    Paragraph,
    Run,
    Sources,
    Table,
    TitlePage,
)
from cityplanner.reports.charts.description import BarChart, CoverageBar, CoverageBars, LineChart, Series
from cityplanner.reports.pdf.read_back import read
from tests.reports.sample import DAY, WORDS, every_block
from tests.reports.writing import render

HOSTILE = [
    "<b>Bold",
    '<img src="file:///etc/passwd"/>',
    "R&D &amp; &#65;",
    "%s {x} {0} \\n \\( (( ))",
    "</para><a href='javascript:1'>x</a>",
    "endstream endobj (unbalanced",
    "\U0001f389 party \ue000",
]


def make(*blocks: Block, language: str = "en") -> Briefing:
    return Briefing("Title", blocks, DAY, language=language)


def table(rows: int, text: str = "Partner") -> Table:
    columns = [Column("Partner", 2), Column("Hours", align="end")]
    return Table(
        columns, [[f"{text} {n}", str(n)] for n in range(rows)], caption="Partners", total=["Total", "9"]
    )


def page_count(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


@pytest.mark.parametrize(("paper", "size"), [("Letter", (612, 792)), ("A4", (595.276, 841.89))])
def test_pages_have_the_size_asked_for(tmp_path: Path, paper: str, size: tuple[float, float]) -> None:
    result = render(every_block(), paper, tmp_path / "a.pdf")
    with pikepdf.open(result.path) as pdf:
        assert len(pdf.pages) == result.pages
        for page in pdf.pages:
            assert [float(edge) for edge in page.mediabox] == pytest.approx([0, 0, *size], abs=0.01)


def test_an_unknown_paper_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Letter or A4"):
        render(make(), "B5", tmp_path / "a.pdf")


def test_equal_briefings_give_equal_bytes(tmp_path: Path) -> None:
    first = render(every_block(), "A4", tmp_path / "a.pdf").path.read_bytes()
    render(make(Paragraph("something else")), "A4", tmp_path / "b.pdf")
    assert render(every_block(), "A4", tmp_path / "c.pdf").path.read_bytes() == first


def test_different_briefings_have_different_identities(tmp_path: Path) -> None:
    ids = set()
    for text in ("a", "b"):
        with pikepdf.open(render(make(Paragraph(text)), "A4", tmp_path / f"{text}.pdf").path) as pdf:
            ids.add(bytes(pdf.trailer.ID[0]))
    assert len(ids) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_reads_back_as_itself_everywhere(tmp_path: Path, text: str) -> None:
    blocks: list[Block] = [
        Heading(1, text),
        Paragraph([Run(text, bold=True)]),
        ListBlock([text]),
        KeyFacts([Fact(text, text, text)]),
        CallOut("note", text, text),
        Table([Column(text)], [[text]], caption=text),
        Figure(CoverageBars([CoverageBar(text, 0.5)]), alt=text, caption=text),
    ]
    briefing = Briefing(
        text, blocks, DAY, office=text, classification=text, subtitle=text, note=text, author=text
    )
    root = read(render(briefing, "A4", tmp_path / "a.pdf").path)
    for tag in ("H1", "H2", "LBody", "TD", "TH", "Caption"):
        assert root.all(tag)[0].text == text or text in root.all(tag)[0].text
    assert root.all("Figure")[0].alt == text
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]) == text
        assert not any("/XObject" in page.Resources for page in pdf.pages)


def test_control_characters_and_half_characters_do_no_harm(tmp_path: Path) -> None:
    nasty = "a\0b\x1b\ud83d c\ufffe\u202e\u2066d"
    briefing = Briefing(nasty, [Heading(1, nasty), Paragraph(nasty)], DAY, keywords=(nasty,), author=nasty)
    assert "ab\ufffd c\ufffd" in read(render(briefing, "A4", tmp_path / "a.pdf").path).text


def test_a_word_of_200_000_characters_prints(tmp_path: Path) -> None:
    root = read(render(make(Paragraph("x" * 200_000)), "Letter", tmp_path / "a.pdf").path)
    assert root.all("P")[-1].text == "x" * 200_000


def test_a_table_of_400_rows_repeats_its_head_as_decoration(tmp_path: Path) -> None:
    path = render(make(table(400)), "Letter", tmp_path / "a.pdf").path
    root = read(path)
    assert page_count(path) > 10
    assert len(root.all("Table")) == 1
    assert len(root.all("TR")) == 402
    assert [cell.text for cell in root.all("TR")[-2].parts if not isinstance(cell, str)] == [
        "Partner 399",
        "399",
    ]
    seen = 0
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            stream = page.Contents.read_bytes().decode("ascii")
            seen += bool(re.search(r"/Artifact BMC\n(?:(?!EMC).)*? TJ", stream, re.DOTALL))
    assert seen == page_count(path) - 1


def test_the_total_row_does_not_stand_alone_on_a_page(tmp_path: Path) -> None:
    for rows in range(20, 32):
        path = render(make(table(rows)), "Letter", tmp_path / "a.pdf").path
        with pikepdf.open(path) as pdf:
            last = pdf.pages[-1]
            drawn = last.Contents.read_bytes().decode("ascii").count("/TD <<")
        assert drawn >= 4


def test_a_row_higher_than_a_page_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    long = WORDS * 60
    blocks = Table([Column("A"), Column("B")], [["x", long], ["y", "z"]])
    path = render(make(blocks, Paragraph("after")), "Letter", tmp_path / "a.pdf").path
    cells = read(path).all("TD")
    assert page_count(path) > 2
    assert [cell.text for cell in cells] == ["x", long, "y", "z"]


@pytest.mark.parametrize("rows", [3, 90])
def test_cells_over_several_rows_split_without_loss(tmp_path: Path, rows: int) -> None:
    body = [
        [Cell(WORDS * 40, rows=rows, header=True), "0"],
        *[[str(n)] for n in range(1, rows)],
        ["end", "end"],
    ]
    root = read(render(make(Table([Column("A"), Column("B")], body)), "A4", tmp_path / "a.pdf").path)
    assert root.all("TH")[2].text == WORDS * 40
    assert [cell.text for cell in root.all("TD")] == [*map(str, range(rows)), "end", "end"]


def test_long_paragraphs_lists_and_call_outs_split_without_loss(tmp_path: Path) -> None:
    long = WORDS * 80
    blocks = [Paragraph(long), ListBlock([long]), CallOut("bad", "Title of it", long)]
    root = read(render(make(*blocks), "Letter", tmp_path / "a.pdf").path)
    assert [element.text for element in root.all("P")[1:]] == [long, "Title of it", long]
    assert root.all("LBody")[0].text == long


def test_empty_blocks_print_nothing_or_say_so(tmp_path: Path) -> None:
    blocks: list[Block] = [
        Contents(),
        ListBlock([]),
        KeyFacts([]),
        Sources([]),
        KeepTogether([]),
        PageBreak(),
        PageBreak(),
        Paragraph(""),
        Table([Column("A")], []),
        Table([Column("A")], [], empty="No agreement expires."),
        Figure(CoverageBars([]), alt="nothing"),
        Figure(BarChart([], [Series("a", [])], horizontal=False), alt="nothing"),
        Figure(LineChart([], [Series("a", [])]), alt="nothing"),
    ]
    result = render(make(*blocks), "A4", tmp_path / "a.pdf")
    assert result.pages == 2
    assert [cell.text for cell in read(result.path).all("TD")] == [
        "Nothing recorded.",
        "No agreement expires.",
    ]


def test_a_briefing_without_blocks_is_one_page(tmp_path: Path) -> None:
    assert render(make(), "A4", tmp_path / "a.pdf").pages == 1


def test_headings_make_the_outline_and_the_contents(tmp_path: Path) -> None:
    blocks = [
        Contents(),
        PageBreak(),
        Heading(1, "One"),
        PageBreak(),
        Heading(2, "Two & a half"),
        Heading(1, "Three"),
    ]
    path = render(make(*blocks), "A4", tmp_path / "a.pdf").path
    assert [entry.text for entry in read(path).all("TOCI")] == ["One 2", "Two & a half 3", "Three 3"]
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["One", "Three"]
        assert [item.title for item in outline.root[0].children] == ["Two & a half"]


def test_many_headings_in_a_row_do_not_take_a_page_each(tmp_path: Path) -> None:
    result = render(make(*[Heading(1, f"Heading {n}") for n in range(100)]), "A4", tmp_path / "a.pdf")
    assert result.pages < 12


def test_a_heading_stays_with_what_follows(tmp_path: Path) -> None:
    for lines in range(34, 46):
        blocks = [
            *[Paragraph("filler")] * lines,
            Heading(1, "Here"),
            Table([Column("A")], [["x"]], caption="Cap"),
        ]
        path = render(make(*blocks), "Letter", tmp_path / "a.pdf").path
        with pikepdf.open(path) as pdf:
            streams = [page.Contents.read_bytes().decode("ascii") for page in pdf.pages]
        assert all(("/H2 <<" in stream) == ("/TD <<" in stream) for stream in streams)


def test_blocks_kept_together_move_to_the_next_page_whole(tmp_path: Path) -> None:
    group = KeepTogether([Paragraph("start " * 100), Paragraph("end " * 100)])
    path = render(make(Paragraph("x\n" * 32), group), "Letter", tmp_path / "a.pdf").path
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 2
        assert pdf.pages[1].Contents.read_bytes().decode("ascii").count("/P <<") == 2


def test_links_lead_out_and_inside(tmp_path: Path) -> None:
    out = Run("out", link="https://example.org/ü?a=(b)")
    blocks = [Paragraph([out, " and ", Run("in", link="#there")]), PageBreak(), Paragraph("x", id="there")]
    path = render(make(*blocks), "A4", tmp_path / "a.pdf").path
    with pikepdf.open(path) as pdf:
        first, second = pdf.pages[0].Annots
        assert str(first.A.URI) == "https://example.org/%C3%BC?a=(b)"
        assert str(first.Contents) == "out"
        assert second.Dest[0].objgen == pdf.pages[1].obj.objgen
    assert [link.text for link in read(path).all("Link")] == ["out", "in"]


def test_furniture_names_office_date_class_and_page_and_is_no_content(tmp_path: Path) -> None:
    path = render(every_block(title_page=False), "A4", tmp_path / "a.pdf").path
    with pikepdf.open(path) as pdf:
        stream = pdf.pages[1].Contents.read_bytes().decode("ascii")
    assert stream.count("/Artifact <</Type /Pagination>> BDC") >= 6
    assert "Page 2 of" not in read(path).text


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    path = render(every_block("fr"), "A4", tmp_path / "a.pdf").path
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260302000000Z"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Executive briefing: the office at a glance"
            assert metadata["pdfuaid:part"] == "1"


def test_no_font_is_left_out_of_the_file(tmp_path: Path) -> None:
    with pikepdf.open(render(every_block(), "A4", tmp_path / "a.pdf").path) as pdf:
        fonts = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"
        ]
        assert fonts
        for font in fonts:
            assert font.Subtype in ("/Type0", "/CIDFontType2")
            assert "/FontDescriptor" not in font or "/FontFile2" in font.FontDescriptor


def test_a_briefing_from_right_to_left_is_mirrored(tmp_path: Path) -> None:
    def left_edges(language: str) -> list[float]:
        path = render(
            make(Heading(1, "سلام"), table(3), language=language), "A4", tmp_path / f"{language}.pdf"
        ).path
        with pikepdf.open(path) as pdf:
            stream = pdf.pages[0].Contents.read_bytes().decode("ascii")
        return [float(x) for x in re.findall(r"/TH <<.*?1 0 0 1 ([\d.]+)", stream, re.DOTALL)]

    assert left_edges("en")[0] < 300 < left_edges("ar")[0]


def test_progress_is_told_and_can_stop_the_work(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    result = render(every_block(), "A4", tmp_path / "a.pdf", lambda page, pages: told.append((page, pages)))
    assert told == [(n, result.pages) for n in range(1, result.pages + 1)]

    def stop(_page: int, _pages: int) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        render(every_block(), "A4", tmp_path / "b.pdf", stop)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert gc.isenabled()


def test_an_older_file_stays_when_writing_fails(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"older")

    def fail(_page: int, _pages: int) -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        render(every_block(), "A4", target, fail)
    assert target.read_bytes() == b"older"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        render(make(), "A4", tmp_path / "nowhere" / "a.pdf")


def test_the_date_of_the_briefing_and_not_the_clock_dates_the_file(tmp_path: Path) -> None:
    briefing = Briefing("t", [], datetime.date(1999, 12, 31))
    with pikepdf.open(render(briefing, "A4", tmp_path / "a.pdf").path) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:19991231000000Z"
        assert str(datetime.datetime.now().year) not in str(pdf.docinfo.items())
        with pdf.open_metadata() as metadata:
            assert metadata["xmp:CreateDate"] == "1999-12-31T00:00:00Z"


def test_long_heads_and_feet_are_cut_and_do_not_touch(tmp_path: Path) -> None:
    long = "Office of International Affairs and Protocol " * 4
    briefing = Briefing(long, [PageBreak(), Paragraph("x")], DAY, office=long, classification=long, note=long)
    render(briefing, "A4", tmp_path / "a.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    page = document[0].get_textpage()
    boxes = sorted(box for n in range(page.count_rects()) if (box := page.get_rect(n))[1] < 50)
    document.close()
    assert len(boxes) >= 3
    assert all(one[2] < two[0] for one, two in pairwise(boxes))


LONG = "x" * 30_000


@pytest.mark.parametrize(
    "block",
    [
        Heading(1, LONG),
        Table([Column(LONG), Column("B")], [["a", "b"]]),
        KeyFacts([Fact(LONG, "1"), Fact("a", LONG), Fact("a", "b", LONG)]),
        Figure(CoverageBars([CoverageBar(LONG, 0.5, LONG, LONG)], 0.5, LONG), alt="x", caption=LONG),
        Figure(BarChart([LONG], [Series(LONG, [1], [LONG]), Series(LONG, [2])], axis=LONG), alt="x"),
        Figure(
            LineChart([LONG], [Series(LONG, [1], [LONG])], axis=LONG, target=1, target_label=LONG), alt="x"
        ),
        CallOut("note", LONG, LONG),
        TitlePage(LONG),
    ],
    ids=lambda block: type(block).__name__,
)
def test_a_very_long_word_stays_on_the_page_wherever_it_stands(tmp_path: Path, block: Block) -> None:
    render(Briefing("T", [block], DAY, office=LONG, classification=LONG, note=LONG), "A4", tmp_path / "a.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    for number in range(len(document)):
        page = document[number].get_textpage()
        boxes = [page.get_rect(n) for n in range(page.count_rects())]
        assert all(
            left > 40 and bottom > 10 and right < 570 and top < 830 for left, bottom, right, top in boxes
        )
    document.close()
