"""The coverage matrix as a table model: filtered on both sides, edited at once and written behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from cityplanner.base.language import _, current
from cityplanner.model.initiative import ContributionKind
from cityplanner.planning.facts import InitiativeFact, RecommendationFact
from cityplanner.planning.matrix import Matrix, row_coverage
from cityplanner.ui.parts.plain import capitalized, tool_tip

F = TypeVar("F", RecommendationFact, InitiativeFact)
Index = QModelIndex | QPersistentModelIndex
LETTERS = {"direct": "D", "supporting": "S", "enabling": "E"}
_NOWHERE = QModelIndex()
_HORIZONTAL = Qt.Orientation.Horizontal


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What one side is narrowed by; the last two are for recommendations only."""

    words: str = ""
    theme: str = ""
    supported: bool = False
    gaps: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbors of one theme, from place to place."""

    first: int
    last: int
    theme: str


class MatrixModel(QAbstractTableModel):
    """Recommendations down, initiatives across, contributions in the cells."""

    entered = Signal(object, object, object)
    """A cell was changed: recommendation, initiative, and the kind or None."""

    def __init__(self) -> None:
        super().__init__()
        self.matrix = Matrix((), (), {}, {}, "")
        self.rows: Sequence[RecommendationFact] = ()
        self.columns: Sequence[InitiativeFact] = ()
        self.row_groups: Sequence[Group] = ()
        self.column_groups: Sequence[Group] = ()
        self.narrowed = (Narrowing(), Narrowing())
        self._cells: dict[int, dict[int, str]] = {}
        self._covered: dict[int, float] = {}

    # --- what it shows ---

    def show_matrix(self, matrix: Matrix) -> None:
        """Show a matrix; one of the same sides changes cells only, so that nobody loses his place."""
        same = matrix.sides == self.matrix.sides
        if not same:
            self.beginResetModel()
        self.matrix = matrix
        self._cells = {key: dict(linked) for key, linked in matrix.cells.items()}
        self._covered = {row.id: self._coverage_of(row.id) for row in matrix.rows}
        if same:
            self._announce(0, 0, len(self.rows) - 1, len(self.columns) - 1)
        else:
            self._choose()
            self.endResetModel()

    def narrow(self, rows: Narrowing, columns: Narrowing) -> None:
        """Show only some of both sides."""
        if (rows, columns) == self.narrowed:
            return
        self.beginResetModel()
        self.narrowed = (rows, columns)
        self._choose()
        self.endResetModel()

    def kind(self, row: int, column: int) -> str:
        """The contribution in a cell, or nothing."""
        return self._cells.get(self.rows[row].id, {}).get(self.columns[column].id, "")

    def row_cells(self, row: int) -> dict[int, str]:
        """The contributions of a row by initiative id."""
        return self._cells.get(self.rows[row].id, {})

    def coverage(self, row: int) -> float:
        """How far a row is covered, 0-1."""
        return self._covered[self.rows[row].id]

    def enter(self, row: int, column: int, kind: ContributionKind | None) -> bool:
        """Change a cell and its row's coverage at once; whether anything changed."""
        item, initiative = self.rows[row], self.columns[column]
        if self.kind(row, column) == (kind or ""):
            return False
        linked = self._cells.setdefault(item.id, {})
        if kind is None:
            del linked[initiative.id]
        else:
            linked[initiative.id] = kind.value
        self._covered[item.id] = self._coverage_of(item.id)
        self._announce(row, column, row, column)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)
        self.entered.emit(item, initiative, kind)
        return True

    def describe(self, row: int, column: int) -> str:
        """A cell in a sentence with both titles."""
        item, initiative = self.rows[row], self.columns[column]
        kind = self.kind(row, column)
        text = _("{item} {title} × {initiative} {name}: {kind}").format(
            item=item.code,
            title=item.title,
            initiative=initiative.code,
            name=initiative.title,
            kind=_(kind) if kind else _("no contribution"),
        )
        if not kind:
            return text
        kept = current().percent(self.matrix.kept.get(initiative.id, 0) / 100)
        return _("{cell}; the initiative keeps {share} of its result").format(cell=text, share=kept)

    # --- Qt's questions ---

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many recommendations are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many initiatives are shown."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return LETTERS.get(self.kind(row, column), "")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = self.kind(row, column)
            return f"{self.rows[row].code} × {self.columns[column].code}: {_(kind) if kind else _('none')}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self.describe(row, column))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Code and title of a side."""
        side: Sequence[RecommendationFact] | Sequence[InitiativeFact]
        side = self.columns if orientation == _HORIZONTAL else self.rows
        if not 0 <= section < len(side):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return side[section].code
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._side_words(section, orientation)
        if role == Qt.ItemDataRole.ToolTipRole:
            theme = side[section].theme
            return tool_tip(f"{self._side_words(section, orientation)}\n{theme_label(theme)}")
        return None

    # --- inside ---

    def _side_words(self, section: int, orientation: Qt.Orientation) -> str:
        say = current()
        if orientation == _HORIZONTAL:
            initiative = self.columns[section]
            kept = say.percent(self.matrix.kept.get(initiative.id, 0) / 100)
            return _("{code} {title}: keeps {share} of its result").format(
                code=initiative.code, title=initiative.title, share=kept
            )
        item = self.rows[section]
        answer = _("weight {weight}").format(weight=item.weight) if item.supported else _("not supported")
        return _("{code} {title}: {share} covered, {answer}").format(
            code=item.code, title=item.title, share=say.percent(self.coverage(section)), answer=answer
        )

    def _coverage_of(self, item_id: int) -> float:
        return row_coverage(self._cells.get(item_id, {}), self.matrix.kept)

    def _choose(self) -> None:
        rows, columns = self.narrowed
        self.rows = _narrow(self.matrix.rows, rows, self._row_fits)
        self.columns = _narrow(self.matrix.columns, columns, lambda _one, _by: True)
        self.row_groups = _groups(one.theme for one in self.rows)
        self.column_groups = _groups(one.theme for one in self.columns)

    def _row_fits(self, row: RecommendationFact, by: Narrowing) -> bool:
        gap = row.supported and self._covered[row.id] < 1
        return (row.supported or not by.supported) and (gap or not by.gaps)

    def _announce(self, top: int, left: int, bottom: int, right: int) -> None:
        if top <= bottom and left <= right:
            self.dataChanged.emit(self.index(top, left), self.index(bottom, right))
            if top != bottom:
                self.headerDataChanged.emit(Qt.Orientation.Vertical, top, bottom)


def theme_label(theme: str) -> str:
    """A theme as a heading."""
    return capitalized(_(theme))


def _narrow(side: Sequence[F], by: Narrowing, fits: Callable[[F, Narrowing], bool]) -> list[F]:
    words = by.words.casefold().split()
    return [
        one
        for one in side
        if (not by.theme or one.theme == by.theme)
        and all(word in f"{one.code} {one.title}".casefold() for word in words)
        and fits(one, by)
    ]


def _groups(themes: Iterable[str]) -> list[Group]:
    found: list[Group] = []
    for place, theme in enumerate(themes):
        if found and found[-1].theme == theme:
            found[-1] = Group(found[-1].first, place, theme)
        else:
            found.append(Group(place, place, theme))
    return found
