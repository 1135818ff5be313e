"""Coverage: hand-worked cases, the properties it must have, and its speed."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.planning import coverage
from cityplanner.planning.facts import ContributionFact, LevelFact, OfficeFacts
from tests.planning.builders import initiative, large_office, level, link, recommendation

T = TypeVar("T")
KINDS = ("direct", "supporting", "enabling")


def three_initiatives() -> OfficeFacts:
    """R1 (weight 5) gets 1 * 60 % and 1/2 * 50 %, R2 (weight 3) 1/4 * 50 %, R3 (weight 2) nothing."""
    return OfficeFacts(
        recommendations=(
            recommendation(1, 5),
            recommendation(2, 3, theme="equity", roundtable_id=2),
            recommendation(3, 2, theme="equity", roundtable_id=2),
            recommendation(4, 4, theme="virtual", supported=False),
        ),
        initiatives=(
            initiative(1, sdgs=(16, 17), partner_ids=(7,)),
            initiative(2, sdgs=(17,)),
            initiative(3, sdgs=(5,), partner_ids=(8,)),
        ),
        levels=(level(10, 1, 60), level(20, 2, 50), level(30, 3, 100)),
        contributions=(
            link(1, 1),
            link(2, 1, "supporting"),
            link(2, 2, "enabling"),
            link(3, 4),
        ),
    )


ALL_RUN = {1: 10, 2: 20, 3: 30}


def test_coverage_of_a_recommendation_sums_contribution_times_result_kept() -> None:
    found = coverage.measure(three_initiatives(), ALL_RUN)
    # R1: 1 * 0.60 + 0.5 * 0.50 = 0.85;  R2: 0.25 * 0.50 = 0.125;  R3: no link;  R4: 1 * 1 = 1
    assert [item.coverage for item in found.recommendations] == [
        Fraction(85, 100),
        Fraction(1, 8),
        Fraction(0),
        Fraction(1),
    ]


def test_a_recommendation_names_what_covers_it_strongest_first() -> None:
    first = coverage.measure(three_initiatives(), ALL_RUN).recommendations[0]
    assert first.shares == (
        coverage.Share(1, "direct", Fraction(60, 100)),
        coverage.Share(2, "supporting", Fraction(25, 100)),
    )


def test_an_initiative_without_a_level_stays_listed_with_no_share() -> None:
    first = coverage.measure(three_initiatives(), {1: None, 2: 20}).recommendations[0]
    assert [(share.initiative_id, share.share) for share in first.shares] == [
        (2, Fraction(1, 4)),
        (1, Fraction(0)),
    ]


def test_office_coverage_is_the_weighted_mean_over_supported_recommendations() -> None:
    found = coverage.measure(three_initiatives(), ALL_RUN)
    # (5 * 0.85 + 3 * 0.125 + 2 * 0) / 10 = 4.625 / 10; R4 is not supported and does not count
    assert found.office == coverage.GroupCoverage(None, Fraction(4625, 10000), 3, 10)


def test_themes_and_roundtables_are_means_of_their_own_recommendations() -> None:
    found = coverage.measure(three_initiatives(), ALL_RUN)
    # equity and roundtable 2: (3 * 0.125 + 2 * 0) / 5 = 0.075
    assert {group.key: group.coverage for group in found.themes} == {
        "networks": Fraction(85, 100),
        "equity": Fraction(75, 1000),
        "virtual": None,
    }
    assert {group.key: group.coverage for group in found.roundtables} == {
        1: Fraction(85, 100),
        2: Fraction(75, 1000),
    }


def test_of_a_goal_or_partner_only_its_own_initiatives_count() -> None:
    found = coverage.measure(three_initiatives(), ALL_RUN)
    # Goal 16 and partner 7: initiative 1 on R1: 0.60.
    # Goal 17: initiatives 1 and 2: (5 * 0.85 + 3 * 0.125) / 8.
    # Goal 5 and partner 8: initiative 3 answers only R4, which is not supported.
    assert {group.key: group.coverage for group in found.sdgs} == {
        5: None,
        16: Fraction(60, 100),
        17: Fraction(4625, 8000),
    }
    assert {group.key: group.coverage for group in found.partners} == {7: Fraction(60, 100), 8: None}


def test_a_goal_named_twice_by_an_initiative_counts_once() -> None:
    office = three_initiatives()
    twice = replace(office, initiatives=(initiative(1, sdgs=(16, 16)), *office.initiatives[1:]))
    assert coverage.measure(twice, ALL_RUN).sdgs[1] == coverage.GroupCoverage(16, Fraction(60, 100), 1, 5)


def test_coverage_is_capped_at_one() -> None:
    office = OfficeFacts(
        (recommendation(1),),
        (initiative(1), initiative(2)),
        (level(1, 1), level(2, 2)),
        (link(1, 1), link(2, 1)),
    )
    assert coverage.measure(office, {1: 1, 2: 2}).office.coverage == 1


def test_of_two_links_between_the_same_pair_the_stronger_counts() -> None:
    office = OfficeFacts(
        (recommendation(1),),
        (initiative(1),),
        (level(1, 1, 40),),
        (link(1, 1, "enabling"), link(1, 1, "supporting")),
    )
    assert coverage.measure(office, {1: 1}).office.coverage == Fraction(20, 100)


def test_without_anything_supported_coverage_is_none_and_says_so() -> None:
    found = coverage.measure(OfficeFacts((recommendation(1, supported=False),)), {})
    assert found.office == coverage.GroupCoverage(None, None, 0, 0)
    assert coverage.words(found.office.coverage) == "nothing supported yet"
    assert coverage.words(Fraction(1, 4)) == "25%"


def test_supported_recommendations_without_weight_have_no_mean() -> None:
    assert coverage.measure(OfficeFacts((recommendation(1, 0),)), {}).office.coverage is None


def test_a_level_of_another_initiative_is_refused() -> None:
    with pytest.raises(ValueError, match="level 20 is not one of initiative 1"):
        coverage.measure(three_initiatives(), {1: 20})


@pytest.mark.parametrize("share", [-1, 101])
def test_a_result_share_outside_a_hundred_per_cent_is_refused(share: int) -> None:
    with pytest.raises(ValueError, match="not between 0 and 100"):
        level(1, 1, share)


@pytest.mark.parametrize("weight", [-1, 6])
def test_a_weight_outside_zero_to_five_is_refused(weight: int) -> None:
    with pytest.raises(ValueError, match="not between 0 and 5"):
        recommendation(1, weight)


@st.composite
def offices(draw: st.DrawFn) -> OfficeFacts:
    count, items = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    weights = draw(st.lists(st.integers(0, 5), min_size=items, max_size=items))
    shares = draw(st.lists(st.integers(0, 100), min_size=count, max_size=count))
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, items - 1), st.sampled_from(KINDS))
    return OfficeFacts(
        recommendations=tuple(recommendation(key, weight) for key, weight in enumerate(weights)),
        initiatives=tuple(initiative(key, sdgs=(key % 3,), partner_ids=(key % 2,)) for key in range(count)),
        levels=tuple(level(key, key, share) for key, share in enumerate(shares)),
        contributions=tuple(ContributionFact(*pair) for pair in draw(st.lists(pairs, max_size=20))),
    )


def everything(found: coverage.Coverage) -> list[Fraction]:
    by_number = (*found.roundtables, *found.sdgs, *found.partners)
    groups = (
        found.office.coverage,
        *(one.coverage for one in found.themes),
        *(one.coverage for one in by_number),
    )
    return [
        *(value for value in groups if value is not None),
        *(item.coverage for item in found.recommendations),
    ]


def all_run(office: OfficeFacts) -> dict[int, int | None]:
    return {one.id: one.id for one in office.initiatives}


@given(offices())
def test_every_coverage_is_between_nothing_and_all(office: OfficeFacts) -> None:
    assert all(0 <= value <= 1 for value in everything(coverage.measure(office, all_run(office))))


@given(offices(), st.randoms(use_true_random=False))
def test_the_order_of_facts_changes_nothing(office: OfficeFacts, chance: random.Random) -> None:
    def shuffled(items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(chance.sample(items, len(items)))

    mixed = replace(
        office,
        initiatives=shuffled(office.initiatives),
        levels=shuffled(office.levels),
        contributions=shuffled(office.contributions),
    )
    assert coverage.measure(mixed, all_run(office)) == coverage.measure(office, all_run(office))


@given(offices(), st.data())
def test_keeping_more_of_a_result_never_lowers_any_coverage(office: OfficeFacts, data: st.DataObject) -> None:
    which = data.draw(st.sampled_from(office.levels))
    higher = replace(which, result_share=data.draw(st.integers(which.result_share, 100)))

    def raised(one: LevelFact) -> LevelFact:
        return higher if one is which else one

    more = replace(office, levels=tuple(raised(one) for one in office.levels))
    before, after = (everything(coverage.measure(one, all_run(one))) for one in (office, more))
    assert all(now >= then for then, now in zip(before, after, strict=True))


@given(offices(), st.data())
def test_another_link_or_initiative_never_lowers_what_the_recommendations_have(
    office: OfficeFacts, data: st.DataObject
) -> None:
    item = data.draw(st.sampled_from(office.recommendations))
    one = data.draw(st.sampled_from(office.initiatives))
    kind = data.draw(st.sampled_from(KINDS))
    linked = replace(office, contributions=(*office.contributions, ContributionFact(one.id, item.id, kind)))
    fewer = {key: level_id for key, level_id in all_run(office).items() if key != one.id}

    def of_each(facts: OfficeFacts, decisions: Mapping[int, int | None]) -> list[Fraction]:
        found = coverage.measure(facts, decisions)
        return [found.office.coverage or Fraction(0), *(held.coverage for held in found.recommendations)]

    for less, more in (
        (of_each(office, fewer), of_each(office, all_run(office))),
        (of_each(office, all_run(office)), of_each(linked, all_run(office))),
    ):
        assert all(now >= then for then, now in zip(less, more, strict=True))


def test_forty_initiatives_fully_linked_to_45_recommendations_take_under_ten_milliseconds() -> None:
    office = large_office()
    decisions = {one.id: 3 * one.id + 2 for one in office.initiatives}
    taken = []
    for _ in range(15):
        start = time.thread_time()
        coverage.measure(office, decisions)
        taken.append(time.thread_time() - start)
    assert min(taken) < 0.010
