"""What is said when the window before this one was not closed: that nothing saved is lost, and what was half typed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base import crash
from cityplanner.base.language import _
from cityplanner.ui import theme
from cityplanner.ui.dialogs.fault_reports import ReportsDialog
from cityplanner.ui.dialogs.trouble import close_button
from cityplanner.ui.parts.plain import dots
from cityplanner.ui.parts.unfinished import Unfinished
from cityplanner.ui.theme import Role, text_label

_CHARACTERS = 76


class UncleanDialog(QDialog):
    """Offers what was typed and not saved, and the report where there is one. Enter goes on with the first."""

    wanted = Signal(object)
    """An `Unfinished` to go on with."""

    def __init__(
        self, found: Sequence[Unfinished], report: Path | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("CityPlanner")
        self._report = crash.told(report) if report is not None else None
        self.found = list(found)
        self.heading = text_label(_what(report), Role.HEADING, wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("What was typed and not saved"))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        theme.set_roomy(self.list)
        for one in self.found:
            self.list.addItem(QListWidgetItem(dots(one.title, one.words)))
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self._go_on())
        self.go = QPushButton(_("&Go on with it"))
        self.go.setProperty("primary", True)
        self.go.clicked.connect(self._go_on)
        self.show_report = QPushButton(_("Show the &report…"))
        self.show_report.clicked.connect(lambda: ReportsDialog(self, self._report).open())
        self._lay_out()

    def _go_on(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self.found):
            self.accept()
            self.wanted.emit(self.found[at])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.heading)
        for text in self.texts:
            column.addWidget(text_label(text, wrap=True))
        column.addWidget(self.list, 1)
        if not self.found:
            column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SMALL)
        foot.addWidget(self.show_report)
        foot.addStretch(1)
        leave = close_button(self)
        for button in (self.show_report, self.go, leave):
            button.setAutoDefault(False)
        foot.addWidget(leave)
        foot.addWidget(self.go)
        leave.setDefault(not self.found)
        self.go.setDefault(bool(self.found))
        self.list.setVisible(bool(self.found))
        self.go.setVisible(bool(self.found))
        self.show_report.setVisible(self._report is not None)
        column.addLayout(foot)
        self.setMinimumWidth(_CHARACTERS * self.fontMetrics().averageCharWidth())
        self.setAccessibleName(self.heading.text())
        self.setAccessibleDescription("\n".join(self.texts))

    @property
    def texts(self) -> list[str]:
        """What is said below the heading."""
        said = [_("Your plan is whole: everything that was saved is in it.")]
        if self._report is not None:
            said.append(
                _(
                    "A report of what went wrong was kept on this computer, for whoever is to mend it. It holds no"
                    " names and nothing from your plan."
                )
            )
        if self.found:
            said.append(_("This was typed and not saved; you can go on where you were:"))
        return said


def _what(report: Path | None) -> str:
    if report is None:
        return _("CityPlanner was not closed properly last time.")
    return _("Something went wrong inside CityPlanner last time.")
