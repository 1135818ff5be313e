"""Further engagements take over who was there, not what came of it, and are undone together."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cityplanner.base.errors import NotFoundError
from cityplanner.model.engagement import Engagement, EngagementContact, EngagementPartner, EngagementStatus
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from cityplanner.store.recurring import repeat_engagement
from tests.builders import make

DAYS = [datetime(2027, month, 1, 9, 0, tzinfo=UTC) for month in (1, 4)]


def test_further_engagements_are_planned_with_the_same_people_as_one_change(plan: Plan) -> None:
    with plan.edit("Log") as edit:
        anchor = make(edit, Engagement)
        partner = make(edit, EngagementPartner, engagement_id=anchor.id)
        make(edit, EngagementContact, engagement_id=anchor.id, role="spoke")

    ids = repeat_engagement(plan, anchor.id, DAYS)

    with plan.reading() as session:
        made = [session.get_one(Engagement, number) for number in ids]
        assert [one.starts_at for one in made] == DAYS
        assert {one.status for one in made} == {EngagementStatus.PLANNED}
        assert {(one.title, one.purpose, one.zone) for one in made} == {
            (anchor.title, anchor.purpose, anchor.zone)
        }
        assert {(one.decisions, one.result, one.in_person) for one in made} == {("", "", None)}
        partners = [one for one in records(session, EngagementPartner, "id") if one.engagement_id in ids]
        assert [one.partner_id for one in partners] == [partner.partner_id] * 2
        assert [one.role for one in records(session, EngagementContact, "id")] == ["spoke"] * 3
    plan.undo()
    with plan.reading() as session:
        assert [one.id for one in records(session, Engagement)] == [anchor.id]


def test_an_engagement_that_is_gone_cannot_be_repeated(plan: Plan) -> None:
    with pytest.raises(NotFoundError, match="deleted in the meantime"):
        repeat_engagement(plan, 99, DAYS)
