"""The backups in the window: which there are, reading one, testing one, putting all of one back."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from cityplanner.base.settings import RECENT_PLANS, Settings
from cityplanner.store.backups import Keep, backup, backups
from cityplanner.store.checks import check_database
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.ui.app import Shell
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.backups import BackupsDialog, kept
from cityplanner.ui.dialogs.compare_backup import CompareDialog
from tests.store.content import content
from tests.ui.conftest import add_partners
from tests.ui.test_app import boxes, calm, opened

OLD = Path(__file__).parents[2] / "data" / "plans" / "0.1.0.cityplan.gz"
START = datetime(2026, 10, 30, 9, 0, tzinfo=UTC)


def listing(qtbot: QtBot, context: Context) -> BackupsDialog:
    """The dialog, once it knows what there is."""
    dialog = BackupsDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    return dialog


def ended(qtbot: QtBot, dialog: BackupsDialog) -> str:
    """What is said at the end of what a button began."""
    qtbot.waitUntil(lambda: dialog._job is None)
    return dialog.state.text()


def question(qtbot: QtBot, qapp: QApplication) -> QMessageBox:
    """The question that comes before a restore."""
    qtbot.waitUntil(lambda: bool(boxes(qapp, QMessageBox)))
    (box,) = boxes(qapp, QMessageBox)
    assert isinstance(box, QMessageBox)
    return box


def press(box: QMessageBox, text: str) -> None:
    """Press a button by its words."""
    next(button for button in box.buttons() if button.text() == text).click()


def test_backups_are_listed_newest_first_with_why_they_are_kept(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    backup(plan.path, reason="upgrade", now=START)
    backup(plan.path, reason="import", now=START + timedelta(days=1))
    backup(plan.path, now=START + timedelta(days=2))
    dialog = listing(qtbot, context)
    assert dialog.list.topLevelItemCount() == 3
    assert [dialog.list.topLevelItem(at).text(1) for at in range(3)] == [  # type: ignore[union-attr]
        "By hand",
        "Before an import",
        "Before an upgrade",
    ]
    assert "Nov 1, 2026" in dialog.summary.text()
    assert "(by hand)" in dialog.summary.text()
    assert dialog.numbers.text().startswith("3 are kept: 3 recent.")
    assert dialog.chosen is not None
    assert dialog.chosen.made_at == START + timedelta(days=2)


def test_one_that_thinning_has_not_come_to_yet_is_listed_too(plan: Plan) -> None:
    for minute in range(12):
        backup(plan.path, now=START + timedelta(minutes=minute))
    backup(plan.path, now=START - timedelta(days=90))
    found = kept(plan.path)
    assert [one.backup for one in found] == backups(plan.path)
    assert {one.why for one in found} >= {Keep.RECENT}


def test_without_a_backup_one_can_be_made_here(qtbot: QtBot, context: Context) -> None:
    dialog = listing(qtbot, context)
    assert dialog.summary.text() == "No backup was made yet."
    assert not dialog.compare.isEnabled()
    dialog.empty.chosen.emit()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 1)
    assert ended(qtbot, dialog).startswith("A backup was made and checked:")
    assert dialog.restore.isEnabled()


def test_only_one_thing_is_done_at_a_time(qtbot: QtBot, context: Context, plan: Plan) -> None:
    backup(plan.path, now=START)
    backup(plan.path, now=START + timedelta(days=1))
    dialog = listing(qtbot, context)
    dialog.test.click()
    dialog.list.setCurrentItem(dialog.list.topLevelItem(1))  # choosing another allows nothing meanwhile
    assert not any(one.isEnabled() for one in (dialog.make, dialog.test, dialog.restore, dialog.compare))
    assert "can be restored" in ended(qtbot, dialog)
    assert all(one.isEnabled() for one in (dialog.make, dialog.test, dialog.restore, dialog.compare))


def test_testing_a_restore_says_what_was_found_and_changes_nothing(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    made = backup(plan.path, now=START)
    before = made.read_bytes(), plan.path.read_bytes()
    dialog = listing(qtbot, context)
    dialog.test.click()
    assert "checks of the restored plan found nothing wrong" in ended(qtbot, dialog)
    assert (made.read_bytes(), plan.path.read_bytes()) == before


def test_testing_a_damaged_backup_says_so(qtbot: QtBot, context: Context, plan: Plan) -> None:
    made = backup(plan.path, now=START)
    made.write_bytes(made.read_bytes()[: made.stat().st_size // 2])
    dialog = listing(qtbot, context)
    dialog.test.click()
    assert "is not a whole backup" in ended(qtbot, dialog)
    assert dialog.state.property("role") == "danger"


def test_enter_compares_with_now(qtbot: QtBot, qapp: QApplication, context: Context, plan: Plan) -> None:
    backup(plan.path, now=START)
    dialog = listing(qtbot, context)
    dialog.list.itemActivated.emit(dialog.list.topLevelItem(0), 0)
    qtbot.waitUntil(lambda: bool(boxes(qapp, CompareDialog)))
    qtbot.waitUntil(lambda: not context.jobs.busy)
    boxes(qapp, CompareDialog)[0].close()


def test_restoring_asks_first_and_says_what_would_go(
    qtbot: QtBot, qapp: QApplication, context: Context, plan: Plan
) -> None:
    add_partners(plan, ["Nagoya"])
    backup(plan.path, now=START)
    add_partners(plan, ["Lima", "Accra"])
    dialog = listing(qtbot, context)
    dialog.restore.click()
    box = question(qtbot, qapp)
    assert "Oct 30, 2026" in box.text()
    assert "would be gone: 2" in box.informativeText()
    assert "“test before restore …”" in box.informativeText()
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
    box.close()
    assert dialog.isVisible()


def test_a_plan_too_damaged_to_be_compared_can_be_restored_all_the_same(
    qtbot: QtBot, qapp: QApplication, context: Context, plan: Plan
) -> None:
    made = backup(plan.path, now=START)
    dialog = listing(qtbot, context)
    whole = plan.path.read_bytes()
    plan.path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    dialog.restore.click()
    box = question(qtbot, qapp)
    assert "too damaged to tell" in box.informativeText()
    with qtbot.waitSignal(dialog.restore_asked) as asked:
        press(box, "Put it all back")
    assert asked.args[0].path == made
    plan.path.write_bytes(whole)


def test_a_damaged_backup_is_not_offered_to_be_restored(
    qtbot: QtBot, qapp: QApplication, context: Context, plan: Plan
) -> None:
    made = backup(plan.path, now=START)
    whole = made.read_bytes()
    made.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    dialog = listing(qtbot, context)
    dialog.restore.click()
    assert made.name in ended(qtbot, dialog) or made.stem in ended(qtbot, dialog)
    assert boxes(qapp, QMessageBox) == []


# --- in the whole window ---------------------------------------------------------------------------------


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    """The application, not started yet."""
    made = Shell(qapp, Settings(tmp_path / "settings.json"))
    yield made
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


@pytest.fixture
def kept_and_later(plan: Plan) -> tuple[Path, Path]:
    """A plan that nobody has open, changed after its backup; both paths."""
    add_partners(plan, ["Nagoya"])
    made = backup(plan.path, now=START)
    add_partners(plan, ["Lima"])
    plan.close()
    return plan.path, made


def backups_of(qtbot: QtBot, qapp: QApplication, shell: Shell) -> BackupsDialog:
    """The dialog as the window opens it."""
    shell.perform("backups")
    qtbot.waitUntil(lambda: bool(boxes(qapp, BackupsDialog)))
    calm(qtbot, shell)
    (dialog,) = boxes(qapp, BackupsDialog)
    assert isinstance(dialog, BackupsDialog)
    return dialog


def reopened(qtbot: QtBot, shell: Shell, before: Context | None) -> Context:
    """The plan that is open after the one before was put away."""
    qtbot.waitUntil(lambda: shell.desk.context not in (None, before) and shell.window.is_open)
    calm(qtbot, shell)
    assert shell.desk.context is not None
    return shell.desk.context


def test_restoring_closes_the_plan_puts_the_backup_in_its_place_and_opens_it(
    qtbot: QtBot, qapp: QApplication, shell: Shell, kept_and_later: tuple[Path, Path]
) -> None:
    path, made = kept_and_later
    later, wanted = content(path), content(made)
    opened(qtbot, shell, path)
    context = shell.desk.context
    shell.window.begin_record("partner")
    page = shell.window.page
    page.page.detail.form.form.row("name").editor.set_typed("Half-ty")  # type: ignore[union-attr, attr-defined]
    backups_of(qtbot, qapp, shell).restore.click()
    press(question(qtbot, qapp), "Put it all back")
    after = reopened(qtbot, shell, context)
    assert after.plan.path == path
    assert not after.read_only
    assert [hit.title for hit in after.plan.search("lima")] == []
    (aside,) = path.parent.glob("test before restore *.cityplan")
    assert aside.name in shell.window.messages.text
    assert "as it was on" in shell.window.messages.text
    assert after.drafts.get("partner", None) == {"name": "Half-ty"}
    add_partners(after.plan, ["Accra"])
    calm(qtbot, shell)
    shell.desk.close()
    assert content(aside) == later
    assert content(made) == wanted


def test_a_restore_that_is_refused_opens_the_plan_again_as_it_was(
    qtbot: QtBot, qapp: QApplication, shell: Shell, kept_and_later: tuple[Path, Path]
) -> None:
    path, made = kept_and_later
    before = content(path)
    opened(qtbot, shell, path)
    context = shell.desk.context
    made.write_bytes(made.read_bytes()[:5000])
    (one,) = backups(path)
    shell.opening.bring_back(path, one)
    after = reopened(qtbot, shell, context)
    assert "not a whole backup" in question(qtbot, qapp).text()
    question(qtbot, qapp).close()
    assert not after.read_only
    assert content(path) == before
    assert list(path.parent.glob("* before restore *")) == []


def test_work_under_way_is_over_before_the_plan_is_replaced(
    qtbot: QtBot, qapp: QApplication, shell: Shell, kept_and_later: tuple[Path, Path]
) -> None:
    path, _made = kept_and_later
    opened(qtbot, shell, path)
    context = shell.desk.context
    assert context is not None
    heard: list[object] = []
    for _many in range(5):
        context.jobs.start(lambda _progress: context.plan.search("n"), heard.append, owner=context)
    context.jobs.start(lambda _progress: add_partners(context.plan, ["Oslo"]), heard.append, owner=context)
    (one,) = backups(path)
    shell.opening.bring_back(path, one)
    after = reopened(qtbot, shell, context)
    assert [hit.title for hit in after.plan.search("nagoya")] == ["Nagoya"]
    assert after.plan.search("oslo") == []
    assert all(finding.ok for finding in check_database(path))
    assert boxes(qapp, QMessageBox) == []


def test_a_backup_is_read_without_being_changed_or_remembered_and_leads_back(
    qtbot: QtBot, qapp: QApplication, shell: Shell, kept_and_later: tuple[Path, Path]
) -> None:
    path, made = kept_and_later
    before = made.read_bytes()
    opened(qtbot, shell, path)
    context = shell.desk.context
    backups_of(qtbot, qapp, shell).read.click()
    reading = reopened(qtbot, shell, context)
    assert reading.plan.path == made
    assert reading.read_only
    assert shell.settings.get(RECENT_PLANS) == [str(path)]
    assert "This is a backup" in shell.window.messages.text
    assert "backup" in shell.window.windowTitle()
    open_plan(path, user="another").close()  # the plan itself was let go
    dialog = backups_of(qtbot, qapp, shell)
    assert dialog.pages.currentWidget() is dialog.empty
    dialog.empty.chosen.emit()
    again = reopened(qtbot, shell, reading)
    assert again.plan.path == path
    assert not again.read_only
    assert made.read_bytes() == before
    assert [one.name for one in made.parent.iterdir()] == [made.name]


def test_a_backup_that_is_opened_as_a_file_is_only_read(
    qtbot: QtBot, shell: Shell, kept_and_later: tuple[Path, Path]
) -> None:
    _path, made = kept_and_later
    opened(qtbot, shell, made)
    assert shell.desk.context is not None
    assert shell.desk.context.read_only
    assert shell.settings.get(RECENT_PLANS) == []


def test_a_plan_in_a_folder_that_is_called_backups_is_a_plan(
    qtbot: QtBot, shell: Shell, plan: Plan, tmp_path: Path
) -> None:
    folder = tmp_path / "Old backups"
    folder.mkdir()
    copy = plan.save_copy(folder / "Riverton.cityplan")
    opened(qtbot, shell, copy)
    assert shell.desk.context is not None
    assert not shell.desk.context.read_only
    assert shell.settings.get(RECENT_PLANS) == [str(copy)]


def test_a_backup_of_an_older_version_is_read_in_a_copy_that_is_gone_afterwards(
    qtbot: QtBot, qapp: QApplication, shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "Old.cityplan"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    opened(qtbot, shell, path)
    context = shell.desk.context
    (made,) = backups(path)
    before = made.path.read_bytes()
    backups_of(qtbot, qapp, shell).read.click()
    reading = reopened(qtbot, shell, context)
    assert reading.read_only
    assert reading.plan.office() is not None
    assert "backup" in shell.window.windowTitle()
    copy = reading.plan.path
    assert copy != made.path
    assert shell.settings.get(RECENT_PLANS) == [str(path)]
    backups_of(qtbot, qapp, shell).empty.chosen.emit()
    again = reopened(qtbot, shell, reading)
    assert again.plan.path == path
    assert not copy.exists()
    assert made.path.read_bytes() == before
