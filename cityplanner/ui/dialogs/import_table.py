"""Importing a table: the file, what its columns become, what each row would do, and only then the import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import Cancelled, UserError
from cityplanner.base.language import _, current
from cityplanner.exchange.formats import FORMATS, read_sheet
from cityplanner.exchange.intake.apply import Report, apply
from cityplanner.exchange.intake.match import all_targets, match
from cityplanner.exchange.intake.outcome import Fate, Line, Preview
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.intake.rejected import write_rejected
from cityplanner.exchange.sheet import Progress as Told
from cityplanner.exchange.sheet import Sheet
from cityplanner.model.entity import Entity, is_pairing
from cityplanner.model.nouns import nouns
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.jobs import Job, Progress
from cityplanner.ui.parts.plain import capitalized, tool_tip
from cityplanner.ui.theme import Role, text_label

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
STEPS = 1000
_NOWHERE = QModelIndex()
SUFFIXES = f"({' '.join(f'*{suffix}' for known in FORMATS for suffix in known.suffixes)})"


def ask_for_table(parent: QWidget) -> Path | None:
    """Let the user choose a file to import."""
    path, _kind = QFileDialog.getOpenFileName(
        parent, _("Import a table"), str(Path.home()), f"{_('Tables')} {SUFFIXES};;{_('All files')} (*)"
    )
    return Path(path) if path else None


class LineModel(QAbstractTableModel):
    """The rows of a preview: number, fate, title and what to know."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Line, ...] = ()
        self._lines: list[Line] = []
        self._headers = (_("Row"), _("What"), _("Record"), _("Details"))

    def show_lines(self, lines: tuple[Line, ...], fate: str = "") -> None:
        """Show the rows of a preview; of one fate where it is named."""
        self.beginResetModel()
        self._all = lines
        self._lines = [line for line in lines if not fate or line.fate == fate]
        self.endResetModel()

    def narrow(self, fate: str) -> None:
        """Show the rows of one fate, or all."""
        self.show_lines(self._all, fate)

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
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() >= 2:
            return tool_tip(_cell(line, index.column()))
        if role == Qt.ItemDataRole.ForegroundRole and line.fate is Fate.ERROR:
            return QColor(theme.colours(QGuiApplication.palette()).danger)
        return None


def _cell(line: Line, column: int) -> str:
    texts = (str(line.number), capitalized(_(line.fate)), line.title, _details(line))
    return texts[column]


def _details(line: Line) -> str:
    changed = [
        f"{one.label}: {one.before or _('nothing')} → {one.after or _('nothing')}" for one in line.differences
    ]
    brought = [_("with {title}").format(title=draft.title) for draft in line.also if draft.fate is Fate.NEW]
    return "; ".join([*map(str, line.problems), *changed, *brought, *line.notes])


