"""A walk through every page of the window as a user: by keys, by clicks, along the chain and back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from cityplanner.base.settings import Settings
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing
from cityplanner.ui.app import Shell
from cityplanner.ui.pages.atlas import Atlas
from cityplanner.ui.pages.home import HomePage
from cityplanner.ui.pages.registry import SECTIONS
from cityplanner.ui.pages.reports.page import ReportsPage
from cityplanner.ui.pages.section import SectionPage
from cityplanner.ui.places import Place
from tests.ui.conftest import Chain

TABLES = [(section.key, table) for section in SECTIONS for table in section.tables]


@pytest.fixture
def chain_path(plan: Plan, chain: Chain) -> Path:
    """The plan with one record of each link of the chain, closed."""
    plan.close()
    return plan.path


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, tmp_path: Path, chain_path: Path) -> Iterator[Shell]:
    """The application on the plan with the chain."""
    made = Shell(qapp, Settings(tmp_path / "settings.json"))
    made.window.resize(1280, 800)
    made.start(chain_path)
    qtbot.waitUntil(lambda: made.desk.context is not None and made.window.is_open)
    calm(qtbot, made)
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    calm(qtbot, made)
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


def calm(qtbot: QtBot, shell: Shell) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: shell.desk.context is None or not shell.desk.context.jobs.busy, timeout=10_000)


def section(shell: Shell) -> SectionPage:
    """The page of lists that is shown."""
    page = shell.window.page
    assert isinstance(page, SectionPage)
    return page


def follow(qtbot: QtBot, shell: Shell, title: str) -> Place:
    """Open a related record of the one that is shown, as a click does; where that led."""
    tree = section(shell).page.detail.related.tree
    found = tree.findItems(title, Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    assert found, f"{title} is not among the related records"
    tree.opened.emit(found[0])
    calm(qtbot, shell)
    assert shell.window.trail.here is not None
    return shell.window.trail.here


def test_the_chain_is_walked_from_the_source_to_the_result_and_back(
    qtbot: QtBot, shell: Shell, chain: Chain
) -> None:
    window = shell.window
    window.open_record("source_item", chain.source_item)
    calm(qtbot, shell)
    went = [Place("recommendations", "source_item", chain.source_item)]
    went.append(follow(qtbot, shell, "Peer exchange"))
    went.append(follow(qtbot, shell, "Call with Nagoya"))
    went.append(follow(qtbot, shell, "Lessons applied"))
    assert [(place.table, place.record_id) for place in went] == [
        ("source_item", chain.source_item),
        ("initiative", chain.initiative),
        ("engagement", chain.engagement),
        ("measurement", chain.measurement),
    ]
    for place in reversed(went[:-1]):
        window.commands["back"].trigger()
        calm(qtbot, shell)
        assert window.trail.here == place
        assert section(shell).page.record_id == place.record_id


def test_the_chain_leads_to_the_money_and_back(qtbot: QtBot, shell: Shell, chain: Chain) -> None:
    shell.window.open_record("initiative", chain.initiative)
    calm(qtbot, shell)
    level = follow(qtbot, shell, "Full")
    assert (level.table, level.record_id) == ("service_level", chain.service_level)
    shell.window.open_record("fund", chain.fund)
    calm(qtbot, shell)
    assert section(shell).page.detail.related.tree.topLevelItemCount() > 0


def test_every_page_and_tab_shows_its_list_and_a_record(qtbot: QtBot, shell: Shell) -> None:
    shell.window.go("home")
    calm(qtbot, shell)
    assert isinstance(shell.window.page, HomePage)
    assert shell.window.page.outlook is not None
    for key, table in TABLES:
        shell.window.go(key)
        page = section(shell)
        page.show_record(table, 1)
        calm(qtbot, shell)
        assert page.table == table
        model = page.page.list.view.table_model
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        with shell.desk.context.plan.reading() as session:  # type: ignore[union-attr]
            assert model.rowCount() == listing.count(session, page.page.noun)
        assert not shell.window.grab().isNull()
    shell.window.go("reports")
    assert isinstance(shell.window.page, ReportsPage)


def test_every_page_can_be_left_by_alt_left(qtbot: QtBot, shell: Shell) -> None:
    names = [stop.name for stop in Atlas().stops()]
    for name in names:
        shell.window.go(name)
        calm(qtbot, shell)
    for name in reversed(names[:-1]):
        qtbot.keyClick(shell.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        calm(qtbot, shell)
        here = shell.window.trail.here
        assert here is not None
        assert here.page == name


def test_a_partner_is_added_changed_deleted_and_brought_back_by_keys(qtbot: QtBot, shell: Shell) -> None:
    window = shell.window
    window.go("partners")
    calm(qtbot, shell)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_N, control)
    calm(qtbot, shell)
    page = section(shell).page
    page.detail.form.form.row("name").editor.set_typed("Kyiv")
    page.detail.form.form.row("country").editor.set_typed("Ukraine")
    page.detail.form.form.row("name").edited.emit()
    qtbot.keyClick(window, Qt.Key.Key_S, control)
    calm(qtbot, shell)
    assert names(shell) == ["Kyiv", "Nagoya"]
    assert "Kyiv" in window.messages.text
    page.delete_selected()
    calm(qtbot, shell)
    assert names(shell) == ["Nagoya"]
    qtbot.keyClick(window, Qt.Key.Key_Z, control)
    qtbot.waitUntil(lambda: names(shell) == ["Kyiv", "Nagoya"])
    calm(qtbot, shell)


def names(shell: Shell) -> list[str]:
    """The names of all partners."""
    assert shell.desk.context is not None
    with shell.desk.context.plan.reading() as session:
        return [name for (name,) in listing.rows(session, Partner, ["name"], listing.ids(session, Partner))]


def test_a_form_that_is_wrong_says_so_and_writes_nothing(qtbot: QtBot, shell: Shell) -> None:
    shell.window.begin_record("partner")
    calm(qtbot, shell)
    page = section(shell).page
    page.save()
    calm(qtbot, shell)
    assert page.detail.form.form.row("name").problem
    assert names(shell) == ["Nagoya"]


def test_the_first_page_is_there_without_a_long_stall(qtbot: QtBot, shell: Shell) -> None:
    """Going through all pages, the event loop never stands still for long (once every page was made)."""
    watch = Watch(shell)
    for stop in Atlas().stops():
        shell.window.go(stop.name)
        calm(qtbot, shell)
    watch.begin()
    for stop in Atlas().stops():
        shell.window.go(stop.name)
        calm(qtbot, shell)
    assert watch.longest_ms < 500, "far over the aim of 50 ms, even for a busy machine"


class Watch(QObject):
    """Measures the longest time between two turns of the event loop."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.longest_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._turn)

    def begin(self) -> None:
        """Begin to measure."""
        self._last, self.longest_ms = time.perf_counter(), 0.0
        self._timer.start()

    def _turn(self) -> None:
        now = time.perf_counter()
        self.longest_ms, self._last = max(self.longest_ms, (now - self._last) * 1000), now


