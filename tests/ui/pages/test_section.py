"""A section's tabs: views beside lists, what is asked of them, and the way back to them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cityplanner.ui.context import Context
from cityplanner.ui.main_window import MainWindow
from cityplanner.ui.pages.atlas import Atlas
from cityplanner.ui.pages.registry import SECTIONS
from cityplanner.ui.pages.section import SectionPage
from cityplanner.ui.pages.views import make_view
from cityplanner.ui.theme import Theme
from tests.ui.conftest import Chain


@pytest.fixture
def page(qtbot: QtBot, context: Context, chain: Chain) -> SectionPage:
    """The recommendations: an overview, lists, and a matrix."""
    section = next(one for one in SECTIONS if one.key == "recommendations")
    made = SectionPage(context, section)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    return made


def _calm(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=10_000)


def test_views_stand_around_the_lists_and_say_that_they_list_nothing(page: SectionPage) -> None:
    assert (page.key, page.table) == ("board", "")
    assert isinstance(page.view, QWidget)
    assert [page.tabs.tabText(at) for at in (0, page.tabs.count() - 1)] == ["Overview", "Matrix"]
    page.save()
    page.delete_selected()


def test_a_new_record_is_begun_in_the_first_list(page: SectionPage, context: Context, qtbot: QtBot) -> None:
    page.new_record()

    assert page.table == "source_item"
    assert page.page.record_id is None
    assert page.view is None
    _calm(qtbot, context)


def test_the_filter_of_a_view_is_gone_to(page: SectionPage, context: Context, qtbot: QtBot) -> None:
    page.turn_to("matrix")
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_filter()

    assert page.view is not None
    assert page.focusWidget().accessibleName() == "Filter recommendations"
    _calm(qtbot, context)


def test_an_unknown_view_is_an_error(context: Context) -> None:
    with pytest.raises(KeyError):
        make_view("nothing", context, QWidget())


def test_back_returns_to_the_view_a_record_was_opened_from(
    qtbot: QtBot, context: Context, chain: Chain, qapp: object
) -> None:
    from PySide6.QtWidgets import QApplication

    assert isinstance(qapp, QApplication)
    window = MainWindow(context.settings, Theme(qapp, context.settings), Atlas())
    qtbot.addWidget(window)
    window.show_plan(context)
    window.show()
    window.go("recommendations")
    shown = window.page
    assert isinstance(shown, SectionPage)
    _calm(qtbot, context)
    for key in ("board", "matrix"):
        shown.turn_to(key)
        _calm(qtbot, context)
        context.open_record("source_item", chain.source_item)
        _calm(qtbot, context)
        assert shown.key == "source_item"
        window.commands["back"].trigger()
        _calm(qtbot, context)
        assert shown.key == key
