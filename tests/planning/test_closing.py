"""Which levels close a gap: hand-worked moves, and what they come to when they are made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from cityplanner.planning import coverage
from cityplanner.planning.closing import Closing, LevelMove, closing, closing_moves, closing_words
from cityplanner.planning.facts import DependencyFact, FundChange, OfficeFacts, ScenarioFact
from cityplanner.planning.gathering import gather
from cityplanner.planning.scenarios import outcome
from cityplanner.store.plan_file import Plan
from tests.planning.builders import fund, initiative, level, line, link, recommendation, scenario

CUT = FundChange(1, Decimal(-25))


def office() -> OfficeFacts:
    """Initiative 1 answers R1, 2 answers R2 and, supporting, R1; together they ask the fund for all it has."""
    return OfficeFacts(
        recommendations=(recommendation(1, 2), recommendation(2, 3), recommendation(3, 5, supported=False)),
        initiatives=(initiative(1), initiative(2)),
        levels=(
            level(10, 1, 100, line(1, 50_000)),
            level(12, 1, 0, kind="pause"),
            level(20, 2, 80, line(1, 30_000)),
            level(21, 2, 40, line(1, 10_000), kind="reduced"),
        ),
        contributions=(link(1, 1), link(2, 2), link(2, 1, "supporting"), link(1, 3)),
        funds=(fund(1, 80_000),),
    )


def moves(facts: OfficeFacts, cut: ScenarioFact) -> tuple[LevelMove, ...]:
    return closing_moves(facts, cut, outcome(facts, cut))


def together(facts: OfficeFacts, cut: ScenarioFact) -> Closing:
    found = closing(facts, cut, outcome(facts, cut))
    assert found is not None
    return found


def made(cut: ScenarioFact, found: Closing) -> ScenarioFact:
    """The scenario with the levels given."""
    return replace(
        cut, decisions={**cut.decisions, **{one.initiative_id: one.to_level_id for one in found.moves}}
    )


def test_single_moves_cost_least_coverage_first() -> None:
    cut = scenario({1: 10, 2: 20}, fund_changes=(CUT,))
    # 80,000 against 60,000: 20,000 over.
    # Reducing 2: R2 0.8 -> 0.4, R1 stays capped: 3 * 0.4 / 5 = 0.24, and it saves just the 20,000.
    # Pausing 1: R1 1 -> 0.4: 2 * 0.6 / 5 = 0.24; of the 50,000 it saves the fund lacks only 20,000.
    assert moves(office(), cut) == (
        LevelMove(1, 10, 12, 20_000, Fraction(24, 100), closes=True),
        LevelMove(2, 20, 21, 20_000, Fraction(24, 100), closes=True),
    )


def test_levels_close_a_gap_together_where_none_does_alone() -> None:
    facts = office()
    cut = scenario({1: 10, 2: 20}, fund_changes=(FundChange(1, Decimal(-80)),))
    # 80,000 against 16,000: pausing 1 leaves 14,000 over, reducing 2 as well ends it at 10,000.
    assert [move.closes for move in moves(facts, cut)] == [False, False]

    found = together(facts, cut)

    assert {move.to_level_id for move in found.moves} == {12, 21}
    assert found.closes
    # R1 1 -> 0.2, R2 0.8 -> 0.4: (2 * 0.8 + 3 * 0.4) / 5.
    assert found.coverage_lost == Fraction(56, 100)
    assert (
        closing_words(facts, found, "USD") == "2 levels changed close the gap and 56.0% of coverage is lost."
    )


def test_what_was_lowered_further_than_needed_is_raised_again() -> None:
    facts = replace(
        office(),
        levels=(
            level(10, 1, 100, line(1, 50_000)),
            level(11, 1, 50, line(1, 12_000)),
            level(12, 1, 0, kind="pause"),
            level(20, 2, 100, line(1, 30_000)),
        ),
        contributions=(link(1, 1), link(2, 2)),
        recommendations=(recommendation(1, 1), recommendation(2, 5)),
    )
    cut = scenario({1: 10, 2: 20}, fund_changes=(FundChange(1, Decimal(-45)),))
    # 36,000 over: the pause of 1 saves 50,000, but the half level saves 38,000 and loses half as much.
    assert [move.to_level_id for move in together(facts, cut).moves] == [11]


def test_no_move_goes_below_a_mandated_level_or_stops_what_is_required() -> None:
    cut = scenario({1: 10, 2: 20}, fund_changes=(FundChange(1, Decimal(-50)),))
    mandated = replace(office(), initiatives=(initiative(1, mandated_level_id=10), initiative(2)))
    assert [(move.initiative_id, move.closes) for move in moves(mandated, cut)] == [(2, False)]
    required = replace(office(), dependencies=(DependencyFact(2, 1, "requires"),))
    assert [move.initiative_id for move in moves(required, cut)] == [2]

    found = together(mandated, cut)

    assert found.still_over == {1: 20_000}
    assert not found.closes
    assert closing_words(mandated, found, "USD") == (
        "Service levels alone do not close the gap: Fund 1 stays over by $200."
    )


def test_funds_within_their_amounts_need_no_move() -> None:
    balanced = scenario({1: 10, 2: 20})

    assert moves(office(), balanced) == ()
    assert closing(office(), balanced, outcome(office(), balanced)) is None


def test_the_levels_given_balance_the_sample_plan_for_little_coverage(sample: Plan) -> None:
    facts = gather(sample, date(2026, 11, 2))
    cut = next(one for one in facts.scenarios if one.name.startswith("Twenty-five"))
    deeper = replace(cut, fund_changes=(FundChange(1, Decimal(-28)), FundChange(2, Decimal(-40))))
    before = outcome(facts.office, deeper)
    assert before.over

    after = outcome(facts.office, made(deeper, together(facts.office, deeper)))

    assert not after.over
    assert set(before.mandates_broken) == set(after.mandates_broken)


levels_of_one = st.sampled_from([None, 10, 12])
levels_of_two = st.sampled_from([None, 20, 21])
decisions = st.fixed_dictionaries({1: levels_of_one, 2: levels_of_two})


@given(decisions, st.integers(0, 90_000), st.lists(st.integers(0, 5), min_size=2, max_size=2))
def test_the_levels_close_the_gap_whenever_levels_can_and_lose_what_measuring_again_says(
    chosen: dict[int, int | None], amount: int, weights: list[int]
) -> None:
    items = tuple(recommendation(key, weight) for key, weight in enumerate(weights, start=1))
    facts = replace(office(), recommendations=items, funds=(fund(1, amount),))
    cut = scenario(chosen)
    before = outcome(facts, cut)
    if not before.over:
        return
    found = together(facts, cut)
    after = outcome(facts, made(cut, found))
    assert bool(after.over) is not found.closes
    assert {one.fund_id: one.over for one in after.over} == found.still_over
    then, now = before.coverage.office.coverage, after.coverage.office.coverage
    assert found.coverage_lost == (0 if then is None or now is None else then - now)
    held = [[None] if chosen[key] is None else levels for key, levels in ((1, (10, 12)), (2, (20, 21)))]
    possible = any(
        not outcome(facts, scenario(dict(zip((1, 2), each, strict=True)))).over for each in product(*held)
    )
    assert found.closes is possible
    for move in closing_moves(facts, cut, before):
        alone = coverage.measure(facts, {**chosen, move.initiative_id: move.to_level_id}).office.coverage
        assert move.coverage_lost == (0 if then is None or alone is None else then - alone)
