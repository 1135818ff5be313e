"""The model of all lists: right after every change, exact in what it announces, read page by page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.parts.list_reading import Query, read_first, steps
from cityplanner.ui.parts.table_model import ID, NOT_READ, PAGE, ROW, VALUE, TableModel
from tests.ui.conftest import Chain, add_partners

Loader = Callable[[TableModel], None]


@pytest.fixture
def load(qtbot: QtBot) -> Loader:
    """Reads a model and waits for it."""

    def read(model: TableModel) -> None:
        with qtbot.waitSignal(model.listed):
            model.reload()

    return read


@pytest.fixture
def model(context: Context, plan: Plan, load: Loader) -> TableModel:
    """Three partners by name."""
    add_partners(plan, ["Berlin", "Athens", "Cairo"])
    made = TableModel(context, Partner, ["name", "kind", "country", "keep_in_touch"], Query(("name",)))
    load(made)
    return made


def names(model: TableModel) -> list[str]:
    """The first column."""
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def change(plan: Plan, number: int, **values: object) -> None:
    """Edit a partner."""
    with plan.edit("Edit") as edit:
        partner = edit.get(Partner, number)
        for name, value in values.items():
            setattr(partner, name, value)


@pytest.mark.parametrize("table", nouns())
def test_the_model_keeps_qts_rules_for_every_noun(
    context: Context, chain: Chain, load: Loader, qtmodeltester: ModelTester, table: str
) -> None:
    noun = nouns()[table]
    model = TableModel(context, noun, noun.__title__, Query(noun.__order__))
    load(model)
    qtmodeltester.check(model)


def test_a_cell_says_everything_a_view_may_ask(model: TableModel) -> None:
    index = model.index(0, 2)

    assert index.data() == "Japan"
    assert index.data(Qt.ItemDataRole.EditRole) == "JP"
    assert index.data(VALUE) == "JP"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Country: Japan"
    assert index.data(ROW).id == index.data(ID) == model.ids[0]
    trailing = model.index(0, 3).data(Qt.ItemDataRole.TextAlignmentRole)
    assert trailing & Qt.AlignmentFlag.AlignTrailing
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Kind"


def test_a_name_that_looks_like_markup_stays_text(context: Context, plan: Plan, load: Loader) -> None:
    add_partners(plan, ["<img src=x>"])
    model = TableModel(context, Partner, ["name"], Query(("name",)))
    load(model)

    assert model.index(0, 0).data() == "<img src=x>"
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "<qt>&lt;img src=x&gt;</qt>"


def test_sorting_is_the_plans_and_keeps_hold_of_a_record(
    model: TableModel, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)
    held = QPersistentModelIndex(model.index(0, 0))

    with qtbot.waitSignal(model.listed):
        model.sort(0, Qt.SortOrder.DescendingOrder)

    assert names(model) == ["Cairo", "Berlin", "Athens"]
    assert held.row() == 2


def test_words_and_choices_narrow_the_list(model: TableModel, plan: Plan, qtbot: QtBot) -> None:
    change(plan, model.ids[0], kind=PartnerKind.NETWORK)

    with qtbot.waitSignal(model.listed) as listed:
        model.ask(Query(("name",), equal=(("kind", PartnerKind.CITY),)))
    assert (names(model), listed.args) == (["Berlin", "Cairo"], [2, 3])

    with qtbot.waitSignal(model.listed):
        model.ask(Query(("name",), words="cai"))
    assert names(model) == ["Cairo"]


def test_a_new_record_is_announced_as_one_row(
    model: TableModel, plan: Plan, load: Loader, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)
    inserted: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda parent, first, last: inserted.append((first, last)))
    add_partners(plan, ["Bonn"])

    load(model)

    assert inserted == [(2, 2)]
    qtbot.waitUntil(lambda: names(model) == ["Athens", "Berlin", "Bonn", "Cairo"])


def test_a_deleted_record_is_announced_as_one_row(model: TableModel, plan: Plan, load: Loader) -> None:
    removed: list[tuple[int, int]] = []
    model.rowsRemoved.connect(lambda parent, first, last: removed.append((first, last)))
    with plan.edit("Delete") as edit:
        edit.remove(edit.get_one(Partner, model.ids[1]))

    load(model)

    assert removed == [(1, 1)]
    assert names(model) == ["Athens", "Cairo"]


def test_an_edit_that_moves_a_record_moves_its_row(model: TableModel, plan: Plan, load: Loader) -> None:
    held = QPersistentModelIndex(model.index(0, 0))
    change(plan, model.ids[0], name="Zagreb")

    load(model)

    assert names(model) == ["Berlin", "Cairo", "Zagreb"]
    assert held.row() == 2


def test_pages_are_read_when_they_are_shown(context: Context, plan: Plan, load: Loader, qtbot: QtBot) -> None:
    add_partners(plan, [f"City {number:04}" for number in range(PAGE * 4)])
    model = TableModel(context, Partner, ["name"], Query(("name",)))
    load(model)

    assert model.index(0, 0).data() == "City 0000"
    assert model.index(PAGE * 3, 0).data() == NOT_READ
    qtbot.waitUntil(lambda: model.index(PAGE * 3, 0).data() == f"City {PAGE * 3:04}")
    assert model.index(PAGE * 2 - 1, 0).data() == NOT_READ


def test_other_columns_are_read_anew(model: TableModel, qtbot: QtBot) -> None:
    model.set_names(["city", "name"])

    assert model.columnCount() == 2
    qtbot.waitUntil(lambda: model.index(0, 1).data() == "Athens")


def test_rows_have_no_children(model: TableModel) -> None:
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None


def test_a_list_hears_of_what_its_titles_are_made_of(context: Context) -> None:
    model = TableModel(context, nouns()["budget_line"], ["service_level_id"], Query())

    assert model.tables == {"budget_line", "service_level", "initiative"}


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        ("abc", "abc", ""),
        ("abc", "ac", "removed"),
        ("ac", "abc", "inserted"),
        ("abc", "cba", "moved"),
        ("", "abc", "anew"),
        ("abc", "cbd", "anew"),
        ("abcdef", "abdef", "removed"),
        ("abcdef", "abxcdef", "inserted"),
        ("abcdef", "abdcef", "moved"),
    ],
)
def test_the_way_from_one_order_to_the_next_is_the_shortest_exact_one(old: str, new: str, way: str) -> None:
    from array import array

    found = steps(array("q", map(ord, old)), array("q", map(ord, new)))

    assert [name for name in ("removed", "inserted", "moved", "anew") if getattr(found, name)] == (
        [way] if way else []
    )


def test_the_first_page_is_shown_before_the_whole_list_is_read(
    context: Context, plan: Plan, qtbot: QtBot
) -> None:
    add_partners(plan, [f"P{number:04}" for number in range(3 * PAGE)])
    made = TableModel(context, Partner, ["name"], Query(("-name",)))
    grown: list[tuple[int, int]] = []
    resets: list[int] = []
    made.rowsInserted.connect(lambda _parent, first, last: grown.append((first, last)))
    made.modelReset.connect(lambda: resets.append(made.rowCount()))

    made.reload()
    first = read_first(plan, Partner, made.query, made.names, made.wording, PAGE)
    made._begin(first, made.names, made._version)

    assert names(made) == [f"P{number:04}" for number in range(3 * PAGE - 1, 2 * PAGE - 1, -1)]
    with qtbot.waitSignal(made.listed) as told:
        pass
    assert told.args == [3 * PAGE, 3 * PAGE]
    assert resets == [PAGE]
    assert grown == [(PAGE, 3 * PAGE - 1)]


def test_a_held_record_is_found_wherever_the_list_takes_it(
    model: TableModel, plan: Plan, load: Loader, qtbot: QtBot
) -> None:
    held = [*model.ids, 999]
    model.hold(lambda: held)

    def right() -> bool:
        listed = list(model.ids)
        return all(model.row_of(n) == (listed.index(n) if n in listed else -1) for n in [*held, 998])

    load(model)
    assert right()
    with qtbot.waitSignal(model.listed):
        model.sort(0, Qt.SortOrder.DescendingOrder)
    assert right()
    add_partners(plan, ["Aachen"])
    assert right()
    load(model)
    assert right()
    with qtbot.waitSignal(model.listed):
        model.ask(Query(("name",), words="ber"))
    assert right()
