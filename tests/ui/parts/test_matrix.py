"""The coverage matrix as model and view: exact, filtered, edited by keys, smooth at 200 x 2,000."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cityplanner.model.initiative import ContributionKind
from cityplanner.model.roundtable import Theme
from cityplanner.planning.matrix import Matrix
from cityplanner.ui.parts.matrix_model import MatrixModel, Narrowing
from cityplanner.ui.parts.matrix_view import MatrixView
from tests.planning.builders import initiative, recommendation

THEMES = [theme.value for theme in Theme]
FRAME_MS = 50
"""Three frames: a shared machine is noisy; measured alone, scrolling takes a few milliseconds."""


def _matrix(rows: int = 4, columns: int = 3, kind: str = "supporting") -> Matrix:
    """Recommendation r is linked to every third initiative; even ones are supported."""
    items = [recommendation(r, 3, supported=r % 2 == 0, theme=THEMES[r * 2 // rows]) for r in range(rows)]
    sides = [initiative(c, THEMES[c * 3 // columns]) for c in range(columns)]
    cells = {r: {c: kind for c in range(columns) if (r + c) % 3 == 0} for r in range(rows)}
    return Matrix(tuple(items), tuple(sides), cells, dict.fromkeys(range(columns), 100), "Adopted")


@pytest.fixture
def model(qapp: QApplication) -> MatrixModel:
    """Four recommendations by three initiatives."""
    made = MatrixModel()
    made.show_matrix(_matrix())
    return made


@pytest.fixture
def view(qtbot: QtBot, model: MatrixModel) -> MatrixView:
    """The view of it, shown."""
    made = MatrixView(model)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.setCurrentIndex(model.index(0, 0))
    return made


def test_qt_finds_no_fault_over_changes(model: MatrixModel, qtmodeltester: ModelTester) -> None:
    # It goes on watching while the model changes.
    qtmodeltester.check(model, force_py=True)
    model.enter(0, 1, ContributionKind.DIRECT)
    model.narrow(Narrowing(supported=True), Narrowing(words="I1"))
    model.narrow(Narrowing(words="nothing at all"), Narrowing())
    model.show_matrix(_matrix(6, 5))


def test_a_cell_says_what_it_is_to_eyes_and_to_a_screen_reader(model: MatrixModel) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole

    assert model.index(0, 0).data() == "S"
    assert model.index(0, 0).data(role) == "R0 × I0: supporting"
    assert model.index(0, 1).data() == ""
    assert model.index(0, 1).data(role) == "R0 × I1: none"
    assert model.headerData(0, Qt.Orientation.Vertical, role) == "R0 Recommendation 0: 50% covered, weight 3"
    assert model.headerData(1, Qt.Orientation.Vertical, role).endswith("covered, not supported")
    assert model.headerData(1, Qt.Orientation.Horizontal, role) == "I1 Initiative 1: keeps 100% of its result"
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None


def test_entering_shows_at_once_and_tells(model: MatrixModel, qtbot: QtBot) -> None:
    with qtbot.waitSignals([model.dataChanged, model.headerDataChanged, model.entered]):
        assert model.enter(0, 0, ContributionKind.DIRECT)

    assert (model.kind(0, 0), model.coverage(0)) == ("direct", 1)
    assert not model.enter(0, 0, ContributionKind.DIRECT)
    assert model.enter(0, 0, None)
    assert (model.kind(0, 0), model.coverage(0)) == ("", 0)


def test_each_side_is_narrowed_by_words_theme_support_and_gaps(model: MatrixModel) -> None:
    model.narrow(Narrowing(words="recommendation 2"), Narrowing(theme=THEMES[1]))
    assert ([one.id for one in model.rows], [one.id for one in model.columns]) == ([2], [1])

    model.narrow(Narrowing(supported=True), Narrowing())
    assert [one.id for one in model.rows] == [0, 2]

    model.enter(0, 0, ContributionKind.DIRECT)
    model.narrow(Narrowing(gaps=True), Narrowing())
    assert [one.id for one in model.rows] == [2]


def test_the_same_sides_keep_their_places_when_read_again(model: MatrixModel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_matrix(_matrix(kind="enabling"))
    assert model.index(0, 0).data() == "E"

    with qtbot.waitSignal(model.modelReset):
        model.show_matrix(_matrix(rows=6))
    assert model.rowCount() == 6


def test_keys_set_the_cell_and_arrows_move(view: MatrixView, model: MatrixModel, qtbot: QtBot) -> None:
    for key, kind in (("d", "direct"), ("e", "enabling"), ("s", "supporting")):
        qtbot.keyClicks(view, key)
        assert model.kind(0, 0) == kind
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClicks(view, "d")
    assert model.kind(1, 1) == "direct"
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert model.kind(1, 1) == ""
    qtbot.keyClicks(view, "x")
    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, 1)


def test_enter_opens_either_side(view: MatrixView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.row_opened) as row:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.column_opened) as column:
        qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (row.args, column.args) == ([0], [0])


def test_the_menu_does_what_the_keys_do(view: MatrixView, model: MatrixModel, qtbot: QtBot) -> None:
    menu = view.make_menu()
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Supporting"]
    next(action for action in menu.actions() if action.text() == "Direct").trigger()
    assert model.kind(0, 0) == "direct"
    with qtbot.waitSignal(view.column_opened) as opened:
        menu.actions()[-1].trigger()
    assert opened.args == [0]


def test_a_plan_open_read_only_is_not_edited(qtbot: QtBot, model: MatrixModel) -> None:
    view = MatrixView(model, read_only=True)
    qtbot.addWidget(view)
    view.setCurrentIndex(model.index(0, 0))

    qtbot.keyClicks(view, "d")

    assert model.kind(0, 0) == "supporting"


def test_titles_stay_in_sight_and_follow_the_font(view: MatrixView) -> None:
    height = view.rowHeight(0)
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    view.setFont(font)
    QApplication.sendEvent(view, QEvent(QEvent.Type.FontChange))

    assert view.rowHeight(0) > height
    assert view.titles.width() >= view.width() * 0.4


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_matrix_scrolls_smoothly_at_200_by_2000(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    model = MatrixModel()
    model.show_matrix(_matrix(200, 2000))
    view = MatrixView(model)
    qtbot.addWidget(view)
    view.setLayoutDirection(direction)
    view.resize(1280, 800)
    view.show()
    qtbot.waitExposed(view)
    QApplication.processEvents()
    spent = []
    for step in range(60):
        start = time.perf_counter()
        view.horizontalScrollBar().setValue(step * 900)
        view.verticalScrollBar().setValue(step * 70)
        QApplication.processEvents()
        spent.append((time.perf_counter() - start) * 1000)
    spent.sort()
    print(f"scroll {direction.name}: median {spent[30]:.1f} ms, worst {spent[-1]:.1f} ms")

    assert spent[15] < FRAME_MS
