"""A result says how good it is known to be, never more."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from cityplanner.planning.optimum.aims import AimKind
from cityplanner.planning.optimum.result import Progress, Reached, Solution, solution_words
from cityplanner.planning.optimum.solve import quick_plan, solve
from tests.planning.optimum.cases import hand_problem


@pytest.mark.parametrize(
    ("value", "bound", "gap"),
    [
        (Fraction(4, 5), Fraction(4, 5), 0.0),
        (Fraction(4, 5), Fraction(9, 10), 0.125),
        (Fraction(0), Fraction(1), 1.0),
        (Fraction(-10), Fraction(-9), 0.1),
        (Fraction(4, 5), None, None),
    ],
)
def test_the_gap_is_a_share_of_the_value(value: Fraction, bound: Fraction | None, gap: float | None) -> None:
    assert Reached(AimKind.COVERAGE, value, bound, proven=False).gap == gap
    assert Progress(AimKind.COVERAGE, None, value, bound, 0.0).gap == gap


def test_nothing_found_yet_has_no_gap() -> None:
    assert Progress(AimKind.COVERAGE, None, None, Fraction(1), 0.0).gap is None


def test_words_say_optimal_only_with_a_proof() -> None:
    found, quick = solve(hand_problem()), quick_plan(hand_problem())
    assert isinstance(found, Solution)
    assert quick is not None
    assert solution_words(found) == "Coverage 80%: proven optimal."
    assert solution_words(quick).endswith("a first plan, not yet compared with others.")
    short = replace(found.aims[0], bound=Fraction(81, 100), proven=False)
    assert solution_words(replace(found, aims=(short,))) == (
        "Coverage 80%: at most 1.25% short of the best plan."
    )
    unknown = replace(short, bound=None)
    assert "is not known" in solution_words(replace(found, aims=(unknown,)))
