"""Repeating an engagement: the same people and initiatives on further days, planned as one change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from cityplanner.base.errors import NotFoundError
from cityplanner.base.language import _, current
from cityplanner.model.engagement import (
    Engagement,
    EngagementContact,
    EngagementInitiative,
    EngagementPartner,
    EngagementStatus,
)
from cityplanner.model.entity import Entity, fields
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan

_TIES: tuple[type[Entity], ...] = (EngagementPartner, EngagementContact, EngagementInitiative)
_NOT_REPEATED = ("starts_at", "status", "in_person", "online", "decisions", "result")
"""What belongs to the one day: who came, and what came of it."""


def repeat_engagement(plan: Plan, engagement_id: int, moments: Sequence[datetime]) -> list[int]:
    """Plan the engagement again at these instants as one undoable change; returns the new ids.

    Raises `NotFoundError` where the engagement is gone.
    """
    label = current().plural("Plan {n} further engagement", "Plan {n} further engagements", len(moments))
    with plan.edit(label) as edit:
        anchor = edit.get(Engagement, engagement_id)
        if anchor is None:
            raise NotFoundError(
                _("This engagement was deleted in the meantime."), _("Undo the deletion to get it back.")
            )
        kept = {
            field.name: getattr(anchor, field.name)
            for field in fields(Engagement)
            if field.name not in _NOT_REPEATED
        }
        made = [Engagement(starts_at=at, status=EngagementStatus.PLANNED, **kept) for at in moments]
        edit.add_all(made)
        edit.flush()
        for noun in _TIES:
            _tie(edit, noun, engagement_id, [one.id for one in made])
        return [one.id for one in made]


def _tie(edit: Editing, noun: type[Entity], anchor: int, engagements: Sequence[int]) -> None:
    link = noun.engagement_id  # type: ignore[attr-defined]
    for tie in edit.scalars(select(noun).where(link == anchor).order_by(noun.id)).all():
        values = {field.name: getattr(tie, field.name) for field in fields(noun)}
        edit.add_all(noun(**(values | {"engagement_id": number})) for number in engagements)
    edit.flush()
