"""The form of an engagement says earlier visits about the same, and its time by the clocks of its partners."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from cityplanner.model.engagement import Engagement, EngagementPartner, EngagementStatus
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.parts import record
from cityplanner.ui.parts.engagement_notes import EngagementNotes
from cityplanner.ui.parts.record_view import RecordView
from tests.ui.conftest import Chain

WHEN = datetime(2026, 3, 31, 14, 30, tzinfo=UTC)


@pytest.fixture
def view(qtbot: QtBot, context: Context, plan: Plan, chain: Chain) -> RecordView:
    """The engagement of the chain in its form, and an earlier one of the same partner."""
    with plan.edit("Earlier") as edit:
        edit.get_one(Partner, chain.partner).zone = "Asia/Tokyo"
        edit.get_one(Engagement, chain.engagement).status = EngagementStatus.PLANNED
        before = Engagement(
            title="Harbor study", purpose="Cranes", starts_at=WHEN - timedelta(days=500), zone="UTC"
        )
        edit.add(before)
        edit.flush()
        edit.add(EngagementPartner(engagement_id=before.id, partner_id=chain.partner))
    made = RecordView(context, Engagement)
    qtbot.addWidget(made)
    shown = record.load(plan, Engagement, chain.engagement)
    assert shown is not None
    made.show_record(shown)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    return made


def notes(view: RecordView) -> EngagementNotes:
    assert view.notes is not None
    return view.notes


def test_an_earlier_visit_about_what_is_typed_is_told(qtbot: QtBot, view: RecordView) -> None:
    assert notes(view).earlier.isHidden()
    purpose = view.form.form.row("purpose").editor
    purpose.set_typed("the harbor")
    purpose.edited.emit()

    qtbot.waitUntil(lambda: "Harbor study" in notes(view).earlier.text.text())
    assert not notes(view).earlier.isHidden()
    purpose.set_typed("something else")
    purpose.edited.emit()
    qtbot.waitUntil(lambda: notes(view).earlier.isHidden())


def test_what_was_held_is_not_asked_about_any_more(qtbot: QtBot, context: Context, view: RecordView) -> None:
    form = view.form.form
    form.row("purpose").editor.set_typed("the harbor")
    form.row("purpose").editor.edited.emit()
    qtbot.waitUntil(lambda: not notes(view).earlier.isHidden())
    form.row("status").editor.set_value(EngagementStatus.COMPLETED)
    form.row("status").editor.edited.emit()
    qtbot.waitUntil(lambda: notes(view).earlier.isHidden())


def test_the_most_alike_is_told_and_the_others_are_counted(
    qtbot: QtBot, plan: Plan, chain: Chain, view: RecordView
) -> None:
    with plan.edit("More") as edit:
        more = [
            Engagement(title=f"Harbor tour {n}", starts_at=WHEN - timedelta(days=100 + n), zone="UTC")
            for n in range(2)
        ]
        edit.add_all(more)
        edit.flush()
        edit.add_all(EngagementPartner(engagement_id=one.id, partner_id=chain.partner) for one in more)
    purpose = view.form.form.row("purpose").editor
    purpose.set_typed("harbor cranes")
    purpose.edited.emit()

    qtbot.waitUntil(lambda: bool(notes(view).earlier.text.text()))
    first, further = notes(view).earlier.text.text().splitlines()
    assert "Harbor study" in first
    assert further == "2 further visits about this."


def test_the_time_is_shown_by_the_clock_of_the_partner_and_follows_what_is_typed(
    qtbot: QtBot, view: RecordView
) -> None:
    when = view.form.form.row("starts_at")
    qtbot.waitUntil(lambda: when.note.replace("\u202f", " ") == "11:30 PM at Nagoya")
    when.editor.set_typed("2026-03-31 11:00")
    when.editor.edited.emit()
    assert when.note.replace("\u202f", " ") == "Apr 1, 2026, 1:00 AM at Nagoya"
    when.editor.set_typed("whenever")
    when.editor.edited.emit()
    assert when.note == ""


def test_a_partner_that_is_added_brings_its_clock(
    qtbot: QtBot, context: Context, plan: Plan, view: RecordView, chain: Chain
) -> None:
    with plan.edit("Add") as edit:
        lyon = Partner(name="Lyon", zone="Europe/Paris")
        edit.add(lyon)
        edit.flush()
        edit.add(EngagementPartner(engagement_id=chain.engagement, partner_id=lyon.id))

    qtbot.waitUntil(lambda: "Lyon" in view.form.form.row("starts_at").note)


def test_a_new_engagement_has_no_notes(qtbot: QtBot, context: Context, plan: Plan, view: RecordView) -> None:
    view.show_record(record.begin(plan, Engagement, {}, context.zone))
    qtbot.waitUntil(lambda: not context.jobs.busy)

    assert notes(view).earlier.isHidden()
    assert view.form.form.row("starts_at").note == ""
