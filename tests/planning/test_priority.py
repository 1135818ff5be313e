"""Priority: hand-worked results, fit derived from links, ties, missing scores and sensitivity."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.model.priority import Criterion
from cityplanner.planning import priority
from cityplanner.planning.facts import InitiativeFact
from cityplanner.planning.priority import prioritize, quartile, recommendation_fit, sensitivity
from tests.pace import quickest
from tests.planning.builders import initiative, large_office, link, recommendation

TYPED: list[Criterion] = [criterion for criterion in Criterion if criterion is not Criterion.FIT]


def initiatives(count: int) -> list[InitiativeFact]:
    return [initiative(key) for key in range(1, count + 1)]


def test_the_result_is_the_weighted_share_of_the_best_scores() -> None:
    weights = {Criterion.MANDATE: 3, Criterion.DEMAND: 2, Criterion.FIT: 5}
    scores = {1: {Criterion.MANDATE: 4, Criterion.DEMAND: 1}}
    (found,) = prioritize(initiatives(1), weights, scores, {1: Fraction(2)})
    # 100 * (3*4 + 2*1 + 5*2) / (4 * 10) = 100 * 24 / 40 = 60
    assert found.result == 60
    # points: mandate 100*12/40 = 30, demand 100*2/40 = 5, fit 100*10/40 = 25
    points = {part.criterion: part.points for part in found.parts if part.weight}
    assert points == {Criterion.MANDATE: 30, Criterion.DEMAND: 5, Criterion.FIT: 25}
    assert found.missing == ()


def test_a_missing_score_counts_as_nothing_and_is_named() -> None:
    weights = {Criterion.MANDATE: 1, Criterion.EQUITY: 1}
    (found,) = prioritize(initiatives(1), weights, {1: {Criterion.MANDATE: 3}}, {})
    # 100 * 3 / 8 = 37.5; with equity at its best 100 * 7 / 8 = 87.5
    assert (found.result, found.could_reach) == (Fraction(75, 2), Fraction(175, 2))
    assert found.missing == (Criterion.EQUITY,)


def test_the_words_name_what_is_missing_and_what_it_could_bring() -> None:
    weights = {Criterion.MANDATE: 1, Criterion.EQUITY: 1}
    (found,) = prioritize(initiatives(1), weights, {1: {Criterion.MANDATE: 3}}, {})
    assert priority.words(found) == "37.5 of 100, quartile 1. Not scored yet: equity; it could reach 87.5."
    (whole,) = prioritize(initiatives(1), {Criterion.MANDATE: 1}, {1: {Criterion.MANDATE: 3}}, {})
    assert priority.words(whole) == "75.0 of 100, quartile 1."
    (none,) = prioritize(initiatives(1), {}, {}, {})
    assert priority.words(none) == "No criterion has a weight yet."


def test_without_any_weight_there_is_no_result_and_no_place() -> None:
    found = prioritize(initiatives(2), {}, {1: {Criterion.MANDATE: 4}}, {})
    assert [(one.result, one.rank, one.quartile) for one in found] == [(None, None, None)] * 2


def test_equal_results_share_the_better_rank_and_quartile() -> None:
    scores = {key: {Criterion.DEMAND: score} for key, score in {1: 2, 2: 4, 3: 2, 4: 1}.items()}
    found = prioritize(initiatives(4), {Criterion.DEMAND: 1}, scores, {})
    assert [(one.initiative_id, one.rank, one.quartile) for one in found] == [
        (2, 1, 1),
        (1, 2, 2),
        (3, 2, 2),
        (4, 4, 4),
    ]


def test_forty_initiatives_make_four_quartiles_of_ten() -> None:
    found = [quartile(rank, 40) for rank in range(1, 41)]
    assert [found.count(one) for one in (1, 2, 3, 4)] == [10, 10, 10, 10]


def test_the_cheapest_initiative_gets_the_best_score_for_added_cost() -> None:
    scores = {1: {Criterion.COST: 4}, 2: {Criterion.COST: 0}}
    cheap, dear = prioritize(initiatives(2), {Criterion.COST: 2}, scores, {})
    assert cheap.initiative_id == 1
    assert (cheap.result, dear.result) == (Fraction(100), Fraction(0))


def test_fit_is_the_share_of_the_best_possible_over_the_five_heaviest() -> None:
    items = [recommendation(key, weight) for key, weight in enumerate([5, 5, 4, 3, 3, 2])]
    items.append(recommendation(9, 5, supported=False))
    linked = [link(1, 0), link(1, 2, "supporting"), link(1, 9), link(2, 5, "enabling")]
    # best possible: 5+5+4+3+3 = 20. I1: 5*1 + 4*0.5 = 7 -> 4 * 7/20 = 1.4.
    # I2: 2*0.25 = 0.5 -> 4 * 0.5/20 = 0.1.
    fit = recommendation_fit(initiatives(3), items, linked)
    assert fit == {1: Fraction(14, 10), 2: Fraction(1, 10), 3: Fraction(0)}


def test_fit_is_capped_at_four() -> None:
    items = [recommendation(key, 1) for key in range(7)]
    assert recommendation_fit(initiatives(1), items, [link(1, key) for key in range(7)]) == {1: Fraction(4)}


def test_without_supported_recommendations_fit_is_missing() -> None:
    fit = recommendation_fit(initiatives(1), [recommendation(1, supported=False)], [link(1, 1)])
    (found,) = prioritize(initiatives(1), {Criterion.FIT: 1}, {}, fit)
    assert (fit, found.missing) == ({}, (Criterion.FIT,))


def test_a_typed_fit_is_not_looked_at() -> None:
    (found,) = prioritize(initiatives(1), {Criterion.FIT: 1}, {1: {Criterion.FIT: 4}}, {1: Fraction(1)})
    assert found.result == 25
    (without,) = prioritize(initiatives(1), {Criterion.FIT: 1}, {1: {Criterion.FIT: 4}}, {})
    assert (without.result, without.missing) == (Fraction(0), (Criterion.FIT,))


@pytest.mark.parametrize("score", [-1, 5])
def test_a_score_outside_zero_to_four_is_refused(score: int) -> None:
    with pytest.raises(ValueError, match="score"):
        prioritize(initiatives(1), {}, {1: {Criterion.EQUITY: score}}, {})


def test_a_negative_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="weight"):
        sensitivity(initiatives(1), {Criterion.EQUITY: -1}, {}, {})


def test_sensitivity_names_the_places_that_change_with_a_quarter_of_a_weight() -> None:
    weights = {Criterion.DEMAND: 4, Criterion.EQUITY: 4}
    scores = {
        1: {Criterion.DEMAND: 4, Criterion.EQUITY: 1},
        2: {Criterion.DEMAND: 2, Criterion.EQUITY: 4},
    }
    # I1: 16+4 = 20, I2: 8+16 = 24. Demand at 5: 20+4 = 24 against 10+16 = 26, no change.
    # Demand at 3: 16 : 22. Equity at 5: 21 : 28. Equity at 3: 16+3 = 19 against 8+12 = 20. Nothing changes.
    assert all(not move.changes for move in sensitivity(initiatives(2), weights, scores, {}))
    # With equity 2 for the second: 20 : 16. Still first at demand 3: 12+4 = 16 against 6+8 = 14.
    scores[2][Criterion.EQUITY] = 3
    # I1 20, I2 8+12 = 20: equal, both first. Demand up: 24 : 22, the second falls to 2.
    up, down, *_ = sensitivity(initiatives(2), weights, scores, {})
    assert (up.criterion, up.by) == (Criterion.DEMAND, Fraction(1, 4))
    assert up.changes == (priority.RankChange(2, 1, 2, 1, 3),)
    assert down.changes == (priority.RankChange(1, 1, 2, 1, 3),)


all_scores = st.dictionaries(st.sampled_from(TYPED), st.integers(0, 4))
all_weights = st.dictionaries(st.sampled_from(list(Criterion)), st.integers(0, 10))


@given(all_weights, st.lists(all_scores, min_size=1, max_size=8), st.sampled_from(TYPED), st.integers(0, 4))
def test_a_better_score_never_lowers_the_result(
    weights: dict[Criterion, int], scores: list[dict[Criterion, int]], criterion: Criterion, better: int
) -> None:
    before = scores[0]
    after = before | {criterion: max(better, before.get(criterion, 0))}
    (old,), (new,) = (prioritize(initiatives(1), weights, {1: one}, {}) for one in (before, after))
    assert (old.result is None and new.result is None) or (
        old.result is not None and new.result is not None and 0 <= old.result <= new.result <= 100
    )


@given(all_weights, st.lists(all_scores, min_size=1, max_size=8))
def test_sensitivity_agrees_with_ranking_again(
    weights: dict[Criterion, int], scores: list[dict[Criterion, int]]
) -> None:
    those, known = initiatives(len(scores)), dict(enumerate(scores, start=1))
    fit = {one.id: Fraction(one.id, 3) % 4 for one in those}
    ranks = {one.initiative_id: one.rank for one in prioritize(those, weights, known, fit)}
    for move in sensitivity(those, weights, known, fit):
        moved = {key: 4 * weight for key, weight in weights.items()}
        moved[move.criterion] += int(4 * move.by) * weights[move.criterion]
        again = {one.initiative_id: one.rank for one in prioritize(those, moved, known, fit)}
        assert {one.initiative_id for one in move.changes} == {
            key for key in ranks if ranks[key] != again[key]
        }


def test_ranking_forty_initiatives_takes_under_ten_milliseconds() -> None:
    office = large_office()
    scores = {one.id: dict.fromkeys(TYPED, one.id % 5) for one in office.initiatives}

    def rank() -> None:
        fit = recommendation_fit(office.initiatives, office.recommendations, office.contributions)
        prioritize(office.initiatives, dict.fromkeys(Criterion, 2), scores, fit)

    assert quickest(rank) < 10
