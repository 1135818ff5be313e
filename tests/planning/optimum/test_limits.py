"""Every limit has its sentence."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cityplanner.planning.optimum.limits import Limit, LimitKind, limit_words
from tests.planning.optimum.cases import hand_problem

WORDS = {
    Limit(LimitKind.FUND, 1): "Fund 1 has $10,000.",
    Limit(LimitKind.RESTRICTION, 1): "Fund 1 pays only for what its restriction allows.",
    Limit(LimitKind.UNFUNDED): "Every cost needs a fund.",
    Limit(LimitKind.STAFF): "There are 0.00 FTE after furlough.",
    Limit(LimitKind.CONTACT): "Keeping in touch with partners takes 0 hours a year.",
    Limit(LimitKind.MANDATE, 1): "Initiative 1 has a mandated service level.",
    Limit(LimitKind.REQUIRES, 1, 2): "Initiative 1 requires Initiative 2.",
    Limit(LimitKind.EXCLUDES, 1, 2): "Initiative 1 excludes Initiative 2.",
    Limit(LimitKind.THEME, theme="networks"): "Coverage of networks stays at 40% or more.",
    Limit(LimitKind.EQUITY): "Equity stays at 25% of what is possible, or more.",
    Limit(LimitKind.LOCK, 3): "The decision on Initiative 3 is kept.",
}


@pytest.mark.parametrize("kind", LimitKind)
def test_a_limit_is_said_in_words(kind: LimitKind) -> None:
    problem = hand_problem(theme_floors={"networks": Fraction(2, 5)}, equity_floor=Fraction(1, 4))
    (limit,) = (one for one in WORDS if one.kind is kind)
    assert limit_words(limit, problem, "USD") == WORDS[limit]
