"""Contacts under an agreement: which engagements count, and what else its partners were met for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cityplanner.model.agreement import Agreement, AgreementPartner
from cityplanner.model.engagement import Engagement, EngagementInitiative, EngagementPartner, EngagementStatus
from cityplanner.model.initiative import Initiative, InitiativeAgreement
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.agreements import Contacts, contacts_under
from tests.builders import make

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Office:
    """Two partners with an agreement each, and what is logged with them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        with plan.edit("Add") as edit:
            self.partners = [
                make(edit, Partner, full=False, kind=kind).id
                for kind in (PartnerKind.CITY, PartnerKind.CITY, PartnerKind.DEPARTMENT)
            ]
            self.agreements = [make(edit, Agreement, full=False).id for _number in range(2)]
            self.initiatives = [
                make(edit, Initiative, full=False, code=f"I-{number}").id for number in range(2)
            ]
            for agreement in self.agreements:
                for partner in self.partners:
                    edit.add(AgreementPartner(agreement_id=agreement, partner_id=partner))

    def carry(self, initiative: int, agreement: int) -> None:
        """Let an initiative carry out an agreement."""
        with self.plan.edit("Link") as edit:
            ids = {"initiative_id": self.initiatives[initiative], "agreement_id": self.agreements[agreement]}
            edit.add(InitiativeAgreement(**ids))

    def meet(self, days: int, *partners: int, serving: tuple[int, ...] = (), **values: object) -> None:
        """Log an engagement with partners, days after the start."""
        with self.plan.edit("Log") as edit:
            values = {"in_person": 10, "online": 5, "status": EngagementStatus.COMPLETED} | values
            met = make(edit, Engagement, full=False, starts_at=START + timedelta(days=days), **values)
            for partner in partners:
                edit.add(EngagementPartner(engagement_id=met.id, partner_id=self.partners[partner]))
            for one in serving:
                edit.add(EngagementInitiative(engagement_id=met.id, initiative_id=self.initiatives[one]))

    def contacts(self) -> list[Contacts | None]:
        """The contacts under each agreement in two years."""
        with self.plan.reading() as session:
            found = contacts_under(session, START - timedelta(days=730), START + timedelta(days=365))
        return [found.get(one) for one in self.agreements]


@pytest.fixture
def office(plan: Plan) -> Office:
    return Office(plan)


def on(days: int) -> date:
    return (START + timedelta(days=days)).date()


def test_an_engagement_with_two_sides_of_an_agreement_counts_once(office: Office) -> None:
    office.meet(0, 0, 1)
    office.meet(-900, 0, in_person=99)
    assert office.contacts() == [Contacts(on(0), 1, 15, None)] * 2


def test_what_served_an_initiative_counts_for_its_agreement_and_for_no_other(office: Office) -> None:
    office.carry(0, 0)
    office.meet(0, 0)
    office.meet(3, 0, serving=(0,))
    office.meet(5, 0, serving=(1,))
    first, second = office.contacts()
    assert first == Contacts(on(3), 2, 30, on(5))
    assert second == Contacts(on(5), 2, 30, on(3)), "nothing of its own is linked: all but the first one's"


def test_what_was_only_asked_for_is_no_contact(office: Office) -> None:
    office.meet(0, 0, status=EngagementStatus.REQUESTED)
    office.meet(1, 0, status=EngagementStatus.CANCELLED)
    assert office.contacts() == [None, None]


def test_a_department_of_the_city_alone_is_not_the_other_side(office: Office) -> None:
    office.meet(0, 2)
    assert office.contacts() == [None, None]
