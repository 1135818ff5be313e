"""The application: what it opens, what it says when it cannot, what it keeps, and how fast it starts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from cityplanner.base import paths
from cityplanner.base.settings import RECENT_PLANS, Settings
from cityplanner.model.office import Office
from cityplanner.store.errors import Holder, LockedPlanError
from cityplanner.store.plan_file import create_plan, open_plan
from cityplanner.ui import desk
from cityplanner.ui.app import Shell
from cityplanner.ui.dialogs.office_form import NewPlanDialog
from cityplanner.ui.dialogs.trouble import LockedChoice, LockedDialog
from cityplanner.ui.pages.home import HomePage
from cityplanner.ui.places import Place
from tests.conftest import make_office


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    """The application, not started yet."""
    made = Shell(qapp, Settings(tmp_path / "settings.json"))
    yield made
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


@pytest.fixture
def plan_path(tmp_path: Path) -> Path:
    """A plan on disk that nobody has open."""
    path = tmp_path / "Riverton.cityplan"
    create_plan(path, make_office(), user="tester").close()
    return path


def opened(qtbot: QtBot, shell: Shell, path: Path | None) -> None:
    """Start on a plan and wait until its first page is there."""
    shell.start(path)
    qtbot.waitUntil(lambda: shell.window.is_open)
    calm(qtbot, shell)


def calm(qtbot: QtBot, shell: Shell) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: shell.desk.context is None or not shell.desk.context.jobs.busy)


def boxes(qapp: QApplication, kind: type[QDialog]) -> list[QDialog]:
    """The dialogs of a kind that are open."""
    return [widget for widget in qapp.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]


def test_without_a_plan_the_welcome_page_opens(qtbot: QtBot, shell: Shell) -> None:
    shell.start(None)
    assert shell.window.stack.currentWidget() is shell.window.welcome


def test_the_default_plan_opens_when_there_is_one(qtbot: QtBot, shell: Shell) -> None:
    create_plan(paths.default_plan(), make_office(), user="tester").close()
    opened(qtbot, shell, None)
    assert shell.window.windowTitle().startswith("Office of International Affairs")


def test_a_named_plan_opens_and_is_remembered(qtbot: QtBot, shell: Shell, plan_path: Path) -> None:
    opened(qtbot, shell, plan_path)
    assert shell.settings.get(RECENT_PLANS) == [str(plan_path)]


def test_the_first_run_form_makes_a_plan_with_the_catalog(
    qtbot: QtBot, shell: Shell, qapp: QApplication
) -> None:
    shell.start(None)
    shell.perform("new")
    qtbot.waitUntil(lambda: bool(boxes(qapp, NewPlanDialog)))
    dialog = boxes(qapp, NewPlanDialog)[0]
    assert isinstance(dialog, NewPlanDialog)
    values = {"name": "Office", "city": "Riverton", "country": "US", "zone": "America/Chicago"}
    for name, value in values.items():
        dialog.form.row(name).editor.set_value(value, "")
    dialog.accept()
    qtbot.waitUntil(lambda: shell.window.is_open, timeout=20_000)
    assert paths.default_plan().is_file()
    context = shell.desk.context
    assert context is not None
    assert context.plan.search("reciprocity")
    calm(qtbot, shell)


def test_a_file_that_is_no_plan_is_refused_in_words(
    qtbot: QtBot, shell: Shell, qapp: QApplication, tmp_path: Path
) -> None:
    path = tmp_path / "letter.cityplan"
    path.write_text("Dear mayor", "utf-8")
    shell.start(path)
    qtbot.waitUntil(lambda: bool(boxes(qapp, QMessageBox)))
    box = boxes(qapp, QMessageBox)[0]
    assert isinstance(box, QMessageBox)
    assert "letter.cityplan" in box.text()
    assert box.informativeText()
    assert shell.window.stack.currentWidget() is shell.window.welcome
    assert path.read_text("utf-8") == "Dear mayor"
    box.close()


def test_a_plan_that_is_gone_is_refused_in_words(
    qtbot: QtBot, shell: Shell, qapp: QApplication, tmp_path: Path
) -> None:
    shell.start(tmp_path / "gone.cityplan")
    qtbot.waitUntil(lambda: bool(boxes(qapp, QMessageBox)))
    boxes(qapp, QMessageBox)[0].close()


def test_a_plan_that_was_cut_short_is_refused_and_left_alone(
    qtbot: QtBot, shell: Shell, qapp: QApplication, plan_path: Path
) -> None:
    data = plan_path.read_bytes()[:5000]
    plan_path.write_bytes(data)
    shell.start(plan_path)
    qtbot.waitUntil(lambda: bool(boxes(qapp, QMessageBox)))
    boxes(qapp, QMessageBox)[0].close()
    assert plan_path.read_bytes() == data


def hold(path: Path) -> subprocess.Popen[str]:
    """Another process that has a plan open, until its input is closed."""
    code = (
        "import sys; from pathlib import Path; from cityplanner.store.plan_file import open_plan\n"
        "plan = open_plan(Path(sys.argv[1]), user='Deputy'); print('open', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    return holder


def let_go(holder: subprocess.Popen[str]) -> None:
    """End the other process."""
    holder.communicate(timeout=20)


def test_a_locked_plan_names_its_holder_and_opens_read_only(
    qtbot: QtBot, shell: Shell, qapp: QApplication, plan_path: Path
) -> None:
    holder = hold(plan_path)
    try:
        shell.start(plan_path)
        qtbot.waitUntil(lambda: bool(boxes(qapp, LockedDialog)))
        dialog = boxes(qapp, LockedDialog)[0]
        assert isinstance(dialog, LockedDialog)
        assert "Deputy" in dialog.text()
        dialog.read.click()
        qtbot.waitUntil(lambda: shell.window.is_open)
        assert shell.desk.context is not None
        assert shell.desk.context.read_only
        assert "read-only" in shell.window.windowTitle()
        assert not shell.window.commands["import"].isEnabled()
        assert shell.window.commands["save_copy"].isEnabled()
        calm(qtbot, shell)
        assert shell.window.bar.saved.text() == "Read-only"
    finally:
        let_go(holder)


def test_the_locked_dialog_offers_four_ways(qtbot: QtBot) -> None:
    error = LockedPlanError(Path("Riverton.cityplan"), Holder("Deputy", "desk-4", 7, "2026-11-02 09:00"))
    for name, choice in (
        ("read", LockedChoice.READ_ONLY),
        ("copy", LockedChoice.COPY),
        ("take", LockedChoice.TAKE_OVER),
        ("leave", LockedChoice.CANCEL),
    ):
        dialog = LockedDialog(error, Path("Riverton.cityplan"))
        qtbot.addWidget(dialog)
        dialog.show()
        getattr(dialog, name).click()
        assert dialog.choice() is choice
    assert "desk-4" in dialog.text()


def test_a_copy_and_a_backup_are_plans_of_their_own(
    qtbot: QtBot, shell: Shell, plan_path: Path, tmp_path: Path
) -> None:
    opened(qtbot, shell, plan_path)
    made: list[Path] = []
    shell.desk.save_copy(tmp_path / "copy.cityplan", made.append)
    shell.desk.back_up(made.append)
    qtbot.waitUntil(lambda: len(made) == 2)
    for path in made:
        with open_plan(path, read_only=True) as copy:
            assert isinstance(copy.office(), Office)


def test_opening_another_plan_lets_the_first_go(
    qtbot: QtBot, shell: Shell, plan_path: Path, tmp_path: Path
) -> None:
    opened(qtbot, shell, plan_path)
    other = tmp_path / "Other.cityplan"
    create_plan(other, Office(name="Second", city="Elm", country="US", zone="America/Chicago")).close()
    shell.desk.open(other)
    qtbot.waitUntil(lambda: shell.window.windowTitle().startswith("Second"))
    calm(qtbot, shell)
    open_plan(plan_path, user="tester").close()


def test_closing_lets_the_plan_go_and_keeps_what_was_typed(
    qtbot: QtBot, shell: Shell, plan_path: Path
) -> None:
    opened(qtbot, shell, plan_path)
    shell.window.begin_record("partner")
    page = shell.window.page
    assert page is not None
    page.page.detail.form.form.row("name").editor.set_typed("Half-ty")  # type: ignore[attr-defined]
    calm(qtbot, shell)
    shell.window.close()
    with open_plan(plan_path, user="tester") as plan:
        assert plan.search("half") == []
    shell.window.show()
    shell.desk.open(plan_path)
    qtbot.waitUntil(lambda: shell.window.is_open)
    assert shell.desk.context is not None
    assert shell.desk.context.drafts.get("partner", None) == {"name": "Half-ty"}
    calm(qtbot, shell)


def test_recent_plans_stand_in_the_menu(qtbot: QtBot, shell: Shell, plan_path: Path) -> None:
    menu = shell.window.commands.submenus["recent"]
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["No plans yet"]
    shell.settings.remember_plan(plan_path)
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["Riverton"]


@pytest.mark.parametrize("name", ["preferences", "help", "shortcuts", "about", "history", "office", "import"])
def test_every_dialog_opens_and_closes_with_escape(
    qtbot: QtBot, shell: Shell, qapp: QApplication, plan_path: Path, name: str
) -> None:
    opened(qtbot, shell, plan_path)
    shell.perform(name)
    calm(qtbot, shell)
    dialogs = boxes(qapp, QDialog)
    assert len(dialogs) == 1
    dialogs[0].reject()
    assert not boxes(qapp, QDialog)


def test_the_first_page_is_there_before_the_plan_is_open_and_what_is_asked_meanwhile_is_done_then(
    qtbot: QtBot, shell: Shell, plan_path: Path
) -> None:
    seen: list[object] = []

    def look(_text: str) -> None:
        page = shell.window.page
        assert isinstance(page, HomePage)
        seen.append((shell.desk.context, page.glance is not None, shell.window.rail.isVisible()))
        shell.window.go("partners")

    shell.desk.working.connect(look)
    opened(qtbot, shell, plan_path)

    assert seen == [(None, True, True)]
    assert shell.window.trail.here == Place("partners")
    shell.window.go("home")
    page = shell.window.page
    assert isinstance(page, HomePage)
    qtbot.waitUntil(lambda: page.outlook is not None)
    calm(qtbot, shell)


def test_the_first_page_gives_way_where_the_plan_cannot_be_opened(
    qtbot: QtBot, shell: Shell, qapp: QApplication, plan_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise LockedPlanError(plan_path, Holder("Deputy", "desk-4", 7, "2026-11-02 09:00"))

    monkeypatch.setattr("cityplanner.store.plan_file.open_plan", refuse)
    shell.start(plan_path)
    qtbot.waitUntil(lambda: bool(boxes(qapp, LockedDialog)))
    assert shell.window.stack.currentWidget() is shell.window.welcome
    assert not shell.window.rail.isVisible()
    boxes(qapp, LockedDialog)[0].reject()


def test_the_window_paints_before_the_store_is_imported() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from cityplanner.base.settings import Settings\n"
        "from cityplanner.ui.app import Shell\n"
        "shell = Shell(app, Settings())\n"
        "heavy = ('sqlalchemy', 'reportlab', 'babel.dates', 'yaml', 'pypdfium2')\n"
        "shell.window.painted.connect(lambda: (print([m for m in heavy if m in sys.modules]), app.quit()))\n"
        "shell.window.show(); app.exec()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_sample_plan_is_kept_apart_from_the_recent_ones(shell: Shell) -> None:
    assert desk.sample_plan().parent == paths.data_folder()
    assert desk.sample_plan() != paths.default_plan()
