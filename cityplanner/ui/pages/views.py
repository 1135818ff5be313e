"""The views of sections, made by their key; each is imported when it is first looked at."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cityplanner.ui.context import Context


def make_view(key: str, context: Context, parent: QWidget) -> QWidget:
    """The view of a key, made inside its parent; raises KeyError for one that nobody knows."""
    if key == "board":
        from cityplanner.ui.pages.recommendations_board import RecommendationsBoard

        return RecommendationsBoard(context, parent)
    if key == "matrix":
        from cityplanner.ui.pages.coverage_matrix import CoverageMatrixPage

        return CoverageMatrixPage(context, parent)
    if key == "score_sheet":
        from cityplanner.ui.pages.score_sheet import ScoreSheetPage

        return ScoreSheetPage(context, parent)
    if key == "desk":
        from cityplanner.ui.pages.scenario_desk.desk import ScenarioDesk

        return ScenarioDesk(context, parent)
    if key == "keep_in_touch":
        from cityplanner.ui.pages.keep_in_touch import KeepInTouchPage

        return KeepInTouchPage(context, parent)
    if key == "all_commitments":
        from cityplanner.ui.pages.commitments import CommitmentsPage

        return CommitmentsPage(context, parent)
    if key == "dormancy":
        from cityplanner.ui.pages.dormancy import DormancyPage

        return DormancyPage(context, parent)
    raise KeyError(key)
