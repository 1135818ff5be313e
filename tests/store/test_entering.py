"""Cells entered one by one: written, changed, taken away, each undone as one step."""

from __future__ import annotations

import pytest

from cityplanner.base.errors import NotFoundError
from cityplanner.model.entity import InvalidRecordError
from cityplanner.model.initiative import Contribution, ContributionKind, Initiative
from cityplanner.model.priority import Criterion, CriterionWeight, Score
from cityplanner.model.recommendation import Answer, Response
from cityplanner.model.roundtable import Roundtable, Section, SourceItem, Theme
from cityplanner.store.entering import (
    USUAL_WEIGHT,
    Named,
    enter_answer_weight,
    enter_contribution,
    enter_response,
    enter_score,
    enter_weight,
)
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records


@pytest.fixture
def item(plan: Plan) -> Named:
    """A recommendation nobody answered."""
    with plan.edit("Add") as edit:
        roundtable = Roundtable(title="Peers", held_on="2020-07")
        edit.add(roundtable)
        edit.flush()
        section = Section(roundtable_id=roundtable.id, number=1, title="Networks")
        edit.add(section)
        edit.flush()
        made = SourceItem(code="R-5", title="Ask", theme=Theme.LOCAL, section_id=section.id, text="Ask.")
        edit.add(made)
    return Named(made.id, "R-5")


@pytest.fixture
def initiative(plan: Plan) -> Named:
    """An initiative without anything."""
    with plan.edit("Add") as edit:
        made = Initiative(code="I-7", title="Peers", theme=Theme.LOCAL)
        edit.add(made)
    return Named(made.id, "I-7")


def _links(plan: Plan) -> list[str]:
    with plan.reading() as session:
        return [one.kind.value for one in records(session, Contribution)]


def _answers(plan: Plan) -> list[tuple[str, int | None]]:
    with plan.reading() as session:
        return [(one.response.value, one.weight) for one in records(session, Answer)]


def test_a_link_is_made_changed_and_taken_away_one_step_each(
    plan: Plan, item: Named, initiative: Named
) -> None:
    enter_contribution(plan, item, initiative, ContributionKind.DIRECT)
    assert plan.undoable() == "Link R-5 and I-7: direct"
    enter_contribution(plan, item, initiative, ContributionKind.ENABLING)
    assert _links(plan) == ["enabling"]
    enter_contribution(plan, item, initiative, None)
    assert plan.undoable() == "Unlink R-5 and I-7"
    assert _links(plan) == []

    plan.undo()
    assert _links(plan) == ["enabling"]
    plan.undo()
    assert _links(plan) == ["direct"]
    plan.undo()
    assert _links(plan) == []


def test_taking_away_a_link_that_is_not_there_changes_nothing(
    plan: Plan, item: Named, initiative: Named
) -> None:
    before = plan.undoable()

    enter_contribution(plan, item, initiative, None)

    assert plan.undoable() == before


def test_a_link_to_what_was_deleted_is_refused_in_words(plan: Plan, item: Named) -> None:
    with pytest.raises(NotFoundError, match="I-9 was deleted"):
        enter_contribution(plan, item, Named(9, "I-9"), ContributionKind.DIRECT)


def test_a_score_is_entered_changed_and_emptied(plan: Plan, initiative: Named) -> None:
    def scores() -> list[tuple[str, int]]:
        with plan.reading() as session:
            return [(one.criterion.value, one.value) for one in records(session, Score)]

    enter_score(plan, initiative, Criterion.DEMAND, 3)
    enter_score(plan, initiative, Criterion.DEMAND, 4)
    assert scores() == [("demand", 4)]
    enter_score(plan, initiative, Criterion.DEMAND, None)
    assert plan.undoable() == "Score I-7, demand: –"
    assert scores() == []
    plan.undo()
    assert scores() == [("demand", 4)]


def test_recommendation_fit_is_never_scored(plan: Plan, initiative: Named) -> None:
    with pytest.raises(InvalidRecordError):
        enter_score(plan, initiative, Criterion.FIT, 3)


def test_a_weight_is_entered_and_changed(plan: Plan) -> None:
    enter_weight(plan, Criterion.EQUITY, 4)
    enter_weight(plan, Criterion.EQUITY, 10)

    with plan.reading() as session:
        assert [(one.criterion, one.weight) for one in records(session, CriterionWeight)] == [
            (Criterion.EQUITY, 10)
        ]
    assert plan.undoable() == "Weight of equity: 10"


def test_supporting_without_a_weight_takes_the_usual_one_and_keeps_a_given_one(
    plan: Plan, item: Named
) -> None:
    enter_response(plan, item, Response.SUPPORTED)
    assert _answers(plan) == [("supported", USUAL_WEIGHT)]
    enter_answer_weight(plan, item, 5)
    enter_response(plan, item, Response.PARTLY)
    assert _answers(plan) == [("supported in part", 5)]
    plan.undo()
    plan.undo()
    plan.undo()
    assert _answers(plan) == []


def test_weighing_what_nobody_answered_notes_it(plan: Plan, item: Named) -> None:
    enter_answer_weight(plan, item, 2)

    assert _answers(plan) == [("noted", 2)]
