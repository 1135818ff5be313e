"""Fiscal years side by side: what each begins with, what is carried forward, and what the chart says."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from cityplanner.ui.context import Context
from cityplanner.ui.pages.scenario_desk.desk import ScenarioDesk
from cityplanner.ui.pages.scenario_desk.years import Years
from tests.ui.scenario_desk import LESS, lower, opened, settle

CURRENT = "Current service level FY 2028"


def shown(qtbot: QtBot, office: Context) -> tuple[ScenarioDesk, Years]:
    """The desk with its years on it."""
    desk = opened(qtbot, office)
    desk.tabs.setCurrentWidget(desk.years)
    settle(qtbot, desk, office)
    return desk, desk.years


def row(years: Years, label: str) -> list[str]:
    """The cells of a row of the table."""
    model = years.table.model()
    names = [model.index(at, 0).data() for at in range(model.rowCount())]
    return [str(model.index(names.index(label), column).data()) for column in range(1, model.columnCount())]


def pick(years: Years, at: int, name: str) -> None:
    """Choose the scenario of a year."""
    box = years.boxes[at]
    box.setCurrentIndex(box.findText(name))
    assert box.currentText() == name
    box.activated.emit(box.currentIndex())


def test_it_begins_with_the_adopted_year_and_carries_the_current_service_level(
    qtbot: QtBot, office: Context
) -> None:
    desk, years = shown(qtbot, office)

    assert not desk.results.isVisible()
    assert [one.fiscal_year for one in years.shown] == [2027, 2028, 2029, 2030]
    assert [one.carried for one in years.shown] == [False, False, True, True]
    assert row(years, "Scenario")[1:3] == [CURRENT, "carried forward"]
    assert row(years, "First day")[0] == "Jul 1, 2026"
    assert row(years, "Last day")[0] == "Jun 30, 2027"
    assert row(years, "Gap")[1].endswith("left")
    assert row(years, "Gap")[2].endswith("over")
    assert row(years, "General Fund")[0] == "$1,360,380, $7,620 left"
    assert "Welcoming Communities Grant is one-time money" in years.past.text()
    assert "2029: " in years.chart.accessibleDescription()
    assert "over" in years.chart.accessibleDescription()


def test_another_scenario_for_a_year_says_what_no_longer_runs_in_it(qtbot: QtBot, office: Context) -> None:
    desk, years = shown(qtbot, office)
    assert "no longer running" not in years.past.text()

    pick(years, 1, LESS)
    years.count.setValue(3)
    settle(qtbot, desk, office)

    assert "In fiscal year 2028 no longer running: " in years.past.text()
    assert years.table.columnCount() == 4
    coverage = row(years, "Coverage")
    assert coverage[1] == coverage[2] != coverage[0]
    assert not years.boxes[3].isVisibleTo(desk)
    lower(qtbot, desk, "EM-01")
    settle(qtbot, desk, office)
    assert row(years, "Coverage")[1] != coverage[1], "the scenario on the desk is shown as it is moved"
    settle(qtbot, desk, office)
    assert years.boxes[1].currentText() == LESS


def test_costs_grow_by_what_is_typed_from_the_first_carried_year_on(qtbot: QtBot, office: Context) -> None:
    desk, years = shown(qtbot, office)
    before = row(years, "Asked for")

    years.growth.setValue(0)
    settle(qtbot, desk, office)

    now = row(years, "Asked for")
    assert now[:2] == before[:2]
    assert now[2] == now[1] != before[2]
    desk.refresh()
    settle(qtbot, desk, office)
    assert years.growth.value() == 0


def test_a_chain_begins_with_any_scenario_and_offers_only_those_of_its_years(
    qtbot: QtBot, office: Context
) -> None:
    desk, years = shown(qtbot, office)

    pick(years, 0, LESS)
    settle(qtbot, desk, office)

    assert [one.fiscal_year for one in years.shown] == [2028, 2029, 2030, 2031]
    assert years.boxes[1].count() == 1
    assert years.boxes[1].accessibleName() == "Scenario of fiscal year 2029"
