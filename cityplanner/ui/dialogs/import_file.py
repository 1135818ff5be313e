"""The first step of an import: the file, what it was taken for, and what its rows become."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
)

from cityplanner.base.language import N_, _, current
from cityplanner.exchange.bundle import BUNDLE_SUFFIX
from cityplanner.exchange.cell_texts import unsafe
from cityplanner.exchange.formats import FORMATS
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.opening import ENCODINGS, Opened
from cityplanner.exchange.sheet import Hints
from cityplanner.model.entity import Entity, is_pairing
from cityplanner.model.nouns import nouns
from cityplanner.ui import theme
from cityplanner.ui.dialogs.import_steps import StepPage
from cityplanner.ui.parts.plain import capitalized, tool_tip
from cityplanner.ui.theme import text_label

SAMPLE_ROWS, SAMPLE_COLUMNS = 8, 40
LONGEST_SAMPLE = 60
DELIMITERS = {",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": N_("vertical bar")}


class PathEdit(QLineEdit):
    """Takes a path; Enter takes it once, and is the dialog's after that."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._taken = ""
        self.setPlaceholderText(_("Type a path and press Enter, or choose a file"))
        self.setAccessibleName(_("File"))

    def show_path(self, path: Path) -> None:
        """Show what was chosen."""
        self._taken = str(path)
        self.setText(self._taken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text() != self._taken:
            self._taken = self.text()
            self.entered.emit(self._taken)
            event.accept()
        else:
            super().keyPressEvent(event)


class FilePage(StepPage):
    """Asks for a file and shows what was found in it."""

    chosen = Signal(object)
    """The `Path` to read."""
    reread = Signal(object)
    """The `Hints` to read it again with."""

    def __init__(self, table: str) -> None:
        super().__init__(
            _("Choose a file"),
            _("A table (CSV, XLSX, ODS), cards (vCard), a calendar (iCalendar), or a whole plan (JSON)."),
        )
        self.path = PathEdit()
        self.browse = QPushButton(_("C&hoose file…"))
        self.browse.setAutoDefault(False)
        self.kind = text_label("")
        self.noun, self.encoding, self.delimiter, self.tab = (QComboBox() for _one in range(4))
        self.sample = QTableWidget(0, 0)
        self.form = QFormLayout()
        self._fill(table)
        self._lay_out()
        self.path.entered.connect(lambda text: self.chosen.emit(Path(text.strip()).expanduser()))
        self.browse.clicked.connect(self._browse)
        for box in (self.encoding, self.delimiter, self.tab):
            box.activated.connect(lambda _at: self.reread.emit(self.hints))

    @property
    def table(self) -> str:
        """The noun that rows become."""
        return str(self.noun.currentData())

    @property
    def hints(self) -> Hints:
        """What was chosen by hand; empty where it was found out."""
        return Hints(*(str(box.currentData() or "") for box in (self.encoding, self.delimiter, self.tab)))

    def begin(self) -> None:
        read = self.noun if self.noun.isEnabled() else self.sample
        (read if self.sample.rowCount() else self.path).setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self, path: Path) -> None:
        """Another file was chosen: forget what was known of the last one."""
        self.path.show_path(path)
        self.sample.setRowCount(0)
        self._show_rows(known=False)
        for box in (self.encoding, self.delimiter, self.tab):
            box.clear()

    def show_bundle(self) -> None:
        """The file is a whole plan."""
        self.kind.setText(_("a whole plan: it becomes a new plan of its own"))
        self.form.setRowVisible(self.kind, True)

    def show_file(self, opened: Opened, table: str) -> None:
        """Show what a file is, and its first rows."""
        sheet, hints = opened.sheet, opened.hints
        say = current()
        rows = say.plural("{n} row", "{n} rows", len(sheet.rows))
        columns = say.plural("{n} column", "{n} columns", len(sheet.headers))
        told = (_(opened.kind.name), rows, columns) if opened.has_columns else (_(opened.kind.name), rows)
        self.kind.setText(", ".join(told))
        self.noun.setCurrentIndex(max(self.noun.findData(table), 0))
        self.noun.setEnabled(opened.has_columns)
        names = [(name, name) for name in ENCODINGS]
        _offer(self.encoding, names, hints.encoding, sheet.encoding)
        signs = [(_(words), sign) for sign, words in DELIMITERS.items()]
        _offer(self.delimiter, signs, hints.delimiter, _(DELIMITERS.get(sheet.delimiter, sheet.delimiter)))
        _offer(
            self.tab,
            [(name, name) for name in opened.sheet.sheets],
            hints.sheet,
            _("first with anything in it"),
        )
        self._show_rows(known=True, text=opened.is_text, tabs=len(opened.sheet.sheets) > 1)
        self._show_sample(opened, table)

    def _show_rows(self, *, known: bool, text: bool = False, tabs: bool = False) -> None:
        for widget, wanted in (
            (self.kind, known), (self.noun, known), (self.encoding, text), (self.delimiter, text), (self.tab, tabs),
        ):  # fmt: skip
            self.form.setRowVisible(widget, wanted)
        self.sample.setVisible(known)

    def _show_sample(self, opened: Opened, table: str) -> None:
        sheet = opened.sheet
        headers = sheet.headers if opened.has_columns else _spoken(sheet.headers, nouns()[table])
        filled = [
            place
            for place in range(len(sheet.headers))
            if opened.has_columns or any(row.cells[place] for row in sheet.rows[:SAMPLE_ROWS])
        ][:SAMPLE_COLUMNS]
        rows = sheet.rows[:SAMPLE_ROWS]
        self.sample.setColumnCount(len(filled))
        self.sample.setRowCount(len(rows))
        self.sample.setHorizontalHeaderLabels([shortened(headers[place]) for place in filled])
        self.sample.setVerticalHeaderLabels([str(row.number) for row in rows])
        for line, row in enumerate(rows):
            for column, place in enumerate(filled):
                text = unsafe(row.cells[place])
                item = QTableWidgetItem(shortened(text))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                item.setToolTip(tool_tip(text[:1000]))
                self.sample.setItem(line, column, item)
        self.sample.resizeColumnsToContents()

    def _browse(self) -> None:
        suffixes = " ".join(f"*{suffix}" for known in FORMATS for suffix in known.suffixes)
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a file to import"), str(Path.home()),
            f"{_('Files that can be imported')} ({suffixes} *{BUNDLE_SUFFIX});;{_('All files')} (*)",
        )  # fmt: skip
        if path:
            self.chosen.emit(Path(path))

    def _fill(self, table: str) -> None:
        for key, noun in nouns().items():
            if not is_pairing(noun) and key != "office":
                self.noun.addItem(capitalized(_(noun.__plural__)), key)
        self.noun.setCurrentIndex(max(self.noun.findData(table), 0))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SMALL)
        top.addWidget(self.path, 1)
        top.addWidget(self.browse)
        self.column.addLayout(top)
        self.form.setHorizontalSpacing(theme.LARGE)
        self.form.setVerticalSpacing(theme.SMALL)
        for text, widget in (
            (_("Found"), self.kind), (_("Rows become"), self.noun), (_("Encoding"), self.encoding),
            (_("Delimiter"), self.delimiter), (_("Sheet"), self.tab),
        ):  # fmt: skip
            self.form.addRow(text, widget)
            widget.setAccessibleName(text)
        self.column.addLayout(self.form)
        self.sample.setAccessibleName(_("First rows"))
        self.sample.setTabKeyNavigation(False)
        self.sample.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.sample.setWordWrap(False)
        self.sample.verticalHeader().setMinimumWidth(self.fontMetrics().averageCharWidth() * 5)
        self.column.addWidget(self.sample, 1)
        self.column.addStretch(0)
        self._show_rows(known=False)


def shortened(text: str) -> str:
    """A cell on one line, cut where it is long."""
    line = " ".join(text[: 4 * LONGEST_SAMPLE].split())
    return f"{line[:LONGEST_SAMPLE]}…" if len(line) > LONGEST_SAMPLE else line


def _spoken(headers: tuple[str, ...], noun: type[Entity]) -> tuple[str, ...]:
    """The names of fields as people read them."""
    return tuple(
        capitalized(column.target.label(noun)) if column.target else column.header
        for column in match(headers, noun, insist=False)
    )


def _offer(box: QComboBox, options: list[tuple[str, str]], chosen: str, found: str) -> None:
    """Offer what was found out first, then what may be said instead."""
    box.clear()
    box.addItem(_("{what} (found out)").format(what=found) if not chosen else _("find out"), "")
    for text, value in options:
        box.addItem(text, value)
    box.setCurrentIndex(max(box.findData(chosen), 0))
