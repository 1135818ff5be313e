"""Briefings as HTML: one file, the same every time, hostile text stays text, structure as in the PDF."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from cityplanner.reports.blocks import (
    Block,
    Briefing,
    CallOut,
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
from cityplanner.reports.html.page import html
from cityplanner.reports.html.palette import dark, light
from cityplanner.reports.output import write_briefing
from cityplanner.reports.theme import TEXT_CONTRAST, contrast, theme
from tests.reports.pdf.test_document import HOSTILE
from tests.reports.sample import DAY, every_block, picture

VOID = {"meta", "img", "br"}


class Tree(HTMLParser):
    """Checks that elements nest, and keeps each start tag with its attributes and the text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def make(*blocks: Block, language: str = "en") -> Briefing:
    return Briefing("Title", blocks, DAY, language=language)


def test_equal_briefings_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_briefing(every_block(), tmp_path / f"{name}.html", form="html", paper="A4")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_the_file_needs_nothing_else_and_runs_nothing(language: str) -> None:
    source = html(every_block(language))
    tree = Tree(source)
    assert not tree.all("script")
    assert not tree.all("link")
    assert all((image["src"] or "").startswith("data:image/") for image in tree.all("img"))
    assert "url(" not in source
    assert "@import" not in source
    assert not [key for _tag, attributes in tree.tags for key in attributes if key.startswith("on")]
    assert tree.all("html")[0] == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}


def test_headings_have_the_same_levels_and_the_contents_lead_to_them() -> None:
    briefing = every_block()
    tree = Tree(html(briefing))
    levels = [int(tag[1]) for tag, _attributes in tree.tags if re.fullmatch("h[1-6]", tag)]
    assert levels == [1, *(one.level + 1 for one in flatten(briefing.blocks) if isinstance(one, Heading))]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _tag, attributes in tree.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = [link["href"] for link in tree.all("a") if (link["href"] or "").startswith("#")]
    assert len(inside) >= len(levels)
    assert {(target or "")[1:] for target in inside} <= set(ids)


def test_every_picture_has_its_words_and_every_table_its_header_cells() -> None:
    tree = Tree(html(every_block()))
    assert all(image["alt"] for image in tree.all("img"))
    drawings = tree.all("svg")
    assert len(drawings) == 9
    ids = {attributes.get("id") for _tag, attributes in tree.tags}
    for one in drawings:
        assert one["role"] == "img"
        assert set((one["aria-labelledby"] or "").split()) <= ids
    assert all(cell["scope"] in ("row", "col") for cell in tree.all("th"))
    spans = [cell["colspan"] for cell in (*tree.all("th"), *tree.all("td")) if "colspan" in cell]
    assert spans == ["2", "2", "2"]
    assert len(tree.all("caption")) == 4
    assert len(tree.all("tfoot")) == 1


@pytest.mark.parametrize("text", [*HOSTILE, "</style><script>alert(1)</script>", '" onload="x', "a\0b\x1b"])
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
    tree = Tree(html(briefing))
    known = {tag for tag, _attributes in Tree(html(every_block())).tags}
    assert {tag for tag, _attributes in tree.tags} <= known | {"h6"}
    assert not [key for _tag, attributes in tree.tags for key in attributes if key.startswith("on")]
    shown = text.replace("\0", "").replace("\x1b", "")
    assert "".join(tree.words).count(shown) >= 14
    assert tree.all("img")[0]["alt"] == shown


def test_languages_and_directions_are_said_where_they_change() -> None:
    text = ["see ", Run("بيروت", language="ar"), " and ", Run("C40", language="en")]
    tree = Tree(html(make(Paragraph(text), Paragraph("سلام", language="ar"))))
    assert tree.all("bdi") == [{"lang": "ar", "dir": "rtl"}]
    assert {"lang": "ar", "dir": "rtl"} in tree.all("p")
    against = html(make(Paragraph("Latin only (Inc.)"), language="ar"))
    assert '<bdi dir="ltr">Latin only (Inc.)</bdi>' in against


def test_links_lead_where_they_say() -> None:
    blocks = [
        Paragraph([Run("out", link='https://example.org/?a=1&b="2"'), Run("in", link="#there")]),
        Table([Column("A")], [["x"]], id="there"),
    ]
    tree = Tree(html(make(*blocks)))
    assert [link["href"] for link in tree.all("a")][1:] == ['https://example.org/?a=1&b="2"', "#p1"]
    assert any(frame.get("id") == "p1" for frame in tree.all("div"))


def test_empty_blocks_print_nothing_or_say_so() -> None:
    empty = [ListBlock([]), KeyFacts([]), Sources([]), Paragraph(""), Table([Column("A")], [])]
    tree = Tree(html(make(*empty)))
    assert not tree.all("ul")
    assert not tree.all("ol")
    assert "Nothing recorded." in "".join(tree.words)


@pytest.mark.parametrize("chart", [CoverageBars([]), BarChart([], [Series("a", [])], horizontal=False)])
def test_a_chart_without_rows_is_still_sound(chart: CoverageBars | BarChart) -> None:
    drawing = Tree(html(make(Figure(chart, alt="nothing yet")))).all("svg")[0]
    assert all(float(part) > 0 for part in (drawing["viewbox"] or "").split()[2:])


@pytest.mark.parametrize(
    "accent", ["", "#ffee00", "#000000", "#ffffff", "#0b5a7d", "#c8102e", "#3a7bd5", "#777777"]
)
def test_text_can_be_read_in_light_and_dark_whatever_the_accent(accent: str) -> None:
    for palette in (light(theme(accent)), dark(theme(accent))):
        for name, text, ground in palette.pairs():
            assert contrast(text, ground) >= TEXT_CONTRAST, (name, accent)


def test_a_table_holds_all_rows() -> None:
    rows = [[f"Partner {n}", str(n)] for n in range(400)]
    tree = Tree(html(make(Table([Column("Partner"), Column("Hours")], rows, total=["Total", "9"]))))
    assert len(tree.all("tr")) == 402
    assert plain("".join(tree.words)).count("Partner ") == 400
