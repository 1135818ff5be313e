"""Taking an agreement a step further in its life."""

from __future__ import annotations

from datetime import date

from cityplanner.model.agreement import Agreement, AgreementStatus, AgreementStep
from cityplanner.store.journal import Editing


def advance(
    edit: Editing, agreement: Agreement, status: AgreementStatus, on: date, note: str = ""
) -> AgreementStep:
    """Give an agreement its next status, with the day and a note.

    Raises `InvalidRecordError` in words where that status does not follow the present one.
    """
    step = AgreementStep(agreement_id=agreement.id, status=status, taken_on=on, note=note)
    agreement.status = status
    edit.add(step)
    edit.flush()
    return step
