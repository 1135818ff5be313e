"""A backup beside the plan as it is now: what differs, noun by noun, and one record put back."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from cityplanner.base.language import current
from cityplanner.base.settings import Settings
from cityplanner.model.partner import Partner
from cityplanner.store.backups import Backup, backup, backups
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.compare_backup import CompareDialog
from tests.store.content import raw
from tests.ui.conftest import add_partners

OLD = Path(__file__).parents[2] / "data" / "plans" / "0.1.0.cityplan.gz"


@pytest.fixture
def kept(plan: Plan) -> Backup:
    """A backup since which a partner was added, one changed and one removed."""
    lima, _accra, _nagoya = add_partners(plan, ["Lima", "Accra", "Nagoya"])
    backup(plan.path)
    with plan.edit("Change") as edit:
        found = edit.get(Partner, lima)
        assert found is not None
        found.name = "Lima Metropolitana"
    with plan.edit("Remove") as edit:
        accra = edit.get(Partner, _accra)
        assert accra is not None
        edit.remove(accra)
    add_partners(plan, ["Oslo"])
    return backups(plan.path)[0]


def compared(qtbot: QtBot, context: Context, kept: Backup) -> CompareDialog:
    """The dialog, once it knows what differs."""
    dialog = CompareDialog(context, kept)
    qtbot.addWidget(dialog)
    dialog.show()
    rest(qtbot, dialog)
    return dialog


def rest(qtbot: QtBot, dialog: CompareDialog) -> None:
    """Wait until nothing is read or written for the dialog."""
    qtbot.waitUntil(
        lambda: dialog._reading is None and dialog._writing is None and not dialog._context.jobs.busy
    )


def lines(dialog: CompareDialog) -> list[str]:
    """The records that are listed."""
    group = dialog.list.topLevelItem(0)
    assert group is not None
    return [group.child(at).text(0) for at in range(group.childCount())]


def choose(dialog: CompareDialog, text: str) -> QTreeWidgetItem:
    """Choose a record by what it is called in the list."""
    group = dialog.list.topLevelItem(0)
    assert group is not None
    item = next(group.child(at) for at in range(group.childCount()) if text in group.child(at).text(0))
    dialog.list.setCurrentItem(item)
    return item


def name_of(plan: Plan, number: int) -> str | None:
    """What a partner is called now."""
    with plan.reading() as session:
        found = session.get(Partner, number)
        return found.name if found else None


def test_what_was_added_changed_and_removed_is_listed_with_its_fields(
    qtbot: QtBot, context: Context, kept: Backup
) -> None:
    dialog = compared(qtbot, context, kept)
    assert dialog.summary.text().endswith("one added, one changed, one removed")
    assert lines(dialog) == [
        "Partner added: Oslo",
        "Partner changed: Lima Metropolitana",
        "Partner deleted: Accra",
    ]
    assert choose(dialog, "Lima").child(0).text(0) == "Name: Lima → Lima Metropolitana"


def test_a_changed_record_is_put_back_and_can_be_undone(
    qtbot: QtBot, context: Context, plan: Plan, kept: Backup
) -> None:
    said: list[tuple[str, bool]] = []
    context.message.connect(lambda text, undoable: said.append((text, undoable)))
    dialog = compared(qtbot, context, kept)
    choose(dialog, "Lima")
    dialog.back.click()
    assert not dialog.back.isEnabled()
    rest(qtbot, dialog)
    assert name_of(plan, 1) == "Lima"
    assert said == [("The record is as it was in the backup.", True)]
    assert dialog.state.text() == "The record is as it was in the backup."
    assert dialog.summary.text().endswith("one added, one removed")
    choose(dialog, "Accra")
    assert dialog.state.text().startswith("Each line shows")
    plan.undo()
    rest(qtbot, dialog)
    assert dialog.summary.text().endswith("one added, one changed, one removed")


def test_a_removed_record_comes_back(qtbot: QtBot, context: Context, plan: Plan, kept: Backup) -> None:
    dialog = compared(qtbot, context, kept)
    choose(dialog, "Accra")
    dialog.back.click()
    rest(qtbot, dialog)
    assert name_of(plan, 2) == "Accra"


def test_a_field_of_a_record_stands_for_the_record(qtbot: QtBot, context: Context, kept: Backup) -> None:
    dialog = compared(qtbot, context, kept)
    dialog.list.setCurrentItem(choose(dialog, "Lima").child(0))
    assert dialog.chosen is not None
    assert dialog.chosen.record_id == 1
    assert dialog.back.isEnabled()


def test_what_was_added_since_has_nothing_to_be_put_back_to(
    qtbot: QtBot, context: Context, kept: Backup
) -> None:
    dialog = compared(qtbot, context, kept)
    choose(dialog, "Oslo")
    assert not dialog.back.isEnabled()
    assert "there is nothing to put back" in dialog.state.text()


def test_a_record_that_cannot_come_back_says_why_and_the_list_stays(
    qtbot: QtBot, context: Context, plan: Plan, kept: Backup
) -> None:
    dialog = compared(qtbot, context, kept)
    choose(dialog, "Lima")
    kept.path.unlink()
    dialog.back.click()
    rest(qtbot, dialog)
    assert "There is no plan at" in dialog.state.text()
    assert len(lines(dialog)) == 3


def test_without_a_difference_there_is_nothing_to_put_back(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    backup(plan.path)
    dialog = compared(qtbot, context, backups(plan.path)[0])
    assert dialog.pages.currentWidget() is dialog.same
    assert not dialog.back.isEnabled()


@pytest.fixture
def reader(plan: Plan, kept: Backup, tmp_path: Path) -> Iterator[Context]:
    """What pages are handed, on the plan open read-only."""
    plan.close()
    with open_plan(plan.path, read_only=True) as opened:
        made = Context(opened, Settings(tmp_path / "s.json"), current(), drafts=tmp_path)
        yield made
        made.close()


def test_a_plan_that_is_only_read_is_compared_and_not_changed(
    qtbot: QtBot, reader: Context, kept: Backup
) -> None:
    dialog = compared(qtbot, reader, kept)
    choose(dialog, "Lima")
    assert not dialog.back.isEnabled()
    assert "read-only" in dialog.state.text()


def test_a_damaged_backup_is_refused_in_words(
    qtbot: QtBot, context: Context, plan: Plan, kept: Backup
) -> None:
    whole = kept.path.read_bytes()
    kept.path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    dialog = compared(qtbot, context, kept)
    assert kept.path.stem in dialog.summary.text()
    assert "Restore a backup" in dialog.state.text()
    assert not dialog.back.isEnabled()


@pytest.fixture
def old(qapp: QApplication, tmp_path: Path) -> Iterator[Context]:
    """What pages are handed, on a plan of 0.1.0 that was just brought up to date, with the backup made before."""
    path = tmp_path / "Old.cityplan"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    with open_plan(path, user="tester") as opened:
        made = Context(opened, Settings(tmp_path / "s.json"), current(), drafts=tmp_path)
        yield made
        made.close()


def test_a_backup_of_an_older_version_is_compared_and_puts_a_record_back(qtbot: QtBot, old: Context) -> None:
    (kept,) = backups(old.plan.path)
    assert kept.reason == "upgrade"
    with raw(kept.path) as connection:
        number, name = connection.execute("SELECT id, name FROM partner LIMIT 1").fetchone()
    with old.plan.edit("Rename") as edit:
        found = edit.get(Partner, number)
        assert found is not None
        found.name = "Another"
    dialog = compared(qtbot, old, kept)
    assert dialog.summary.text().endswith("one changed")
    choose(dialog, "Another")
    dialog.back.click()
    rest(qtbot, dialog)
    assert name_of(old.plan, number) == name
