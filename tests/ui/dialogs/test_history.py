"""The history in the window: who changed what, field by field, narrowed by words and nouns."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from cityplanner.exchange.history_words import tell
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.history import HistoryDialog
from tests.ui.conftest import Chain, add_partners


def test_a_change_tells_its_fields_before_and_after(plan: Plan) -> None:
    (key,) = add_partners(plan, ["Nagoya"])
    with plan.edit("Rename partner") as edit:
        partner = edit.get(Partner, key)
        assert partner is not None
        partner.name = "Nagoya City"
    newest = tell(plan, "USD", "UTC")[0]
    assert (newest.label, newest.who) == ("Rename partner", "tester")
    assert newest.rows[0].title == "Partner changed: Nagoya City"
    assert newest.rows[0].lines[0].before == "Nagoya"
    assert [str(line) for line in newest.rows[0].lines] == ["Name: Nagoya → Nagoya City"]


def test_a_link_is_told_by_title(plan: Plan, chain: Chain) -> None:
    told = tell(plan, "USD", "UTC", table="contribution")[0]
    lines = next(row.lines for row in told.rows if row.table == "contribution")
    assert any("Peer exchange" in str(line) for line in lines)


def test_a_deleted_record_is_told_by_its_own_values(plan: Plan) -> None:
    (key,) = add_partners(plan, ["Gone"])
    with plan.edit("Delete partner") as edit:
        partner = edit.get(Partner, key)
        assert partner is not None
        edit.remove(partner)
    row = tell(plan, "USD", "UTC")[0].rows[0]
    assert row.title.startswith("Partner deleted: Gone")
    assert not row.exists


def test_undo_is_told_as_undo(plan: Plan) -> None:
    add_partners(plan, ["Nagoya"])
    plan.undo()
    assert tell(plan, "USD", "UTC")[0].label == "Undo: Add partners"


def test_the_dialog_narrows_by_words_and_nouns(
    qtbot: QtBot, context: Context, plan: Plan, chain: Chain
) -> None:
    add_partners(plan, ["Nagoya"])
    dialog = HistoryDialog(context)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() >= 2)
    dialog.words.setText("add partners")
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 1)
    dialog.words.setText("nothing like this")
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 0)
    assert dialog.state.text() == "No change fits these words."
    dialog.words.clear()
    dialog.noun.setCurrentIndex(dialog.noun.findData("fund"))
    dialog.noun.activated.emit(dialog.noun.currentIndex())
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 1)
    dialog.reject()


def test_enter_on_a_record_opens_it(qtbot: QtBot, context: Context, plan: Plan) -> None:
    (key,) = add_partners(plan, ["Nagoya"])
    dialog = HistoryDialog(context)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() > 0)
    newest = dialog.list.topLevelItem(0)
    assert newest is not None
    assert newest.childCount() == 0
    dialog.list.expandItem(newest)
    with qtbot.waitSignal(context.opened) as opened:
        dialog.list.itemActivated.emit(newest.child(0), 0)
    assert opened.args == ["partner", key]


def test_a_closed_dialog_hears_of_no_further_change(qtbot: QtBot, context: Context) -> None:
    dialog = HistoryDialog(context)
    dialog.show()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    with qtbot.captureExceptions() as raised:
        with qtbot.waitSignal(context.changed):
            add_partners(context.plan, ["Nagoya"])
        QCoreApplication.processEvents()
    assert raised == []


def test_of_long_texts_the_part_that_differs_is_told(plan: Plan) -> None:
    long = "Every letter goes through the exchange division. " * 8
    with plan.edit("Add") as edit:
        edit.add(Partner(name="Nagoya", notes=f"{long}It answers in days."))
    for notes in (f"{long}It answers in weeks.", "", "Short."):
        with plan.edit("Change") as edit:
            partner = edit.get(Partner, 1)
            assert partner is not None
            partner.notes = notes
    told = [str(one.rows[0].lines[0]) for one in tell(plan, "USD", "UTC")[:3]]
    assert told[2] == "Notes: …division. It answers in days. → …division. It answers in weeks."
    assert told[1].startswith("Notes: Every letter goes")
    assert told[1].endswith("… → nothing")
    assert told[0] == "Notes: nothing → Short."
