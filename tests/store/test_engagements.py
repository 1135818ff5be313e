"""The life of a visit request: only the steps that may follow are taken, and each is on record with its day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cityplanner.base.errors import NotFoundError
from cityplanner.model.engagement import NEXT, Engagement, EngagementStatus
from cityplanner.model.entity import InvalidRecordError
from cityplanner.store.engagements import take_step
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.history import turns
from tests.conftest import NOW


@pytest.fixture
def visit(plan: Plan) -> int:
    """A visit that was asked for."""
    with plan.edit("Add") as edit:
        made = Engagement(
            title="Visit",
            starts_at=datetime(2026, 4, 1, 15, tzinfo=UTC),
            zone="UTC",
            status=EngagementStatus.REQUESTED,
        )
        edit.add(made)
    return made.id


def trail(plan: Plan, number: int) -> list[object]:
    with plan.reading() as session:
        return [step.value for step in turns(session, "engagement", number, "status")]


def test_every_status_is_reached_from_a_request_and_leads_on() -> None:
    assert set(NEXT) == set(EngagementStatus)
    reached, waiting = set[EngagementStatus](), [EngagementStatus.REQUESTED]
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting += NEXT[one]
    assert reached == set(EngagementStatus)
    assert all(following and one not in following for one, following in NEXT.items())


def test_the_steps_of_a_visit_are_on_record_with_day_and_user_newest_first(plan: Plan, visit: int) -> None:
    take_step(plan, visit, EngagementStatus.APPROVED)
    with plan.edit("Move") as edit:
        edit.get_one(Engagement, visit).place = "City hall"
    label = take_step(plan, visit, EngagementStatus.COMPLETED)

    assert "Visit" in label
    assert trail(plan, visit) == ["completed", "approved", "requested"]
    with plan.reading() as session:
        assert {step.made_at.date() for step in turns(session, "engagement", visit, "status")} == {NOW.date()}
    plan.undo()
    assert trail(plan, visit) == ["approved", "completed", "approved", "requested"]


@pytest.mark.parametrize("status", [EngagementStatus.COMPLETED, EngagementStatus.PLANNED])
def test_a_leap_is_refused_in_words_and_leaves_no_trace(
    plan: Plan, visit: int, status: EngagementStatus
) -> None:
    with pytest.raises(InvalidRecordError, match="approved, declined, cancelled"):
        take_step(plan, visit, status)
    assert trail(plan, visit) == ["requested"]


def test_a_visit_that_is_gone_is_said_to_be(plan: Plan) -> None:
    with pytest.raises(NotFoundError):
        take_step(plan, 99, EngagementStatus.APPROVED)
