"""Where a visit stands: its dated steps, and the steps that may follow, each taken by one click and undone."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from cityplanner.model.engagement import NEXT, Engagement, EngagementStatus
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.parts.engagement_strip import EngagementStrip


def strip_of(
    qtbot: QtBot, context: Context, plan: Plan, status: EngagementStatus
) -> tuple[EngagementStrip, int]:
    with plan.edit("Add") as edit:
        visit = Engagement(
            title="Visit", starts_at=datetime(2026, 4, 1, 15, tzinfo=UTC), zone="UTC", status=status
        )
        edit.add(visit)
    made = EngagementStrip(context)
    qtbot.addWidget(made)
    made.show_record(visit.id)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    return made, visit.id


def _stands_at(strip: EngagementStrip, status: EngagementStatus) -> bool:
    return strip.heading.text() == f"Status: {status.value}"


def test_a_request_is_taken_to_its_completion_step_by_step_and_its_trail_is_dated(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    strip, _number = strip_of(qtbot, context, plan, EngagementStatus.REQUESTED)
    for status in (EngagementStatus.APPROVED, EngagementStatus.PLANNED, EngagementStatus.COMPLETED):
        wanted = status.value.capitalize()
        next(button for button in strip.buttons if button.text() == wanted).click()
        qtbot.waitUntil(partial(_stands_at, strip, status))

    assert strip.buttons == []
    steps = strip.steps.text().splitlines()
    assert [step.partition(": ")[2].split(" · ")[0] for step in steps] == [
        "completed",
        "planned",
        "approved",
        "requested",
    ]
    assert all(step.partition(":")[0] for step in steps)
    assert "completed" in (plan.undoable() or "")
    plan.undo()
    qtbot.waitUntil(lambda: strip.heading.text() == "Status: planned")


@pytest.mark.parametrize("status", [one for one in EngagementStatus if one is not EngagementStatus.COMPLETED])
def test_it_offers_the_steps_that_may_follow_and_no_others(
    qtbot: QtBot, context: Context, plan: Plan, status: EngagementStatus
) -> None:
    strip, _number = strip_of(qtbot, context, plan, status)

    assert [button.text() for button in strip.buttons] == [one.value.capitalize() for one in NEXT[status]]


def test_what_was_simply_logged_has_no_strip(qtbot: QtBot, context: Context, plan: Plan) -> None:
    strip, _number = strip_of(qtbot, context, plan, EngagementStatus.COMPLETED)

    assert strip.isHidden()
