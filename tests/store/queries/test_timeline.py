"""Everything about one partner: pages of its timeline, people, agreements and ledgers."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from cityplanner.model.agreement import Agreement, AgreementPartner
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, Engagement, EngagementPartner, EngagementStatus
from cityplanner.model.initiative import Initiative, InitiativePartner
from cityplanner.model.ledger import Aid, Direction, Gift
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import timeline
from tests.builders import make

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
UNTIL = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def partner(plan: Plan) -> int:
    with plan.edit("Add") as edit:
        return int(make(edit, Partner, full=False).id)


def log(plan: Plan, partner: int, count: int, **values: object) -> list[int]:
    """Engagements with a partner, a day apart."""
    with plan.edit("Log") as edit:
        made = [
            Engagement(title=f"Call {day}", starts_at=START + timedelta(days=day), zone="UTC", **values)
            for day in range(count)
        ]
        edit.add_all(made)
        edit.flush()
        edit.add_all(EngagementPartner(engagement_id=one.id, partner_id=partner) for one in made)
    return [one.id for one in made]


def test_pages_of_the_timeline_join_without_gap_or_repetition(plan: Plan, partner: int) -> None:
    made = log(plan, partner, 7)
    found: list[int] = []
    before = None
    with plan.reading() as session:
        while page := timeline.timeline(session, partner, before, limit=3):
            found += [one.id for one in page]
            before = (page[-1].starts_at, page[-1].id)
    assert found == made[::-1]


def test_engagements_of_the_same_moment_are_parted_by_their_id(plan: Plan, partner: int) -> None:
    with plan.edit("Log") as edit:
        same = [make(edit, Engagement, full=False, starts_at=START) for _number in range(4)]
        for one in same:
            edit.add(EngagementPartner(engagement_id=one.id, partner_id=partner))
    with plan.reading() as session:
        first = timeline.timeline(session, partner, limit=2)
        rest = timeline.timeline(session, partner, (first[-1].starts_at, first[-1].id))
    assert [one.id for one in (*first, *rest)] == sorted((one.id for one in same), reverse=True)


def test_the_timeline_of_one_partner_leaves_out_those_of_others(plan: Plan, partner: int) -> None:
    with plan.edit("Add") as edit:
        other = int(make(edit, Partner, full=False).id)
    log(plan, other, 2)
    with plan.reading() as session:
        assert timeline.timeline(session, partner) == []
        assert timeline.touch(session, partner, UNTIL) is None


def test_touch_counts_until_an_instant_and_only_what_was_held(plan: Plan, partner: int) -> None:
    log(plan, partner, 3)
    log(plan, partner, 9, status=EngagementStatus.DECLINED)
    with plan.reading() as session:
        found = timeline.touch(session, partner, START + timedelta(days=1))
    assert found is not None
    assert (found.last_on, found.count) == (date(2026, 1, 2), 2)


def test_current_positions_come_before_former_ones(plan: Plan, partner: int) -> None:
    with plan.edit("Add") as edit:
        for family, ends in (("Old", date(2020, 1, 1)), ("Now", None), ("Later", date(2024, 1, 1))):
            person = make(edit, Contact, full=False, given="Ana", family=family)
            edit.add(Position(contact_id=person.id, partner_id=partner, title="Consul", ends_on=ends))
        own = make(edit, Contact, full=False, given="", family="", own_name="李明")
        edit.add(Position(contact_id=own.id, partner_id=partner, ends_on=date(2010, 1, 1)))
    with plan.reading() as session:
        assert [one.name for one in timeline.people(session, partner)] == [
            "Ana Now",
            "Ana Later",
            "Ana Old",
            "李明",
        ]


def test_everything_else_about_a_partner_is_found(plan: Plan, partner: int) -> None:
    with plan.edit("Add") as edit:
        late = make(edit, Commitment, full=False, partner_id=partner, due_on=date(2026, 5, 1))
        none = make(edit, Commitment, full=False, partner_id=partner, due_on=None)
        early = make(edit, Commitment, full=False, partner_id=partner, due_on=date(2026, 1, 1))
        gift = make(edit, Gift, full=False, partner_id=partner)
        aid = make(edit, Aid, full=False, partner_id=partner, direction=Direction.GIVEN)
        agreement = make(edit, Agreement, full=False)
        edit.add(AgreementPartner(agreement_id=agreement.id, partner_id=partner))
        initiative = make(edit, Initiative, full=False)
        edit.add(InitiativePartner(initiative_id=initiative.id, partner_id=partner))
        wanted = [early.id, late.id, none.id]
    with plan.reading() as session:
        assert [one.id for one in timeline.commitments(session, partner)] == wanted
        assert [one.id for one in timeline.gifts(session, partner)] == [gift.id]
        assert [one.id for one in timeline.aid(session, partner)] == [aid.id]
        assert [one.id for one in timeline.agreements(session, partner)] == [agreement.id]
        assert [one.id for one in timeline.initiatives(session, partner)] == [initiative.id]


def test_a_page_of_five_thousand_engagements_is_read_fast(plan: Plan, partner: int) -> None:
    log(plan, partner, 5000)
    with plan.reading() as session:
        timeline.timeline(session, partner)
        begun = time.perf_counter()
        page = timeline.timeline(session, partner)
        taken = time.perf_counter() - begun
    assert len(page) == timeline.PAGE
    assert taken < 0.5, "far over the aim of 50 ms, even for a busy machine"
