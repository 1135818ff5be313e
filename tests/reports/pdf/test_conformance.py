"""Every block in every script passes PDF/UA-1 and PDF/A-2a and reads back whole; planted defects fail."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest

from cityplanner.reports.blocks import Briefing, Column, Heading, Paragraph, Run, Table
from cityplanner.reports.pdf.read_back import read
from tests.reports.sample import DAY, SCRIPTS, every_block
from tests.reports.writing import render

PROFILES = ("ua1", "2a")
PDFTOTEXT = shutil.which("pdftotext")


def failures(path: Path, profile: str) -> list[str]:
    report = page.validate_pdf(path, profile=profile)
    return [f"{failure.rule_id} {failure.message}" for failure in report.failures]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return render(every_block(), "Letter", tmp_path_factory.mktemp("whole") / "a.pdf").path


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("language", ["en", "es", "fr", "pt", "ar", "zh", "he", "hi", "th"])
def test_every_block_passes_in_every_language(tmp_path: Path, language: str, profile: str) -> None:
    path = render(every_block(language, title_page=language != "es"), "A4", tmp_path / "a.pdf").path
    assert failures(path, profile) == []


def test_a_text_in_each_script_as_the_document_passes(tmp_path: Path) -> None:
    for script, (language, text) in SCRIPTS.items():
        blocks = [Heading(1, text), Paragraph([text, " ", Run(text, bold=True), " ", Run(text, italic=True)])]
        table = Table([Column(text)], [[text]], caption=text, row_headers=1)
        briefing = Briefing(text, [*blocks, table], DAY, language=language, office=text)
        path = render(briefing, "A4", tmp_path / f"{script}.pdf").path
        assert [failures(path, profile) for profile in PROFILES] == [[], []], script
        root = read(path)
        assert root.all("H1")[0].text == text
        assert root.all("H2")[0].text == text
        assert [cell.text for cell in root.all("TH")] == [text, text]


def test_names_in_every_script_read_back_with_their_language(whole: Path) -> None:
    rows = [[cell.text for cell in row.parts if not isinstance(cell, str)] for row in read(whole).all("TR")]
    spans = [(span.language, span.text) for span in read(whole).all("Span")]
    for script, (language, text) in SCRIPTS.items():
        assert [script, text] in rows
        assert (language, text) in spans


@pytest.mark.skipif(PDFTOTEXT is None, reason="poppler's pdftotext is not installed")
def test_poppler_gives_the_names_whole(whole: Path) -> None:
    assert PDFTOTEXT
    found = subprocess.run([PDFTOTEXT, str(whole), "-"], capture_output=True, check=True).stdout.decode(
        "utf-8"
    )
    for _language, text in SCRIPTS.values():
        assert text in found


def test_pdfium_gives_the_names_whole(whole: Path) -> None:
    document = pypdfium2.PdfDocument(whole)
    found = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    document.close()
    for _language, text in SCRIPTS.values():
        assert text in found


def test_the_tree_holds_what_was_composed(whole: Path) -> None:
    root = read(whole)
    assert root.tag == "Document"
    assert [heading.text for heading in root.all("H2")] == [
        "At a glance",
        "Charts",
        "Pictures",
        "Tables",
        "Sources",
    ]
    assert len(root.all("Figure")) == 12
    assert all(figure.alt for figure in root.all("Figure"))
    assert {cell.attributes["Scope"] for cell in root.all("TH")} == {"/Row", "/Column"}
    nested = [one for one in root.all("L") if one.attributes.get("ListNumbering") == "/Disc"]
    assert len(nested) == 3
    assert [item.text for item in nested[2].all("LI")] == ["·Spanish", "·Korean"]
    spans = [cell for cell in root.all("TH") + root.all("TD") if "ColSpan" in cell.attributes]
    assert [(cell.text, int(cell.attributes["ColSpan"])) for cell in spans] == [
        ("Visits", 2),
        ("not planned this year", 2),
        ("Nothing recorded.", 2),
    ]
    assert root.all("Caption")[0].text == "Initiatives and money"
    assert ("fr", "Ville de Genève") in [(span.language, span.text) for span in root.all("Span")]


def _first(pdf: pikepdf.Pdf, tag: str) -> Any:
    return next(
        one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == f"/{tag}"
    )


def _drop_alt(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "Figure").Alt


def _drop_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def _drop_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and "/Lang" in one:
            del one.Lang


def _drop_scopes(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TH":
            del one.A


def _skip_heading(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "H2").S = pikepdf.Name("/H4")


def _drop_unicode(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one:
            del one.ToUnicode


def _drop_mark(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def _unmark_content(pdf: pikepdf.Pdf) -> None:
    first = pdf.pages[0]
    data = first.Contents.read_bytes().replace(b"/H1 <</MCID 1>> BDC", b"").replace(b"EMC", b"", 1)
    first.Contents = pdf.make_stream(data)


DEFECTS: list[tuple[str, Callable[[pikepdf.Pdf], None]]] = [
    ("ua1", _drop_alt),
    ("ua1", _drop_title),
    ("ua1", _drop_language),
    ("ua1", _drop_scopes),
    ("ua1", _skip_heading),
    ("ua1", _drop_unicode),
    ("2a", _drop_mark),
    ("ua1", _unmark_content),
]


@pytest.mark.parametrize(("profile", "plant"), DEFECTS, ids=lambda value: getattr(value, "__name__", value))
def test_planted_defects_are_caught(
    tmp_path: Path, whole: Path, profile: str, plant: Callable[[pikepdf.Pdf], None]
) -> None:
    path = tmp_path / "defect.pdf"
    with pikepdf.open(whole) as pdf:
        plant(pdf)
        pdf.save(path)
    assert failures(path, profile) != []
