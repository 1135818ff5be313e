"""Whatever people type: it prints, passes both standards and reads back as it was typed."""

from __future__ import annotations

from pathlib import Path

import page
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cityplanner.reports.blocks import Briefing, Column, Heading, ListBlock, Paragraph, Run, Table
from cityplanner.reports.pdf.read_back import read
from cityplanner.reports.pdf.text import Manner, Span, cleaned, lines
from tests.reports.sample import DAY
from tests.reports.writing import render

LETTERS = st.sampled_from(
    [
        *"abcé Łß()[]<>&\"'\\/%{}0123.,-–—$€",
        *"кїλά",
        *"عربيلاّ",
        *"עבם\u05b8\u05b9",
        *"中文，。（）「日本ーか한국",
        *"हिन्दीक्षर्क",
        *"ไทยน้ำ",
        *"\u0301\u200b\u200d\u200f\u202e\u2066\u00ad\u00a0\n\t\0\ud800\ue000",
        "\U0001f389",
    ]
)
TEXT = st.text(LETTERS, max_size=40)
CALM = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def squeezed(text: str) -> str:
    """The text without white space, which lines may swallow at their ends."""
    return "".join(char for char in cleaned(text) if not char.isspace())


def unmarked(text: str) -> str:
    """The text without the isolates that keep runs of different directions apart."""
    return "".join(char for char in squeezed(text) if not "\u2066" <= char <= "\u2069")


@CALM
@given(TEXT, st.booleans(), st.floats(8, 300))
def test_breaking_lines_loses_no_character(text: str, right_to_left: bool, width: float) -> None:
    found = lines([Span(cleaned(text), Manner(10))], width, right_to_left)
    assert squeezed("".join(line.text for line in found)) == squeezed(text)


@CALM
@given(st.lists(TEXT, min_size=4, max_size=4), st.sampled_from(["en", "ar", "zh", "he", "hi", "th"]))
def test_any_text_passes_and_reads_back(tmp_path: Path, texts: list[str], language: str) -> None:
    head, first, item, cell = (f"x{text}" for text in texts)
    blocks = [
        Heading(1, head),
        Paragraph([Run(first, bold=True), Run(item, link="https://example.org/")]),
        ListBlock([item]),
        Table([Column(head)], [[cell]]),
    ]
    path = render(Briefing(head, blocks, DAY, language=language, office=item), "A4", tmp_path / "a.pdf").path
    for profile in ("ua1", "2a"):
        assert [failure.message for failure in page.validate_pdf(path, profile=profile).failures] == []
    root = read(path)
    expected = {"H1": head, "H2": head, "LBody": item, "TD": cell, "TH": head, "Link": item}
    for tag, text in expected.items():
        assert unmarked(root.all(tag)[0].text) == unmarked(text), tag
    assert unmarked(root.all("P")[-1].text) == unmarked(first + item)


@pytest.mark.parametrize("text", ["", " ", "\n", "\0", "\u200b", "\u0301"])
def test_texts_of_nothing_much_do_no_harm(tmp_path: Path, text: str) -> None:
    blocks = [Paragraph(text), ListBlock([text]), Table([Column("A")], [[text]], caption=text)]
    path = render(Briefing("t", blocks, DAY, subtitle=text, note=text), "A4", tmp_path / "a.pdf").path
    assert page.is_pdf_compliant(path, profile="ua1")
