"""The value case claims nothing without a dated record, and its sums are those of the records it lists."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.engagement import Commitment, CommitmentStatus, Side
from cityplanner.model.fund import Fund, FundAmount, FundSource
from cityplanner.model.ledger import Aid, AidStatus, Direction
from cityplanner.model.partner import Partner, Sensitivity
from cityplanner.reports.blocks import Briefing, Table
from cityplanner.reports.briefings.value_case.claim import Claim, Record, UnfoundedError, founded
from cityplanner.reports.briefings.value_case.gather import gather
from cityplanner.reports.briefings.value_case.kind import VALUE_CASE
from cityplanner.reports.choices import Choices
from cityplanner.store.plan_file import Plan
from tests.reports.briefings.samples import below, cells, words

TODAY = dt.date(2026, 6, 30)


@pytest.fixture
def office(plan: Plan) -> Plan:
    with plan.edit("Add") as edit:
        nagoya, hidden = Partner(name="Nagoya"), Partner(name="Zz", sensitivity=Sensitivity.INTERNAL)
        edit.add(nagoya)
        edit.add(hidden)
        edit.flush()
        masks = Aid(
            item="Masks",
            partner_id=nagoya.id,
            status=AidStatus.RECEIVED,
            occurred_on=dt.date(2020, 4, 22),
            value=900_000,
        )
        edit.add(masks)
        edit.flush()
        for item, direction, status, day, partner, answers in (
            ("Pumps", Direction.GIVEN, AidStatus.SHIPPED, dt.date(2026, 2, 1), nagoya, masks.id),
            ("Kits", Direction.RECEIVED, AidStatus.RECEIVED, dt.date(2026, 3, 1), nagoya, None),
            ("Only offered", Direction.RECEIVED, AidStatus.OFFERED, dt.date(2026, 3, 1), nagoya, None),
            ("Hidden", Direction.RECEIVED, AidStatus.RECEIVED, dt.date(2026, 3, 1), hidden, None),
        ):
            edit.add(
                Aid(
                    item=item,
                    partner_id=partner.id,
                    direction=direction,
                    status=status,
                    occurred_on=day,
                    value=100_000,
                    quantity=Decimal(4),
                    unit="pieces",
                    answers_id=answers,
                )
            )
        for side, text in ((Side.OURS, "Sent the list"), (Side.THEIRS, "Named a speaker")):
            edit.add(
                Commitment(
                    text=text,
                    side=side,
                    partner_id=nagoya.id,
                    status=CommitmentStatus.COMPLETED,
                    completed_on=dt.date(2026, 5, 2),
                    evidence="Letter of May 2",
                )
            )
        grant = Fund(code="2", title="Grant", source=FundSource.GRANT)
        taxes = Fund(code="1", title="Taxes")
        edit.add(grant)
        edit.add(taxes)
        edit.flush()
        for fund in (grant, taxes):
            for year in (2020, 2026):
                edit.add(FundAmount(fund_id=fund.id, fiscal_year=year, amount=5_000_000))
    return plan


def made(plan: Plan) -> Briefing:
    return VALUE_CASE.compose(plan, Choices(), TODAY)


def test_a_claim_without_a_dated_record_cannot_be_made() -> None:
    with pytest.raises(UnfoundedError):
        founded(Aid(item="Masks", partner_id=1, occurred_on=TODAY), "Masks", TODAY)
    kept = Commitment(text="Done", partner_id=1)
    kept.id = 7
    with pytest.raises(UnfoundedError, match="no day"):
        founded(kept, "Done", None)
    with pytest.raises(UnfoundedError):
        Claim("a rumor")  # type: ignore[arg-type]
    with pytest.raises(UnfoundedError):
        Claim(Record("commitment", 7, "  ", TODAY))


def test_only_what_arrived_in_the_period_counts_as_help(office: Plan) -> None:
    table = next(b for b in below(made(office), "Help received") if isinstance(b, Table))
    assert cells(table) == [["Mar 1, 2026", "Kits", "Nagoya", "4 pieces", "$1,000", "Aid 3"]]
    assert "Help received $1,000 1 delivery" in words(made(office))


def test_help_given_is_traced_to_the_help_it_answers(office: Plan) -> None:
    said = words(made(office))
    assert "Pumps (Feb 1, 2026) | Masks (Apr 22, 2020) | Nagoya" in said


def test_promises_of_both_sides_stand_with_day_and_evidence(office: Plan) -> None:
    said = words(made(office))
    assert "May 2, 2026 | Sent the list | Nagoya | Letter of May 2 | Commitment 1" in said
    assert "Promises kept 1 and 1 kept to us" in said


def test_money_is_what_came_from_outside_in_the_fiscal_years_of_the_period(office: Plan) -> None:
    table = next(b for b in below(made(office), "Money brought to the city") if isinstance(b, Table))
    assert [row[0] for row in cells(table)] == ["Grant"]
    assert table.total is not None
    assert table.total[-1] == "$50,000"


def test_what_is_not_public_is_counted_only(office: Plan) -> None:
    assert "Hidden" not in words(made(office))
    assert gather(office, Choices(), TODAY).withheld == 1


def test_every_claim_of_the_sample_lies_in_the_period(sample: Plan) -> None:
    facts = gather(sample, Choices(), SAMPLE_TODAY)
    claims = [
        *facts.received,
        *facts.given,
        *facts.kept,
        *facts.kept_to_us,
        *facts.signed,
        *facts.reached,
        *facts.adopted,
        *facts.events,
    ]
    assert len(claims) > 50
    assert all(facts.begin <= one.record.on <= facts.end for one in claims)
