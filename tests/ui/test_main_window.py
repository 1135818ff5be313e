"""The window: ways between pages, undo and redo by name, commands by keys, what it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cityplanner.base.settings import WINDOW, Settings
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.ui import icons
from cityplanner.ui.actions import commands, plain
from cityplanner.ui.context import Context
from cityplanner.ui.main_window import MainWindow
from cityplanner.ui.navigation import Trail
from cityplanner.ui.pages.atlas import Atlas
from cityplanner.ui.pages.section import SectionPage
from cityplanner.ui.parts.record_dialog import RecordDialog
from cityplanner.ui.places import Place
from cityplanner.ui.theme import Scheme, Theme
from tests.ui.conftest import Chain, add_partners


@pytest.fixture
def bare(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    """The window without a plan."""
    settings = Settings(tmp_path / "settings.json")
    made = MainWindow(settings, Theme(qapp, settings), Atlas())
    made.resize(1280, 800)
    made.show_welcome()
    made.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def window(qtbot: QtBot, bare: MainWindow, context: Context, chain: Chain) -> Iterator[MainWindow]:
    """The window on a plan with a small chain of records."""
    bare.show_plan(context)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    yield bare
    qtbot.waitUntil(lambda: not context.jobs.busy)
    bare.leave_plan()


def partner_count(plan: Plan) -> int:
    """How many partners the plan has."""
    with plan.reading() as session:
        return session.query(Partner).count()


def test_without_a_plan_the_welcome_page_is_shown_and_nothing_can_be_undone(bare: MainWindow) -> None:
    assert bare.stack.currentWidget() is bare.welcome
    assert not bare.rail.isVisible()
    assert not bare.commands["undo"].isEnabled()
    assert not bare.commands["save_copy"].isEnabled()
    assert bare.commands["new"].isEnabled()


def test_the_title_names_the_office(window: MainWindow) -> None:
    assert window.windowTitle() == "Office of International Affairs – CityPlanner"


def test_ctrl_and_a_number_lead_to_each_page(qtbot: QtBot, window: MainWindow, context: Context) -> None:
    for number, stop in enumerate(Atlas().stops(), 1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert window.trail.here is not None
        assert window.trail.here.page == stop.name
        assert window.page is not None
        assert window.rail.list.currentItem().text() == stop.label
    qtbot.waitUntil(lambda: not context.jobs.busy)


def test_the_arrow_keys_of_the_rail_show_pages(qtbot: QtBot, window: MainWindow) -> None:
    window.rail.list.setFocus()
    qtbot.keyClick(window.rail.list, Qt.Key.Key_Down)
    assert window.trail.here == Place("recommendations", "board")


def test_a_related_record_is_opened_on_its_page_and_back_returns(
    qtbot: QtBot, window: MainWindow, context: Context, chain: Chain
) -> None:
    context.open_record("initiative", chain.initiative)
    context.open_record("service_level", chain.service_level)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    page = window.page
    assert isinstance(page, SectionPage)
    assert (page.table, page.page.record_id) == ("service_level", chain.service_level)
    window.commands["back"].trigger()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert (page.table, page.page.record_id) == ("initiative", chain.initiative)
    window.commands["forward"].trigger()
    qtbot.waitUntil(lambda: page.table == "service_level")
    qtbot.waitUntil(lambda: not context.jobs.busy)


def test_undo_names_what_it_takes_back_and_takes_it_back(
    qtbot: QtBot, window: MainWindow, context: Context, plan: Plan
) -> None:
    before = partner_count(plan)
    add_partners(plan, ["Osaka & Kobe"])
    undo, redo = window.commands["undo"], window.commands["redo"]
    qtbot.waitUntil(lambda: plain(undo.text()) == "Undo Add partners")
    assert undo.isEnabled()
    undo.trigger()
    qtbot.waitUntil(lambda: plain(redo.text()) == "Redo Add partners")
    assert partner_count(plan) == before
    qtbot.waitUntil(lambda: window.messages.text == "Taken back: Add partners")
    redo.trigger()
    qtbot.waitUntil(lambda: plain(undo.text()) == "Undo Add partners")
    assert partner_count(plan) == before + 1


def test_saved_is_shown_with_its_time(qtbot: QtBot, window: MainWindow, plan: Plan) -> None:
    add_partners(plan, ["Osaka"])
    qtbot.waitUntil(lambda: window.bar.saved.text().startswith("Saved "))
    assert window.bar.saved.accessibleName() == window.bar.saved.text()


def test_the_palette_finds_a_record_and_opens_it(
    qtbot: QtBot, window: MainWindow, context: Context, chain: Chain
) -> None:
    window.open_palette()
    palette = window.finder.palette
    assert palette is not None
    qtbot.keyClicks(palette.field, "nagoya")
    qtbot.waitUntil(lambda: palette.model.rowCount() > 0)
    found = [palette.model.entry(row) for row in range(palette.model.rowCount())]
    assert found[0].title == "Nagoya"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.trail.here == Place("partners", "partner", chain.partner))
    qtbot.waitUntil(lambda: not context.jobs.busy)


def test_the_palette_begins_a_new_record(qtbot: QtBot, window: MainWindow, context: Context) -> None:
    window.open_palette()
    palette = window.finder.palette
    assert palette is not None
    qtbot.keyClicks(palette.field, "new partn")
    assert palette.model.entry(0).title == "New partner"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    page = window.page
    assert isinstance(page, SectionPage)
    assert page.page.record_id is None
    qtbot.waitUntil(lambda: not context.jobs.busy)


def test_every_command_has_words_and_its_own_keys() -> None:
    keys: list[str] = []
    for command in commands():
        assert command.text
        assert command.tip.endswith("."), command.name
        if command.shortcut:
            assert not QKeySequence(command.shortcut).isEmpty(), command.name
            keys.append(command.shortcut)
    assert len(keys) == len(set(keys))
    assert len({command.name for command in commands()}) == len(list(commands()))


def test_every_icon_that_is_named_exists_and_every_file_is_used() -> None:
    folder = icons.paths.resources() / "icons"
    source = "\n".join(path.read_text("utf-8") for path in Path(icons.__file__).parent.rglob("*.py"))
    for file in folder.glob("*.svg"):
        assert f'"{file.stem}"' in source or f"{file.name}" in source, f"{file.name} is not used"
    for command in commands():
        assert not command.icon or (folder / f"{command.icon}.svg").is_file()
    for stop in Atlas().stops():
        assert (folder / f"{stop.icon}.svg").is_file()


def test_the_window_remembers_its_size(bare: MainWindow, qapp: QApplication, qtbot: QtBot) -> None:
    bare.resize(780, 600)
    bare.close()
    settings = bare._settings
    assert settings.get(WINDOW)
    again = MainWindow(settings, Theme(qapp, settings), Atlas())
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (780, 600)


def test_damaged_geometry_is_ignored(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.set(WINDOW, "%%% not base64")
    window = MainWindow(settings, Theme(qapp, settings), Atlas())
    qtbot.addWidget(window)
    assert window.width() >= 700


def test_every_reachable_widget_says_what_it_is(qtbot: QtBot, window: MainWindow, context: Context) -> None:
    for stop in Atlas().stops():
        window.go(stop.name)
        qtbot.waitUntil(lambda: not context.jobs.busy)
        nameless = [
            f"{stop.name}: {type(widget).__name__} in {type(widget.parent()).__name__}"
            for widget in window.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not widget.objectName().startswith("qt_")
            and widget.focusProxy() is None
            and not says_what_it_is(widget)
        ]
        assert nameless == []


def says_what_it_is(widget: QWidget) -> bool:
    """Whether a screen reader has something to say for a widget: a name, a text or a buddy's text."""
    from PySide6.QtGui import QAccessible

    interface = QAccessible.queryAccessibleInterface(widget)
    return bool(interface and interface.text(QAccessible.Text.Name))


