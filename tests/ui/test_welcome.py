"""The welcome page and the first-run form."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cityplanner.base import paths
from cityplanner.base.settings import Settings
from cityplanner.ui.dialogs.office_form import NewPlanDialog, free_plan
from cityplanner.ui.dialogs.welcome import WelcomePage


@pytest.fixture
def page(qtbot: QtBot) -> WelcomePage:
    """The welcome page, shown."""
    made = WelcomePage()
    qtbot.addWidget(made)
    made.show()
    return made


def test_recent_plans_are_listed_and_missing_files_left_out(page: WelcomePage, tmp_path: Path) -> None:
    there = tmp_path / "Riverton.cityplan"
    there.touch()
    page.show_recent([str(there), str(tmp_path / "gone.cityplan")])
    assert page.recent.count() == 1
    assert page.recent.item(0).text().startswith("Riverton")


def test_without_recent_plans_the_page_says_so(page: WelcomePage) -> None:
    page.show_recent([])
    assert not page.recent.isVisible()
    assert page._no_recent.isVisible()


def test_enter_on_a_recent_plan_opens_it(qtbot: QtBot, page: WelcomePage, tmp_path: Path) -> None:
    there = tmp_path / "Riverton.cityplan"
    there.touch()
    page.show_recent([str(there)])
    page.recent.setCurrentRow(0)
    with qtbot.waitSignal(page.plan_chosen) as chosen:
        page.recent.itemActivated.emit(page.recent.item(0))
    assert chosen.args == [str(there)]


@pytest.mark.parametrize("name", ["new", "open", "sample"])
def test_each_button_asks_for_its_beginning(qtbot: QtBot, page: WelcomePage, name: str) -> None:
    with qtbot.waitSignal(getattr(page, f"{name}_requested")):
        qtbot.mouseClick(getattr(page, name), Qt.MouseButton.LeftButton)


def fill(dialog: NewPlanDialog, **values: object) -> None:
    """Fill in fields of the office."""
    for name, value in values.items():
        dialog.form.row(name).editor.set_value(value, "")


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> NewPlanDialog:
    """The first-run form, shown."""
    made = NewPlanDialog(Settings(tmp_path / "settings.json"))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_incomplete_office_is_refused_beside_its_fields(dialog: NewPlanDialog) -> None:
    fill(dialog, name="Office", city="")
    made: list[object] = []
    dialog.made.connect(lambda *args: made.append(args))
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.problem.isVisible()
    assert dialog.form.row("city").problem
    assert not made


def test_a_complete_office_makes_a_plan_in_the_default_place(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    fill(dialog, name="Office", city="Riverton", country="US", zone="America/Chicago")
    with qtbot.waitSignal(dialog.made) as made:
        dialog.accept()
    path, office = made.args
    assert path == paths.default_plan()
    assert (office.city, office.zone, office.currency) == ("Riverton", "America/Chicago", office.currency)


def test_another_file_can_be_chosen_and_gets_the_suffix(
    qtbot: QtBot, dialog: NewPlanDialog, tmp_path: Path
) -> None:
    dialog.choose_file(tmp_path / "Other")
    fill(dialog, name="Office", city="Riverton", country="US", zone="America/Chicago")
    with qtbot.waitSignal(dialog.made) as made:
        dialog.accept()
    assert made.args[0] == tmp_path / "Other.cityplan"


def test_what_was_typed_is_there_again_after_escape(
    qtbot: QtBot, dialog: NewPlanDialog, tmp_path: Path
) -> None:
    fill(dialog, city="Riverton")
    dialog.reject()
    again = NewPlanDialog(Settings(tmp_path / "settings.json"))
    qtbot.addWidget(again)
    assert again.form.row("city").editor.typed() == "Riverton"


def test_an_existing_plan_is_never_suggested(tmp_path: Path) -> None:
    path = tmp_path / "Our office.cityplan"
    path.touch()
    assert free_plan(path).name == "Our office 2.cityplan"


def test_what_was_typed_is_put_by_while_typing_so_that_a_killed_window_loses_nothing(
    qtbot: QtBot, dialog: NewPlanDialog, tmp_path: Path
) -> None:
    dialog.form.row("city").editor.set_typed("River")
    dialog.form.edited.emit()
    folder = paths.data_folder() / "drafts"
    qtbot.waitUntil(lambda: any(folder.glob("*.json")))
    other = NewPlanDialog(Settings(tmp_path / "settings.json"))
    qtbot.addWidget(other)
    assert other.form.typed()["city"] == "River"
