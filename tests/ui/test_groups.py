"""Groups in the window: saved from a list, chosen as a filter, kept up to date, written to; and bulk edits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu
from pytestqt.qtbot import QtBot

from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Engagement, EngagementPartner
from cityplanner.model.group import GroupOf, SmartGroup
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.bulk_edit import BulkEditDialog
from cityplanner.ui.dialogs.group import GroupDialog
from cityplanner.ui.dialogs.recipients import RecipientsDialog
from cityplanner.ui.pages.records import RecordPage
from cityplanner.ui.parts.editors.texts import ListEditor
from cityplanner.ui.parts.picker import Picker
from tests.ui.conftest import add_partners

D = TypeVar("D", bound=QDialog)


def opened(qtbot: QtBot, context: Context, table: str = "partner") -> RecordPage:
    """The page of a noun, once its list is read."""
    page = RecordPage(context, nouns()[table])
    qtbot.addWidget(page)
    page.resize(1200, 700)
    with qtbot.waitSignal(page.list.view.table_model.listed):
        page.show()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    return page


def dialog_of(page: RecordPage, kind: type[D]) -> D:
    """The open dialog of a kind."""
    found: list[D] = page.list.findChildren(kind)
    return next(one for one in found if one.isVisible())


def names(page: RecordPage) -> list[str]:
    """The first column of the list."""
    model = page.list.view.table_model
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def choose(page: RecordPage, text: str) -> None:
    """Choose from the list's menu."""
    menu = QMenu()
    page.list.fill_menu(menu)
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_a_narrowed_list_is_saved_as_a_group_and_shows_it(qtbot: QtBot, context: Context, plan: Plan) -> None:
    add_partners(plan, ["Athens", "Berlin", "Bern"])
    page = opened(qtbot, context)
    page.list.narrow("ber", kind="city")
    choose(page, "Save as group…")
    qtbot.waitUntil(lambda: bool([d for d in page.list.findChildren(GroupDialog) if d.isVisible()]))
    dialog = dialog_of(page, GroupDialog)
    qtbot.waitUntil(lambda: "2 partners" in dialog.found.text())
    assert dialog.asked.lines == ("kind is city",)
    qtbot.keyClicks(dialog.title, "Ber cities")
    with qtbot.waitSignal(dialog.saved):
        qtbot.keyClick(dialog.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.list.groups is not None and page.list.groups.currentText() == "Ber cities")
    qtbot.waitUntil(lambda: names(page) == ["Berlin", "Bern"])
    assert plan.undoable() == "Save group “Ber cities”"
    plan.undo()
    qtbot.waitUntil(lambda: names(page) == ["Athens", "Berlin", "Bern"])


def test_a_group_shown_follows_the_plan(qtbot: QtBot, context: Context, plan: Plan) -> None:
    athens, _berlin = add_partners(plan, ["Athens", "Berlin"])
    with plan.edit("Group") as edit:
        edit.add(SmartGroup(title="Silent", of=GroupOf.PARTNER, conditions=("last_contact older than 30",)))
    page = opened(qtbot, context)
    assert page.list.groups is not None
    page.list.groups.choose(1)
    qtbot.waitUntil(lambda: names(page) == ["Athens", "Berlin"])
    with plan.edit("Call") as edit:
        call = Engagement(title="Call", starts_at=datetime.now(UTC) - timedelta(minutes=1), zone="UTC")
        edit.add(call)
        edit.flush()
        edit.add(EngagementPartner(engagement_id=call.id, partner_id=athens))
    qtbot.waitUntil(lambda: names(page) == ["Berlin"])


