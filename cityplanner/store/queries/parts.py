"""What belongs to a scenario: its changes to funds, its frozen positions, its decisions."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.model.scenario import Decision, FrozenPosition, FundChange, Scenario

Part = FundChange | FrozenPosition | Decision
P = TypeVar("P", bound=Part)


def parts(session: Session, noun: type[P], scenario_id: int) -> list[P]:
    """The records of a kind that belong to a scenario, as they were added."""
    statement = select(noun).where(noun.scenario_id == scenario_id).order_by(noun.id)
    return list(session.scalars(statement))


def scenario_titles(session: Session) -> frozenset[str]:
    """The names that scenarios have already."""
    return frozenset(session.scalars(select(Scenario.title)))
