"""What the drawing layer relies on: ReportLab's names are there, nothing stays unmarked."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from cityplanner.reports.pdf.metadata import Metadata
from cityplanner.reports.pdf.paper import Paper
from cityplanner.reports.pdf.read_back import read
from cityplanner.reports.pdf.text import Manner, Span, lines
from tests.reports.sample import DAY


def paper(path: Path) -> Paper:
    return Paper(path, (300, 300), Metadata("Title", "en", DAY))


def test_reportlab_still_has_the_names_that_are_used(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    assert isinstance(canvas._code, list)
    for name in ("_make_preamble", "_startPage", "bookmarkPage", "addOutlineEntry"):
        assert callable(getattr(canvas, name))
    document = canvas._doc
    for name in ("addPage", "Reference", "GetPDFData", "updateSignature", "inPage"):
        assert callable(getattr(document, name))
    for name in ("numberToId", "idToObject", "signature", "info", "Catalog", "format"):
        assert hasattr(document, name)
    assert document.Catalog.__NoDefault__
    assert "Annots" in pdfdoc.PDFPage.__NoDefault__


def test_what_is_drawn_outside_a_region_is_decoration(tmp_path: Path) -> None:
    own = paper(tmp_path / "a.pdf")
    own.rectangle(0, 0, 10, 10, (0, 0, 0))
    own.save()
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert pdf.pages[0].Contents.read_bytes().startswith(b"/Artifact BMC")


def test_marks_never_nest_and_regions_return(tmp_path: Path) -> None:
    own = paper(tmp_path / "a.pdf")
    outer, inner = own.root.child("P"), own.root.child("Span")
    line = lines([Span("word", Manner(10))], 100)[0]
    with own.region(outer):
        own.write(line, 10, 100)
        with own.region(inner):
            own.write(line, 10, 80)
        own.write(line, 10, 60)
    own.save()
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        depth = 0
        for _operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
            assert depth in (0, 1)
    assert [element.text for element in read(tmp_path / "a.pdf").walk()][1:] == ["wordword", "word"]


@pytest.mark.parametrize("text", ["وعمّان", "علاء", "שָׁלוֹם", "قال (نعم)", "ABC دمشق 12"])
def test_right_to_left_words_are_spelled_letter_by_letter(tmp_path: Path, text: str) -> None:
    own = paper(tmp_path / "a.pdf")
    with own.region(own.root.child("P")):
        own.write(lines([Span(text, Manner(10))], 200, True)[0], 10, 100)
    own.save()
    assert read(tmp_path / "a.pdf").text == text


def test_one_glyph_that_spells_two_things_reads_back_as_both(tmp_path: Path) -> None:
    own = paper(tmp_path / "a.pdf")
    text = "a\u00a0b c \u00e9 e\u0301"
    with own.region(own.root.child("P")):
        own.write(lines([Span(text, Manner(10))], 200)[0], 10, 100)
    own.save()
    assert read(tmp_path / "a.pdf").text == text
