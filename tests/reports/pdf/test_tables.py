"""Columns are as wide as asked, but no word is broken for want of a little room."""

from __future__ import annotations

import pytest

from cityplanner.base.language import language
from cityplanner.reports.blocks import Cell, Column, Table
from cityplanner.reports.pdf.setting import Setting
from cityplanner.reports.pdf.tables import TableElement
from cityplanner.reports.pdf.tags import Node
from cityplanner.reports.theme import theme

WIDTH = 400.0


def element(table: Table) -> TableElement:
    return TableElement(Setting(theme(), language("en"), False), table, Node("Table", attached=True))


def edges(table: Table) -> list[float]:
    laid = element(table)
    laid.height(WIDTH)
    return laid._edges


def test_columns_share_the_width_as_asked() -> None:
    assert edges(Table([Column("A", 3), Column("B", 1)], [["a", "b"]])) == pytest.approx([0, 300, 400])


def test_a_column_gives_way_to_a_longer_word() -> None:
    found = edges(Table([Column("A", 9), Column("Recommendations", 1)], [["a", "b"]]))
    assert found[2] - found[1] > 70
    assert found[2] == pytest.approx(WIDTH)


def test_a_very_long_word_does_not_push_the_others_out() -> None:
    found = edges(Table([Column("A"), Column("B")], [["x" * 5000, "b"]]))
    assert found[2] - found[1] >= 100


def test_rows_joined_by_a_cell_stay_on_a_page() -> None:
    before = [["x", "y"]] * 10
    laid = element(Table([Column("A"), Column("B")], [*before, [Cell("a", rows=2), "b"], ["c"], ["d", "e"]]))
    whole = laid.height(WIDTH)
    row = laid.rows[0].height
    parts = laid.split(WIDTH, whole - 2 * row + 1)
    assert parts is not None
    first, rest = parts
    assert isinstance(first, TableElement)
    assert isinstance(rest, TableElement)
    assert (len(first.rows), len(rest.rows)) == (10, 3)
    assert not rest.first


def test_a_small_table_stays_on_one_page() -> None:
    laid = element(Table([Column("A"), Column("B")], [["x", "y"]] * 5))
    assert laid.split(WIDTH, laid.height(WIDTH) - 1) is None
    assert laid.start(WIDTH) == laid.height(WIDTH)


def test_a_date_is_not_broken_where_others_can_give() -> None:
    day, text = Column("Day", 0.5), Column("Text", 8)
    found = edges(Table([day, text], [["Nov 12, 2026", "a few words " * 40]]))
    assert found[1] >= 60
    many = edges(Table([*[day] * 9, text], [[*["Nov 12, 2026"] * 9, "a few words " * 40]]))
    assert many[10] - many[9] > 100


def test_short_words_stay_whole_where_long_ones_leave_no_room() -> None:
    found = edges(Table([Column("When")] + [Column("A")] * 3, [["2026", *["Harborfront" * 3] * 3]]))
    assert found[1] >= 34
    assert found[4] == pytest.approx(WIDTH)


def test_nothing_is_split_off_where_not_even_a_row_fits() -> None:
    assert element(Table([Column("A")], [["x"], ["y"]])).split(WIDTH, 20) is None


def test_header_cells_have_scopes() -> None:
    laid = element(
        Table([Column("A"), Column("B")], [["x", Cell("y", header=True, scope="Both")]], row_headers=1)
    )
    scopes = [
        cell.block.node.attributes["Table"]["Scope"] for row in laid.head + laid.rows for cell in row.cells
    ]
    assert scopes == ["Column", "Column", "Row", "Both"]


def test_a_table_begins_with_two_rows_unless_they_are_high() -> None:
    laid = element(Table([Column("A"), Column("B")], [["x", "y"]] * 20))
    assert laid.start(WIDTH) == laid._head_height() + 2 * laid.rows[0].height
    high = element(Table([Column("A")], [["word " * 2000]] * 2))
    assert high.start(WIDTH) < 100
