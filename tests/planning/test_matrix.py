"""The coverage matrix: both sides by theme and code, links, and the coverage of a row by hand."""

from __future__ import annotations

import pytest

from cityplanner.planning.agenda import AgendaFacts
from cityplanner.planning.facts import ContributionFact, OfficeFacts, ScenarioFact
from cityplanner.planning.gathering import PlanFacts
from cityplanner.planning.matrix import matrix, row_coverage
from tests.planning.builders import initiative, level, link, recommendation, scenario


def _facts(office: OfficeFacts, *scenarios: ScenarioFact) -> PlanFacts:
    return PlanFacts(office, scenarios, {}, {}, AgendaFacts())


def test_sides_stand_by_theme_and_code() -> None:
    office = OfficeFacts(
        recommendations=(
            recommendation(3, theme="local engagement"),
            recommendation(2, theme="emergency response"),
            recommendation(1, theme="local engagement"),
        ),
        initiatives=(initiative(2, "virtual engagement"), initiative(1, "local engagement")),
    )

    found = matrix(_facts(office))

    assert [one.id for one in found.rows] == [2, 1, 3]
    assert [one.id for one in found.columns] == [1, 2]


def test_links_of_initiatives_that_are_not_in_the_matrix_are_left_out() -> None:
    office = OfficeFacts(
        recommendations=(recommendation(1),),
        initiatives=(initiative(1),),
        contributions=(link(1, 1, "enabling"), ContributionFact(9, 1, "direct")),
    )

    assert matrix(_facts(office)).cells == {1: {1: "enabling"}}


def test_the_adopted_scenario_says_what_is_kept_and_without_one_nothing_is() -> None:
    office = OfficeFacts(initiatives=(initiative(1),), levels=(level(5, 1, 60),))
    adopted = ScenarioFact(1, "Adopted", "adopted", 2027, {1: 5})

    assert matrix(_facts(office, adopted)).kept == {1: 60}
    assert matrix(_facts(office, adopted)).scenario == "Adopted"
    assert matrix(_facts(office, scenario({1: 5}))).kept == {}


@pytest.mark.parametrize(
    ("linked", "kept", "share"),
    [
        ({}, {1: 100}, 0),
        ({1: "direct"}, {1: 60}, 0.6),
        ({1: "supporting", 2: "enabling"}, {1: 100, 2: 100}, 0.75),
        ({1: "direct", 2: "direct"}, {1: 100, 2: 100}, 1),
        ({1: "direct"}, {}, 0),
    ],
)
def test_coverage_of_a_row_by_hand(linked: dict[int, str], kept: dict[int, int], share: float) -> None:
    assert row_coverage(linked, kept) == share
