"""A table on the clipboard: cells stay cells, text stays text."""

from __future__ import annotations

import csv
import io

from cityplanner.model.entity import field_of
from cityplanner.model.fund import FundAmount
from cityplanner.model.partner import Partner
from cityplanner.ui.parts.clipboard import as_html, as_text, harmless

TABLE = [["Name", "Notes"], ['Say "hi"', "two\nlines\tand a tab"], ["<b>bold</b> & more", ""]]


def test_the_text_is_read_back_by_a_reader_of_tab_separated_values() -> None:
    assert list(csv.reader(io.StringIO(as_text(TABLE)), delimiter="\t")) == TABLE


def test_the_html_has_a_header_row_and_no_markup_of_the_users() -> None:
    html = as_html(TABLE)

    assert "<th>Name</th>" in html
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; more" in html
    assert "two<br>lines" in html


def test_a_text_that_begins_like_a_formula_is_not_one() -> None:
    name, amount = field_of(Partner, "name"), field_of(FundAmount, "amount")

    assert harmless(name, "=1+1") == "'=1+1"
    assert harmless(name, "Nagoya") == "Nagoya"
    assert harmless(amount, "-$5") == "-$5"
