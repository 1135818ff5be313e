"""What is kept of faults inside the program, shown as it is: to be read, copied, saved elsewhere or deleted."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base import crash
from cityplanner.base.files import cannot_write
from cityplanner.base.language import _
from cityplanner.ui import theme
from cityplanner.ui.dialogs.trouble import close_button, fill, moment, show_error
from cityplanner.ui.parts.empty_state import EmptyState
from cityplanner.ui.parts.messages import announce
from cityplanner.ui.theme import Role, text_label

_CHARACTERS, _LINES = 96, 32


def show_fault(parent: QWidget | None, report: Path | None) -> QMessageBox:
    """Say that we made a mistake and that the plan is intact, and offer the report (None: it could not be kept)."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    what = _("Something went wrong inside CityPlanner.")
    intact = _("Your plan is intact: what was saved is saved.")
    if report is None:
        fill(box, what, intact)
    else:
        known = crash.told(report)
        about = _(
            "A report of it was kept on this computer, for whoever is to mend it. It holds no names and nothing"
            " from your plan."
        )
        fill(box, what, f"{intact}\n\n{about}")
        show = box.addButton(_("Show the report…"), QMessageBox.ButtonRole.ActionRole)
        show.clicked.connect(lambda: ReportsDialog(parent, known).open())
    box.setIcon(QMessageBox.Icon.Warning)
    leave = box.addButton(QMessageBox.StandardButton.Close)
    box.setDefaultButton(leave)
    box.setEscapeButton(leave)
    box.open()
    return box


class ReportsDialog(QDialog):
    """Shows one report, the newest first; nothing is sent from here."""

    def __init__(self, parent: QWidget | None = None, report: Path | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Reports of faults"))
        metrics = self.fontMetrics()
        self.resize(_CHARACTERS * metrics.averageCharWidth(), _LINES * metrics.lineSpacing())
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Reports, newest first"))
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Report"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.empty = EmptyState()
        self.state = text_label("", Role.MUTED, wrap=True)
        self.copy = QPushButton(_("&Copy"))
        self.save = QPushButton(_("&Save as…"))
        self.delete = QPushButton(_("&Delete"))
        self.choice.currentIndexChanged.connect(lambda _at: self._show())
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask_where)
        self.delete.clicked.connect(self._delete)
        self._lay_out()
        self._read(report)

    @property
    def report(self) -> Path | None:
        """The report that is shown."""
        found = self.choice.currentData()
        return found if isinstance(found, Path) else None

    def save_as(self, target: Path) -> None:
        """Write the report to a file of the user's choice."""
        if self.report is not None:
            try:
                shutil.copyfile(self.report, target)
            except OSError as error:
                show_error(self, cannot_write(target, error))
            else:
                self._say(_("Wrote {path}.").format(path=target))

    def _read(self, wanted: Path | None = None) -> None:
        self.choice.blockSignals(True)
        self.choice.clear()
        for path in map(crash.told, crash.reports()):
            self.choice.addItem(moment(crash.made_at(path)), path)
        self.choice.setCurrentIndex(max(self.choice.findData(wanted), 0))
        self.choice.blockSignals(False)
        self.choice.setVisible(self.choice.count() > 1)
        self._show()

    def _show(self) -> None:
        text = ""
        if self.report is not None:
            with suppress(OSError):
                text = self.report.read_text("utf-8", "replace")
        self.text.setPlainText(text)
        self.about.setVisible(self.report is not None)
        self.pages.setCurrentWidget(self.text if self.report is not None else self.empty)
        for button in (self.copy, self.save, self.delete):
            button.setEnabled(self.report is not None)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._say(_("The report was copied."))

    def _ask_where(self) -> None:
        name = str(Path.home() / f"CityPlanner {self.report.name if self.report else ''}")
        path, _kind = QFileDialog.getSaveFileName(self, _("Save the report"), name, f"{_('Text')} (*.txt)")
        if path:
            self.save_as(Path(path))

    def _delete(self) -> None:
        if self.report is not None:
            with suppress(OSError):
                self.report.unlink()
            self._say(_("The report was deleted."))
            self._read()

    def _say(self, text: str) -> None:
        self.state.setText(text)
        announce(self, text)

    def _lay_out(self) -> None:
        about = _(
            "Nothing is sent from here. If you want the fault to be mended, pass the report on to whoever looks"
            " after CityPlanner: you see below all that is in it."
        )
        self.empty.say(
            _("No reports"), _("Nothing went wrong inside CityPlanner, or its reports were deleted.")
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.text)
        self.pages.addWidget(self.empty)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SMALL)
        foot.addWidget(self.state, 1)
        for button in (self.copy, self.save, self.delete):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addWidget(close_button(self))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        self.about = text_label(about, wrap=True)
        column.addWidget(self.about)
        column.addWidget(self.choice)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
