"""What a cut loses: hand-worked losses and their words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cityplanner.planning import coverage
from cityplanner.planning.facts import (
    AgreementFact,
    OfficeFacts,
    PositionFact,
)
from cityplanner.planning.losses import CoverageLoss, Losses, loss_words, losses
from cityplanner.planning.scenarios import outcome
from tests.planning.builders import fund, initiative, level, line, link, partner, recommendation, scenario


def office() -> OfficeFacts:
    """Initiative 1 answers R1, 2 answers R2 and, supporting, R1; 0.02 FTE are left for partners at first."""
    return OfficeFacts(
        recommendations=(recommendation(1, 2), recommendation(2, 3), recommendation(3, 5, supported=False)),
        initiatives=(
            initiative(1, sdgs=(5, 17), partner_ids=(1,), agreement_ids=(9,)),
            initiative(2, sdgs=(17,), partner_ids=(2,)),
        ),
        levels=(
            level(10, 1, 100, line(1, 50_000), fte="0.5"),
            level(12, 1, 0, kind="pause"),
            level(20, 2, 80, line(1, 30_000), fte="0.48"),
            level(21, 2, 40, line(1, 10_000), kind="reduced", fte="0.48"),
        ),
        contributions=(link(1, 1), link(2, 2), link(2, 1, "supporting"), link(1, 3)),
        funds=(fund(1, 80_000),),
        positions=(PositionFact(1, "Officer", Decimal(1), 0),),
        partners=(
            partner(1, last_contact_on=date(2026, 1, 1)),
            partner(2, last_contact_on=date(2026, 1, 1)),
        ),
        agreements=(AgreementFact(9, "Pact of friendship"),),
    )


def lost(before: dict[int, int | None], after: dict[int, int | None], **changes: object) -> Losses:
    facts = office()
    return losses(facts, outcome(facts, scenario(before)), outcome(facts, scenario(after, **changes)))


def test_the_same_scenario_loses_nothing() -> None:
    found = lost({1: 10, 2: 20}, {1: 10, 2: 20})
    assert found.nothing
    assert loss_words(office(), found) == ("Nothing is lost.",)


def test_recommendations_that_end_are_told_from_those_reduced() -> None:
    found = lost({1: 10, 2: 20}, {1: 12, 2: 20})
    # R3 hung on initiative 1 alone: 1 -> 0. R1: min(1, 1 + 0.5 * 0.8) = 1 -> 0.5 * 0.8 = 0.4.
    assert found.uncovered == (CoverageLoss(3, Fraction(1), Fraction(0)),)
    assert found.reduced == (CoverageLoss(1, Fraction(1), Fraction(4, 10)),)
    assert found.reduced[0].by == Fraction(6, 10)
    # office: (2 * 1 + 3 * 0.8) / 5 = 0.88 -> (2 * 0.4 + 3 * 0.8) / 5 = 0.64
    assert found.office_coverage == Fraction(24, 100)


def test_goals_agreements_and_initiatives_left_without_work_are_named() -> None:
    found = lost({1: 10, 2: 20}, {1: 12, 2: 20})
    assert (found.stopped_ids, found.sdgs, found.agreement_ids) == ((1,), (5,), (9,))
    assert loss_words(office(), found) == (
        "R3 Recommendation 3 is no longer covered.",
        "R1 Recommendation 1 is covered less: 40% instead of 100%.",
        "Initiative 1 stops.",
        "No initiative serves Goal 5 any more.",
        "No initiative carries out Pact of friendship any more.",
    )


def test_partners_fall_silent_when_furlough_takes_the_hours() -> None:
    # before: (1 - 0.98) * 2080 = 41.6 hours for 2 partners of 5 * 2 = 10 hours.
    # 3 furlough days: 257/260 - 0.98 = 0.00846 FTE * 2080 = 17.6 hours, enough for one: the newer goes.
    found = lost({1: 10, 2: 20}, {1: 10, 2: 20}, furlough_days=Decimal(3))
    assert found.silent_partner_ids == (2,)
    assert loss_words(office(), found) == ("Nobody has hours left for Partner 2.",)


def test_the_supported_and_heaviest_recommendations_come_first() -> None:
    found = lost({1: 10, 2: 20}, {})
    assert [loss.recommendation_id for loss in found.uncovered] == [2, 1, 3]


def test_without_supported_recommendations_no_office_coverage_is_lost() -> None:
    facts = replace(office(), recommendations=(recommendation(3, 5, supported=False),))
    found = losses(facts, outcome(facts, scenario({1: 10})), outcome(facts, scenario({})))
    assert found.office_coverage is None


levels_of_one = st.sampled_from([None, 10, 12])
levels_of_two = st.sampled_from([None, 20, 21])
decisions = st.fixed_dictionaries({1: levels_of_one, 2: levels_of_two})


@given(decisions, decisions)
def test_what_one_way_loses_the_other_way_gains(
    one: dict[int, int | None], other: dict[int, int | None]
) -> None:
    forth, back = lost(one, other), lost(other, one)
    assert forth.office_coverage == -(back.office_coverage or 0)
    changed = {loss.recommendation_id for way in (forth, back) for loss in (*way.uncovered, *way.reduced)}
    facts = office()
    then, now = (coverage.measure(facts, each).recommendations for each in (one, other))
    assert changed == {
        a.recommendation_id for a, b in zip(then, now, strict=True) if a.coverage != b.coverage
    }
