"""Cards stand side by side as evenly as the width allows and keep their values whole."""

from __future__ import annotations

import pytest

from cityplanner.base.language import language
from cityplanner.reports.blocks import Fact
from cityplanner.reports.pdf.cards import Cards, columns_for
from cityplanner.reports.pdf.setting import Setting
from cityplanner.reports.pdf.tags import Node
from cityplanner.reports.theme import theme

WIDTH = 488.0


def cards(*facts: Fact) -> Cards:
    return Cards(Setting(theme(), language("en"), False), facts, Node("L", attached=True), 0)


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (2, 2), (4, 4), (5, 3), (6, 3), (7, 4), (9, 3)])
def test_rows_are_as_even_as_can_be(count: int, columns: int) -> None:
    assert columns_for(count, 0, WIDTH) == columns


def test_a_number_of_columns_can_be_asked_for() -> None:
    assert columns_for(6, 2, WIDTH) == 2
    assert columns_for(2, 5, WIDTH) == 2


def test_a_wide_value_is_set_smaller_before_it_is_broken() -> None:
    own = cards(*[Fact("Budget", "$1,285,500,000.00")] * 4)
    own.height(WIDTH)
    assert all(len(card.value.lines) == 1 for card in own.cards)
    assert own.cards[0].value.kind.size < 19


def test_rows_of_cards_split_between_pages() -> None:
    own = cards(*[Fact("Label", str(n)) for n in range(8)])
    parts = own.split(WIDTH, own.height(WIDTH) - 5)
    assert parts is not None
    assert [len(part.cards) for part in parts if isinstance(part, Cards)] == [4, 4]
