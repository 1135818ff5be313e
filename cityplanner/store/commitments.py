"""Keeping promises: several commitments marked as completed as one change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cityplanner.base.errors import NotFoundError
from cityplanner.base.language import _, current
from cityplanner.model.engagement import Commitment, CommitmentStatus
from cityplanner.store.plan_file import Plan

TITLE_LENGTH = 80


def complete(plan: Plan, ids: Sequence[int], on: date, evidence: str = "") -> str:
    """Mark commitments as completed on a day and add the evidence to what is there; returns the change's label.

    Raises `NotFoundError` where one was deleted in the meantime.
    """
    with plan.reading() as session:
        first = session.get(Commitment, ids[0])
        title = first.text[:TITLE_LENGTH] if first is not None else ""
    if len(ids) == 1:
        label = _("Complete commitment “{title}”").format(title=title)
    else:
        label = _("Complete {n} commitments").format(n=current().number(len(ids)))
    with plan.edit(label) as edit:
        for number in ids:
            found = edit.get(Commitment, number)
            if found is None:
                raise NotFoundError(
                    _("This commitment was deleted in the meantime."),
                    _("Undo the deletion to get it back."),
                )
            found.status = CommitmentStatus.COMPLETED
            found.completed_on = on
            if evidence.strip():
                found.evidence = "\n".join(filter(None, (found.evidence, evidence.strip())))
    return label
