"""Where a visit or meeting stands, from the request to the day it took place, and the buttons that take it on."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from zoneinfo import ZoneInfo

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.model.engagement import NEXT, Engagement, EngagementStatus
from cityplanner.store.engagements import take_step
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.history import turns
from cityplanner.ui.parts.status_strip import Standing, StatusStrip


def standing(plan: Plan, record_id: int, zone: str) -> Standing | None:
    """Read where an engagement stands; None for one that was simply logged after it took place."""
    say = current()
    with plan.reading() as session:
        one = session.get(Engagement, record_id)
        if one is None:
            return None
        steps = turns(session, Engagement.__tablename__, record_id, "status")
    done = one.status is EngagementStatus.COMPLETED
    if done and len(steps) <= 1:
        return None
    lines = tuple(
        " · ".join(
            filter(
                None,
                (
                    f"{say.date(step.made_at.astimezone(ZoneInfo(zone)).date())}: {_(str(step.value))}",
                    step.made_by,
                ),
            )
        )
        for step in steps
    )
    return Standing(one.status, one.title, () if done else NEXT[one.status], "", lines)


class EngagementStrip(StatusStrip):
    """Each button takes the step at once, as a change that can be undone; the history keeps day and user."""

    tables = frozenset({"engagement"})

    def reader(self, record_id: int) -> Callable[[], Standing | None]:
        plan, zone = self.context.plan, self.context.zone
        return lambda: standing(plan, record_id, zone)

    def go_to(self, record_id: int, shown: Standing, status: StrEnum) -> None:
        try:
            label = take_step(self.context.plan, record_id, EngagementStatus(status))
        except UserError as error:
            self.context.say(str(error))
        else:
            self.context.say(_("{change}: done.").format(change=label), undoable=True)
