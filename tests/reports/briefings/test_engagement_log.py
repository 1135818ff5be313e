"""The log lists what was held in its period and filter, and the promises of both sides."""

from __future__ import annotations

import datetime as dt

import pytest

from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.engagement import (
    Commitment,
    CommitmentStatus,
    Engagement,
    EngagementPartner,
    EngagementStatus,
)
from cityplanner.model.group import GroupOf, SmartGroup
from cityplanner.model.partner import Partner
from cityplanner.reports.blocks import Briefing, Table
from cityplanner.reports.briefings.engagement_log.kind import ENGAGEMENT_LOG
from cityplanner.reports.choices import Choices
from cityplanner.store.plan_file import Plan
from tests.reports.briefings.samples import below, cells, words

TODAY = dt.date(2026, 6, 30)


@pytest.fixture
def office(plan: Plan) -> Plan:
    with plan.edit("Add") as edit:
        nagoya, lima = Partner(name="Nagoya"), Partner(name="Lima")
        edit.add(nagoya)
        edit.add(lima)
        edit.flush()
        for month, title, partner, status in (
            (3, "Spring talk", nagoya, EngagementStatus.COMPLETED),
            (5, "May workshop", lima, EngagementStatus.COMPLETED),
            (5, "Declined visit", lima, EngagementStatus.DECLINED),
            (7, "Summer talk", nagoya, EngagementStatus.PLANNED),
        ):
            one = Engagement(
                title=title,
                starts_at=dt.datetime(2026, month, 10, 18, tzinfo=dt.UTC),
                zone="UTC",
                status=status,
                in_person=10,
                online=5,
            )
            edit.add(one)
            edit.flush()
            edit.add(EngagementPartner(engagement_id=one.id, partner_id=partner.id))
        edit.add(Commitment(text="Late promise", partner_id=nagoya.id, due_on=dt.date(2026, 6, 1)))
        edit.add(
            Commitment(
                text="Kept promise",
                partner_id=lima.id,
                status=CommitmentStatus.COMPLETED,
                completed_on=dt.date(2026, 5, 20),
            )
        )
        edit.add(SmartGroup(title="Lima", of=GroupOf.PARTNER, words="Lima"))
    return plan


def made(plan: Plan, **choices: object) -> Briefing:
    chosen = {"begin": dt.date(2026, 3, 1), "end": dt.date(2026, 6, 30)} | choices
    return ENGAGEMENT_LOG.compose(plan, Choices(**chosen), TODAY)  # type: ignore[arg-type]


def test_the_period_bounds_the_log_and_what_was_declined_is_not_in_it(office: Plan) -> None:
    said = words(made(office))
    assert "Spring talk" in said
    assert "May workshop" in said
    assert "Declined visit" not in said
    assert "Summer talk" not in said
    assert "2 engagements" in said


def test_participants_in_person_and_online_are_counted_apart(office: Plan) -> None:
    said = words(made(office))
    assert "People in person 20" in said
    assert "People online 10" in said


def test_an_overdue_promise_is_marked_and_a_kept_one_stands_with_its_day(office: Plan) -> None:
    briefing = made(office)
    open_ones, kept = (
        next(b for b in below(briefing, name) if isinstance(b, Table))
        for name in ("Open", "Kept in this period")
    )
    assert cells(open_ones) == [["Late promise", "Nagoya", "Ours", "Jun 1, 2026 overdue", "–"]]
    assert cells(kept) == [["Kept promise", "Lima", "Ours", "May 20, 2026", "–"]]


@pytest.mark.parametrize("choice", [{"partners": (2,)}, {"group": 1}, {"words": "workshop"}])
def test_partners_group_and_words_narrow_the_log(office: Plan, choice: dict[str, object]) -> None:
    said = words(made(office, **choice))
    assert "May workshop" in said
    assert "Spring talk" not in said
    assert "Late promise" not in said


def test_the_months_of_the_sample_add_up(sample: Plan) -> None:
    briefing = ENGAGEMENT_LOG.compose(sample, Choices(), SAMPLE_TODAY)
    tables = [block for block in below(briefing, "Engagements") if isinstance(block, Table)]
    said = words(briefing)
    assert f"{sum(len(table.rows) for table in tables)} engagements" in said