class ImportDialog(QDialog):
    """Shows what an import would do before it does it; nothing is written before the last button."""

    def __init__(
        self, context: Context, path: Path, table: str = "partner", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Import {name}").format(name=path.name))
        self.resize(1000, 640)
        self._context, self._path = context, path
        self._sheet: Sheet | None = None
        self._mapping: dict[str, str] = {}
        self._job: Job | None = None
        self.preview: Preview | None = None
        self.noun = self._noun_box(table)
        self.fate = QComboBox()
        self.columns = QTableWidget(0, 2)
        self.model = LineModel(self)
        self.rows = QTableView()
        self.state = text_label("", wrap=True)
        self.bar = QProgressBar()
        self.save_rejected = QPushButton(_("Save rejected rows…"))
        self.stop = QPushButton(_("Cancel"))
        self.go = QPushButton(_("Import"))
        self._lay_out()
        self.noun.activated.connect(lambda _at: self._look_afresh())
        self.fate.activated.connect(lambda _at: self.model.narrow(str(self.fate.currentData())))
        self.stop.clicked.connect(self.reject)
        self.go.clicked.connect(self._import)
        self.save_rejected.clicked.connect(self._ask_rejected)
        self._read()

    def reject(self) -> None:
        """Stop what is under way and close; nothing was written."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    @property
    def chosen(self) -> type[Entity]:
        """The noun that rows become."""
        return nouns()[str(self.noun.currentData())]

    def _noun_box(self, table: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("Rows become"))
        for key, noun in nouns().items():
            if not is_pairing(noun) and key != "office":
                box.addItem(capitalized(_(noun.__plural__)), key)
        box.setCurrentIndex(max(box.findData(table), 0))
        return box

    # --- reading and previewing ---

    def _read(self) -> None:
        path = self._path
        self._start(
            lambda progress: read_sheet(path, progress=_told(progress)),
            self._sheet_read,
            _("Reading the file"),
        )

    def _sheet_read(self, sheet: Sheet) -> None:
        self._sheet = sheet
        if sheet.table:  # cards are contacts and appointments engagements, whatever list is shown
            self.noun.setCurrentIndex(max(self.noun.findData(sheet.table), 0))
        self._look_afresh()

    def _look_afresh(self) -> None:
        self._mapping = {}
        self._look()

    def _look(self) -> None:
        """Match the columns and work out every row's fate, in a worker."""
        sheet, noun, plan, mapping = self._sheet, self.chosen, self._context.plan, dict(self._mapping)
        if sheet is None:
            return
        self._show_preview(None)

        def work(progress: Progress) -> Preview:
            return preview(plan, sheet, noun, match(sheet.headers, noun, mapping), progress=_told(progress))

        self._start(work, self._show_preview, _("Comparing with the plan"))

    def _show_preview(self, found: Preview | None) -> None:
        self.preview = found
        self.model.show_lines(found.lines if found else ())
        self.go.setEnabled(bool(found and found.changes))
        self.save_rejected.setEnabled(bool(found and found.rejected))
        if found is None:
            return
        self._show_columns(found)
        counts = {fate: count for fate, count in found.counts.items() if count}
        say = current()
        self.fate.clear()
        self.fate.addItem(_("All rows"), "")
        for fate, count in counts.items():
            self.fate.addItem(f"{capitalized(_(fate))} ({say.number(count)})", str(fate))
        words = [f"{capitalized(_(fate))}: {say.number(count)}" for fate, count in counts.items()]
        words += [
            _("with it {n} {noun}").format(n=say.number(n), noun=_(noun.__plural__))
            for noun, n in found.also_new.items()
        ]
        notes = self._sheet.notes if self._sheet is not None else ()
        text = ", ".join(words) if words else _("The file has no rows.")
        self.state.setText(" ".join((f"{text}.", *notes)) if notes else text)

    def _show_columns(self, found: Preview) -> None:
        options = {str(target): target.label(found.noun) for target in all_targets(found.noun)}
        self.columns.setRowCount(len(found.columns))
        for row, column in enumerate(found.columns):
            item = QTableWidgetItem(column.header)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setToolTip(tool_tip(column.reason))
            self.columns.setItem(row, 0, item)
            chosen = str(column.target) if column.target else ""
            self.columns.setCellWidget(row, 1, self._target_box(column.header, options, chosen))

    def _target_box(self, header: str, options: Mapping[str, str], chosen: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("{column} becomes").format(column=header))
        box.addItem(_("left out"), "")
        for name, label in options.items():
            box.addItem(label, name)
        box.setCurrentIndex(max(box.findData(chosen), 0))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.activated.connect(lambda _at: self._map(header, str(box.currentData())))
        return box

    def _map(self, header: str, target: str) -> None:
        self._mapping[header] = target
        self._look()

    # --- doing it ---

    def _import(self) -> None:
        found, plan = self.preview, self._context.plan
        if found is not None:
            self.go.setEnabled(False)
            self._start(
                lambda progress: apply(plan, found, progress=_told(progress)), self._imported, _("Importing")
            )

    def _imported(self, report: Report) -> None:
        say = current()
        text = _("Imported: {new} new, {updated} updated, {rejected} rejected.").format(
            new=say.number(report.created),
            updated=say.number(report.updated),
            rejected=say.number(report.rejected),
        )
        self._context.say(text, undoable=report.change is not None)
        self.accept()

    def _ask_rejected(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self,
            _("Save rejected rows"),
            str(self._path.with_name(f"{self._path.stem} rejected.csv")),
            _("Tables") + " (*.csv)",
        )
        found = self.preview
        if path and found is not None:
            self._start(
                lambda _progress: write_rejected(found, Path(path)),
                lambda count: self.state.setText(
                    current().plural(
                        "{n} row was saved to be mended.", "{n} rows were saved to be mended.", count
                    )
                ),
                _("Saving"),
            )

    # --- working ---

    def _start(self, work: Callable[[Progress], R], done: Callable[[R], None], text: str) -> None:
        if self._job is not None:
            self._job.drop()
        self.bar.setRange(0, 0)
        self.bar.show()
        self.state.setText(text)

        def finished(result: R) -> None:
            self._job = None
            self.bar.hide()
            done(result)

        self._job = self._context.jobs.start(
            work, finished, owner=self, failed=self._failed, progress=self._show_progress
        )

    def _show_progress(self, done: int, total: int, text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.state.setText(text)

    def _failed(self, error: UserError) -> None:
        self._job = None
        self.bar.hide()
        if not isinstance(error, Cancelled):
            self.state.setText(str(error))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SMALL)
        top.addWidget(text_label(_("Rows become"), Role.STRONG))
        top.addWidget(self.noun)
        top.addStretch(1)
        top.addWidget(self.fate)
        self.fate.setAccessibleName(_("Rows shown"))
        self.fate.addItem(_("All rows"), "")
        self.columns.setHorizontalHeaderLabels([_("Column"), _("Becomes")])
        self.columns.setAccessibleName(_("Columns"))
        self.columns.verticalHeader().hide()
        self.columns.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.columns.setTabKeyNavigation(False)
        self.rows.setModel(self.model)
        self.rows.setAccessibleName(_("Rows"))
        self.rows.verticalHeader().hide()
        self.rows.setTabKeyNavigation(False)
        self.rows.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.rows.setWordWrap(False)
        self.rows.horizontalHeader().setStretchLastSection(True)
        for column, characters in enumerate((6, 14, 30)):
            self.rows.setColumnWidth(column, self.fontMetrics().averageCharWidth() * characters + theme.LARGE)
        parts = QSplitter()
        parts.addWidget(self.columns)
        parts.addWidget(self.rows)
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 5)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.go.setProperty("primary", True)
        self.go.setEnabled(False)
        self.save_rejected.setEnabled(False)
        foot = QHBoxLayout()
        foot.addWidget(self.state, 1)
        for button in (self.save_rejected, self.stop, self.go):
            foot.addWidget(button)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column_box.setSpacing(theme.MEDIUM)
        column_box.addLayout(top)
        column_box.addWidget(parts, 1)
        column_box.addWidget(self.bar)
        column_box.addLayout(foot)


def _told(progress: Progress) -> Told:
    """What the exchange reports its shares to."""

    def tell(share: float, text: str) -> None:
        progress.report(round(share * STEPS), STEPS, text)

    return tell
