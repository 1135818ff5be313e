"""The life of an agreement: allowed steps are dated and undone as one change, leaps are refused in words."""

from __future__ import annotations

from datetime import date

import pytest

from cityplanner.model.agreement import NEXT, Agreement, AgreementStatus, AgreementStep
from cityplanner.model.entity import InvalidRecordError
from cityplanner.store.agreements import advance
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from tests.conftest import NOW


@pytest.fixture
def pact(plan: Plan) -> int:
    """An agreement that was entered as active."""
    with plan.edit("Add") as edit:
        made = Agreement(title="Pact", status=AgreementStatus.ACTIVE)
        edit.add(made)
    return made.id


def steps(plan: Plan) -> list[tuple[AgreementStatus, date, str]]:
    """The steps on record."""
    with plan.reading() as session:
        return [(one.status, one.taken_on, one.note) for one in records(session, AgreementStep, "id")]


def status(plan: Plan, number: int) -> AgreementStatus:
    """The status of an agreement."""
    with plan.reading() as session:
        return session.get_one(Agreement, number).status


def test_every_status_leads_somewhere_and_none_to_itself() -> None:
    assert set(NEXT) == set(AgreementStatus)
    assert all(following and one not in following for one, following in NEXT.items())


def test_from_a_proposal_every_status_can_be_reached() -> None:
    reached, waiting = set[AgreementStatus](), [AgreementStatus.PROPOSED]
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting += NEXT[one]

    assert reached == set(AgreementStatus)


def test_a_step_is_dated_noted_and_undone_with_the_status(plan: Plan, pact: int) -> None:
    with plan.edit("Advance") as edit:
        advance(edit, edit.get_one(Agreement, pact), AgreementStatus.RENEWED, date(2026, 5, 1), "By letter")

    assert status(plan, pact) is AgreementStatus.RENEWED
    assert steps(plan) == [(AgreementStatus.RENEWED, date(2026, 5, 1), "By letter")]
    plan.undo()
    assert status(plan, pact) is AgreementStatus.ACTIVE
    assert steps(plan) == []
    plan.redo()
    assert len(steps(plan)) == 1


def test_a_status_changed_in_a_form_is_put_on_record_by_itself(plan: Plan, pact: int) -> None:
    with plan.edit("Edit") as edit:
        edit.get_one(Agreement, pact).status = AgreementStatus.DORMANT

    assert steps(plan) == [(AgreementStatus.DORMANT, NOW.date(), "")]


def test_a_leap_is_refused_in_words_that_say_what_is_allowed(plan: Plan, pact: int) -> None:
    with pytest.raises(InvalidRecordError) as refused, plan.edit("Edit") as edit:
        edit.get_one(Agreement, pact).status = AgreementStatus.PROPOSED

    (problem,) = refused.value.problems
    assert problem.field == "status"
    assert "cannot go from “active” to “proposed”" in problem.text
    assert "renewed" in problem.text
    assert status(plan, pact) is AgreementStatus.ACTIVE
    assert steps(plan) == []


def test_other_changes_write_no_step(plan: Plan, pact: int) -> None:
    with plan.edit("Edit") as edit:
        edit.get_one(Agreement, pact).summary = "Longer"

    assert steps(plan) == []
