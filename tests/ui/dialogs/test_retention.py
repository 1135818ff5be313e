"""The retention dialog: nothing ticked at first, what is kept says why, letting go asks first and can be undone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from cityplanner.model.engagement import Commitment, Engagement
from cityplanner.model.partner import Partner
from cityplanner.model.retention import LegalHold, RecordSeries, RetentionAction, RetentionRule
from cityplanner.store.backups import backups
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.retention import RetentionDialog
from cityplanner.ui.parts.record_dialog import RecordDialog
from tests.builders import make

TODAY = date(2027, 12, 1)


@pytest.fixture
def filled(plan: Plan) -> Plan:
    """Two rules and a hold; three old visits, one of which an open promise keeps."""
    with plan.edit("Make") as edit:
        edit.add(RetentionRule(title="Visits", series=RecordSeries.ENGAGEMENTS, years=7))
        edit.add(RetentionRule(title="Log", series=RecordSeries.HISTORY, years=1))
        edit.add(LegalHold(title="Audit", since=date(2020, 1, 1), released_on=date(2021, 1, 1)))
        visits = [
            Engagement(
                title=f"Visit {year}", starts_at=datetime(year, 1, 1, 18, tzinfo=UTC), zone="America/Chicago"
            )
            for year in (2011, 2012, 2013)
        ]
        edit.add_all(visits)
        edit.flush()
        partner = make(edit, Partner)
        edit.add(Commitment(text="Send plans", partner_id=partner.id, engagement_id=visits[2].id))
    return plan


def opened(qtbot: QtBot, context: Context) -> RetentionDialog:
    dialog = RetentionDialog(context, today=TODAY)
    qtbot.addWidget(dialog)
    dialog.open()
    settle(qtbot, dialog)
    return dialog


def settle(qtbot: QtBot, dialog: RetentionDialog) -> None:
    qtbot.waitUntil(lambda: dialog._looking is None and dialog._applying is None)


def top(dialog: RetentionDialog, name: str) -> QTreeWidgetItem:
    items = (dialog.list.topLevelItem(place) for place in range(dialog.list.topLevelItemCount()))
    return next(item for item in items if item is not None and item.text(0).startswith(name))


def lines(item: QTreeWidgetItem) -> list[str]:
    children = [item.child(place) for place in range(item.childCount())]
    return [child.text(0) for child in children if child is not None]


def titles(plan: Plan) -> list[str]:
    with plan.reading() as session:
        return sorted(one.title for one in session.query(Engagement))


def answer(dialog: RetentionDialog, button: str) -> str:
    dialog.go.click()
    (box,) = [one for one in dialog.findChildren(QMessageBox) if one.isVisible()]
    text = f"{box.text()} {box.informativeText()}"
    next(one for one in box.buttons() if one.text().replace("&", "") == button).click()
    return text


def test_without_rules_it_says_what_they_are_and_begins_one(qtbot: QtBot, context: Context) -> None:
    dialog = opened(qtbot, context)
    assert dialog.pages.currentWidget() is dialog.empty
    assert not dialog.go.isEnabled()
    dialog.empty.chosen.emit()
    (form,) = dialog.findChildren(RecordDialog)
    form.form.form.row("title").editor.set_typed("Visits")
    form.form.form.row("years").editor.set_typed("7")
    form.form.save()
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.list)
    assert lines(top(dialog, "Visits")) == ["Nothing is past its time."]


def test_nothing_is_ticked_at_first_and_what_is_kept_says_why(
    qtbot: QtBot, context: Context, filled: Plan
) -> None:
    dialog = opened(qtbot, context)
    visits = top(dialog, "Visits · 7 years after the date of the record")
    assert visits.text(2) == "2 may go · 1 is kept"
    assert lines(visits) == ["Visit 2011", "Visit 2012", "1 is kept"]
    group = visits.child(2)
    assert group is not None
    group.setExpanded(True)
    kept = group.child(0)
    assert kept is not None
    assert (kept.text(0), kept.text(2)) == ("Visit 2013", "Still open: commitment “Send plans”")
    assert kept.data(0, Qt.ItemDataRole.CheckStateRole) is None
    assert lines(top(dialog, "Legal holds")) == ["Audit"]
    assert dialog.list.agreed() == {}
    assert not dialog.go.isEnabled()


def test_a_tick_on_a_rule_ticks_all_that_may_go_under_it_in_sight(
    qtbot: QtBot, context: Context, filled: Plan
) -> None:
    dialog = opened(qtbot, context)
    visits = top(dialog, "Visits")
    visits.setExpanded(False)
    visits.setCheckState(0, Qt.CheckState.Checked)
    assert visits.isExpanded()
    assert dialog.list.agreed() == {1: [1, 2]}
    assert dialog.go.text() == "&Let 2 go…"
    first = visits.child(0)
    assert first is not None
    first.setCheckState(0, Qt.CheckState.Unchecked)
    assert visits.checkState(0) is Qt.CheckState.PartiallyChecked
    assert dialog.list.agreed() == {1: [2]}


def test_space_ticks_and_letting_go_asks_first_reports_and_can_be_undone(
    qtbot: QtBot, context: Context, filled: Plan
) -> None:
    dialog = opened(qtbot, context)
    child = top(dialog, "Visits").child(0)
    assert child is not None
    dialog.list.setCurrentItem(child)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert "Let one record go? A backup of the plan is made first" in answer(dialog, "Cancel")
    assert titles(filled) == ["Visit 2011", "Visit 2012", "Visit 2013"]
    answer(dialog, "Let go")
    settle(qtbot, dialog)
    assert titles(filled) == ["Visit 2012", "Visit 2013"]
    assert "1 record was let go." in dialog.state.text()
    assert len(backups(filled.path)) == 1
    assert lines(top(dialog, "Visits")) == ["Visit 2012", "1 is kept"]
    filled.undo()
    qtbot.waitUntil(lambda: lines(top(dialog, "Visits"))[0] == "Visit 2011")


def test_pruning_says_that_it_is_for_good(qtbot: QtBot, context: Context, filled: Plan) -> None:
    dialog = opened(qtbot, context)
    top(dialog, "Log").setCheckState(0, Qt.CheckState.Checked)
    text = answer(dialog, "Let go")
    assert "Prune one change of the history?" in text
    assert "for good" in text
    settle(qtbot, dialog)
    assert "1 change of the history was pruned" in dialog.state.text()
    assert filled.undoable() == "Retention: rules reviewed"


def test_what_a_rule_takes_out_is_said_before(qtbot: QtBot, context: Context, filled: Plan) -> None:
    with filled.edit("Change") as edit:
        rule = edit.get(RetentionRule, 1)
        first = edit.get(Engagement, 1)
        assert rule is not None
        assert first is not None
        rule.action, first.staff = RetentionAction.ANONYMIZE, ("Ana Ito",)
    dialog = opened(qtbot, context)
    top(dialog, "Visits").setCheckState(0, Qt.CheckState.Checked)
    assert "The names of persons go; the record stays." in answer(dialog, "Cancel")


def test_enter_edits_the_rule_and_a_rule_can_be_deleted(qtbot: QtBot, context: Context, filled: Plan) -> None:
    dialog = opened(qtbot, context)
    dialog.list.setCurrentItem(top(dialog, "Log"))
    dialog.edit.click()
    (form,) = dialog.findChildren(RecordDialog)
    assert form.windowTitle() == "Log"
    form.reject()
    dialog.delete.click()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 2)


def test_a_plan_that_is_only_read_is_looked_through_and_not_touched(
    qtbot: QtBot, context: Context, filled: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Context, "read_only", property(lambda _self: True))
    dialog = opened(qtbot, context)
    top(dialog, "Visits").setCheckState(0, Qt.CheckState.Checked)
    for button in (dialog.new_rule, dialog.new_hold, dialog.edit, dialog.delete, dialog.go):
        assert not button.isEnabled()
