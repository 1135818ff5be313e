"""The rules that nouns add to those of their fields."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from cityplanner.model.agreement import Agreement
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, CommitmentStatus
from cityplanner.model.entity import Entity
from cityplanner.model.initiative import Dependency, Initiative, InitiativeStatus
from cityplanner.model.ledger import Aid
from cityplanner.model.priority import Criterion, Score
from cityplanner.model.recommendation import Answer, Response
from cityplanner.model.roundtable import ItemLink, Theme
from cityplanner.model.scenario import FundChange, Scenario

PLAIN: dict[type[Entity], dict[str, Any]] = {
    Agreement: {"title": "A"},
    Position: {"contact_id": 1, "partner_id": 1},
    Commitment: {"text": "A", "partner_id": 1},
    Initiative: {"code": "I1", "title": "A", "theme": Theme.VALUE},
    Answer: {"source_item_id": 1},
    Score: {"initiative_id": 1, "value": 1},
    FundChange: {"scenario_id": 1, "fund_id": 1},
    Dependency: {"initiative_id": 1},
    ItemLink: {"from_id": 1},
    Contact: {},
}


def faults(noun: type[Entity], **values: Any) -> set[str]:
    """The fields that a record with these values has problems in."""
    return {problem.field for problem in noun(**PLAIN[noun] | values).check()}


@pytest.mark.parametrize(
    ("noun", "values"),
    [
        (Agreement, {"signed_on": "2020", "expires_on": date(2020, 5, 1), "in_force_on": "2020-03"}),
        (Agreement, {"signed_on": "2020-03-05", "in_force_on": "2020-03"}),
        (Agreement, {"expires_on": None, "signed_on": "1959"}),
        (Position, {"starts_on": date(2024, 2, 29), "ends_on": date(2024, 2, 29)}),
        (Commitment, {"status": CommitmentStatus.COMPLETED, "completed_on": date(2024, 2, 29)}),
        (
            Initiative,
            {
                "status": InitiativeStatus.CLOSED,
                "status_reason": "Done",
                "sdgs": ("1", "17", "16.b", "17.19"),
            },
        ),
        (Answer, {"response": Response.SUPPORTED, "weight": 0}),
        (Answer, {"response": "supported", "weight": 5}),
        (Answer, {"response": Response.NOTED}),
        (Score, {"criterion": Criterion.MANDATE}),
        (FundChange, {"percent": Decimal("-12.5")}),
        (FundChange, {"amount": -5}),
        (Dependency, {"other_id": 2}),
        (ItemLink, {"to_id": 2}),
        (Contact, {"own_name": "田中 雪"}),
        (Contact, {"given": "Björk"}),
    ],
)
def test_a_record_that_keeps_the_rules_passes(noun: type[Entity], values: dict[str, Any]) -> None:
    assert faults(noun, **values) == set()


@pytest.mark.parametrize(
    ("noun", "values", "field"),
    [
        (Agreement, {"signed_on": "2020-06", "expires_on": date(2020, 5, 1)}, "expires_on"),
        (Agreement, {"signed_on": "2020-06", "in_force_on": "2020-05-31"}, "in_force_on"),
        (Position, {"starts_on": date(2024, 3, 1), "ends_on": date(2024, 2, 29)}, "ends_on"),
        (Commitment, {"status": CommitmentStatus.COMPLETED}, "completed_on"),
        (Initiative, {"status": InitiativeStatus.SUSPENDED}, "status_reason"),
        (Initiative, {"status": InitiativeStatus.CLOSED, "status_reason": "  "}, "status_reason"),
        (Initiative, {"starts_on": date(2024, 3, 1), "ends_on": date(2024, 2, 29)}, "ends_on"),
        (Initiative, {"sdgs": ("18",)}, "sdgs"),
        (Initiative, {"sdgs": ("16.bb",)}, "sdgs"),
        (Initiative, {"sdgs": ("0",)}, "sdgs"),
        (Answer, {"response": Response.PARTLY}, "weight"),
        (Answer, {"response": Response.SUPPORTED, "weight": 6}, "weight"),
        (Score, {"criterion": Criterion.FIT}, "criterion"),
        (Score, {"criterion": Criterion.COST, "value": 5}, "value"),
        (FundChange, {}, "percent"),
        (FundChange, {"percent": Decimal(1), "amount": 1}, "percent"),
        (Dependency, {"other_id": 1}, "other_id"),
        (ItemLink, {"to_id": 1}, "to_id"),
        (Contact, {}, "family"),
        (Contact, {"given": "  "}, "family"),
    ],
)
def test_a_record_that_breaks_a_rule_is_told_where(
    noun: type[Entity], values: dict[str, Any], field: str
) -> None:
    assert faults(noun, **values) == {field}


def test_aid_cannot_answer_itself() -> None:
    aid = Aid(item="Masks", partner_id=1, occurred_on=date(2020, 4, 1))
    aid.id = 7
    aid.answers_id = 7

    assert [problem.field for problem in aid.check()] == ["answers_id"]


def test_a_commitment_is_overdue_the_day_after_it_is_due_while_it_is_open() -> None:
    commitment = Commitment(text="A", partner_id=1, due_on=date(2024, 2, 29))

    assert not commitment.is_overdue(date(2024, 2, 29))
    assert commitment.is_overdue(date(2024, 3, 1))
    commitment.status = CommitmentStatus.CANCELLED
    assert not commitment.is_overdue(date(2024, 3, 1))


def test_only_supported_recommendations_count() -> None:
    assert [response for response in Response if response.counts] == [Response.PARTLY, Response.SUPPORTED]


def test_an_adopted_scenario_is_locked() -> None:
    scenario = Scenario(title="A", fiscal_year=2027)

    assert not scenario.is_locked
    scenario.adopted_at = datetime(2026, 6, 1, tzinfo=UTC)
    assert scenario.is_locked
