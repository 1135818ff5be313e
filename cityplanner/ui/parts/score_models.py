"""The score sheet as two models: the weights of the criteria, and initiatives with scores, result and rank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication

from cityplanner.base.language import N_, _, current
from cityplanner.model.priority import BEST, Criterion
from cityplanner.planning import priority
from cityplanner.planning.facts import InitiativeFact
from cityplanner.planning.gathering import PlanFacts
from cityplanner.planning.priority import Priority
from cityplanner.ui import theme
from cityplanner.ui.parts.plain import capitalized, tool_tip

Index = QModelIndex | QPersistentModelIndex
CRITERIA = tuple(Criterion)
RESULTS = (N_("result"), N_("rank"), N_("quartile"))
FIT = CRITERIA.index(Criterion.FIT)
HEAVIEST = 10
_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the score sheet is calculated from."""

    initiatives: tuple[InitiativeFact, ...] = ()
    weights: Mapping[Criterion, int] = field(default_factory=dict)
    scores: Mapping[int, Mapping[Criterion, int]] = field(default_factory=dict)
    fit: Mapping[int, Fraction] = field(default_factory=dict)


def sheet(facts: PlanFacts) -> Sheet:
    """The score sheet of a plan, initiatives by code."""
    office = facts.office
    return Sheet(
        tuple(sorted(office.initiatives, key=lambda one: one.code)),
        facts.weights,
        facts.scores,
        priority.recommendation_fit(office.initiatives, office.recommendations, office.contributions),
    )


def column_label(column: int) -> str:
    """The name of a column."""
    return capitalized(_((*CRITERIA, *RESULTS)[column]))


class _SheetModel(QAbstractTableModel):
    """Columns that both models share."""

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The criteria, then what follows from them."""
        return 0 if parent.isValid() else len(CRITERIA) + len(RESULTS)

    def _column_data(self, section: int, role: int) -> Any:
        if not 0 <= section < self.columnCount():
            return None
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return column_label(section)
        if role == _ROLE.ToolTipRole and section == FIT:
            return tool_tip(_("Worked out from the contributions; set those in the matrix."))
        return None


class ScoreModel(_SheetModel):
    """Initiatives down; every entry recalculates results and ranks at once."""

    entered = Signal(object, object, object)
    """A score was typed: initiative, criterion, value or None."""
    recalculated = Signal()
    """Results or ranks may be others now."""

    def __init__(self) -> None:
        super().__init__()
        self.initiatives: list[InitiativeFact] = []
        self.weights: dict[Criterion, int] = {}
        self.scores: dict[int, dict[Criterion, int]] = {}
        self.fit: Mapping[int, Fraction] = {}
        self._found: dict[int, Priority] = {}
        self._by_rank = False

    def show_sheet(self, of: Sheet) -> None:
        """Show what the plan says; the same initiatives keep their places."""
        same = {one.id: one for one in of.initiatives} == {one.id: one for one in self.initiatives}
        if not same:
            self.beginResetModel()
            self.initiatives = list(of.initiatives)
        self.weights = dict(of.weights)
        self.scores = {key: dict(scores) for key, scores in of.scores.items()}
        self.fit = of.fit
        self.recalculate()
        if not same:
            self._sort()
            self.endResetModel()

    def order(self, *, by_rank: bool) -> None:
        """Sort once, by rank or by code; typing moves no row."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        numbers = [self.initiatives[index.row()].id for index in held]
        self._by_rank = by_rank
        self._sort()
        places = {one.id: row for row, one in enumerate(self.initiatives)}
        moved = [
            self.index(places[number], index.column()) for number, index in zip(numbers, held, strict=True)
        ]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def recalculate(self) -> None:
        """Results and ranks from scores and weights."""
        found = priority.prioritize(self.initiatives, self.weights, self.scores, self.fit)
        self._found = {one.initiative_id: one for one in found}
        if self.initiatives:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self.initiatives) - 1, self.columnCount() - 1)
            )
        self.recalculated.emit()

    def enter(self, row: int, column: int, value: int | None) -> bool:
        """Set or empty a score; False where nothing is typed: fit, results, or the same again."""
        if not 0 <= column < len(CRITERIA) or column == FIT or (value is not None and value > BEST):
            return False
        initiative, criterion = self.initiatives[row], CRITERIA[column]
        scores = self.scores.setdefault(initiative.id, {})
        if scores.get(criterion) == value:
            return False
        if value is None:
            del scores[criterion]
        else:
            scores[criterion] = value
        self.recalculate()
        self.entered.emit(initiative, criterion, value)
        return True

    def priority(self, row: int) -> Priority:
        """What was found for a row."""
        return self._found[self.initiatives[row].id]

    def missing(self) -> int:
        """How many scores are not typed yet, of criteria that count."""
        return sum(1 for one in self._found.values() for part in one.missing if part is not Criterion.FIT)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many initiatives there are."""
        return 0 if parent.isValid() else len(self.initiatives)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Criteria across, initiatives down."""
        if orientation == Qt.Orientation.Horizontal:
            return self._column_data(section, role)
        if not 0 <= section < len(self.initiatives):
            return None
        one = self.initiatives[section]
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return f"{one.code}  {one.title}"
        return tool_tip(f"{one.code}  {one.title}") if role == _ROLE.ToolTipRole else None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == _ROLE.DisplayRole:
            return self._text(row, column)
        if role == _ROLE.AccessibleTextRole:
            text = self._text(row, column) or _("not scored yet")
            return f"{self.initiatives[row].code}, {column_label(column)}: {text}"
        if role == _ROLE.ToolTipRole and column >= len(CRITERIA):
            return tool_tip(priority.words(self.priority(row)))
        return _looks(column, role)

    def _text(self, row: int, column: int) -> str:
        say, found = current(), self.priority(row)
        if column == FIT:
            value = self.fit.get(self.initiatives[row].id)
            return "–" if value is None else say.number(float(value), 1)
        if column < len(CRITERIA):
            score = self.scores.get(self.initiatives[row].id, {}).get(CRITERIA[column])
            return "" if score is None else str(score)
        if found.result is None or found.rank is None or found.quartile is None:
            return "–"
        shown = (say.number(float(found.result), 1), say.number(found.rank), say.number(found.quartile))
        return shown[column - len(CRITERIA)]

    def _sort(self) -> None:
        def place(one: InitiativeFact) -> tuple[int, str]:
            return (self._found[one.id].rank or 0 if self._by_rank else 0), one.code

        self.initiatives.sort(key=place)


