"""Commitments are completed with their day and evidence, several as one change that is undone in one step."""

from __future__ import annotations

from datetime import date

import pytest

from cityplanner.base.errors import NotFoundError
from cityplanner.model.engagement import Commitment, CommitmentStatus
from cityplanner.model.partner import Partner
from cityplanner.store.commitments import complete
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from tests.builders import make

DAY = date(2026, 11, 2)


@pytest.fixture
def promised(plan: Plan) -> list[int]:
    with plan.edit("Add") as edit:
        partner = make(edit, Partner, full=False).id
        made = [Commitment(text=f"Send {name}", partner_id=partner, evidence="Seen") for name in "AB"]
        edit.add_all(made)
    return [one.id for one in made]


def told(plan: Plan) -> list[tuple[str, date | None, str]]:
    with plan.reading() as session:
        return [(one.status, one.completed_on, one.evidence) for one in records(session, Commitment, "id")]


def test_several_are_completed_and_undone_in_one_step(plan: Plan, promised: list[int]) -> None:
    assert complete(plan, promised, DAY, " Mailed ") == "Complete 2 commitments"
    assert told(plan) == [(CommitmentStatus.COMPLETED, DAY, "Seen\nMailed")] * 2
    plan.undo()
    assert told(plan) == [(CommitmentStatus.PENDING, None, "Seen")] * 2


def test_without_new_evidence_the_old_stays(plan: Plan, promised: list[int]) -> None:
    assert complete(plan, promised[:1], DAY) == "Complete commitment “Send A”"
    assert told(plan)[0] == (CommitmentStatus.COMPLETED, DAY, "Seen")


def test_one_that_is_gone_stops_the_whole_change(plan: Plan, promised: list[int]) -> None:
    with pytest.raises(NotFoundError):
        complete(plan, [promised[0], 999], DAY)
    assert told(plan)[0][0] == CommitmentStatus.PENDING
