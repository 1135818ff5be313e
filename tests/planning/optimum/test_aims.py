"""Aims are whole-number sums in their largest unit."""

from __future__ import annotations

from fractions import Fraction

from cityplanner.base.language import Language
from cityplanner.planning.optimum.aims import AimKind, aims, amount_words, closeness
from cityplanner.planning.optimum.model import build
from tests.planning.optimum.cases import hand_problem


def test_aims_follow_each_other_and_idle_ones_are_left_out() -> None:
    kinds = [
        [aim.kind for aim in aims(build(one))]
        for one in (hand_problem(), hand_problem(priority={1: Fraction(5)}))
    ]
    assert kinds == [
        [AimKind.COVERAGE, AimKind.COST],
        [AimKind.COVERAGE, AimKind.PRIORITY, AimKind.COST],
    ]
    blended = hand_problem(priority={1: Fraction(5)}, blend=Fraction(1, 2))
    assert [aim.kind for aim in aims(build(blended))] == [AimKind.BLEND, AimKind.COST]


def test_a_plan_reaches_what_the_hand_says() -> None:
    model = build(hand_problem(priority={1: Fraction("12.34"), 3: Fraction(50)}))
    plan = model.columns({1: 11, 2: None, 3: 30})
    assert plan is not None
    # Coverage (0.9 * 3 + 0.5 * 2) / 5; priority 12.3 (a tenth) * 0.4 + 50; cost $7,000.
    assert [aim.of(model, plan) * aim.unit for aim in aims(model)] == [
        Fraction(37, 50),
        Fraction("54.92"),
        -700_000,
    ]


def test_a_blend_of_everything_at_its_fullest_is_one() -> None:
    model = build(hand_problem(priority={1: Fraction(10), 2: Fraction(30)}, blend=Fraction(1, 4)))
    plan = model.columns({1: 10, 2: 20, 3: 30})
    assert plan is not None
    assert aims(model)[0].of(model, plan) * aims(model)[0].unit == 1


def test_closeness_counts_the_decisions_that_stay() -> None:
    model = build(hand_problem())
    one, other = model.columns({1: 10, 3: 30}), model.columns({1: 10, 2: 20})
    assert one is not None
    assert other is not None
    assert closeness(one).of(model, other) == 1


def test_amounts_of_an_aim_are_said_in_what_it_is_measured_in() -> None:
    say = Language("en")
    assert amount_words(AimKind.COVERAGE, Fraction(1, 8), "USD", say) == "12.50% of coverage"
    assert amount_words(AimKind.COVERAGE, Fraction(1, 50_000), "USD", say) == "0.0020% of coverage"
    assert amount_words(AimKind.BLEND, Fraction(1, 4), "USD", say) == "25.00% of the blend"
    assert amount_words(AimKind.PRIORITY, Fraction(15, 2), "USD", say) == "7.5 points of priority"
    assert amount_words(AimKind.PRIORITY, Fraction(1, 100), "USD", say) == "0.010 points of priority"
    assert amount_words(AimKind.COST, Fraction(250_000), "USD", say) == "$2,500"
