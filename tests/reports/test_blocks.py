"""Blocks that would print badly or read wrongly can't be made."""

from __future__ import annotations

import datetime

import pytest

from cityplanner.reports.blocks import (
    Block,
    BlockError,
    Briefing,
    CallOut,
    Cell,
    Column,
    Fact,
    Figure,
    Heading,
    KeepTogether,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Source,
    Sources,
    Table,
    TitlePage,
    bold,
    place,
    plain,
)
from cityplanner.reports.charts.description import CoverageBars

DAY = datetime.date(2026, 1, 1)


def make(*blocks: Block) -> Briefing:
    return Briefing("Title", blocks, DAY)


def test_a_heading_that_skips_a_level_is_refused() -> None:
    with pytest.raises(BlockError, match="level 3 right after level 1"):
        make(Heading(1, "One"), Heading(3, "Three"))


def test_the_first_heading_has_level_one() -> None:
    with pytest.raises(BlockError, match="level 2"):
        make(KeepTogether([Heading(2, "Two")]))


def test_headings_may_go_back_up_by_any_number_of_levels() -> None:
    make(Heading(1, "a"), Heading(2, "b"), Heading(3, "c"), Heading(1, "d"))


@pytest.mark.parametrize("level", [0, 6])
def test_there_are_five_levels_of_headings(level: int) -> None:
    with pytest.raises(BlockError):
        Heading(level, "x")


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_figure_without_alternative_text_is_refused(alt: str) -> None:
    with pytest.raises(BlockError, match="says what it shows"):
        Figure(CoverageBars([]), alt=alt)


def test_a_row_with_too_few_or_too_many_cells_is_refused() -> None:
    columns = [Column("A"), Column("B")]
    with pytest.raises(BlockError, match="row 2 of the body has 1 cells too few"):
        Table(columns, [["a", "b"], ["a"]])
    with pytest.raises(BlockError, match="too many cells"):
        Table(columns, [["a", "b", "c"]])
    with pytest.raises(BlockError, match="total"):
        Table(columns, [], total=["a"])
    with pytest.raises(BlockError, match="head"):
        Table(columns, [], head=[["a"]])


def test_spans_are_counted_as_the_cells_they_take() -> None:
    rows = [[Cell("a", rows=2), "b"], ["c"], [Cell("d", columns=2)]]
    placed = place(rows, 2)
    assert [[column for column, _cell in row] for row in placed] == [[0, 1], [1], [0]]


def test_a_cell_may_not_span_past_the_end_of_its_part() -> None:
    with pytest.raises(BlockError, match="spans past its end"):
        Table([Column("A")], [[Cell("a", rows=2)]])


def test_cells_that_overlap_are_refused() -> None:
    with pytest.raises(BlockError):
        place([["a", Cell("b", rows=2), "c"], [Cell("d", columns=2), "e"]], 3)


def test_each_column_needs_a_heading() -> None:
    with pytest.raises(BlockError, match="needs a heading"):
        Table([Column("A"), Column(" ")], [])


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "/tmp"])
def test_a_run_links_only_to_the_web_to_mail_or_inside(link: str) -> None:
    with pytest.raises(BlockError, match="not a link"):
        Run("x", link=link)


def test_a_link_inside_needs_its_target() -> None:
    with pytest.raises(BlockError, match="#nowhere"):
        make(Table([Column("A")], [[Run("x", link="#nowhere")]]))
    make(Paragraph(Run("x", link="#s")), Sources([Source("s", id="s")]))


def test_an_id_is_used_once() -> None:
    with pytest.raises(BlockError, match="used twice"):
        make(Paragraph("a", id="x"), ListBlock([ListItem("b", ListBlock([ListItem("c", id="x")]))]))


def test_the_title_page_comes_first() -> None:
    with pytest.raises(BlockError, match="comes first"):
        make(Paragraph("a"), TitlePage())


def test_facts_and_call_outs_need_their_words() -> None:
    with pytest.raises(BlockError):
        Fact("", "1")
    with pytest.raises(BlockError):
        CallOut("note", " ")


def test_a_source_knows_its_number() -> None:
    sources = Sources([Source("a", id="one"), Source("b", id="two")])
    assert sources.number("two") == 2
    with pytest.raises(BlockError):
        sources.number("three")


def test_text_may_be_words_a_run_or_both() -> None:
    assert plain(["a ", Run("b")]) == "a b"
    assert [run.bold for run in bold(["a", Run("b", italic=True)])] == [True, True]
