"""The matrix is exact: scaled rows keep their plans, whatever the size of the numbers."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cityplanner.planning.optimum.limits import Limit, LimitKind
from cityplanner.planning.optimum.matrix import matrix, scaled
from cityplanner.planning.optimum.model import build
from tests.planning.optimum.cases import hand_problem

AMOUNTS = st.integers(-(2**52), 2**52).filter(bool)


@given(st.lists(AMOUNTS, min_size=1, max_size=6), st.integers(-(2**50), 2**50))
def test_a_scaled_row_allows_exactly_the_same_choices(amounts: list[int], at_most: int) -> None:
    terms, cap = scaled(dict(enumerate(amounts)), at_most)
    for chosen in range(2 ** len(amounts)):
        held = [at for at in range(len(amounts)) if chosen >> at & 1]
        exact = sum(Fraction(terms[at]) for at in held) <= Fraction(cap)
        assert exact == (sum(amounts[at] for at in held) <= at_most)


def test_the_matrix_has_a_row_for_each_choice_item_and_limit() -> None:
    model = build(hand_problem())
    lp, row_at = matrix(model)
    assert (lp.num_col_, lp.num_row_) == (7 + 2, 3 + 2 + 2)
    assert row_at == {Limit(LimitKind.FUND, 1): 5, Limit(LimitKind.STAFF): 6}