class WeightModel(_SheetModel):
    """The one row of weights above the scores."""

    entered = Signal(object, int)
    """A weight was typed: criterion, weight."""

    def __init__(self, scores: ScoreModel) -> None:
        super().__init__()
        self._scores = scores
        scores.recalculated.connect(self._changed)

    def enter(self, row: int, column: int, value: int | None) -> bool:
        """Set a weight, 0-10; False where none is typed or it is the same again."""
        if not 0 <= column < len(CRITERIA) or value is None or not 0 <= value <= HEAVIEST:
            return False
        criterion = CRITERIA[column]
        if self._scores.weights.get(criterion) == value:
            return False
        self._scores.weights[criterion] = value
        self._scores.recalculate()
        self.entered.emit(criterion, value)
        return True

    def weight(self, column: int) -> int:
        """The weight of a criterion, 0 before anybody set it."""
        return self._scores.weights.get(CRITERIA[column], 0)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One row."""
        return 0 if parent.isValid() else 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Criteria across, one word down."""
        if orientation == Qt.Orientation.Horizontal:
            return self._column_data(section, role)
        return _("Weight") if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole) else None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """A weight."""
        if not index.isValid():
            return None
        column = index.column()
        if column >= len(CRITERIA):
            return "" if role == _ROLE.DisplayRole else _looks(column, role)
        if role == _ROLE.DisplayRole:
            return str(self.weight(column))
        if role == _ROLE.AccessibleTextRole:
            return _("weight of {criterion}: {weight}").format(
                criterion=_(CRITERIA[column]), weight=self.weight(column)
            )
        if role == _ROLE.FontRole:
            return _bold()
        return None if role == _ROLE.BackgroundRole else _looks(column, role)

    def _changed(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(0, self.columnCount() - 1))


def _looks(column: int, role: int) -> Any:
    """What is worked out stands on another ground than what is typed."""
    if role == _ROLE.TextAlignmentRole:
        return Qt.AlignmentFlag.AlignCenter
    derived = column == FIT or column >= len(CRITERIA)
    if role == _ROLE.BackgroundRole and derived:
        return QColor(theme.colours(QGuiApplication.palette()).window)
    return _bold() if role == _ROLE.FontRole and column == len(CRITERIA) else None


def _bold() -> QFont:
    return _bolder(QGuiApplication.font().toString())


@cache
def _bolder(plain: str) -> QFont:
    """The bold font beside a plain one, made once: a view asks for it with every cell."""
    font = QFont()
    font.fromString(plain)
    font.setBold(True)
    return font
