"""The third step of an import: what becomes of each row, and the rows that somebody has to decide on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QTableView, QWidget

from cityplanner.base.language import _, current
from cityplanner.exchange.cell_texts import unsafe
from cityplanner.exchange.intake.outcome import AS_NEW, LEAVE_OUT, Fate, Line, Preview
from cityplanner.ui import theme
from cityplanner.ui.dialogs.import_file import shortened
from cityplanner.ui.dialogs.import_steps import StepPage
from cityplanner.ui.parts.plain import capitalized, tool_tip
from cityplanner.ui.theme import Role, text_label

Index = QModelIndex | QPersistentModelIndex
MOST_CELLS = 12
ROW, FATE, RECORD, DETAILS = range(4)
_NOWHERE = QModelIndex()


class LineModel(QAbstractTableModel):
    """The rows of a preview: number, fate, title and what to know; `choices` say what becomes of doubtful ones."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choices: dict[int, int] = {}
        self._all: tuple[Line, ...] = ()
        self._lines: list[Line] = []
        self._headers = (_("Row"), _("What"), _("Record"), _("Details"))

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show the rows of a new preview; what was chosen before holds for rows that are still doubtful."""
        doubtful = {
            line.number: {one.record_id for one in line.candidates} for line in lines if line.candidates
        }
        kept = {
            number: choice
            for number, choice in self.choices.items()
            if number in doubtful and (choice <= 0 or choice in doubtful[number])
        }
        self.choices = dict.fromkeys(doubtful, AS_NEW) | kept
        self._all = lines
        self.narrow("")

    def narrow(self, fate: str) -> None:
        """Show the rows of one fate, or all."""
        self.beginResetModel()
        self._lines = [line for line in self._all if not fate or line.fate == fate]
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """The row of the file in a row of the table."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def choose(self, number: int | None, choice: int) -> None:
        """Decide on one doubtful row, or on all (None); to update then means the likeliest record."""
        for line in self._all:
            if line.candidates and number in (None, line.number):
                likeliest = line.candidates[0].record_id
                self.choices[line.number] = likeliest if number is None and choice > 0 else choice
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, DETAILS))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() >= RECORD:
            return tool_tip(self._cell(line, index.column()))
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == FATE:
            return _colour(line.fate)
        return None

    def _cell(self, line: Line, column: int) -> str:
        match column:
            case 0:
                return str(line.number)
            case 1:
                return capitalized(_(line.fate))
            case 2:
                return line.title
            case _:
                return "; ".join((*self._decided(line), *details(line)))

    def _decided(self, line: Line) -> list[str]:
        if not line.candidates:
            return []
        return [f"→ {choices_of(line)[self.choices.get(line.number, AS_NEW)]}"]


def _colour(fate: Fate) -> QColor | None:
    colours = theme.colours(QGuiApplication.palette())
    named = {Fate.ERROR: colours.danger, Fate.DOUBTFUL: colours.warning, Fate.NEW: colours.success}
    return QColor(named[fate]) if fate in named else None


def choices_of(line: Line) -> dict[int, str]:
    """What can become of a doubtful row, in words."""
    updates = {
        one.record_id: _("update “{title}” ({why})").format(title=one.title, why=one.why)
        for one in line.candidates
    }
    return {AS_NEW: _("take as new"), **updates, LEAVE_OUT: _("leave out")}


def details(line: Line) -> list[str]:
    """What there is to know about a row, in pieces."""
    changed = [
        f"{one.label}: {one.before or _('nothing')} → {one.after or _('nothing')}" for one in line.differences
    ]
    brought = [_("with {title}").format(title=draft.title) for draft in line.also if draft.fate is Fate.NEW]
    return [*map(str, line.problems), *changed, *brought, *line.notes]


