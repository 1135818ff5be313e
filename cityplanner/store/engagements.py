"""Taking an engagement a step further: a request is approved, planned, completed or declined."""

from __future__ import annotations

from cityplanner.base.errors import NotFoundError
from cityplanner.base.language import _
from cityplanner.model.engagement import Engagement, EngagementStatus
from cityplanner.store.plan_file import Plan

TITLE_LENGTH = 80


def take_step(plan: Plan, engagement_id: int, status: EngagementStatus) -> str:
    """Give an engagement its next status as one undoable change; returns the change's label.

    Raises `InvalidRecordError` in words where that status does not follow the present one.
    """
    with plan.reading() as session:
        found = session.get(Engagement, engagement_id)
        title = found.title[:TITLE_LENGTH] if found is not None else ""
    label = _("Engagement “{title}”: {status}").format(title=title, status=_(status.value))
    with plan.edit(label) as edit:
        engagement = edit.get(Engagement, engagement_id)
        if engagement is None:
            raise NotFoundError(
                _("This engagement was deleted in the meantime."), _("Undo the deletion to get it back.")
            )
        engagement.status = status
    return label
