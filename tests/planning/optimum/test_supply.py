"""What a scenario leaves to be planned with."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from cityplanner.planning.facts import FundChange, PositionFact
from cityplanner.planning.optimum import supply
from cityplanner.planning.optimum.problem import Problem
from tests.planning.builders import fund, partner
from tests.planning.optimum.cases import hand_problem


@pytest.fixture
def problem() -> Problem:
    plain = hand_problem(contact=Fraction(1, 2))
    office = replace(
        plain.office,
        funds=(fund(1, 1_000), fund(2, 501)),
        positions=(
            PositionFact(1, "Director", Decimal(1), 200, 1),
            PositionFact(2, "Officer", Decimal("0.5"), 100, 1),
            PositionFact(3, "Clerk", Decimal(1), 900, None),
        ),
        partners=(partner(1, 73, "2"),),
    )
    scenario = replace(
        plain.scenario,
        fund_changes=(FundChange(1, Decimal(-10)),),
        furlough_days=Decimal(26),
        frozen_position_ids=frozenset({2}),
    )
    return replace(plain, office=office, scenario=scenario)


def test_funds_are_changed_and_positions_charged(problem: Problem) -> None:
    assert supply.amounts(problem) == {1: 900, 2: 501}
    assert supply.charged(problem) == {1: 180, 2: 0}


def test_staff_is_what_furlough_and_keeping_in_touch_leave(problem: Problem) -> None:
    # 2 FTE less a tenth; five contacts of 2 hours, half of them asked for: 5 of 2,080 hours
    assert supply.staff(problem) == Fraction(18, 10)
    assert supply.contact_hours(problem) == 5
    assert supply.free_staff(problem) == Fraction(18, 10) - Fraction(5, 2080)


def test_funds_are_scaled_in_proportion_and_never_above_the_total() -> None:
    assert supply.scaled({1: 900, 2: 501}, 700) == {1: 449, 2: 250}
    with pytest.raises(ValueError, match="no fund"):
        supply.scaled({1: 0}, 700)