def test_a_briefing_is_written_and_its_pages_shown(qtbot: QtBot, shell: Shell, tmp_path: Path) -> None:
    shell.window.go("reports")
    page = shell.window.page
    assert isinstance(page, ReportsPage)
    assert page.kind.name == "executive"
    qtbot.waitUntil(lambda: page.ready)
    target = tmp_path / "briefing.pdf"
    with qtbot.waitSignal(page.written, timeout=60_000):
        page.write(target)
    calm(qtbot, shell)
    assert target.read_bytes().startswith(b"%PDF")
    qtbot.waitUntil(lambda: page.preview.pages.drawn, timeout=20_000)
    assert page.side.open.isVisible()
    assert shell.window.trail.here == Place("reports")


def test_the_list_of_partners_leads_to_a_briefing(qtbot: QtBot, shell: Shell, chain: Chain) -> None:
    shell.window.open_record("partner", chain.partner)
    calm(qtbot, shell)
    menu = QMenu()
    section(shell).page.list.fill_menu(menu)
    next(action for action in menu.actions() if action.text().startswith("Briefing")).trigger()
    page = shell.window.page
    assert isinstance(page, ReportsPage)
    qtbot.waitUntil(lambda: page.ready and page.form.partner.ids == [chain.partner])
    assert page.kind.name == "partner-profile"


def test_a_briefing_that_is_stopped_leaves_no_file(qtbot: QtBot, shell: Shell, tmp_path: Path) -> None:
    shell.window.go("reports")
    page = shell.window.page
    assert isinstance(page, ReportsPage)
    target = tmp_path / "briefing.pdf"
    qtbot.waitUntil(lambda: page.ready)
    page.write(target)
    page.side.cancel.click()
    calm(qtbot, shell)
    assert not target.exists()
    assert page.side.save.isEnabled()
    assert "Stopped" in page.side.state.text()


def test_no_page_opens_a_window_of_its_own_while_it_is_made(
    qtbot: QtBot, qapp: QApplication, shell: Shell
) -> None:
    """A widget that is shown before it has a parent flashes up as a window."""
    for stop in Atlas().stops():
        shell.window.go(stop.name)
        calm(qtbot, shell)
        assert shell.window.isActiveWindow(), stop.name
