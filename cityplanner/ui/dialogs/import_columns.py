"""The second step of an import: which column becomes which field, and how that is known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableWidget, QTableWidgetItem

from cityplanner.base.language import N_, _, current
from cityplanner.exchange.cell_texts import unsafe
from cityplanner.exchange.intake.match import Column, Source, all_targets
from cityplanner.exchange.sheet import Row
from cityplanner.model.entity import Entity
from cityplanner.ui.dialogs.import_file import shortened
from cityplanner.ui.dialogs.import_steps import StepPage
from cityplanner.ui.parts.plain import capitalized, tool_tip
from cityplanner.ui.theme import Role, text_label

SAMPLES = 3
LOOKED_AT = 200
MARKS = {
    Source.EXACT: N_("exact"),
    Source.SYNONYM: N_("synonym"),
    Source.LEARNED: N_("learned"),
    Source.CHOSEN: N_("chosen now"),
}
COLUMN, VALUES, BECOMES, KNOWN_BY = range(4)


class ColumnsPage(StepPage):
    """Shows the columns with some of their values; each can be given another field, or left out."""

    mapped = Signal(str, str)
    """A column's heading, and the name of the field it was given (empty: left out)."""

    def __init__(self) -> None:
        super().__init__(
            _("Match the columns"),
            _(
                "Each column becomes a field, or is left out. What you choose here is remembered for the next file."
            ),
        )
        self.table = QTableWidget(0, 4)
        self.state = text_label("", wrap=True)
        self.warning = text_label("", Role.WARNING, wrap=True)
        self._boxes: list[QComboBox] = []
        self._headers: list[str] = []
        self._lay_out()

    def begin(self) -> None:
        boxes = [box for box in self._boxes if not box.currentData()] or self._boxes
        (boxes[0] if boxes else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_columns(self, noun: type[Entity], columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Show where each column goes."""
        options = self._options(noun)
        if self.table.rowCount() != len(columns):
            self._boxes = []
            self.table.setRowCount(0)
            self.table.setRowCount(len(columns))
        for place, column in enumerate(columns):
            mark = MARKS.get(column.source)
            texts = {
                COLUMN: column.header,
                VALUES: ", ".join(_values(rows, column.position)),
                KNOWN_BY: capitalized(_(mark)) if mark else "–",
            }
            for at, text in texts.items():
                item = QTableWidgetItem(shortened(text))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                item.setToolTip(
                    tool_tip(capitalized(column.reason) if at == KNOWN_BY and column.reason else text)
                )
                self.table.setItem(place, at, item)
            self._show_choice(place, column, options)
        self._count(columns)

    def _show_choice(self, place: int, column: Column, options: QStandardItemModel) -> None:
        if place == len(self._boxes):
            box = QComboBox()
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.installEventFilter(self)
            box.activated.connect(lambda _at: self._chosen(place))
            self._boxes.append(box)
            self.table.setCellWidget(place, BECOMES, box)
        box = self._boxes[place]
        box.setModel(options)
        box.setAccessibleName(_("{column} becomes").format(column=column.header))
        box.setAccessibleDescription(capitalized(column.reason))
        box.setCurrentIndex(max(box.findData(str(column.target) if column.target else ""), 0))

    def _chosen(self, place: int) -> None:
        item = self.table.item(place, COLUMN)
        if item is not None:
            self.mapped.emit(self._headers[place], str(self._boxes[place].currentData()))

    def _count(self, columns: Sequence[Column]) -> None:
        self._headers = [column.header for column in columns]
        say = current()
        used = sum(column.target is not None for column in columns)
        self.state.setText(
            _("{n} of {all} columns are taken over.").format(n=say.number(used), all=say.number(len(columns)))
        )
        nothing = _(
            "No column fits yet. Choose a field for at least one, or go back and choose what rows become."
        )
        self.warning.setText("" if used else nothing)
        self.warning.setVisible(not used)

    def _options(self, noun: type[Entity]) -> QStandardItemModel:
        """One list for all the boxes, so that many columns cost nothing."""
        model = QStandardItemModel(self)
        for name, label in (("", _("(left out)")), *((str(t), t.label(noun)) for t in all_targets(noun))):
            item = QStandardItem(capitalized(label))
            item.setData(name, Qt.ItemDataRole.UserRole)
            model.appendRow(item)
        return model

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turning the wheel scrolls the table and changes no box that happens to be under it."""
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QComboBox) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels([_("Column"), _("Values"), _("Becomes"), _("Known by")])
        table.setAccessibleName(_("Columns"))
        table.verticalHeader().hide()
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() * 2)
        head = table.horizontalHeader()
        for at, width in ((COLUMN, 20), (BECOMES, 28), (KNOWN_BY, 13)):
            table.setColumnWidth(at, self.fontMetrics().averageCharWidth() * width)
        head.setSectionResizeMode(VALUES, QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        self.column.addWidget(table, 1)
        self.column.addWidget(self.state)
        self.column.addWidget(self.warning)


def _values(rows: Sequence[Row], position: int) -> list[str]:
    """The first few different values of a column."""
    found: dict[str, None] = {}
    for row in rows[:LOOKED_AT]:
        if text := shortened(unsafe(row.cells[position])):
            found[text] = None
        if len(found) == SAMPLES:
            break
    return list(found)
