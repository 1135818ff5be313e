"""The page of the score sheet: read from the plan, scored by keys, written, undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cityplanner.model.initiative import Initiative
from cityplanner.model.priority import CriterionWeight, Score
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from cityplanner.ui.context import Context
from cityplanner.ui.pages.score_sheet import ScoreSheetPage
from tests.ui.conftest import Chain


def settle(qtbot: QtBot, page: ScoreSheetPage, context: Context) -> None:
    """Wait until everything is written, read again and weighed."""
    qtbot.waitUntil(
        lambda: (
            not (
                page.context.edits.busy
                or page._later.isActive()
                or page._calm.isActive()
                or context.jobs.busy
            )
        ),
        timeout=10_000,
    )


@pytest.fixture
def page(qtbot: QtBot, context: Context, chain: Chain) -> ScoreSheetPage:
    """The sheet of one initiative."""
    made = ScoreSheetPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    settle(qtbot, made, context)
    made.sheet.scores.setCurrentIndex(made.model.index(0, 0))
    return made


def _scores(plan: Plan) -> list[tuple[str, int]]:
    with plan.reading() as session:
        return [(one.criterion.value, one.value) for one in records(session, Score)]


def test_scores_are_written_one_change_each_and_undone(
    page: ScoreSheetPage, plan: Plan, context: Context, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.sheet.scores, "42")
    settle(qtbot, page, context)
    assert sorted(_scores(plan)) == [("mandate", 4), ("reliance", 2)]
    assert plan.undoable() == "Score I-1, reliance: 2"

    plan.undo()
    settle(qtbot, page, context)
    assert _scores(plan) == [("mandate", 4)]
    assert [page.model.index(0, at).data() for at in (0, 1)] == ["4", ""]


def test_weights_are_written_and_say_what_is_missing(
    page: ScoreSheetPage, plan: Plan, context: Context, qtbot: QtBot
) -> None:
    assert page.panel.summary == "No criterion has a weight yet."
    qtbot.keyClick(page.sheet.scores, Qt.Key.Key_Up)
    qtbot.keyClicks(page.sheet.weights, "5")
    settle(qtbot, page, context)

    with plan.reading() as session:
        assert [one.weight for one in records(session, CriterionWeight)] == [5]
    assert page.counted.text() == "1 score missing"
    assert page.panel.summary == "No rank changes: the ranking is firm."


def test_an_empty_plan_says_what_belongs_here(qtbot: QtBot, context: Context) -> None:
    made = ScoreSheetPage(context)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not context.jobs.busy)

    assert made.stack.currentWidget() is made.empty


def test_a_new_initiative_appears(page: ScoreSheetPage, plan: Plan, context: Context, qtbot: QtBot) -> None:
    with plan.edit("Add") as edit:
        first = records(edit, Initiative)[0]
        edit.add(Initiative(code="A-0", title="New", theme=first.theme))
    settle(qtbot, page, context)

    assert [one.code for one in page.model.initiatives] == ["A-0", "I-1"]
    assert page.sheet.scores.currentIndex().isValid()
