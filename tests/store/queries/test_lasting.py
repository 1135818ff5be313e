"""From which day a record's time runs, what it is tied to, and what belongs to it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cityplanner.model.agreement import Agreement, AgreementStatus, AgreementStep, Deliverable
from cityplanner.model.attachment import Attachment
from cityplanner.model.engagement import Engagement, EngagementPartner, EngagementStatus
from cityplanner.model.ledger import Gift
from cityplanner.model.partner import Partner
from cityplanner.model.retention import CountedFrom
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.lasting import Tie, belongings, ended, ties

CHANGED = date(2026, 11, 2)
"""The day of the test's clock, on which every record was made."""


def test_an_engagement_ends_on_its_day_where_it_took_place(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        edit.add(
            Engagement(title="Late", starts_at=datetime(2020, 1, 1, 1, tzinfo=UTC), zone="America/Chicago")
        )
    with plan.reading() as session:
        assert ended(session, Engagement, CountedFrom.OWN_DATE) == {1: date(2019, 12, 31)}
        assert ended(session, Engagement, CountedFrom.LAST_CHANGE) == {1: CHANGED}


def test_an_agreement_ends_with_its_last_step_and_never_while_it_is_in_force(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        for number, status in enumerate((AgreementStatus.TERMINATED, AgreementStatus.ACTIVE), 1):
            edit.add(Agreement(title=status, status=status, expires_on=date(2015, 1, 1)))
            edit.flush()
            edit.add(AgreementStep(agreement_id=number, status=status, taken_on=date(2016, 3, 1)))
    with plan.reading() as session:
        assert ended(session, Agreement, CountedFrom.OWN_DATE) == {1: date(2016, 3, 1), 2: None}


@pytest.mark.parametrize(
    ("status", "expected"),
    [(EngagementStatus.COMPLETED, date(2018, 1, 1)), (EngagementStatus.CANCELLED, CHANGED)],
)
def test_a_partner_is_counted_from_what_was_held_with_it(
    plan: Plan, status: EngagementStatus, expected: date
) -> None:
    with plan.edit("Make") as edit:
        edit.add(Partner(name="Nagoya"))
        edit.add(
            Engagement(title="Call", starts_at=datetime(2018, 1, 1, tzinfo=UTC), zone="UTC", status=status)
        )
        edit.flush()
        edit.add(EngagementPartner(engagement_id=1, partner_id=1))
    with plan.reading() as session:
        assert ended(session, Partner, CountedFrom.LAST_CONTACT) == {1: expected}


def test_ties_lead_both_ways_and_over_what_pairs_records(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        edit.add(Partner(name="Nagoya"))
        edit.add(Engagement(title="Call", starts_at=datetime(2018, 1, 1, tzinfo=UTC), zone="UTC"))
        edit.flush()
        edit.add(EngagementPartner(engagement_id=1, partner_id=1))
        edit.add(Gift(description="Vase", partner_id=1, given_on=date(2018, 1, 2), engagement_id=1))
    call, vase = Tie("engagement “Call”", date(2018, 1, 1)), Tie("gift “Vase”", date(2018, 1, 2))
    with plan.reading() as session:
        assert ties(session, Engagement, [1]) == {1: [vase]}
        assert ties(session, Gift, [1]) == {1: [call]}
        assert ties(session, Partner, [1]) == {1: [call, Tie("gift “Vase”", date(2018, 1, 2), needs=True)]}


def test_what_a_record_owns_and_the_files_of_that_belong_to_it(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        edit.add(Agreement(title="Twin"))
        edit.flush()
        edit.add(Deliverable(agreement_id=1, title="Report"))
        edit.add(
            Attachment(name="a.txt", noun="deliverable", record_id=1, sha256=edit.keep_file(b"the report"))
        )
    with plan.reading() as session:
        assert belongings(session, Agreement, [1]) == {1: [("deliverable", 1), ("attachment", 1)]}
