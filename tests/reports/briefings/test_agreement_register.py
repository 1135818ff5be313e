"""The agreement register says what binds, what falls due and what has gone quiet."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.agreement import (
    Agreement,
    AgreementPartner,
    AgreementStatus,
    AgreementType,
    Deliverable,
    DeliverableStatus,
)
from cityplanner.model.partner import Partner, PartnerKind, Sensitivity
from cityplanner.planning.dormancy import Verdict
from cityplanner.reports.blocks import Briefing, Figure, Table
from cityplanner.reports.briefings.agreement_register.gather import gather
from cityplanner.reports.briefings.agreement_register.kind import AGREEMENT_REGISTER
from cityplanner.reports.charts.description import Timeline
from cityplanner.reports.choices import Choices
from cityplanner.store.plan_file import Plan
from tests.reports.briefings.samples import below, cells, words

TODAY = dt.date(2026, 6, 1)


@pytest.fixture
def office(plan: Plan) -> Plan:
    with plan.edit("Add") as edit:
        nagoya, lima = Partner(name="Nagoya"), Partner(name="Lima", sensitivity=Sensitivity.INTERNAL)
        network = Partner(
            name="Harbor cities", kind=PartnerKind.NETWORK, dues=500_000, network_hours=Decimal(40)
        )
        for one in (nagoya, lima, network):
            edit.add(one)
        edit.flush()
        for title, status, expires, notice, side in (
            ("Open tie", AgreementStatus.ACTIVE, None, None, nagoya),
            ("Ending memo", AgreementStatus.ACTIVE, dt.date(2026, 12, 31), 90, lima),
            ("Draft", AgreementStatus.NEGOTIATION, None, None, nagoya),
        ):
            agreement = Agreement(
                title=title,
                type=AgreementType.MEMORANDUM,
                status=status,
                signed_on="2019-05-04",
                expires_on=expires,
                notice_days=notice,
                our_signatory="Mayor",
            )
            edit.add(agreement)
            edit.flush()
            edit.add(AgreementPartner(agreement_id=agreement.id, partner_id=side.id))
            edit.add(
                Deliverable(
                    agreement_id=agreement.id,
                    title=f"Report on {title}",
                    due_on=dt.date(2026, 1, 31),
                    status=DeliverableStatus.DELIVERED if title == "Draft" else DeliverableStatus.PENDING,
                )
            )
    return plan


def made(plan: Plan) -> Briefing:
    return AGREEMENT_REGISTER.compose(plan, Choices(), TODAY)


def test_notice_is_counted_back_from_the_end_and_open_ended_agreements_have_none(office: Plan) -> None:
    table = next(b for b in below(made(office), "Renewals and notices") if isinstance(b, Table))
    rows = cells(table)
    assert [row[0] for row in rows] == ["Ending memo"]
    assert rows[0][2:4] == ["Oct 2, 2026", "Dec 31, 2026"]


def test_what_is_not_in_force_stands_apart(office: Plan) -> None:
    briefing = made(office)
    binding = next(b for b in below(briefing, "In force") if isinstance(b, Table))
    other = next(b for b in below(briefing, "On the way and ended") if isinstance(b, Table))
    assert [row[0] for row in cells(binding)] == ["Ending memo", "Open tie"]
    assert [row[0] for row in cells(other)] == ["Draft"]
    assert "2 are in force" in words(briefing)


def test_a_side_the_audience_may_not_see_is_not_named(office: Plan) -> None:
    assert "Lima" not in words(made(office))
    assert "Nagoya" in words(made(office))


def test_overdue_deliverables_come_first_and_are_marked(office: Plan) -> None:
    table = next(b for b in below(made(office), "Deliverables") if isinstance(b, Table))
    rows = cells(table)
    assert [row[2] for row in rows] == ["Jan 31, 2026 overdue", "Jan 31, 2026 overdue", "Jan 31, 2026"]


def test_an_open_ended_agreement_runs_to_the_edge_of_the_timeline(office: Plan) -> None:
    figure = next(b for b in below(made(office), "Terms") if isinstance(b, Figure))
    assert isinstance(figure.chart, Timeline)
    assert {span.label: span.open_ended for span in figure.chart.spans} == {
        "Open tie": True,
        "Ending memo": False,
    }


def test_memberships_add_up_dues_and_hours(office: Plan) -> None:
    table = next(b for b in below(made(office), "City networks") if isinstance(b, Table))
    assert cells(table)[0][:3] == ["Harbor cities", "$5,000", "40"]
    assert table.total is not None
    assert table.total[1] == "$5,000"


def test_the_dormancy_review_of_the_sample_holds_every_agreement_in_force(sample: Plan) -> None:
    facts = gather(sample, Choices(), SAMPLE_TODAY)
    assert {one.agreement_id for one in facts.reviews} == {
        one.agreement.id for one in facts.agreements if one.in_force
    }
    assert {one.verdict for one in facts.reviews} == set(Verdict)


def test_partners_that_are_chosen_narrow_the_register(office: Plan) -> None:
    said = words(AGREEMENT_REGISTER.compose(office, Choices(partners=(1,)), TODAY))
    assert "Open tie" in said
    assert "Ending memo" not in said
