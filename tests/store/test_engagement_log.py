"""Logging an engagement with its outcomes as one change."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cityplanner.base.errors import UserError
from cityplanner.model.engagement import Commitment, Engagement, EngagementInitiative
from cityplanner.model.ledger import Aid, Gift
from cityplanner.store.engagement_log import Logged, log_engagement
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from tests.builders import make

WHEN = {"title": "Call", "starts_at": datetime(2026, 3, 1, 2, 0, tzinfo=UTC), "zone": "America/Chicago"}


@pytest.fixture
def ids(plan: Plan) -> dict[str, int]:
    """Two partners, a contact and an initiative."""
    from cityplanner.model.contact import Contact
    from cityplanner.model.initiative import Initiative
    from cityplanner.model.partner import Partner

    with plan.edit("Make") as edit:
        return {
            "first": make(edit, Partner).id,
            "second": make(edit, Partner).id,
            "contact": make(edit, Contact).id,
            "initiative": make(edit, Initiative).id,
        }


def test_all_of_it_is_one_change_of_the_engagements_own_day(plan: Plan, ids: dict[str, int]) -> None:
    outcomes = {
        Commitment: [{"text": "Write"}],
        Gift: [{"description": "Bowl", "partner_id": ids["second"]}],
        Aid: [{"item": "Masks"}],
    }
    both = [ids["first"], ids["second"], ids["first"]]
    number = log_engagement(plan, Logged(WHEN, both, [ids["contact"]], [ids["initiative"]], outcomes))

    with plan.reading() as session:
        (gift,), (aid,), (promise,) = (records(session, noun) for noun in (Gift, Aid, Commitment))
        assert (gift.partner_id, gift.given_on, gift.engagement_id) == (
            ids["second"],
            date(2026, 2, 28),
            number,
        )
        assert (aid.partner_id, aid.occurred_on) == (ids["first"], date(2026, 2, 28))
        assert promise.partner_id == ids["first"]
        assert records(session, EngagementInitiative)[0].engagement_id == number
    plan.undo()
    with plan.reading() as session:
        assert not any(records(session, noun) for noun in (Engagement, Gift, Aid, Commitment))


def test_an_outcome_needs_a_partner(plan: Plan) -> None:
    with pytest.raises(UserError, match="needs a partner"):
        log_engagement(plan, Logged(WHEN, outcomes={Commitment: [{"text": "Write"}]}))

    with plan.reading() as session:
        assert not records(session, Engagement)
