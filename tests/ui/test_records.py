"""The page of any noun, used as a person would: choose, filter, add, edit, delete, undo, copy."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cityplanner.base.settings import COLUMNS, SORTING
from cityplanner.model.entity import is_pairing
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.model.scenario import Scenario, ScenarioKind
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.pages.records import RecordPage
from cityplanner.ui.pages.registry import HINTS, NARROWED_BY, SECTIONS, section_of
from tests.conftest import NOW
from tests.ui.conftest import Chain, add_partners


def opened(qtbot: QtBot, context: Context, table: str = "partner") -> RecordPage:
    """A page that has read its list."""
    page = RecordPage(context, nouns()[table])
    qtbot.addWidget(page)
    page.resize(1080, 720)
    page.show()
    qtbot.waitUntil(lambda: bool(page.list.count_text))
    settle(qtbot, context)
    return page


def settle(qtbot: QtBot, context: Context) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: not context.jobs.busy)


def listed(page: RecordPage) -> list[str]:
    """The names in the list."""
    model = page.list.view.table_model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def line(page: RecordPage, name: str) -> QLineEdit:
    """The line of a field in the form."""
    widget = page.detail.form.form.row(name).editor.input
    assert isinstance(widget, QLineEdit)
    return widget


@pytest.mark.parametrize("table", nouns())
def test_every_noun_has_a_page_that_shows_its_first_record(
    qtbot: QtBot, context: Context, chain: Chain, table: str
) -> None:
    page = opened(qtbot, context, table)

    assert page.list.count_text.split(" ", 1)[1] in (nouns()[table].__label__, nouns()[table].__plural__)
    if page.list.view.table_model.rowCount():
        assert page.record_id == page.list.view.table_model.ids[0]


def test_every_noun_that_is_no_pairing_is_in_the_rail() -> None:
    missing = {table for table, noun in nouns().items() if not section_of(table) and not is_pairing(noun)}

    assert missing == {"office", "legal_hold", "retention_rule"}  # those have a dialog of their own
    assert all(table in nouns() for section in SECTIONS for table in section.tables)
    assert {*HINTS} == {table for section in SECTIONS for table in section.tables}
    assert {*NARROWED_BY} <= {*HINTS}


def test_an_empty_list_says_what_to_do_and_its_button_begins(qtbot: QtBot, context: Context) -> None:
    page = opened(qtbot, context)
    assert page.list.count_text == "0 partners"

    page.list._empty.chosen.emit()

    assert page.detail.form.title == "New partner"
    assert page.detail.isVisible()


def test_a_new_record_appears_in_the_list_and_is_chosen(qtbot: QtBot, context: Context, plan: Plan) -> None:
    add_partners(plan, ["Athens", "Cairo"])
    page = opened(qtbot, context)
    page.new_record()
    line(page, "name").setText("Berlin")
    with qtbot.waitSignal(page.shown) as shown:
        page.save()
    settle(qtbot, context)

    assert listed(page) == ["Athens", "Berlin", "Cairo"]
    assert page.list.view.current_id() == page.record_id == shown.args[0]


def test_filtering_narrows_the_list_and_counts(qtbot: QtBot, context: Context, plan: Plan) -> None:
    add_partners(plan, ["Athens", "Berlin", "Bonn"])
    page = opened(qtbot, context)

    page.list.narrow("b")
    qtbot.waitUntil(lambda: page.list.count_text == "2 of 3 partners")
    assert listed(page) == ["Berlin", "Bonn"]

    page.list.narrow(kind="media")
    qtbot.waitUntil(lambda: page.list.count_text == "0 of 3 partners")
    page.list._empty.chosen.emit()
    qtbot.waitUntil(lambda: page.list.count_text == "3 partners")


def test_a_record_hidden_by_the_filter_is_shown_when_asked_for(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    athens, _berlin = add_partners(plan, ["Athens", "Berlin"])
    page = opened(qtbot, context)
    page.list.narrow("ber")
    qtbot.waitUntil(lambda: listed(page) == ["Berlin"])

    page.show_record(athens)

    qtbot.waitUntil(lambda: page.list.view.current_id() == athens)
    qtbot.waitUntil(lambda: page.detail.form.title == "Athens")


def test_deleting_offers_undo_and_undo_brings_it_back(qtbot: QtBot, context: Context, plan: Plan) -> None:
    add_partners(plan, ["Athens", "Berlin"])
    page = opened(qtbot, context)
    view = page.list.view

    with qtbot.waitSignal(context.message) as message:
        qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: listed(page) == ["Berlin"])
    assert message.args == ["Delete partner “Athens”: done.", True]
    qtbot.waitUntil(lambda: list(view.selected_ids()) == [page.record_id])

    plan.undo()
    qtbot.waitUntil(lambda: listed(page) == ["Athens", "Berlin"])


def test_a_deletion_that_is_refused_is_explained(qtbot: QtBot, context: Context, chain: Chain) -> None:
    page = opened(qtbot, context, "fund")

    with qtbot.waitSignal(context.message) as message:
        page.delete_selected()

    assert "cannot be deleted" in message.args[0]
    assert not message.args[1]


def test_the_selection_is_copied_as_a_table_with_a_header(qtbot: QtBot, context: Context, plan: Plan) -> None:
    add_partners(plan, ["Athens", "=Berlin"])
    page = opened(qtbot, context)
    view = page.list.view
    view.selectAll()

    with qtbot.waitSignal(context.message) as message:
        qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    clipboard = QGuiApplication.clipboard()
    assert clipboard.text().splitlines()[0].split("\t")[:3] == ["Name", "Kind", "Country"]
    assert clipboard.text().splitlines()[1].startswith("'=Berlin\tCity\tJapan")
    assert "<th>Name</th>" in clipboard.mimeData().html()
    assert message.args[0] == "Copied 2 partners."


def test_columns_and_order_are_remembered(qtbot: QtBot, context: Context, plan: Plan) -> None:
    add_partners(plan, ["Athens", "Berlin"])
    page = opened(qtbot, context)
    view = page.list.view
    view._toggle_column("notes", True)
    view._toggle_column("kind", False)
    view.sort_by(0, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: listed(page) == ["Berlin", "Athens"])

    assert "notes" in context.settings.get(COLUMNS)["partner"]
    assert context.settings.get(SORTING)["partner"] == ["-name"]
    again = opened(qtbot, context)
    assert again.list.view.table_model.names == view.names_in_sight()
    assert listed(again) == ["Berlin", "Athens"]


def test_the_selection_stays_when_something_else_changes(qtbot: QtBot, context: Context, plan: Plan) -> None:
    _athens, berlin = add_partners(plan, ["Athens", "Berlin"])
    page = opened(qtbot, context)
    page.show_record(berlin)
    qtbot.waitUntil(lambda: page.record_id == berlin)

    add_partners(plan, ["Aachen", "Zagreb"])

    qtbot.waitUntil(lambda: len(listed(page)) == 4)
    assert list(page.list.view.selected_ids()) == [berlin]


def test_moving_through_the_list_keeps_what_was_typed(qtbot: QtBot, context: Context, plan: Plan) -> None:
    add_partners(plan, ["Athens", "Berlin"])
    page = opened(qtbot, context)
    line(page, "city").setText("Half typed")

    qtbot.keyClick(page.list.view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.detail.form.title == "Berlin")
    qtbot.keyClick(page.list.view, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: page.detail.form.title == "Athens")

    assert line(page, "city").text() == "Half typed"
    with plan.reading() as session:
        assert session.query(Partner).filter_by(city="Half typed").count() == 0


def test_what_is_typed_survives_a_change_made_elsewhere(qtbot: QtBot, context: Context, plan: Plan) -> None:
    (athens,) = add_partners(plan, ["Athens"])
    page = opened(qtbot, context)
    line(page, "city").setText("Half typed")

    with plan.edit("Elsewhere") as edit:
        edit.get_one(Partner, athens).own_name = "Αθήνα"

    qtbot.waitUntil(lambda: line(page, "own_name").text() == "Αθήνα")
    assert line(page, "city").text() == "Half typed"


def test_a_hidden_page_reads_what_changed_when_it_is_shown_next(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    add_partners(plan, ["Athens"])
    page = opened(qtbot, context)
    page.hide()
    add_partners(plan, ["Berlin"])
    assert listed(page) == ["Athens"]

    page.show()

    qtbot.waitUntil(lambda: listed(page) == ["Athens", "Berlin"])


def test_tab_leaves_the_list_and_enter_goes_to_the_form(qtbot: QtBot, context: Context, plan: Plan) -> None:
    add_partners(plan, ["Athens"])
    page = opened(qtbot, context)
    assert not page.list.view.tabKeyNavigation()
    page.activateWindow()

    qtbot.keyClick(page.list.view, Qt.Key.Key_Return)

    assert page.focusWidget() is line(page, "name")


@pytest.mark.parametrize("size", [(1080, 720), (1700, 950), (640, 500)])
def test_the_page_fits_its_room_in_either_direction(
    qtbot: QtBot, context: Context, plan: Plan, size: tuple[int, int], request: Any
) -> None:
    add_partners(plan, ["Athens"])
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    request.addfinalizer(lambda: application.setLayoutDirection(Qt.LayoutDirection.LeftToRight))
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    page = opened(qtbot, context)

    page.resize(*size)

    assert (page.width(), page.height()) == size
    assert page.list.mapTo(page, page.list.rect().topRight()).x() >= page.width() - 2 or size[0] < 800


def test_tab_goes_from_the_filter_over_the_choices_to_the_list(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    add_partners(plan, ["Athens"])
    page = opened(qtbot, context)
    page.focus_filter()
    widget, seen = page.list._filter, []
    for _step in range(7):
        seen.append(widget.accessibleName())
        widget = widget.nextInFocusChain()
        while not (widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus):
            widget = widget.nextInFocusChain()

    assert seen == [
        "Filter partners",
        "New partner",
        "Kind",
        "Sensitivity",
        "Columns and order",
        "Groups and selected rows",
        "Partners",
    ]


def test_an_adopted_scenario_can_be_read_and_not_typed_into(
    qtbot: QtBot, context: Context, plan: Plan
) -> None:
    adopted = Scenario(
        title="Adopted", kind=ScenarioKind.ADOPTED, fiscal_year=2027, adopted_at=NOW, adopted_by="Council"
    )
    with plan.edit("Adopt") as edit:
        edit.add(adopted)
    page = opened(qtbot, context, "scenario")

    assert line(page, "title").isReadOnly()
    assert line(page, "adopted_by").text() == "Council"
