"""Gaps by hand: one recommendation for each way in which the chain breaks off, and one that is whole."""

from __future__ import annotations

from datetime import date

import pytest

from cityplanner.planning.facts import OfficeFacts
from cityplanner.planning.gaps import Evidence, Gap, gaps, year_before
from tests.planning.builders import initiative, level, line, link, recommendation

TODAY = date(2026, 11, 2)


def _office(*links: tuple[int, int]) -> OfficeFacts:
    """Recommendation 1, initiatives 1 and 2; level 10 of initiative 1 costs, level 11 is free, 20 has no fund."""
    return OfficeFacts(
        recommendations=(recommendation(1),),
        initiatives=(initiative(1), initiative(2)),
        levels=(
            level(10, 1, 100, line(1, 500)),
            level(11, 1, 50, line(1, 0)),
            level(20, 2, 100, line(None, 9)),
        ),
        contributions=tuple(link(one, item) for one, item in links),
    )


WHOLE = Evidence({1: date(2020, 1, 1)}, {1: date(2026, 1, 1)})


@pytest.mark.parametrize(
    ("links", "decisions", "evidence", "missing"),
    [
        ((), {1: 10}, WHOLE, {Gap.INITIATIVE}),
        (((9, 1),), {1: 10}, WHOLE, {Gap.INITIATIVE}),
        (((1, 1),), {1: 10}, WHOLE, set()),
        (((1, 1),), {}, WHOLE, {Gap.MONEY}),
        (((1, 1),), {1: 11}, WHOLE, {Gap.MONEY}),
        (((2, 1),), {2: 20}, WHOLE, {Gap.MONEY, Gap.MEASUREMENT}),
        (((1, 1),), {1: 10}, Evidence({}, WHOLE.last_measured), {Gap.ENGAGEMENT}),
        (((1, 1),), {1: 10}, Evidence({2: TODAY}, WHOLE.last_measured), {Gap.ENGAGEMENT}),
        (((1, 1), (2, 1)), {1: 10}, Evidence({2: TODAY}, {2: TODAY}), {Gap.ENGAGEMENT}),
        (((1, 1),), {1: 10}, Evidence({1: date(2026, 11, 3)}, WHOLE.last_measured), {Gap.ENGAGEMENT}),
        (((1, 1),), {1: 10}, Evidence(WHOLE.last_engaged, {}), {Gap.MEASUREMENT}),
        (((1, 1),), {1: 10}, Evidence(WHOLE.last_engaged, {1: date(2025, 11, 2)}), {Gap.MEASUREMENT}),
        (((1, 1),), {1: 10}, Evidence(WHOLE.last_engaged, {1: date(2025, 11, 3)}), set()),
        (((1, 1),), {1: 10}, Evidence(WHOLE.last_engaged, {1: date(2026, 11, 3)}), {Gap.MEASUREMENT}),
        (((1, 1), (2, 1)), {1: 10}, Evidence({1: TODAY}, {2: TODAY}), set()),
    ],
)
def test_each_gap_by_hand(
    links: tuple[tuple[int, int], ...],
    decisions: dict[int, int | None],
    evidence: Evidence,
    missing: set[Gap],
) -> None:
    assert gaps(_office(*links), decisions, evidence, TODAY) == ({1: missing} if missing else {})


def test_what_is_not_supported_has_no_gaps() -> None:
    office = OfficeFacts(recommendations=(recommendation(1, supported=False),))

    assert gaps(office, {}, Evidence(), TODAY) == {}


@pytest.mark.parametrize(
    ("day", "before"),
    [(date(2026, 11, 2), date(2025, 11, 2)), (date(2028, 2, 29), date(2027, 2, 28))],
)
def test_a_year_before(day: date, before: date) -> None:
    assert year_before(day) == before