class RowsPage(StepPage):
    """Shows every row's fate, narrowed to one if wanted; the chosen row in full below, with its choice."""

    decided = Signal()
    """A doubtful row was decided on."""

    def __init__(self) -> None:
        super().__init__(
            _("Look at the rows"), _("This is what the import would do. Nothing has been written yet.")
        )
        self.preview: Preview | None = None
        self.model = LineModel(self)
        self.fate = QComboBox()
        self.rows = QTableView()
        self.state = text_label("", wrap=True)
        self.about = text_label("", wrap=True)
        self.choice = QComboBox()
        self.same = QPushButton(_("Do the same with &all of these"))
        self.save_rejected = QPushButton(_("&Save rejected rows…"))
        self.asking = QWidget()
        self._lay_out()
        self.fate.activated.connect(lambda _at: self._narrow())
        self.choice.activated.connect(lambda _at: self._choose(only=True))
        self.same.clicked.connect(lambda: self._choose(only=False))
        self.model.modelReset.connect(lambda: self._show_line(None))
        self.rows.selectionModel().currentRowChanged.connect(lambda now, _was: self._show_line(now.row()))

    @property
    def choices(self) -> dict[int, int]:
        """What was decided about doubtful rows."""
        return dict(self.model.choices)

    @property
    def useful(self) -> bool:
        """Whether importing would do anything."""
        found = self.preview
        decided = any(choice != LEAVE_OUT for choice in self.model.choices.values())
        return found is not None and (found.changes or decided)

    def begin(self) -> None:
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_preview(self, found: Preview | None, notes: tuple[str, ...] = ()) -> None:
        """Show a preview, or none while another one is made."""
        self.preview = found
        self.model.show_lines(found.lines if found else ())
        self.save_rejected.setEnabled(bool(found and found.rejected))
        self.fate.clear()
        self.fate.setEnabled(found is not None)
        self.fate.addItem(_("All rows"), "")
        if found is None:
            self.state.clear()
            return
        say = current()
        counts = {fate: count for fate, count in found.counts.items() if count}
        for fate, count in counts.items():
            self.fate.addItem(f"{capitalized(_(fate))} ({say.number(count)})", str(fate))
        words = [f"{capitalized(_(fate))}: {say.number(count)}" for fate, count in counts.items()]
        words += [
            _("with it {n} {noun}").format(
                n=say.number(n), noun=_(noun.__label__ if n == 1 else noun.__plural__)
            )
            for noun, n in found.also_new.items()
        ]
        text = ", ".join(words) if words else _("The file has no rows")
        self.state.setText(" ".join((f"{text}.", *self._advice(found), *notes)))
        self.rows.setCurrentIndex(self.model.index(0, 0))

    def _advice(self, found: Preview) -> list[str]:
        if found.doubtful:
            return [_("Rows marked “duplicate?” may be about records you already have; they become new ones unless you choose otherwise.")]  # fmt: skip  # noqa: E501
        if not found.changes and not found.rejected:
            return [_("The plan has all of it already: there is nothing to import.")]
        return []

    def _narrow(self) -> None:
        self.model.narrow(str(self.fate.currentData()))
        self.rows.setCurrentIndex(self.model.index(0, 0))

    def _show_line(self, row: int | None) -> None:
        line = self.model.line(row) if row is not None else None
        self.asking.setVisible(bool(line and line.candidates))
        texts = details(line) if line else []
        if line is not None and line.candidates:
            self.choice.clear()
            for value, text in choices_of(line).items():
                self.choice.addItem(capitalized(text), value)
            self.choice.setCurrentIndex(self.choice.findData(self.model.choices[line.number]))
            texts += [
                _("“{title}” would change: {fields}.").format(
                    title=one.title,
                    fields="; ".join(
                        f"{d.label}: {d.before or '–'} → {d.after or '–'}" for d in one.differences
                    )
                    or _("nothing"),
                )
                for one in line.candidates
            ]
        head = _("Row {n}").format(n=line.number) if line else ""
        self.about.setText("\n".join(filter(None, (head, *texts, self._cells(line)))))
        # Once the text below has taken its room, the row it is about is still to be seen.
        QTimer.singleShot(0, self, lambda: self.rows.scrollTo(self.rows.currentIndex()))

    def _cells(self, line: Line | None) -> str:
        """What the file says in a row, of the columns that are taken over."""
        columns = self.preview.columns if line is not None and self.preview is not None else ()
        said = [
            f"{column.header}: {text}"
            for column in columns
            if line is not None
            and column.target
            and (text := shortened(unsafe(line.row.cells[column.position])))
        ]
        return " · ".join(said[:MOST_CELLS])

    def _choose(self, *, only: bool) -> None:
        line = self.model.line(self.rows.currentIndex().row())
        if line is not None:
            self.model.choose(line.number if only else None, int(self.choice.currentData()))
            self.decided.emit()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SMALL)
        top.addWidget(text_label(_("Rows shown"), Role.STRONG))
        top.addWidget(self.fate)
        top.addStretch(1)
        top.addWidget(self.save_rejected)
        self.fate.setAccessibleName(_("Rows shown"))
        self.fate.setMinimumContentsLength(18)
        self.rows.setModel(self.model)
        self.rows.setAccessibleName(_("Rows"))
        self.rows.verticalHeader().hide()
        self.rows.setTabKeyNavigation(False)
        self.rows.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.rows.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.rows.setWordWrap(False)
        self.rows.horizontalHeader().setHighlightSections(False)
        self.rows.horizontalHeader().setStretchLastSection(True)
        for column, characters in enumerate((7, 18, 30)):
            self.rows.setColumnWidth(column, self.fontMetrics().averageCharWidth() * characters + theme.LARGE)
        asking = QHBoxLayout(self.asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(theme.SMALL)
        asking.addWidget(text_label(_("This row"), Role.STRONG))
        asking.addWidget(self.choice, 1)
        asking.addWidget(self.same)
        self.choice.setAccessibleName(_("What becomes of this row"))
        for button in (self.same, self.save_rejected):
            button.setAutoDefault(False)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about.setMinimumHeight(self.fontMetrics().height() * 3)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(top)
        self.column.addWidget(self.rows, 1)
        self.column.addWidget(self.about)
        self.column.addWidget(self.asking)
        self.column.addWidget(self.state)
        self.asking.hide()
