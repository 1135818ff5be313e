"""What tests of the scenario desk do again and again: open it on the sample plan, move levels, wait."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cityplanner.planning.facts import ScenarioFact
from cityplanner.planning.gathering import gather
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.pages.scenario_desk.desk import ScenarioDesk
from cityplanner.ui.parts.level_table import LEVEL

LESS, ADOPTED = "Twenty-five per cent less FY 2028", "Adopted budget FY 2027"
LONG = 60_000


def in_plan(plan: Plan, name: str) -> ScenarioFact | None:
    """A scenario as the plan holds it."""
    found = gather(plan, date(2026, 11, 2)).scenarios
    return next((one for one in found if one.name == name), None)


def settle(qtbot: QtBot, desk: ScenarioDesk, context: Context) -> None:
    """Wait until what was moved is in the plan and read again."""
    qtbot.waitUntil(
        lambda: (
            desk.writing.clean and not context.jobs.busy and not desk._stale and not desk._timer.isActive()
        ),
        timeout=LONG,
    )


def opened(qtbot: QtBot, context: Context, name: str = LESS) -> ScenarioDesk:
    """The desk with a scenario on it."""
    desk = ScenarioDesk(context)
    qtbot.addWidget(desk)
    desk.resize(1080, 700)
    desk.show()
    qtbot.waitUntil(lambda: desk.facts is not None, timeout=LONG)
    choose(desk, name)
    settle(qtbot, desk, context)
    return desk


def choose(desk: ScenarioDesk, name: str) -> None:
    """Choose a scenario in the box."""
    at = desk.choice.findText(name)
    assert at >= 0
    desk.choice.setCurrentIndex(at)
    desk.choice.activated.emit(at)


def row_of(desk: ScenarioDesk, code: str) -> int:
    """The row of an initiative."""
    return next(row for row, line in enumerate(desk.levels.lines.lines) if line.title.startswith(code))


def lower(qtbot: QtBot, desk: ScenarioDesk, code: str) -> None:
    """Go to an initiative and lower its level with the keyboard."""
    desk.levels.setCurrentIndex(desk.levels.lines.index(row_of(desk, code), LEVEL))
    QTest.keyClick(desk.levels, Qt.Key.Key_Left)
