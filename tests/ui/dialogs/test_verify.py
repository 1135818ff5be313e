"""Verifying the plan from the window: the same answers as `cityplanner check`, the wrong ones first."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from cityplanner.exchange.checking import check_whole
from cityplanner.store.backups import backup
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.history import head
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.history import HistoryDialog
from cityplanner.ui.dialogs.verify import VerifyDialog
from tests.store.content import raw
from tests.ui.conftest import add_partners


def verified(qtbot: QtBot, context: Context) -> VerifyDialog:
    """The dialog, once it has its answers."""
    dialog = VerifyDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    rest(qtbot, dialog)
    return dialog


def rest(qtbot: QtBot, dialog: VerifyDialog) -> None:
    """Wait for the answers."""
    qtbot.waitUntil(lambda: dialog._job is None)


def test_a_sound_plan_is_called_sound_with_all_that_was_asked(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    add_partners(plan, ["Lima"])
    dialog = verified(qtbot, context)
    assert dialog.answer.text() == "The plan is sound"
    checked = check_whole(plan.path)
    assert dialog.findings == [f"✓ {one.what}" for one in checked.findings]
    assert dialog.again.isEnabled()


def test_what_was_changed_past_the_history_comes_first(qtbot: QtBot, context: Context, plan: Plan) -> None:
    add_partners(plan, ["Lima"])
    with raw(plan.path) as connection:
        connection.execute("UPDATE partner SET name = 'Another'")
    dialog = verified(qtbot, context)
    assert dialog.answer.text() == "One thing is not as it should be"
    assert dialog.findings[0].startswith("✗ Not so: Every record is as the history left it.")
    assert "Another" in dialog.findings[0]
    assert not any(one.startswith("✗") for one in dialog.findings[1:])


def test_a_head_that_was_noted_earlier_is_looked_for(qtbot: QtBot, context: Context, plan: Plan) -> None:
    with plan.reading() as session:
        noted = str(head(session))
    add_partners(plan, ["Lima"])
    dialog = verified(qtbot, context)
    dialog.noted.setText(noted)
    dialog.again.click()
    assert not dialog.again.isEnabled()
    rest(qtbot, dialog)
    assert dialog.answer.text() == "The plan is sound"
    assert any("goes through the head" in one for one in dialog.findings)
    dialog.noted.setText("0" * len(noted.split()[-1]))
    dialog.check()
    rest(qtbot, dialog)
    assert dialog.answer.text() == "One thing is not as it should be"


def test_what_is_no_head_is_said_in_words_and_can_be_mended(qtbot: QtBot, context: Context) -> None:
    dialog = verified(qtbot, context)
    dialog.noted.setText("nonsense")
    dialog.check()
    rest(qtbot, dialog)
    assert dialog.answer.text() == "The plan could not be checked"
    assert "“nonsense” is not the head of a history." in dialog.findings[0]
    assert dialog.again.isEnabled()


def test_a_history_that_was_cut_off_is_found_by_a_backup(qtbot: QtBot, context: Context, plan: Plan) -> None:
    before = plan.path.read_bytes()
    add_partners(plan, ["Lima"])
    backup(plan.path)
    later = plan.path.read_bytes()
    plan.path.write_bytes(before)
    dialog = verified(qtbot, context)
    assert any(one.startswith("✗ Not so: The history goes on from every backup.") for one in dialog.findings)
    plan.path.write_bytes(later)


def test_closing_it_stops_the_work(qtbot: QtBot, context: Context) -> None:
    dialog = VerifyDialog(context)
    dialog.show()
    dialog.reject()
    qtbot.waitUntil(lambda: not context.jobs.busy)


def test_the_history_leads_to_it(qtbot: QtBot, context: Context) -> None:
    history = HistoryDialog(context)
    qtbot.addWidget(history)
    history.show()
    history.verify.click()
    (dialog,) = history.findChildren(VerifyDialog)
    rest(qtbot, dialog)
    assert dialog.answer.text() == "The plan is sound"