def test_switching_to_dark_redraws_the_icons(window: MainWindow, qapp: QApplication) -> None:
    def ink() -> int:
        picture = window.commands["find"].icon().pixmap(20, 20).toImage()
        spots = [(x, y) for x in range(20) for y in range(20) if picture.pixelColor(x, y).alpha() > 200]
        return sum(picture.pixelColor(x, y).lightness() for x, y in spots) // len(spots)

    window._theme.choose(Scheme.LIGHT)
    light = ink()
    window._theme.choose(Scheme.DARK)
    assert ink() > light + 100
    window._theme.choose(Scheme.LIGHT)


def test_the_trail_forgets_what_lay_ahead_when_going_elsewhere() -> None:
    trail = Trail()
    for page in ("home", "partners", "contacts"):
        trail.visit(Place(page))
    assert trail.back() == Place("partners")
    trail.visit(Place("budget"))
    assert not trail.can_go_forward
    assert trail.back() == Place("partners")


def test_the_first_record_of_a_page_takes_the_place_of_the_bare_page() -> None:
    trail = Trail()
    trail.visit(Place("home"))
    trail.visit(Place("partners"))
    trail.visit(Place("partners", "partner", 7))
    trail.visit(Place("partners", "partner", 8))
    assert trail.back() == Place("partners", "partner", 7)
    assert trail.back() == Place("home")


def test_a_record_without_a_page_opens_in_a_window_of_its_own(
    window: MainWindow, context: Context, chain: Chain
) -> None:
    context.open_record("contribution", 1)

    dialog = window.findChild(RecordDialog)
    assert dialog is not None
    assert "I-1" in dialog.windowTitle()
    dialog.close()
