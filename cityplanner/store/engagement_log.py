"""Logging an engagement with all that was said and given there, as one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model.engagement import (
    Commitment,
    Engagement,
    EngagementContact,
    EngagementInitiative,
    EngagementPartner,
)
from cityplanner.model.entity import Entity
from cityplanner.model.ledger import Aid, Gift
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan

Values = Mapping[str, Any]
_OUTCOMES: tuple[type[Entity], ...] = (Commitment, Gift, Aid)
_DAY = {Gift: "given_on", Aid: "occurred_on"}


@dataclass(frozen=True, slots=True)
class Logged:
    """What is known of an engagement: its own values, who was there, and what came of it by noun.

    An outcome that names no partner concerns the first one; one without a day is of the engagement's.
    """

    engagement: Values
    partners: Sequence[int] = ()
    contacts: Sequence[int] = ()
    initiatives: Sequence[int] = ()
    outcomes: Mapping[type[Entity], Sequence[Values]] = field(default_factory=dict)


def log_engagement(plan: Plan, logged: Logged) -> int:
    """Write the engagement with its outcomes as one undoable change; returns its id.

    Raises `UserError` where an outcome concerns no partner, `InvalidRecordError` where a rule is broken.
    """
    outcomes = [(noun, values) for noun in _OUTCOMES for values in logged.outcomes.get(noun, ())]
    if not logged.partners and any("partner_id" not in values for _noun, values in outcomes):
        raise UserError(_("A commitment, gift or aid needs a partner."), _("Name the partner who took part."))
    title = str(logged.engagement.get("title", ""))
    with plan.edit(_("Log engagement “{title}”").format(title=title[:80])) as edit:
        engagement = Engagement(**logged.engagement)
        edit.add(engagement)
        edit.flush()
        _add_people(edit, engagement.id, logged)
        day = engagement.starts_at.astimezone(ZoneInfo(engagement.zone)).date()
        for noun, values in outcomes:
            given: dict[str, Any] = {"engagement_id": engagement.id}
            if logged.partners:
                given["partner_id"] = logged.partners[0]
            if noun in _DAY:
                given[_DAY[noun]] = day
            edit.add(noun(**(given | dict(values))))
            edit.flush()
        return engagement.id


def _add_people(edit: Editing, engagement: int, logged: Logged) -> None:
    ties: list[Entity] = []
    ties += (EngagementPartner(engagement_id=engagement, partner_id=n) for n in _once(logged.partners))
    ties += (EngagementContact(engagement_id=engagement, contact_id=n) for n in _once(logged.contacts))
    ties += (
        EngagementInitiative(engagement_id=engagement, initiative_id=n) for n in _once(logged.initiatives)
    )
    edit.add_all(ties)
    edit.flush()


def _once(ids: Sequence[int]) -> list[int]:
    return list(dict.fromkeys(ids))