def test_conditions_are_added_by_keyboard_and_refused_in_words(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    add_partners(plan, ["Athens"])
    page = opened(qtbot, context)
    choose(page, "Save as group…")
    qtbot.waitUntil(lambda: bool([d for d in page.list.findChildren(GroupDialog) if d.isVisible()]))
    dialog = dialog_of(page, GroupDialog)
    dialog.field.setCurrentIndex(dialog.field.findData("last_contact"))
    dialog.field.activated.emit(dialog.field.currentIndex())
    qtbot.keyClicks(dialog.value, "soon")
    qtbot.keyClick(dialog.value, Qt.Key.Key_Return)
    assert "number of days" in dialog.problem.text()
    assert dialog.isVisible()
    dialog.value.setText("365")
    qtbot.keyClick(dialog.value, Qt.Key.Key_Return)
    assert dialog.asked.lines == ("last_contact older than 365",)
    assert dialog.lines.item(0).text() == "Last contact older than 365 days"
    dialog.remove.click()
    assert dialog.asked.lines == ()
    dialog.reject()


def test_a_record_to_be_linked_to_is_chosen_from_a_list_by_keyboard(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    athens, _berlin = add_partners(plan, ["Athens", "Berlin"])
    with plan.edit("Person") as edit:
        ana, bea = Contact(given="Ana", family="Reyes"), Contact(given="Bea", family="Roth")
        edit.add_all((ana, bea))
        edit.flush()
        edit.add(Position(contact_id=ana.id, partner_id=athens, title="Consul"))
    page = opened(qtbot, context, "contact")
    choose(page, "Save as group…")
    qtbot.waitUntil(lambda: bool([d for d in page.list.findChildren(GroupDialog) if d.isVisible()]))
    dialog = dialog_of(page, GroupDialog)
    dialog.field.setFocus()
    qtbot.keyClick(dialog.field, Qt.Key.Key_End)
    assert dialog.field.currentText() == "Linked to partner"
    assert not dialog.value.isEnabled()
    qtbot.keyClick(dialog.add, Qt.Key.Key_Space)
    (picker,) = dialog.findChildren(Picker)
    qtbot.waitUntil(lambda: picker.list.count() == 2)
    qtbot.keyClicks(picker.line, "ath")
    qtbot.waitUntil(lambda: picker.list.count() == 1)
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.lines.count() == 1)
    assert dialog.lines.item(0).text() == "Linked to partner: Athens"
    qtbot.waitUntil(lambda: "1 contact" in dialog.found.text())
    again = GroupDialog(context, Contact, dialog.asked, page)
    qtbot.waitUntil(lambda: again.lines.count() == 1)
    assert again.lines.item(0).text() == "Linked to partner: Athens"
    again.reject()
    dialog.reject()


def test_a_name_that_is_taken_is_refused_in_words(qtbot: QtBot, context: Context, plan: Plan) -> None:
    with plan.edit("Group") as edit:
        edit.add(SmartGroup(title="Mine", of=GroupOf.PARTNER))
    page = opened(qtbot, context)
    choose(page, "Save as group…")
    qtbot.waitUntil(lambda: bool([d for d in page.list.findChildren(GroupDialog) if d.isVisible()]))
    dialog = dialog_of(page, GroupDialog)
    dialog.title.setText("Mine")
    dialog.accept()
    qtbot.waitUntil(lambda: bool(dialog.problem.text()))
    assert dialog.isVisible()
    dialog.reject()


def test_selected_rows_are_changed_in_one_step(qtbot: QtBot, context: Context, plan: Plan) -> None:
    ids = add_partners(plan, ["Athens", "Berlin"])
    page = opened(qtbot, context)
    page.list.view.selectAll()
    choose(page, "Change selected rows…")
    dialog = dialog_of(page, BulkEditDialog)
    assert dialog.windowTitle() == "Change 2 partners"
    dialog.choose_field("tags")
    dialog.way.setCurrentIndex(dialog.way.findData("add"))
    assert isinstance(dialog.editor, ListEditor)
    dialog.editor.box.setFocus()
    qtbot.keyClicks(dialog.editor.box, "port")
    qtbot.waitUntil(lambda: dialog.outcome is not None and dialog.go.isEnabled())
    assert dialog.told.text() == "2 change."
    dialog.go.click()
    qtbot.waitUntil(lambda: plan.undoable() == "Change Tags of 2 partners")
    with plan.reading() as session:
        assert {session.get_one(Partner, number).tags for number in ids} == {("port",)}
    plan.undo()
    with plan.reading() as session:
        assert {session.get_one(Partner, number).tags for number in ids} == {()}


def test_rows_that_refuse_are_named_and_nothing_can_be_changed(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    ids = add_partners(plan, ["Athens"])
    page = opened(qtbot, context)
    page.list.view.selectAll()
    dialog = BulkEditDialog(context, Partner, ids, page)
    dialog.show()
    dialog.choose_field("name")
    qtbot.waitUntil(lambda: "Athens" in dialog.problem.text())
    assert not dialog.go.isEnabled()
    dialog.reject()


@pytest.fixture
def people(plan: Plan) -> Plan:
    """Two people, one of whom must not be contacted, and a group of them."""
    with plan.edit("Make") as edit:
        edit.add(Contact(given="Ana", family="Reyes", email="ana@example.org"))
        edit.add(Contact(family="Silent", email="silent@example.org", do_not_contact=True))
        edit.add(SmartGroup(title="Everyone", of=GroupOf.CONTACT))
        edit.add(Partner(name="Chile", kind=PartnerKind.CONSULATE))
    return plan


def test_recipients_of_a_group_are_shown_and_saved(
    qtbot: QtBot, context: Context, people: Plan, tmp_path: Path
) -> None:
    page = opened(qtbot, context, "contact")
    choose(page, "Recipients…")
    dialog = dialog_of(page, RecipientsDialog)
    qtbot.waitUntil(lambda: dialog.found is not None)
    assert dialog.people.rowCount() == 1
    assert "must not be contacted: 1" in dialog.counts.text()
    dialog.write_list(tmp_path / "people.csv")
    dialog.write_list(tmp_path / "people.xlsx")
    dialog.write_drafts(tmp_path / "mail.eml")
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert "silent" not in (tmp_path / "people.csv").read_text("utf-8-sig")
    assert (tmp_path / "people.xlsx").stat().st_size > 1000
    assert "Bcc: ana@example.org" in (tmp_path / "mail.eml").read_text("utf-8")
    dialog.reject()
