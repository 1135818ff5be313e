"""What is on record about the life of an agreement."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.model.agreement import AgreementStep


def steps_of(session: Session, agreement: int) -> list[AgreementStep]:
    """The steps of an agreement, newest first."""
    statement = select(AgreementStep).where(AgreementStep.agreement_id == agreement)
    return list(session.scalars(statement.order_by(AgreementStep.taken_on.desc(), AgreementStep.id.desc())))
