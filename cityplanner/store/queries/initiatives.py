"""What hangs on one initiative: the promises made where it was served, and all that its overview shows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from cityplanner.model.engagement import Commitment, CommitmentStatus, EngagementInitiative
from cityplanner.model.indicator import Indicator, Measurement
from cityplanner.model.initiative import (
    BudgetLine,
    Contribution,
    InitiativePartner,
    Milestone,
    ServiceLevel,
)
from cityplanner.model.partner import Partner
from cityplanner.model.roundtable import SourceItem
from cityplanner.model.scenario import Decision, Scenario

_OPEN = tuple(status for status in CommitmentStatus if status.is_open)


def open_commitments(session: Session, initiative_id: int) -> list[Commitment]:
    """What remains to be done from engagements that served an initiative, by due date, those without last."""
    served = select(EngagementInitiative.engagement_id).where(
        EngagementInitiative.initiative_id == initiative_id
    )
    statement = select(Commitment).where(Commitment.engagement_id.in_(served), Commitment.status.in_(_OPEN))
    in_order = statement.order_by(Commitment.due_on.is_(None), Commitment.due_on, Commitment.id)
    with session.no_autoflush:
        return list(session.scalars(in_order))


@dataclass(frozen=True, slots=True)
class Answered:
    """A recommendation that an initiative answers, and how closely."""

    id: int
    code: str
    title: str
    kind: str
    note: str


def answered(session: Session, initiative_id: int) -> list[Answered]:
    """The recommendations an initiative answers, by code."""
    statement = (
        select(SourceItem.id, SourceItem.code, SourceItem.title, Contribution.kind, Contribution.note)
        .join(Contribution, Contribution.source_item_id == SourceItem.id)
        .where(Contribution.initiative_id == initiative_id)
        .order_by(SourceItem.code)
    )
    return [Answered(*row) for row in session.execute(statement)]


def partners(session: Session, initiative_id: int) -> list[Partner]:
    """The partners an initiative is carried out with, by name."""
    statement = (
        select(Partner)
        .join(InitiativePartner, InitiativePartner.partner_id == Partner.id)
        .where(InitiativePartner.initiative_id == initiative_id)
        .order_by(Partner.name, Partner.id)
    )
    return list(session.scalars(statement))


def milestones(session: Session, initiative_id: int) -> list[Milestone]:
    """The milestones of an initiative by due date."""
    statement = select(Milestone).where(Milestone.initiative_id == initiative_id)
    return list(session.scalars(statement.order_by(Milestone.due_on, Milestone.id)))


def levels(session: Session, initiative_id: int) -> list[ServiceLevel]:
    """The service levels of an initiative, the fullest first."""
    statement = select(ServiceLevel).where(ServiceLevel.initiative_id == initiative_id)
    return list(session.scalars(statement.order_by(ServiceLevel.result_share.desc(), ServiceLevel.id)))


def budget_lines(session: Session, initiative_id: int) -> list[BudgetLine]:
    """The budget lines of all service levels of an initiative."""
    statement = (
        select(BudgetLine)
        .join(ServiceLevel, ServiceLevel.id == BudgetLine.service_level_id)
        .where(ServiceLevel.initiative_id == initiative_id)
    )
    return list(session.scalars(statement.order_by(BudgetLine.id)))


def decisions(session: Session, initiative_id: int) -> list[tuple[Scenario, int | None]]:
    """Every scenario with the service level it chooses for an initiative, the latest year first."""
    chosen = and_(Decision.scenario_id == Scenario.id, Decision.initiative_id == initiative_id)
    statement = select(Scenario, Decision.service_level_id).outerjoin(Decision, chosen)
    in_order = statement.order_by(Scenario.fiscal_year.desc(), Scenario.title, Scenario.id)
    return [(scenario, level) for scenario, level in session.execute(in_order)]


def indicators(session: Session, initiative_id: int) -> list[Indicator]:
    """The indicators of an initiative in the order they were entered."""
    statement = select(Indicator).where(Indicator.initiative_id == initiative_id)
    return list(session.scalars(statement.order_by(Indicator.id)))


def measurements(session: Session, indicator_ids: Collection[int]) -> list[Measurement]:
    """All measurements of some indicators, earliest first."""
    statement = select(Measurement).where(Measurement.indicator_id.in_(indicator_ids))
    return list(session.scalars(statement.order_by(Measurement.measured_on, Measurement.id)))
